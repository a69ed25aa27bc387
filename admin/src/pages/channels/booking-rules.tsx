import type { BookingRules } from '@talent-card/shared/channels/schema';
import { Checkbox, Form, type FormInstance, InputNumber } from 'antd';
import { ClockInput } from '../../components/clock-input.js';
import { dayOf, formatInstant, today } from '../../components/format.js';
import { MinutesInput } from '../../components/minutes-input.js';
import { channelsTexts } from '../../i18n/channels.js';
import { commonTexts } from '../../i18n/common.js';
import { useText } from '../../i18n/index.js';
import { dayAfter } from './terms.js';
import { type ChannelValues, USUAL_BOOKING } from './values.js';

/** The rules as sentences, and what they mean for one slot. */
export function BookingRulesFields({ form }: { form: FormInstance<ChannelValues> }) {
  const t = useText(channelsTexts);
  const c = useText(commonTexts);
  const rules = Form.useWatch('booking', form);
  const required = [{ required: true, message: c('required') }];
  const minutes = (
    name: 'leadMinutes' | 'cancelMinutes' | 'rescheduleMinutes' | 'graceMinutes' | 'offerMinutes',
    label: string,
    max: number,
    min = 0,
  ) => (
    <Form.Item name={['booking', name]} label={label} initialValue={USUAL_BOOKING[name]} rules={required}>
      <MinutesInput max={max} min={min} />
    </Form.Item>
  );
  return (
    <>
      <div className="pair">
        <Form.Item
          name={['booking', 'opensDaysAhead']}
          label={t('opensDays')}
          initialValue={USUAL_BOOKING.opensDaysAhead}
          rules={required}
        >
          <InputNumber min={0} max={90} precision={0} style={{ width: 120 }} />
        </Form.Item>
        <Form.Item
          name={['booking', 'opensAt']}
          label={t('opensAt')}
          initialValue={USUAL_BOOKING.opensAt}
          rules={required}
        >
          <ClockInput />
        </Form.Item>
        {minutes('leadMinutes', t('lead'), 43_200)}
        {minutes('cancelMinutes', t('cancel'), 43_200)}
        {minutes('rescheduleMinutes', t('reschedule'), 43_200)}
        {minutes('graceMinutes', t('grace'), 1_440)}
        {minutes('offerMinutes', t('offerFor'), 2_880, 5)}
      </div>
      <Form.Item name={['booking', 'reviewed']} valuePropName="checked" initialValue={USUAL_BOOKING.reviewed}>
        <Checkbox>{t('reviewed')}</Checkbox>
      </Form.Item>
      {rules ? <Example rules={{ ...USUAL_BOOKING, ...rules }} /> : null}
    </>
  );
}

function Example({ rules }: { rules: BookingRules }) {
  const t = useText(channelsTexts);
  const date = dayAfter(today(), 30);
  const start = Date.parse(`${date}T14:30:00+08:00`);
  const before = (minutes: number) => {
    const at = new Date(start - minutes * 60_000).toISOString();
    return dayOf(at) === date ? formatInstant(at).slice(11) : formatInstant(at).slice(5);
  };
  const opens = `${dayAfter(date, -rules.opensDaysAhead).slice(5)} ${rules.opensAt}`;
  return (
    <div className="note example">
      <strong className="num">{t('example', { date })}</strong>
      <ul className="num">
        <li>{t('exampleOpens', { at: opens })}</li>
        <li>{t('exampleLead', { at: before(rules.leadMinutes) })}</li>
        <li>{t('exampleCancel', { at: before(rules.cancelMinutes) })}</li>
        <li>{t('exampleGrace', { at: before(-rules.graceMinutes) })}</li>
      </ul>
    </div>
  );
}
