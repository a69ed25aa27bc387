import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { bookingAdminRoutes } from '@talent-card/shared/bookings/routes';
import { venueAdminRoutes } from '@talent-card/shared/venues/routes';
import type { AdminVenue, KeptBookings, Schedule, WriteSchedule } from '@talent-card/shared/venues/schema';
import { App, Button, DatePicker, Form, Input, InputNumber, Modal, Select, Table } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { ClockInput } from '../../components/clock-input.js';
import { useFieldErrors } from '../../components/errors.js';
import { today } from '../../components/format.js';
import { useCloseGuard, useLeaveGuard } from '../../components/leave-guard.js';
import { ChannelSelect } from '../../components/place-select.js';
import { Empty, Failure, PanelSkeleton, WriteFailure } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { venuesTexts, WEEKDAYS, type Weekday } from '../../i18n/venues.js';
import { useChannelById } from '../../services/directory.js';
import { keyOf, queryClient, useRead, useWrite } from '../../services/query.js';
import { useSpanWords } from '../channels/words.js';
import { slotsBetween } from './hours.js';
import { KeptDialog } from './kept.js';

/** The weekly templates that slots are made of. */
export function Schedules({ venue, readOnly }: { venue: AdminVenue; readOnly: boolean }) {
  const t = useText(venuesTexts);
  const c = useText(commonTexts);
  const localized = useLocalized();
  const channelById = useChannelById();
  const spanWords = useSpanWords();
  const params = { venueId: venue.venueId };
  const schedules = useRead(venueAdminRoutes.schedules, { params });
  const [opened, setOpened] = useState<Schedule | 'new' | null>(null);
  if (schedules.isError) return <Failure error={schedules.error} onRetry={() => void schedules.refetch()} />;
  if (!schedules.data) return <PanelSkeleton rows={8} />;
  const day = today();
  const rows = [...schedules.data.items].sort(
    (a, b) => a.channelId.localeCompare(b.channelId) || a.weekday - b.weekday || a.from.localeCompare(b.from),
  );
  const add = readOnly ? null : (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setOpened('new')}>
      {t('addSchedule')}
    </Button>
  );
  const nameOf = (row: Schedule) =>
    localized(channelById(row.channelId)?.name) || `…${row.channelId.slice(-6)}`;
  return (
    <section className="panel">
      {rows.length === 0 ? (
        <Empty title={t('noSchedules')} action={add}>
          {t('noSchedulesText')}
        </Empty>
      ) : (
        <>
          <div className="panel-head">
            <p className="small quiet">{t('schedulesHelp')}</p>
            {add}
          </div>
          <Table<Schedule>
            aria-label={t('tabSchedules')}
            dataSource={rows}
            rowKey={(row) => row.scheduleId}
            pagination={false}
            size="middle"
            scroll={{ x: 'max-content' }}
            columns={[
              { title: c('channel'), key: 'channel', render: (_, row) => nameOf(row) },
              {
                title: t('weekday'),
                dataIndex: 'weekday',
                render: (weekday: number) => t(`weekday.${weekday as Weekday}`),
              },
              {
                title: t('hours'),
                key: 'hours',
                className: 'num',
                render: (_, row) => (
                  <>
                    {row.from}–{row.to}
                    <div className="small quiet">
                      {t('each', {
                        minutes: row.slotMinutes,
                        count: slotsBetween(row.from, row.to, row.slotMinutes),
                      })}
                    </div>
                  </>
                ),
              },
              {
                title: t('capacity'),
                key: 'capacity',
                className: 'num',
                render: (_, row) => (
                  <>
                    {row.capacity}
                    {Object.entries(row.classCapacities).map(([code, most]) => (
                      <div key={code} className="small quiet">
                        {code} ≤ {most}
                      </div>
                    ))}
                  </>
                ),
              },
              {
                title: t('period'),
                key: 'period',
                className: 'num',
                render: (_, row) => (
                  <>
                    {spanWords(row)}{' '}
                    {row.effectiveTo && row.effectiveTo < day ? (
                      <span className="chip">{t('ended')}</span>
                    ) : null}
                  </>
                ),
              },
              ...(readOnly
                ? []
                : [
                    {
                      title: c('actions'),
                      key: 'actions',
                      render: (_: unknown, row: Schedule) => (
                        <Button
                          size="small"
                          aria-label={`${c('edit')}：${nameOf(row)} ${t(`weekday.${row.weekday as Weekday}`)} ${row.from}`}
                          onClick={() => setOpened(row)}
                        >
                          {c('edit')}
                        </Button>
                      ),
                    },
                  ]),
            ]}
          />
        </>
      )}
      {opened ? (
        <ScheduleModal
          venue={venue}
          schedule={opened === 'new' ? null : opened}
          onClose={() => setOpened(null)}
        />
      ) : null}
    </section>
  );
}

