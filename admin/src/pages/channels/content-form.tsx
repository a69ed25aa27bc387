import {
  CHANNEL_GROUP_NAMES,
  CHANNEL_GROUPS,
  CHANNEL_USES,
} from '@talent-card/shared/channels/channel-groups';
import { AutoComplete, Checkbox, Form, type FormInstance, Input, InputNumber, Radio, Select } from 'antd';
import { Bilingual } from '../../components/bilingual.js';
import { VenueSelect } from '../../components/place-select.js';
import { channelsTexts, channelUseTexts } from '../../i18n/channels.js';
import { commonTexts } from '../../i18n/common.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { useChannels } from '../../services/directory.js';
import { BookingRulesFields } from './booking-rules.js';
import type { ChannelValues } from './values.js';

const BLOCKS = ['content', 'who', 'flow', 'limit', 'window'] as const;

/** Everything of a channel but its allowances. */
export function ContentFields({ form }: { form: FormInstance<ChannelValues> }) {
  const t = useText(channelsTexts);
  const use = Form.useWatch('use', form);
  return (
    <>
      <section className="panel">
        <h2>{t('basics')}</h2>
        <Basics />
      </section>
      <section className="panel">
        <h2>{t('texts')}</h2>
        <p className="small quiet" style={{ marginBottom: 12 }}>
          {t('textsHelp')}
        </p>
        {BLOCKS.map((block) => (
          <Bilingual key={block} name={['blocks', block]} label={t(block)} most={[2000, 4000]} rows={3} />
        ))}
        <Bilingual
          name="companionRule"
          label={t('companionRule')}
          most={[200, 400]}
          rows={2}
          optional
          extra={t('companionRuleHelp')}
        />
      </section>
      <section className="panel">
        <h2>{t('rules')}</h2>
        <Rules />
      </section>
      {use === 'book' ? (
        <section className="panel">
          <h2>{t('booking')}</h2>
          <BookingRulesFields form={form} />
        </section>
      ) : null}
    </>
  );
}

function Basics() {
  const t = useText(channelsTexts);
  const c = useText(commonTexts);
  const nameOfUse = useText(channelUseTexts);
  const localized = useLocalized();
  return (
    <>
      <div className="pair three">
        <Form.Item name="number" label={t('number')} rules={[{ required: true, message: c('required') }]}>
          <InputNumber min={1} max={999} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="group" label={t('group')}>
          <Select
            options={CHANNEL_GROUPS.map((value) => ({ value, label: localized(CHANNEL_GROUP_NAMES[value]) }))}
          />
        </Form.Item>
        <Form.Item name="use" label={t('use')}>
          <Select options={CHANNEL_USES.map((value) => ({ value, label: nameOfUse(value) }))} />
        </Form.Item>
      </div>
      <Bilingual name="name" label={t('name')} most={[30, 60]} />
      <Bilingual name="summary" label={t('summary')} most={[60, 120]} />
      <Bilingual name="provider" label={t('provider')} most={[60, 120]} />
      <Form.Item name="venueIds" label={t('venues')} extra={t('venuesHelp')}>
        <VenueSelect<string[]> mode="multiple" aria-label={t('venues')} placeholder={t('noVenue')} />
      </Form.Item>
      <div className="pair">
        <Form.Item name="hotline" label={t('hotline')}>
          <Input maxLength={30} />
        </Form.Item>
        <Form.Item name="documentNumber" label={t('documentNumber')}>
          <Input maxLength={60} />
        </Form.Item>
      </div>
      <Form.Item
        name="officialLink"
        label={t('officialLink')}
        extra={t('officialLinkHelp')}
        dependencies={['use']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, value: string) => {
              const link = value?.trim();
              if (!link && getFieldValue('use') === 'link')
                return Promise.reject(new Error(t('officialLinkRequired')));
              if (link && !/^https:\/\/\S+\.\S+/.test(link))
                return Promise.reject(new Error(t('officialLinkHelp')));
              return Promise.resolve();
            },
          }),
        ]}
      >
        <Input maxLength={300} inputMode="url" placeholder="https://" />
      </Form.Item>
    </>
  );
}

function Rules() {
  const t = useText(channelsTexts);
  const channels = useChannels();
  const groups = [
    ...new Set((channels.data?.items ?? []).map((channel) => channel.fundingGroup).filter((one) => one)),
  ];
  return (
    <>
      <Form.Item name="offline" label={t('offline')}>
        <Radio.Group
          options={(['allowed', 'online-only'] as const).map((value) => ({
            value,
            label: t(`offline.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="sensitive" label={t('sensitive')}>
        <Radio.Group
          options={(['none', 'health', 'minor'] as const).map((value) => ({
            value,
            label: t(`sensitive.${value}`),
          }))}
        />
      </Form.Item>
      <fieldset className="corrections">
        <legend>{t('audience')}</legend>
        <div className="row wrap" style={{ columnGap: 24 }}>
          <Form.Item name={['audience', 'provincialCard']} valuePropName="checked" noStyle>
            <Checkbox>{t('provincialCard')}</Checkbox>
          </Form.Item>
          <Form.Item name={['audience', 'foreignersOnly']} valuePropName="checked" noStyle>
            <Checkbox>{t('foreignersOnly')}</Checkbox>
          </Form.Item>
          <Form.Item name="perVenue" valuePropName="checked" noStyle>
            <Checkbox>{t('perVenue')}</Checkbox>
          </Form.Item>
        </div>
      </fieldset>
      <Form.Item name="fundingGroup" label={t('fundingGroup')} extra={t('fundingGroupHelp')}>
        <AutoComplete
          maxLength={40}
          options={groups.map((value) => ({ value }))}
          showSearch={{ filterOption: (typed, option) => String(option?.value ?? '').includes(typed) }}
          style={{ maxWidth: 320 }}
        />
      </Form.Item>
    </>
  );
}
