import { LeftOutlined, PlusOutlined, RightOutlined } from '@ant-design/icons';
import { bookingAdminRoutes } from '@talent-card/shared/bookings/routes';
import { venueAdminRoutes } from '@talent-card/shared/venues/routes';
import type {
  AdminVenue,
  KeptBookings,
  ScheduleException,
  WriteException,
} from '@talent-card/shared/venues/schema';
import { App, Button, Calendar, DatePicker, Form, Modal, Radio } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { Bilingual } from '../../components/bilingual.js';
import { useErrorText, useFieldErrors } from '../../components/errors.js';
import { today, useDay } from '../../components/format.js';
import { useCloseGuard, useLeaveGuard } from '../../components/leave-guard.js';
import { Failure, PanelSkeleton, WriteFailure } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { venuesTexts } from '../../i18n/venues.js';
import { keyOf, queryClient, useRead, useWrite } from '../../services/query.js';
import { StretchList } from './info-form.js';
import { KeptDialog } from './kept.js';

/** Days that differ: a month to look at and to pick from, and the list of those to come. */
export function Exceptions({ venue, readOnly }: { venue: AdminVenue; readOnly: boolean }) {
  const t = useText(venuesTexts);
  const c = useText(commonTexts);
  const localized = useLocalized();
  const dayWords = useDay();
  const { message, modal } = App.useApp();
  const wordsOf = useErrorText();
  const params = { venueId: venue.venueId };
  const key = keyOf(venueAdminRoutes.exceptions, { params });
  const exceptions = useRead(venueAdminRoutes.exceptions, { params });
  const [date, setDate] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const remove = useWrite(venueAdminRoutes.removeException, {
    stale: [bookingAdminRoutes.week],
    onDone: () => void queryClient.invalidateQueries({ queryKey: key }),
  });
  if (exceptions.isError)
    return <Failure error={exceptions.error} onRetry={() => void exceptions.refetch()} />;
  if (!exceptions.data) return <PanelSkeleton rows={8} />;
  const rows = [...exceptions.data.items].sort((a, b) => a.date.localeCompare(b.date));
  const byDate = new Map(rows.map((row) => [row.date, row]));
  const hours = (row: ScheduleException) =>
    row.open.length === 0 ? t('closedAllDay') : row.open.map(({ from, to }) => `${from}–${to}`).join(' ');
  const askRemove = (row: ScheduleException) =>
    modal.confirm({
      title: t('removeTitle', { date: row.date }),
      content: t('removeText'),
      okText: t('removeException'),
      cancelText: c('cancel'),
      onOk: () =>
        remove
          .mutateAsync({ params: { ...params, exceptionId: row.exceptionId } })
          .then(() => message.success(t('exceptionRemoved', { date: row.date })))
          .catch((error: unknown) => message.error(wordsOf(error))),
    });
  const open = (day: string) => {
    if (!readOnly && day >= today()) setDate(day);
  };
  return (
    <div className="two-panels">
      <section className="panel">
        <p className="small quiet">{t('exceptionsHelp')}</p>
        <Calendar
          fullscreen={false}
          headerRender={({ value, onChange }) => (
            <div className="row" style={{ justifyContent: 'center', padding: '8px 0' }}>
              <Button
                icon={<LeftOutlined aria-hidden />}
                aria-label={t('monthBefore')}
                onClick={() => onChange(value.subtract(1, 'month'))}
              />
              <strong className="num" style={{ minWidth: 96, textAlign: 'center' }}>
                {value.format('YYYY-MM')}
              </strong>
              <Button
                icon={<RightOutlined aria-hidden />}
                aria-label={t('monthAfter')}
                onClick={() => onChange(value.add(1, 'month'))}
              />
            </div>
          )}
          onSelect={(day, { source }) => {
            if (source === 'date') open(day.format('YYYY-MM-DD'));
          }}
          fullCellRender={(day, info) => {
            if (info.type !== 'date') return info.originNode;
            const date = day.format('YYYY-MM-DD');
            const row = byDate.get(date);
            const weekday = ((day.day() + 6) % 7) + 1;
            const usual = venue.openingHours.some((hours) => hours.weekday === weekday);
            const tone = row
              ? row.open.length === 0
                ? 'holiday'
                : 'make-up-workday'
              : usual
                ? ''
                : 'weekend';
            const marks = `${date === today() ? 'today' : ''} ${date < today() ? 'past' : ''}`;
            return (
              <div
                className={`day ${tone} ${marks}`}
                title={row ? `${hours(row)} ${localized(row.note)}` : undefined}
              >
                {day.date()}
              </div>
            );
          }}
        />
        <ul className="legend" aria-label={t('legend')} style={{ marginTop: 8 }}>
          {(
            [
              ['holiday', t('closedAllDay')],
              ['make-up-workday', t('otherHours')],
              ['weekend', t('closedBecauseWeekly')],
            ] as const
          ).map(([tone, label]) => (
            <li key={tone}>
              <span className={`day ${tone}`} aria-hidden>
                1
              </span>
              {label}
            </li>
          ))}
        </ul>
      </section>
      <section className="panel">
        <div className="panel-head">
          <h2>{t('exceptionsTitle')}</h2>
          {readOnly ? null : (
            <Button icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
              {t('addException')}
            </Button>
          )}
        </div>
        {rows.length === 0 ? (
          <p className="quiet">{t('noExceptions')}</p>
        ) : (
          <ul className="candidates">
            {rows.map((row) => (
              <li key={row.exceptionId} className="row">
                <div className="grow">
                  <div className="row wrap">
                    <strong className="num">{dayWords(row.date)}</strong>
                    <span className={`chip num ${row.open.length === 0 ? 'bad' : 'info'}`}>{hours(row)}</span>
                  </div>
                  <div className="small quiet break">{localized(row.note)}</div>
                </div>
                {readOnly ? null : (
                  <>
                    <Button size="small" onClick={() => setDate(row.date)}>
                      {c('edit')}
                    </Button>
                    <Button size="small" onClick={() => askRemove(row)}>
                      {t('removeException')}
                    </Button>
                  </>
                )}
              </li>
            ))}
          </ul>
        )}
      </section>
      {date || adding ? (
        <ExceptionModal
          venue={venue}
          date={date}
          before={date ? byDate.get(date) : undefined}
          onClose={() => {
            setDate(null);
            setAdding(false);
          }}
        />
      ) : null}
    </div>
  );
}

