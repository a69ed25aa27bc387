import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { cardAdminRoutes } from '@talent-card/shared/cards/routes';
import { caseRoutes } from '@talent-card/shared/casework/routes';
import type { CaseDetail, CaseStep, Decision } from '@talent-card/shared/casework/schema';
import { Alert, Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useFieldErrors } from '../../components/errors.js';
import { WriteFailure } from '../../components/states.js';
import { casesTexts } from '../../i18n/cases.js';
import { commonTexts } from '../../i18n/common.js';
import { formFieldTexts } from '../../i18n/domain.js';
import { useLocalized, useText, useWord } from '../../i18n/index.js';
import { ApiError } from '../../services/api.js';
import { keyOf, queryClient, useRead } from '../../services/query.js';
import { ConditionList } from './case-conditions.js';
import { CARD_APPLICATION } from './case-types.js';

export type Verdict = Decision['decision'];

interface Props {
  item: CaseDetail;
  verdict: Verdict | null;
  next: CaseStep | null;
  busy: boolean;
  error: unknown;
  onDecide: (decision: Decision) => Promise<unknown>;
  onClose: () => void;
  onLatest: () => void;
}

interface Values {
  note?: string;
  corrections?: { field: string; note: string }[];
  cardClass?: string;
}

const CARD_FIELDS = [
  'category',
  'zoneCode',
  'employer',
  'creditCode',
  'position',
  'employedSince',
  'mobile',
  'provincialCardNumber',
  'programme',
  'programmeDocumentNumber',
  'achievements',
] as const;

const REQUEST_FIELDS = ['subject', 'details', 'mobile'] as const;

/** Another decision came first, or the applicant withdrew. */
const wasOvertaken = (error: unknown) =>
  error instanceof ApiError && (error.code === 'STALE_VERSION' || error.code === 'CASE_STATE_CONFLICT');

