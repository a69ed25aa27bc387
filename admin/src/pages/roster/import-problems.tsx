import { rosterRoutes } from '@talent-card/shared/people/routes';
import type { ImportBatch, RowProblem } from '@talent-card/shared/people/schema';
import { Segmented } from 'antd';
import { oneOf, useFilters } from '../../components/filters.js';
import { ListTable } from '../../components/list-table.js';
import { Empty } from '../../components/states.js';
import { useText } from '../../i18n/index.js';
import { rosterTexts, rowProblemTexts } from '../../i18n/roster.js';
import { usePages } from '../../services/query.js';

/** What is wrong, by row, column and reason. */
export function ImportProblems({ batch }: { batch: ImportBatch }) {
  const t = useText(rosterTexts);
  const reason = useText(rowProblemTexts);
  const { filters, setFilters } = useFilters(['severity']);
  const severity = oneOf(['error', 'warning'], filters.severity);
  const pages = usePages<RowProblem>(
    rosterRoutes.problems,
    { severity },
    { params: { batchId: batch.batchId }, limit: 50 },
  );
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('problems')}</h2>
        <Segmented
          value={severity ?? 'all'}
          onChange={(value) => setFilters({ severity: value === 'all' ? undefined : value })}
          options={[
            { value: 'all', label: t('problemsAll') },
            { value: 'error', label: t('problemsErrors') },
            { value: 'warning', label: t('problemsWarnings') },
          ]}
        />
      </div>
      <ListTable<RowProblem>
        label={t('problems')}
        pages={pages}
        rowKey={(problem) => `${problem.row} ${problem.column} ${problem.code}`}
        empty={<Empty title={t('noProblems')} />}
        columns={[
          { title: t('row'), dataIndex: 'row', width: 80, align: 'right', className: 'num' },
          { title: t('column'), dataIndex: 'column', width: 160 },
          {
            title: t('problem'),
            dataIndex: 'code',
            render: (code: RowProblem['code']) => reason(code),
          },
          {
            title: t('hint'),
            dataIndex: 'hint',
            render: (hint: string | null) => <span className="num">{hint ?? '—'}</span>,
          },
          {
            title: t('severity'),
            dataIndex: 'severity',
            width: 100,
            render: (value: RowProblem['severity']) => (
              <span className={`chip ${value === 'error' ? 'bad' : 'care'}`}>{t(`severity.${value}`)}</span>
            ),
          },
        ]}
      />
    </section>
  );
}