interface Values {
  date: Dayjs;
  kind: 'closed' | 'hours';
  open?: { from: string; to: string }[];
  note: { zh: string; en: string };
}

function ExceptionModal({
  venue,
  date,
  before,
  onClose,
}: {
  venue: AdminVenue;
  date: string | null;
  before: ScheduleException | undefined;
  onClose: () => void;
}) {
  const t = useText(venuesTexts);
  const c = useText(commonTexts);
  const { message } = App.useApp();
  const placeErrors = useFieldErrors();
  const [form] = Form.useForm<Values>();
  const kind = Form.useWatch('kind', form);
  const [kept, setKept] = useState<{ kept: KeptBookings; body: WriteException } | null>(null);
  const close = useCloseGuard(() => form.isFieldsTouched(), onClose);
  const [edited, setEdited] = useState(false);
  const guard = useLeaveGuard(edited, { tabs: true });
  const params = { venueId: venue.venueId };
  const write = useWrite(venueAdminRoutes.writeException, {
    stale: [bookingAdminRoutes.week, bookingAdminRoutes.arrivals],
    onDone: (answer, { body }) => {
      setEdited(false);
      void queryClient.invalidateQueries({ queryKey: keyOf(venueAdminRoutes.exceptions, { params }) });
      if (body.cancel) message.success(t('keptCancelled', { bookings: body.cancel.bookings }));
      else message.success(t('exceptionSaved', { date: answer.date }));
      if (answer.kept && answer.kept.bookings > 0) setKept({ kept: answer.kept, body });
      else onClose();
    },
  });
  if (kept) {
    return (
      <KeptDialog
        kept={kept.kept}
        busy={write.isPending}
        error={write.error}
        onCancelThem={(cancel) => write.mutateAsync({ params, body: { ...kept.body, cancel } })}
        onKeep={onClose}
      />
    );
  }
  return (
    <Modal
      open
      width={600}
      title={date ? t('exceptionTitle', { date }) : t('exceptionNew')}
      okText={c('save')}
      cancelText={c('cancel')}
      okButtonProps={{ loading: write.isPending }}
      onOk={() => form.submit()}
      onCancel={close}
      mask={{ closable: false }}
    >
      <WriteFailure error={write.error} />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          ...(date ? { date: dayjs(date) } : {}),
          kind: before && before.open.length > 0 ? 'hours' : 'closed',
          open: before && before.open.length > 0 ? before.open : [{ from: '09:00', to: '16:00' }],
          note: before?.note ?? { zh: '', en: '' },
        }}
        onValuesChange={() => setEdited(true)}
        onFinish={(values: Values) =>
          write.mutate(
            {
              params,
              body: {
                date: values.date.format('YYYY-MM-DD'),
                open: values.kind === 'closed' ? [] : (values.open ?? []),
                note: { zh: values.note.zh.trim(), en: values.note.en.trim() },
              },
            },
            { onError: (error) => placeErrors(form, error) },
          )
        }
      >
        <Form.Item name="date" label={t('date')} rules={[{ required: true, message: c('required') }]}>
          <DatePicker disabled={date !== null} disabledDate={(day) => day.format('YYYY-MM-DD') < today()} />
        </Form.Item>
        <Form.Item name="kind" label={t('hours')}>
          <Radio.Group
            options={[
              { value: 'closed', label: t('closedAllDay') },
              { value: 'hours', label: t('otherHours') },
            ]}
          />
        </Form.Item>
        {kind === 'hours' ? (
          <div style={{ marginBottom: 16 }}>
            <StretchList name="open" label={t('hours')} />
            <Form.Item
              name="hasHours"
              dependencies={['open']}
              style={{ margin: 0 }}
              rules={[
                ({ getFieldValue }) => ({
                  validator: () =>
                    ((getFieldValue('open') as unknown[] | undefined) ?? []).length > 0
                      ? Promise.resolve()
                      : Promise.reject(new Error(t('atLeastOneHours'))),
                }),
              ]}
            >
              <span />
            </Form.Item>
          </div>
        ) : null}
        <Bilingual name="note" label={t('note')} most={[100, 200]} />
      </Form>
      {guard.dialog}
    </Modal>
  );
}
