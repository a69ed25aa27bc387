import { PlusOutlined } from '@ant-design/icons';
import { cardAdminRoutes } from '@talent-card/shared/cards/routes';
import type { ChannelTerms } from '@talent-card/shared/channels/schema';
import { AutoComplete, Button, Form, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useMay } from '../../access.js';
import { today } from '../../components/format.js';
import { channelsTexts } from '../../i18n/channels.js';
import { commonTexts } from '../../i18n/common.js';
import { cardKindTexts } from '../../i18n/domain.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { useRead } from '../../services/query.js';
import { CellModal } from './cell-modal.js';
import {
  cellsOf,
  dayAfter,
  overlapOf,
  phaseOf,
  type Row,
  rowKey,
  rowsOf,
  type Segment,
  timeline,
} from './terms.js';
import { isAlone, useRowWords, useSpanWords, useTermsWords } from './words.js';

interface Props {
  terms: readonly ChannelTerms[];
  readOnly: boolean;
  onChange: (terms: ChannelTerms[]) => void;
}

/** Which cell is open: one that exists, or a new one of a row. */
type Opened = { row: Row; cell: ChannelTerms | null };

/** A row for each kind of holder, its cells in order on a line of time. */
export function Matrix({ terms, readOnly, onChange }: Props) {
  const t = useText(channelsTexts);
  const rowWords = useRowWords();
  const [added, setAdded] = useState<readonly Row[]>([]);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [adding, setAdding] = useState(false);
  const rows = rowsOf(terms, added);
  const name = (row: Row) => rowWords(row, isAlone(row, rows));
  const replace = (old: ChannelTerms | null, next: ChannelTerms[]) => {
    onChange([...terms.filter((cell) => cell !== old), ...next]);
    setOpened(null);
  };
  return (
    <>
      <p className="quiet small">{t('matrixHelp')}</p>
      <div className="rows">
        {rows.map((row) => (
          <MatrixRow
            key={row.key}
            name={name(row)}
            cells={cellsOf(terms, row.key)}
            readOnly={readOnly}
            onOpen={(cell) => setOpened({ row, cell })}
          />
        ))}
      </div>
      {readOnly ? null : (
        <Button type="dashed" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
          {t('addRow')}
        </Button>
      )}
      {opened ? (
        <CellModal
          row={opened.row}
          title={t('cellTitle', { row: name(opened.row) })}
          isNew={opened.cell === null}
          start={opened.cell ?? nextCell(opened.row, cellsOf(terms, opened.row.key))}
          others={terms.filter((cell) => rowKey(cell) === opened.row.key && cell !== opened.cell)}
          onKeep={(cell, ended) => {
            const kept = terms
              .filter((one) => one !== opened.cell)
              .map((one) => (one === ended?.cell ? { ...one, effectiveTo: ended.on } : one));
            onChange([...kept, cell]);
            setOpened(null);
          }}
          onRemove={() => replace(opened.cell, [])}
          onClose={() => setOpened(null)}
        />
      ) : null}
      {adding ? (
        <AddRow
          rows={rows}
          onAdd={(row) => {
            setAdded([...added, row]);
            setAdding(false);
            setOpened({ row, cell: null });
          }}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </>
  );
}

/** A new cell begins where the last one ends, or today, with the limits of the last. */
function nextCell(row: Row, cells: readonly ChannelTerms[]): ChannelTerms {
  const last = cells.at(-1);
  const day = today();
  const from = last?.effectiveTo && last.effectiveTo >= day ? dayAfter(last.effectiveTo) : day;
  return {
    cardKind: row.cardKind,
    cardClass: row.cardClass,
    effectiveFrom: from,
    effectiveTo: null,
    limits: last?.limits ?? [],
    companions: last?.companions ?? 0,
    discountPercent: last?.discountPercent ?? null,
    capCents: last?.capCents ?? null,
  };
}

interface RowProps {
  name: string;
  cells: readonly ChannelTerms[];
  readOnly: boolean;
  onOpen: (cell: ChannelTerms | null) => void;
}

function MatrixRow({ name, cells, readOnly, onOpen }: RowProps) {
  const t = useText(channelsTexts);
  const wordsOf = useTermsWords();
  const spanWords = useSpanWords();
  const day = today();
  const nothingNow = !cells.some((cell) => phaseOf(cell, day) === 'now');
  return (
    <section className="matrix-row" aria-label={name}>
      <div className="row wrap">
        <h3>{name}</h3>
        {nothingNow ? <span className="chip care">{t('gapNow')}</span> : null}
        {readOnly ? null : (
          <Button
            size="small"
            type="link"
            icon={<PlusOutlined aria-hidden />}
            aria-label={`${t('addCell')}：${name}`}
            onClick={() => onOpen(null)}
          >
            {t('addCell')}
          </Button>
        )}
      </div>
      {cells.length === 0 ? (
        <p className="small quiet">{t('emptyRow')}</p>
      ) : (
        <>
          <TimeLine cells={cells} day={day} />
          <div className="cells">
            {cells.map((cell) => {
              const phase = phaseOf(cell, day);
              const clash = overlapOf(
                cell,
                cells.filter((other) => other !== cell),
              );
              return (
                <button
                  key={`${cell.effectiveFrom} ${cell.effectiveTo}`}
                  type="button"
                  className={`cell ${phase} ${clash ? 'clash' : ''}`}
                  disabled={readOnly}
                  onClick={() => onOpen(cell)}
                >
                  <span className="row small num quiet">
                    <span className={`chip ${phase === 'now' ? 'ok' : phase === 'future' ? 'info' : ''}`}>
                      {t(phase)}
                    </span>
                    {spanWords(cell)}
                  </span>
                  <span>{wordsOf(cell).join(' · ')}</span>
                  {clash ? (
                    <span className="small bad">{t('overlaps', { other: spanWords(clash) })}</span>
                  ) : null}
                </button>
              );
            })}
          </div>
        </>
      )}
    </section>
  );
}

/** From the first cell, or a year back, to a year ahead, or the last end. */
function TimeLine({ cells, day }: { cells: readonly ChannelTerms[]; day: string }) {
  const t = useText(channelsTexts);
  const spanWords = useSpanWords();
  const first = cells[0]?.effectiveFrom ?? day;
  const yearAgo = dayAfter(day, -365);
  // The middle one: not before a year ago, not after today.
  const [, from = day] = [yearAgo, first, day].sort();
  const lastEnd =
    cells
      .map((cell) => cell.effectiveTo ?? '')
      .sort()
      .at(-1) ?? '';
  const yearAhead = dayAfter(day, 365);
  const to = lastEnd > yearAhead && lastEnd < dayAfter(day, 1500) ? lastEnd : yearAhead;
  const segments = timeline(cells, from, to);
  const now =
    segments.length > 0 ? (Date.parse(day) - Date.parse(from)) / (Date.parse(to) - Date.parse(from)) : 0;
  const label = (segment: Segment) =>
    segment.cell ? spanWords(segment.cell) : t('gap', { from: segment.from, to: segment.to });
  return (
    <>
      <div className="line" role="img" aria-label={segments.map(label).join('；')}>
        {segments.map((segment) => (
          <i
            key={`${segment.kind} ${segment.from}`}
            className={segment.cell ? `part ${phaseOf(segment.cell, day)}` : 'part gap'}
            style={{ left: `${segment.start * 100}%`, width: `${segment.width * 100}%` }}
            title={label(segment)}
          />
        ))}
        <b className="today" style={{ left: `${now * 100}%` }} />
      </div>
      <div className="line-scale small num quiet" aria-hidden>
        <span>{from}</span>
        {now > 0.2 && now < 0.8 ? <b style={{ left: `${now * 100}%` }}>{t('today')}</b> : null}
        <span>{to}</span>
      </div>
    </>
  );
}

/** Talent or youth, and a class by its code. */
function AddRow({
  rows,
  onAdd,
  onClose,
}: {
  rows: readonly Row[];
  onAdd: (row: Row) => void;
  onClose: () => void;
}) {
  const t = useText(channelsTexts);
  const c = useText(commonTexts);
  const kind = useText(cardKindTexts);
  const localized = useLocalized();
  const may = useMay();
  const classes = useRead(cardAdminRoutes.classes, {}, { staleTime: 300_000, enabled: may('cards.read') });
  const [form] = Form.useForm<{ cardKind: Row['cardKind']; cardClass: string }>();
  const rowOf = (values: { cardKind: Row['cardKind']; cardClass: string }): Row => {
    const cardClass = values.cardClass?.trim().toUpperCase() || null;
    return { key: rowKey({ cardKind: values.cardKind, cardClass }), cardKind: values.cardKind, cardClass };
  };
  return (
    <Modal
      open
      title={t('addRowTitle')}
      okText={t('addCell')}
      cancelText={c('cancel')}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ cardKind: 'talent', cardClass: '' }}
        onFinish={(values) => onAdd(rowOf(values))}
      >
        <Form.Item name="cardKind" label={t('cardKind')}>
          <Radio.Group
            options={(['talent', 'youth'] as const).map((value) => ({ value, label: kind(value) }))}
          />
        </Form.Item>
        <Form.Item
          name="cardClass"
          label={t('cardClass')}
          extra={t('cardClassHelp')}
          dependencies={['cardKind']}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_, cardClass: string) => {
                const row = rowOf({ cardKind: getFieldValue('cardKind') as Row['cardKind'], cardClass });
                return rows.some((other) => other.key === row.key)
                  ? Promise.reject(new Error(t('rowExists')))
                  : Promise.resolve();
              },
            }),
          ]}
        >
          <AutoComplete
            maxLength={10}
            style={{ width: 200 }}
            options={(classes.data?.items ?? []).map((item) => ({
              value: item.code,
              label: localized(item.name),
            }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
