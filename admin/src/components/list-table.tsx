import { Button, Skeleton, Table, type TableProps } from 'antd';
import type { Key, ReactNode } from 'react';
import { commonTexts } from '../i18n/common.js';
import { useText } from '../i18n/index.js';
import type { Pages } from '../services/query.js';
import { useFilters } from './filters.js';
import { useNumber } from './format.js';
import { Failure, NothingMatches } from './states.js';

interface Props<T> {
  pages: Pages<T>;
  columns: NonNullable<TableProps<T>['columns']>;
  rowKey: (row: T) => string;
  /** What a list without rows says, and the next step. */
  empty: ReactNode;
  /** Names of the filters in the address: while one is set, no row only means that none matches. */
  filters?: readonly string[];
  /** Said then, where a list has more to advise than to change the filters. */
  noneText?: string;
  /** A name for screen readers. */
  label: string;
  onRow?: (row: T) => void;
  rowClassName?: (row: T) => string;
}

/** What is done with a row stays in view on a narrow screen, where the rest is moved sideways. */
const heldInView = <C extends { key?: Key }>(column: C): C | (C & { fixed: 'right' }) =>
  column.key === 'actions' ? { ...column, fixed: 'right' } : column;

/** A cursor-paged list in its four states. */
export function ListTable<T extends object>({
  pages,
  columns,
  rowKey,
  empty,
  filters = [],
  noneText,
  label,
  onRow,
  rowClassName,
}: Props<T>) {
  const c = useText(commonTexts);
  const number = useNumber();
  const { anySet, clear } = useFilters(filters);
  if (pages.status === 'loading') {
    return (
      <div aria-busy="true" style={{ padding: '8px 4px' }}>
        <Skeleton active title={false} paragraph={{ rows: 8, width: '100%' }} />
      </div>
    );
  }
  if (pages.status === 'failed') return <Failure error={pages.error} onRetry={pages.reload} />;
  if (pages.items.length === 0) return anySet ? <NothingMatches onReset={clear} text={noneText} /> : empty;
  const shown = number(pages.items.length);
  return (
    <>
      <Table<T>
        aria-label={label}
        columns={columns.map(heldInView)}
        dataSource={[...pages.items]}
        rowKey={rowKey}
        pagination={false}
        size="middle"
        scroll={{ x: 'max-content' }}
        {...(rowClassName ? { rowClassName } : {})}
        {...(onRow
          ? {
              onRow: (row) => ({
                style: { cursor: 'pointer' },
                onClick: (event) => {
                  // Links and buttons in a row do their own work, and selected text is not a click.
                  const target = event.target as HTMLElement;
                  if (target.closest('a,button') || window.getSelection()?.toString()) return;
                  onRow(row);
                },
              }),
            }
          : {})}
      />
      <div className="list-foot">
        <span className="small num">
          {pages.total === undefined
            ? c('shown', { shown })
            : c('shownOf', { shown, total: number(pages.total) })}
        </span>
        {pages.hasMore ? (
          <Button onClick={pages.loadMore} loading={pages.loadingMore}>
            {c('loadMore')}
          </Button>
        ) : null}
      </div>
    </>
  );
}
