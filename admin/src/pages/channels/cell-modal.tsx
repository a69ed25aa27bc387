import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { QUOTA_WINDOWS } from '@talent-card/shared/channels/channel-groups';
import type { ChannelTerms } from '@talent-card/shared/channels/schema';
import { Alert, Button, DatePicker, Form, InputNumber, Modal, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useCloseGuard } from '../../components/leave-guard.js';
import { channelsTexts, quotaWindowTexts } from '../../i18n/channels.js';
import { commonTexts } from '../../i18n/common.js';
import { useText } from '../../i18n/index.js';
import { dayAfter, overlapOf, type Row } from './terms.js';
import { useSpanWords } from './words.js';

interface Values {
  from: Dayjs;
  to: Dayjs | null;
  limits: ChannelTerms['limits'];
  companions: number;
  discountPercent: number | null;
  capYuan: number | null;
}

interface Props {
  row: Row;
  title: string;
  /** The cell that is changed, or what a new one begins with. */
  start: ChannelTerms;
  isNew: boolean;
  /** The other cells of the row. */
  others: readonly ChannelTerms[];
  onKeep: (cell: ChannelTerms, ended: { cell: ChannelTerms; on: string } | null) => void;
  onRemove: () => void;
  onClose: () => void;
}

/** One cell of the matrix. Overlaps are said here, with the usual way out: end the cell before. */
export function CellModal({ row, title, start, isNew, others, onKeep, onRemove, onClose }: Props) {
  const t = useText(channelsTexts);
  const c = useText(commonTexts);
  const windowName = useText(quotaWindowTexts);
  const spanWords = useSpanWords();
  const [form] = Form.useForm<Values>();
  const watched = Form.useWatch([], form);
  const close = useCloseGuard(() => form.isFieldsTouched(), onClose);
  const span = (values: Pick<Values, 'from' | 'to'>) => ({
    cardKind: row.cardKind,
    cardClass: row.cardClass,
    effectiveFrom: values.from.format('YYYY-MM-DD'),
    effectiveTo: values.to?.format('YYYY-MM-DD') ?? null,
  });
  const clash = watched?.from ? overlapOf(span(watched), others) : undefined;
  // An earlier cell may be ended the day before, as when new limits begin with a new year.
  const mayEnd = clash && watched?.from && clash.effectiveFrom < span(watched).effectiveFrom ? clash : null;
  const keep = (values: Values, ended: ChannelTerms | null) => {
    const cell: ChannelTerms = {
      ...span(values),
      limits: values.limits ?? [],
      companions: values.companions,
      discountPercent: values.discountPercent ?? null,
      capCents: values.capYuan ? Math.round(values.capYuan * 100) : null,
    };
    const rest = ended ? others.filter((other) => other !== ended) : others;
    if (overlapOf(cell, rest)) return;
    onKeep(cell, ended ? { cell: ended, on: dayAfter(cell.effectiveFrom, -1) } : null);
  };
  const endAndKeep = () =>
    form.validateFields().then(
      (values) => keep(values, mayEnd),
      () => undefined,
    );
  return (
    <Modal
      open
      width={600}
      title={title}
      onCancel={close}
      mask={{ closable: false }}
      footer={
        <>
          {isNew ? null : (
            <Button danger style={{ float: 'left' }} onClick={onRemove}>
              {t('removeCell')}
            </Button>
          )}
          <Button onClick={close}>{c('cancel')}</Button>
          <Button type="primary" disabled={clash !== undefined} onClick={() => form.submit()}>
            {t('keepCell')}
          </Button>
        </>
      }
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          from: dayjs(start.effectiveFrom),
          to: start.effectiveTo ? dayjs(start.effectiveTo) : null,
          limits: start.limits,
          companions: start.companions,
          discountPercent: start.discountPercent,
          capYuan: start.capCents ? start.capCents / 100 : null,
        }}
        onFinish={(values: Values) => keep(values, null)}
      >
        <div className="pair">
          <Form.Item
            name="from"
            label={t('effectiveFrom')}
            rules={[{ required: true, message: c('required') }]}
          >
            <DatePicker style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item
            name="to"
            label={t('effectiveTo')}
            extra={t('effectiveToHelp')}
            dependencies={['from']}
            rules={[
              ({ getFieldValue }) => ({
                validator: (_, to: Dayjs | null) =>
                  to?.isBefore(getFieldValue('from') as Dayjs, 'day')
                    ? Promise.reject(new Error(c('dateOrder')))
                    : Promise.resolve(),
              }),
            ]}
          >
            <DatePicker style={{ width: '100%' }} />
          </Form.Item>
        </div>
        {clash ? (
          <Alert
            type="error"
            showIcon
            role="alert"
            style={{ marginBottom: 16 }}
            title={t('overlaps', { other: spanWords(clash) })}
            {...(mayEnd && watched?.from
              ? {
                  description: (
                    <Button size="small" onClick={() => void endAndKeep()}>
                      {t('endOther', {
                        other: spanWords(mayEnd),
                        day: dayAfter(span(watched).effectiveFrom, -1),
                      })}
                    </Button>
                  ),
                }
              : {})}
          />
        ) : null}
        <Limits windowName={windowName} />
        <div className="pair three">
          <Form.Item
            name="companions"
            label={t('companions')}
            rules={[{ required: true, message: c('required') }]}
          >
            <InputNumber min={0} max={9} precision={0} style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="discountPercent" label={t('discount')} extra={t('discountHelp')}>
            <InputNumber min={1} max={100} precision={0} style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="capYuan" label={t('cap')}>
            <InputNumber min={0.01} max={100_000_000} precision={2} style={{ width: '100%' }} />
          </Form.Item>
        </div>
      </Form>
    </Modal>
  );
}