/** Long enough to read two sentences. */
const OVERFULL_SECONDS = 12;

interface Values {
  channelId: string;
  weekdays: number[];
  from: string;
  to: string;
  slotMinutes: number;
  capacity: number;
  classes: { code: string; most: number }[];
  effectiveFrom: Dayjs;
  effectiveTo: Dayjs | null;
}

const bodyOf = (values: Values, weekday: number, version: number | undefined): WriteSchedule => ({
  ...(version === undefined ? {} : { version }),
  channelId: values.channelId,
  weekday,
  from: values.from,
  to: values.to,
  slotMinutes: values.slotMinutes,
  capacity: values.capacity,
  classCapacities: Object.fromEntries(
    (values.classes ?? []).map(({ code, most }) => [code.trim().toUpperCase(), most]),
  ),
  effectiveFrom: values.effectiveFrom.format('YYYY-MM-DD'),
  effectiveTo: values.effectiveTo?.format('YYYY-MM-DD') ?? null,
});

function ScheduleModal({
  venue,
  schedule,
  onClose,
}: {
  venue: AdminVenue;
  schedule: Schedule | null;
  onClose: () => void;
}) {
  const t = useText(venuesTexts);
  const c = useText(commonTexts);
  const localized = useLocalized();
  const channelById = useChannelById();
  const { message } = App.useApp();
  const placeErrors = useFieldErrors();
  const [form] = Form.useForm<Values>();
  const watched = Form.useWatch([], form);
  const [done, setDone] = useState<readonly number[]>([]);
  const [kept, setKept] = useState<{ kept: KeptBookings; body: WriteSchedule } | null>(null);
  const close = useCloseGuard(() => form.isFieldsTouched(), onClose);
  const [edited, setEdited] = useState(false);
  const guard = useLeaveGuard(edited, { tabs: true });
  const params = { venueId: venue.venueId };
  const refresh = () =>
    void queryClient.invalidateQueries({ queryKey: keyOf(venueAdminRoutes.schedules, { params }) });
  const create = useWrite(venueAdminRoutes.createSchedule, { stale: [bookingAdminRoutes.week] });
  const update = useWrite(venueAdminRoutes.updateSchedule, {
    stale: [bookingAdminRoutes.week, bookingAdminRoutes.arrivals],
    onDone: (answer, { body }) => {
      setEdited(false);
      refresh();
      if (body.cancel) message.success(t('keptCancelled', { bookings: body.cancel.bookings }));
      else if (answer.overfull) message.warning(t('overfull', { slots: answer.overfull }), OVERFULL_SECONDS);
      else message.success(t('scheduleSaved'));
      if (answer.kept && answer.kept.bookings > 0)
        setKept({ kept: answer.kept, body: { ...body, version: answer.version } });
      else onClose();
    },
  });
  const save = async (values: Values) => {
    if (schedule) {
      update.mutate(
        {
          params: { ...params, scheduleId: schedule.scheduleId },
          body: bodyOf(values, schedule.weekday, schedule.version),
        },
        {
          onError: (error) => {
            placeErrors(form, error);
            refresh();
          },
        },
      );
      return;
    }
    // One row for each day; what was made before a refusal stays made and is not made again.
    const made = [...done];
    try {
      for (const weekday of values.weekdays.filter((one) => !made.includes(one))) {
        await create.mutateAsync({ params, body: bodyOf(values, weekday, undefined) });
        made.push(weekday);
      }
      message.success(t('schedulesSaved', { count: made.length }));
      onClose();
    } catch (error) {
      placeErrors(form, error);
    } finally {
      setDone(made);
      refresh();
    }
  };
  if (kept && schedule) {
    return (
      <KeptDialog
        kept={kept.kept}
        busy={update.isPending}
        error={update.error}
        onCancelThem={(cancel) =>
          update.mutateAsync({
            params: { ...params, scheduleId: schedule.scheduleId },
            body: { ...kept.body, cancel },
          })
        }
        onKeep={onClose}
      />
    );
  }
  const required = [{ required: true, message: c('required') }];
  const count =
    watched?.from && watched.to ? slotsBetween(watched.from, watched.to, watched.slotMinutes ?? 0) : 0;
  return (
    <Modal
      open
      width={640}
      title={
        schedule
          ? t('scheduleTitle', {
              channel: localized(channelById(schedule.channelId)?.name),
              weekday: t(`weekday.${schedule.weekday as Weekday}`),
            })
          : t('scheduleNew')
      }
      okText={c('save')}
      cancelText={c('cancel')}
      okButtonProps={{ loading: create.isPending || update.isPending }}
      onOk={() => form.submit()}
      onCancel={close}
      mask={{ closable: false }}
    >
      <WriteFailure error={create.error ?? update.error} />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={
          schedule
            ? {
                ...schedule,
                weekdays: [schedule.weekday],
                classes: Object.entries(schedule.classCapacities).map(([code, most]) => ({ code, most })),
                effectiveFrom: dayjs(schedule.effectiveFrom),
                effectiveTo: schedule.effectiveTo ? dayjs(schedule.effectiveTo) : null,
              }
            : {
                weekdays: [1, 2, 3, 4, 5],
                from: '09:00',
                to: '17:00',
                slotMinutes: 30,
                capacity: 4,
                classes: [],
                effectiveFrom: dayjs(today()),
                effectiveTo: null,
              }
        }
        onValuesChange={() => setEdited(true)}
        onFinish={(values: Values) => void save(values)}
      >
        <Form.Item name="channelId" label={c('channel')} rules={required}>
          <ChannelSelect disabled={schedule !== null} />
        </Form.Item>
        {schedule ? null : (
          <Form.Item name="weekdays" label={t('weekdays')} rules={required}>
            <Select
              mode="multiple"
              options={WEEKDAYS.map((value) => ({ value, label: t(`weekday.${value}`) }))}
            />
          </Form.Item>
        )}
        <div className="pair four">
          <Form.Item name="from" label={t('from')} rules={required}>
            <ClockInput />
          </Form.Item>
          <Form.Item
            name="to"
            label={t('to')}
            dependencies={['from', 'slotMinutes']}
            rules={[
              ...required,
              ({ getFieldValue }) => ({
                validator: (_, to: string | undefined) => {
                  const from = getFieldValue('from') as string | undefined;
                  if (!from || !to) return Promise.resolve();
                  if (from >= to) return Promise.reject(new Error(t('hoursOrder')));
                  return slotsBetween(from, to, Number(getFieldValue('slotMinutes'))) > 0
                    ? Promise.resolve()
                    : Promise.reject(new Error(t('tooShort')));
                },
              }),
            ]}
          >
            <ClockInput />
          </Form.Item>
          <Form.Item name="slotMinutes" label={t('slotMinutes')} rules={required}>
            <InputNumber min={5} max={720} precision={0} style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="capacity" label={t('capacity')} rules={required}>
            <InputNumber min={1} max={10_000} precision={0} style={{ width: '100%' }} />
          </Form.Item>
        </div>
        {count > 0 && watched?.capacity ? (
          <p className="note num" style={{ marginBottom: 16 }}>
            {t('slotPreview', { count, places: count * watched.capacity })}
          </p>
        ) : null}
        <ClassLimits />
        <div className="pair">
          <Form.Item name="effectiveFrom" label={t('effectiveFrom')} rules={required}>
            <DatePicker style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item
            name="effectiveTo"
            label={t('effectiveTo')}
            extra={t('effectiveToHelp')}
            dependencies={['effectiveFrom']}
            rules={[
              ({ getFieldValue }) => ({
                validator: (_, to: Dayjs | null) =>
                  to?.isBefore(getFieldValue('effectiveFrom') as Dayjs, 'day')
                    ? Promise.reject(new Error(c('dateOrder')))
                    : Promise.resolve(),
              }),
            ]}
          >
            <DatePicker style={{ width: '100%' }} />
          </Form.Item>
        </div>
      </Form>
      {guard.dialog}
    </Modal>
  );
}

