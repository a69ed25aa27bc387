import { calendarRoutes } from '@talent-card/shared/calendar/routes';
import type { CalendarDay } from '@talent-card/shared/calendar/schema';
import { caseRoutes } from '@talent-card/shared/casework/routes';
import { workbenchRoutes } from '@talent-card/shared/workbench/routes';
import { App, Button, Form, Input, Modal, Radio } from 'antd';
import { useFieldErrors } from '../../components/errors.js';
import { WriteFailure } from '../../components/states.js';
import { calendarTexts, dayKindTexts } from '../../i18n/calendar.js';
import { commonTexts } from '../../i18n/common.js';
import { useText } from '../../i18n/index.js';
import { keyOf, queryClient, useWrite } from '../../services/query.js';
import { useSettings } from '../../settings.js';

const CHOICES = ['workday', 'holiday', 'make-up-workday'] as const;
type Choice = (typeof CHOICES)[number];

interface Props {
  day: CalendarDay;
  today: string;
  year: string;
  onClose: () => void;
}

export function DayModal({ day, today, year, onClose }: Props) {
  const t = useText(calendarTexts);
  const c = useText(commonTexts);
  const kind = useText(dayKindTexts);
  const locale = useSettings((settings) => settings.locale);
  const { message } = App.useApp();
  const [form] = Form.useForm<{ kind: Choice; name?: string }>();
  const placeErrors = useFieldErrors();
  const override = useWrite(calendarRoutes.override, {
    stale: [workbenchRoutes.numbers, caseRoutes.queue, caseRoutes.detail],
    onDone: (_, { body }) => {
      void queryClient.invalidateQueries({ queryKey: keyOf(calendarRoutes.year, { params: { year } }) });
      message.success(t(body.kind === null ? 'restored' : 'saved', { date: day.date }));
      onClose();
    },
  });
  const params = { date: day.date };
  const past = day.date < today;
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(
    Date.parse(`${day.date}T00:00:00Z`),
  );
  return (
    <Modal
      open
      title={t('editTitle', { date: day.date, weekday })}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        <>
          {day.overridden && !past ? (
            <Button
              style={{ float: 'left' }}
              loading={override.isPending && override.variables.body.kind === null}
              onClick={() => override.mutate({ params, body: { kind: null } })}
            >
              {t('takeBack')}
            </Button>
          ) : null}
          <Button onClick={onClose}>{c('cancel')}</Button>
          <Button
            type="primary"
            disabled={past}
            loading={override.isPending && override.variables.body.kind !== null}
            onClick={() => form.submit()}
          >
            {c('confirm')}
          </Button>
        </>
      }
    >
      <p style={{ marginBottom: 12 }}>
        {t('now', { kind: day.name ? `${kind(day.kind)}（${day.name}）` : kind(day.kind) })}
      </p>
      <WriteFailure error={override.error} />
      {past ? (
        <p className="quiet">{t('past')}</p>
      ) : (
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{
            kind: day.working ? 'holiday' : day.kind === 'weekend' ? 'make-up-workday' : 'workday',
            name: day.overridden ? (day.name ?? '') : '',
          }}
          onFinish={(values) => {
            const name = values.name?.trim();
            override.mutate(
              { params, body: { kind: values.kind, ...(name ? { name } : {}) } },
              { onError: (error) => placeErrors(form, error) },
            );
          }}
        >
          <Form.Item name="kind" label={t('setTo')}>
            <Radio.Group options={CHOICES.map((value) => ({ value, label: kind(value) }))} />
          </Form.Item>
          <Form.Item name="name" label={t('name')}>
            <Input maxLength={50} placeholder={t('namePlaceholder')} />
          </Form.Item>
          <p className="small quiet">{t('effect')}</p>
        </Form>
      )}
    </Modal>
  );
}