function Limits({ windowName }: { windowName: (window: (typeof QUOTA_WINDOWS)[number]) => string }) {
  const t = useText(channelsTexts);
  const c = useText(commonTexts);
  return (
    <Form.List
      name="limits"
      rules={[
        {
          validator: (_, limits: ChannelTerms['limits'] | undefined) => {
            const windows = (limits ?? []).map((limit) => limit?.window);
            return new Set(windows).size === windows.length
              ? Promise.resolve()
              : Promise.reject(new Error(t('windowTwice')));
          },
        },
      ]}
    >
      {(rows, { add, remove }, { errors }) => (
        <fieldset className="corrections">
          <legend>{t('limits')}</legend>
          {rows.length === 0 ? <p className="quiet">{t('noLimit')}</p> : null}
          {rows.map((row) => (
            <div key={row.key} className="row" style={{ alignItems: 'flex-start' }}>
              <Form.Item name={[row.name, 'window']} className="grow">
                <Select
                  aria-label={t('limits')}
                  options={QUOTA_WINDOWS.map((value) => ({ value, label: windowName(value) }))}
                />
              </Form.Item>
              <Form.Item
                name={[row.name, 'most']}
                rules={[{ required: true, message: c('required') }]}
                style={{ width: 160 }}
              >
                <InputNumber
                  aria-label={t('most')}
                  prefix={t('most')}
                  min={0}
                  max={100_000}
                  precision={0}
                  style={{ width: '100%' }}
                />
              </Form.Item>
              <Button
                type="text"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t('removeLimit')}
                onClick={() => remove(row.name)}
              />
            </div>
          ))}
          <Form.ErrorList errors={errors} />
          {rows.length < QUOTA_WINDOWS.length ? (
            <Button
              type="dashed"
              icon={<PlusOutlined aria-hidden />}
              onClick={() => add({ window: 'year', most: 12 })}
            >
              {t('addLimit')}
            </Button>
          ) : null}
        </fieldset>
      )}
    </Form.List>
  );
}