function ClassLimits() {
  const t = useText(venuesTexts);
  const c = useText(commonTexts);
  const required = [{ required: true, message: c('required') }];
  return (
    <Form.List name="classes">
      {(rows, { add, remove }) => (
        <fieldset className="corrections">
          <legend>{t('classCapacities')}</legend>
          {rows.map((row) => (
            <div key={row.key} className="row" style={{ alignItems: 'flex-start' }}>
              <Form.Item name={[row.name, 'code']} rules={required} style={{ width: 120 }}>
                <Input maxLength={10} aria-label={c('cardClass')} placeholder={c('cardClass')} />
              </Form.Item>
              <Form.Item name={[row.name, 'most']} rules={required}>
                <InputNumber min={0} max={10_000} precision={0} aria-label={t('capacity')} />
              </Form.Item>
              <Button
                type="text"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t('removeClass')}
                onClick={() => remove(row.name)}
              />
            </div>
          ))}
          <div className="row">
            <Button
              type="dashed"
              size="small"
              icon={<PlusOutlined aria-hidden />}
              onClick={() => add({ most: 1 })}
            >
              {t('addClass')}
            </Button>
            <span className="small quiet">{t('classCapacitiesHelp')}</span>
          </div>
        </fieldset>
      )}
    </Form.List>
  );
}
