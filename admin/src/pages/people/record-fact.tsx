import { peopleRoutes } from '@talent-card/shared/people/routes';
import type { FactKind, PersonDetail } from '@talent-card/shared/people/schema';
import { App, Checkbox, DatePicker, Form, Input, InputNumber, Modal, Select } from 'antd';
import { isDayjs } from 'dayjs';
import { useState } from 'react';
import { useCloseGuard } from '../../components/leave-guard.js';
import { WriteFailure } from '../../components/states.js';
import { ZoneSelect } from '../../components/zone-select.js';
import { commonTexts } from '../../i18n/common.js';
import { factKindTexts, factValueTexts } from '../../i18n/domain.js';
import { fieldProblemTexts } from '../../i18n/errors.js';
import { useText, useWord } from '../../i18n/index.js';
import { peopleTexts } from '../../i18n/people.js';
import { ApiError } from '../../services/api.js';
import { keyOf, queryClient, useWrite } from '../../services/query.js';

type Control =
  | { as: 'text' | 'date' | 'zone' | 'year' | 'check'; optional?: boolean }
  | { as: 'choice'; of: readonly string[]; optional?: boolean };

/** What the form asks for each kind, in the shape of `factValueSchemas`. Roster entries come from imports only. */
const FORMS = {
  degree: {
    level: { as: 'choice', of: ['doctor', 'master', 'bachelor', 'college'] },
    school: { as: 'text' },
    field: { as: 'text' },
    graduatedOn: { as: 'date' },
    doubleFirstClass: { as: 'check', optional: true },
  },
  employment: {
    employer: { as: 'text' },
    creditCode: { as: 'text', optional: true },
    zoneCode: { as: 'zone' },
    position: { as: 'text' },
    since: { as: 'date' },
    until: { as: 'date', optional: true },
  },
  business: {
    name: { as: 'text' },
    creditCode: { as: 'text' },
    role: { as: 'choice', of: ['legal-representative', 'shareholder', 'executive'] },
    registeredOn: { as: 'date' },
  },
  'provincial-card': { number: { as: 'text' }, validUntil: { as: 'date', optional: true } },
  programme: {
    name: { as: 'text' },
    level: { as: 'choice', of: ['municipal', 'provincial', 'national'] },
    year: { as: 'year', optional: true },
    documentNumber: { as: 'text', optional: true },
  },
} as const satisfies Partial<Record<FactKind, Record<string, Control>>>;
type Recordable = keyof typeof FORMS;
const KINDS = Object.keys(FORMS) as Recordable[];

/** Optional fields left out are `null` in the contract, a box not ticked is `false`. */
function factValue(kind: Recordable, values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(FORMS[kind] as Record<string, Control>).map(([name, input]) => {
      const value = values[name];
      if (input.as === 'check') return [name, value === true];
      if (isDayjs(value)) return [name, value.format('YYYY-MM-DD')];
      if (value === undefined || value === null || value === '') return [name, null];
      return [name, typeof value === 'string' ? value.trim() : value];
    }),
  );
}

export function RecordFact({ person, onClose }: { person: PersonDetail; onClose: () => void }) {
  const t = useText(peopleTexts);
  const c = useText(commonTexts);
  const kinds = useText(factKindTexts);
  const values = useWord(factValueTexts);
  const label = useWord(peopleTexts);
  const problem = useWord(fieldProblemTexts);
  const { message } = App.useApp();
  const [kind, setKind] = useState<Recordable>('degree');
  const [form] = Form.useForm<Record<string, unknown>>();
  const close = useCloseGuard(() => form.isFieldsTouched(), onClose);
  const params = { personId: person.personId };
  const record = useWrite(peopleRoutes.recordFact, {
    onDone: () => {
      void queryClient.invalidateQueries({ queryKey: keyOf(peopleRoutes.detail, { params }) });
      message.success(t('recorded'));
      onClose();
    },
  });
  const submit = (entered: Record<string, unknown>) =>
    record.mutate(
      { params, body: { kind, value: factValue(kind, entered) } },
      {
        onError: (error) => {
          if (!(error instanceof ApiError)) return;
          form.setFields(
            error.fields.map((field) => ({
              name: field.path.replace(/^value\./, ''),
              errors: [problem(field.code, field.params)],
            })),
          );
        },
      },
    );
  const control = (input: Control) => {
    switch (input.as) {
      case 'choice':
        return <Select options={input.of.map((value) => ({ value, label: values(value) }))} />;
      case 'date':
        return <DatePicker style={{ width: '100%' }} />;
      case 'zone':
        return <ZoneSelect />;
      case 'year':
        return <InputNumber min={1990} max={2100} style={{ width: '100%' }} />;
      case 'check':
        return <Checkbox>{t('doubleFirstClass')}</Checkbox>;
      case 'text':
        return <Input maxLength={100} />;
    }
  };
  return (
    <Modal
      open
      title={t('recordTitle', { name: person.name })}
      okText={t('record')}
      cancelText={c('cancel')}
      okButtonProps={{ loading: record.isPending }}
      onOk={() => form.submit()}
      onCancel={close}
      mask={{ closable: false }}
    >
      <p style={{ marginBottom: 16 }}>{t('recordEffect')}</p>
      <WriteFailure error={record.error} />
      <Form form={form} layout="vertical" requiredMark={false} preserve={false} onFinish={submit}>
        <Form.Item label={t('kind')}>
          <Select<Recordable>
            value={kind}
            onChange={setKind}
            aria-label={t('kind')}
            options={KINDS.map((value) => ({ value, label: kinds(value) }))}
          />
        </Form.Item>
        {Object.entries(FORMS[kind] as Record<string, Control>).map(([name, input]) => (
          <Form.Item
            key={`${kind} ${name}`}
            name={name}
            label={
              input.as === 'check'
                ? null
                : label(kind === 'programme' && name === 'level' ? 'programmeLevel' : name)
            }
            {...(input.as === 'check' ? { valuePropName: 'checked' } : {})}
            rules={input.optional ? [] : [{ required: true, message: c('required') }]}
          >
            {control(input)}
          </Form.Item>
        ))}
      </Form>
    </Modal>
  );
}
