import { CopyOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import type { AdminVenue, WriteVenue } from '@talent-card/shared/venues/schema';
import { Button, Checkbox, Form, type FormInstance, Input, InputNumber, Radio } from 'antd';
import { Bilingual } from '../../components/bilingual.js';
import { ClockInput } from '../../components/clock-input.js';
import { ZoneSelect } from '../../components/zone-select.js';
import { commonTexts } from '../../i18n/common.js';
import { useText } from '../../i18n/index.js';
import { venuesTexts, WEEKDAYS } from '../../i18n/venues.js';
import { hoursOf, problemOf, type Stretch, type WeekHours, weekOf } from './hours.js';

export interface VenueValues {
  name: { zh: string; en: string };
  zoneCode: ZoneCode;
  address: { zh: string; en: string };
  latitude: number | null;
  longitude: number | null;
  phone: string;
  hours: WeekHours;
  closedOnHolidays: boolean;
  notice: { zh: string; en: string };
  status: 'open' | 'closed';
}

const blank = () => ({ zh: '', en: '' });
const usual = (): WeekHours =>
  weekOf([1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:30', to: '17:00' })));

export const emptyVenue = (zoneCode: ZoneCode | undefined): Partial<VenueValues> => ({
  name: blank(),
  ...(zoneCode ? { zoneCode } : {}),
  address: blank(),
  latitude: null,
  longitude: null,
  phone: '',
  hours: usual(),
  closedOnHolidays: true,
  notice: blank(),
  status: 'open',
});

export const venueValues = (venue: AdminVenue): VenueValues => ({
  name: venue.name,
  zoneCode: venue.zoneCode,
  address: venue.address,
  latitude: venue.latitude,
  longitude: venue.longitude,
  phone: venue.phone,
  hours: weekOf(venue.openingHours),
  closedOnHolidays: venue.closedOnHolidays,
  notice: venue.notice ?? blank(),
  status: venue.status,
});

const trimmed = (text: { zh: string; en: string }) => ({ zh: text.zh.trim(), en: text.en.trim() });

export function venueBody({ hours, ...values }: VenueValues, version: number | undefined): WriteVenue {
  const notice = trimmed(values.notice);
  return {
    ...values,
    ...(version === undefined ? {} : { version }),
    name: trimmed(values.name),
    address: trimmed(values.address),
    latitude: values.latitude ?? null,
    longitude: values.longitude ?? null,
    openingHours: hoursOf(hours),
    notice: notice.zh ? notice : null,
  };
}

export function VenueFields({ form }: { form: FormInstance<VenueValues> }) {
  const t = useText(venuesTexts);
  const c = useText(commonTexts);
  const required = [{ required: true, message: c('required') }];
  return (
    <>
      <section className="panel">
        <h2>{t('basics')}</h2>
        <Bilingual name="name" label={t('name')} most={[60, 120]} />
        <Bilingual name="address" label={t('address')} most={[120, 200]} />
        <div className="pair">
          <Form.Item name="zoneCode" label={c('zone')} rules={required}>
            <ZoneSelect />
          </Form.Item>
          <Form.Item name="phone" label={t('phone')} rules={[{ ...required[0], whitespace: true }]}>
            <Input maxLength={30} />
          </Form.Item>
          <Form.Item name="latitude" label={t('latitude')}>
            <InputNumber min={-90} max={90} step={0.0001} style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="longitude" label={t('longitude')}>
            <InputNumber min={-180} max={180} step={0.0001} style={{ width: '100%' }} />
          </Form.Item>
          <p className="small quiet">{t('mapHelp')}</p>
        </div>
        <Bilingual
          name="notice"
          label={t('notice')}
          most={[300, 600]}
          rows={2}
          optional
          extra={t('noticeHelp')}
        />
        <Form.Item name="status" label={t('status')}>
          <Radio.Group
            options={[
              { value: 'open', label: t('open') },
              { value: 'closed', label: t('closed') },
            ]}
          />
        </Form.Item>
      </section>
      <section className="panel">
        <div className="panel-head">
          <h2>{t('hours')}</h2>
          <Button
            size="small"
            icon={<CopyOutlined aria-hidden />}
            onClick={() => {
              const hours = form.getFieldValue('hours') as WeekHours;
              const monday = hours[1] ?? [];
              form.setFieldValue('hours', {
                ...hours,
                ...Object.fromEntries([2, 3, 4, 5].map((day) => [day, monday.map((one) => ({ ...one }))])),
              });
            }}
          >
            {t('copyMonday')}
          </Button>
        </div>
        {WEEKDAYS.map((day) => (
          <div key={day} className="day-hours">
            <span>{t(`weekday.${day}`)}</span>
            <StretchList name={['hours', String(day)]} label={t(`weekday.${day}`)} />
          </div>
        ))}
        <Form.Item name="closedOnHolidays" valuePropName="checked" style={{ margin: '12px 0 0' }}>
          <Checkbox>{t('closedOnHolidays')}</Checkbox>
        </Form.Item>
      </section>
    </>
  );
}

/** Stretches of one day. Each is checked against the others of its day. */
export function StretchList({ name, label }: { name: string | string[]; label: string }) {
  const t = useText(venuesTexts);
  const c = useText(commonTexts);
  const path = Array.isArray(name) ? name : [name];
  return (
    <Form.List name={name}>
      {(rows, { add, remove }) => (
        <div className="row wrap grow">
          {rows.length === 0 ? <span className="quiet">{t('weekClosed')}</span> : null}
          {rows.map((row, at) => (
            <div key={row.key} className="row stretch">
              <Form.Item
                name={[row.name, 'from']}
                rules={[{ required: true, message: c('required') }]}
                style={{ margin: 0 }}
              >
                <ClockInput aria-label={`${label} ${t('from')} ${at + 1}`} />
              </Form.Item>
              <span aria-hidden>–</span>
              <Form.Item
                name={[row.name, 'to']}
                style={{ margin: 0 }}
                dependencies={[path]}
                rules={[
                  { required: true, message: c('required') },
                  ({ getFieldValue }) => ({
                    validator: () => {
                      const problem = problemOf((getFieldValue(path) ?? []) as Stretch[], at);
                      return problem ? Promise.reject(new Error(t(problem))) : Promise.resolve();
                    },
                  }),
                ]}
              >
                <ClockInput aria-label={`${label} ${t('to')} ${at + 1}`} />
              </Form.Item>
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={`${t('removeHours')}：${label} ${at + 1}`}
                onClick={() => remove(row.name)}
              />
            </div>
          ))}
          {rows.length < 3 ? (
            <Button
              type="link"
              size="small"
              icon={<PlusOutlined aria-hidden />}
              aria-label={`${t('addHours')}：${label}`}
              onClick={() => add(rows.length === 0 ? { from: '08:30', to: '17:00' } : {})}
            >
              {t('addHours')}
            </Button>
          ) : null}
        </div>
      )}
    </Form.List>
  );
}