/** Confirms a decision: names the applicant and what follows. What was typed stays when the dialog is closed. */
export function DecisionModal({ item, verdict, next, busy, error, onDecide, onClose, onLatest }: Props) {
  const t = useText(casesTexts);
  const c = useText(commonTexts);
  const localized = useLocalized();
  const [form] = Form.useForm<Values>();
  const placeErrors = useFieldErrors();
  // Kept per decision, so that a look at the newest version loses nothing.
  const [drafts, setDrafts] = useState<Partial<Record<Verdict, Values>>>({});
  const overtaken = wasOvertaken(error);
  const issues = item.type === CARD_APPLICATION;
  const classes = useRead(cardAdminRoutes.classes, {}, { staleTime: 300_000, enabled: issues });
  if (!verdict) return null;

  const about = { name: item.applicant.maskedName, number: item.caseNumber };
  const words = {
    approve: {
      title: t('approveTitle', about),
      effect: next
        ? t('approveEffectNext', { step: localized(next.name) })
        : t(issues ? 'approveEffectIssue' : 'approveEffectAnswer'),
      ok: next ? t('approveNext') : t(issues ? 'approveIssue' : 'approveAnswer'),
    },
    return: { title: t('returnTitle', about), effect: t('returnEffect'), ok: t('returnIt') },
    reject: { title: t('rejectTitle', about), effect: t('rejectEffect'), ok: t('reject') },
  }[verdict];
  const openPoints = item.conditions.filter((condition) => condition.outcome !== 'met');
  const asksForClass = issues && verdict === 'approve' && !next && (classes.data?.items.length ?? 0) > 1;

  const submit = async (values: Values) => {
    const note = values.note?.trim();
    try {
      await onDecide({
        version: item.version,
        decision: verdict,
        ...(note ? { note } : {}),
        ...(verdict === 'return' && values.corrections?.length ? { corrections: values.corrections } : {}),
        ...(asksForClass && values.cardClass ? { extra: { cardClass: values.cardClass } } : {}),
      });
      setDrafts({});
    } catch (failure) {
      if (wasOvertaken(failure)) {
        void queryClient.invalidateQueries({
          queryKey: keyOf(caseRoutes.detail, { params: { caseId: item.caseId } }),
        });
      } else placeErrors(form, failure);
    }
  };

  return (
    <Modal
      open
      width={verdict === 'return' ? 680 : 560}
      title={words.title}
      okText={words.ok}
      cancelText={c('cancel')}
      okButtonProps={{ danger: verdict === 'reject', loading: busy, disabled: overtaken }}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
      mask={{ closable: false }}
    >
      <p style={{ marginBottom: 16 }}>{words.effect}</p>
      {overtaken ? (
        <Alert
          type="warning"
          showIcon
          role="alert"
          style={{ marginBottom: 16 }}
          title={c('staleTitle')}
          description={c('staleText')}
          action={<Button onClick={onLatest}>{t('viewLatest')}</Button>}
        />
      ) : (
        <WriteFailure error={error} />
      )}
      {verdict === 'approve' && openPoints.length > 0 ? (
        <Alert
          type="warning"
          style={{ marginBottom: 16 }}
          title={t('openPoints', { count: openPoints.length })}
          description={<ConditionList conditions={openPoints} />}
        />
      ) : null}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={
          drafts[verdict] ?? {
            ...(verdict === 'return' ? { corrections: [{ field: undefined, note: '' }] } : {}),
          }
        }
        onValuesChange={(_, values: Values) => setDrafts((old) => ({ ...old, [verdict]: values }))}
        onFinish={(values: Values) => void submit(values)}
      >
        {asksForClass ? (
          <Form.Item
            name="cardClass"
            label={t('chooseClass')}
            rules={[{ required: true, message: c('required') }]}
          >
            <Select
              autoFocus
              options={(classes.data?.items ?? []).map((one) => ({
                value: one.code,
                label: localized(one.name),
              }))}
            />
          </Form.Item>
        ) : null}
        {verdict === 'return' ? <Corrections item={item} /> : null}
        <Form.Item
          name="note"
          label={
            verdict === 'approve'
              ? t(issues ? 'noteOptional' : 'answer')
              : verdict === 'return'
                ? t('returnNote')
                : t('rejectReason')
          }
          rules={
            verdict === 'approve' && issues
              ? []
              : [{ required: true, whitespace: true, min: 2, message: t('noteTooShort') }]
          }
        >
          <Input.TextArea
            rows={3}
            maxLength={1000}
            showCount
            autoFocus={verdict !== 'return' && !asksForClass}
            placeholder={
              verdict === 'approve'
                ? t('notePlaceholder')
                : verdict === 'return'
                  ? t('returnNotePlaceholder')
                  : t('rejectPlaceholder')
            }
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Each point by its field or document, so that the applicant sees it where it has to be mended. */
function Corrections({ item }: { item: CaseDetail }) {
  const t = useText(casesTexts);
  const c = useText(commonTexts);
  const field = useWord(formFieldTexts);
  const localized = useLocalized();
  const fields = item.type === CARD_APPLICATION ? CARD_FIELDS : REQUEST_FIELDS;
  const options = [
    { label: t('facts'), options: fields.map((name) => ({ value: name as string, label: field(name) })) },
    {
      label: t('documents'),
      options: item.documents
        .filter((slot) => !slot.offline)
        .map((slot) => ({ value: slot.documentType, label: localized(slot.name) })),
    },
  ].filter((group) => group.options.length > 0);
  return (
    <Form.List name="corrections">
      {(rows, { add, remove }) => (
        <fieldset className="corrections">
          <legend>{t('correction')}</legend>
          {rows.map((row) => (
            <div key={row.key} className="row" style={{ alignItems: 'flex-start' }}>
              <Form.Item name={[row.name, 'field']} rules={[{ required: true, message: c('required') }]}>
                <Select
                  aria-label={t('correctionField')}
                  placeholder={t('correctionField')}
                  style={{ width: 200 }}
                  options={options}
                  showSearch={{ optionFilterProp: 'label' }}
                />
              </Form.Item>
              <Form.Item
                name={[row.name, 'note']}
                className="grow"
                rules={[{ required: true, whitespace: true, message: c('required') }]}
              >
                <Input aria-label={t('correctionNote')} placeholder={t('correctionNote')} maxLength={300} />
              </Form.Item>
              <Button
                type="text"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t('removeCorrection')}
                onClick={() => remove(row.name)}
              />
            </div>
          ))}
          {rows.length < 20 ? (
            <Button type="dashed" icon={<PlusOutlined aria-hidden />} onClick={() => add({ note: '' })}>
              {t('addCorrection')}
            </Button>
          ) : null}
        </fieldset>
      )}
    </Form.List>
  );
}
