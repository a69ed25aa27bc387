import type { ImportState } from '@talent-card/shared/people/import-state';
import { rosterRoutes } from '@talent-card/shared/people/routes';
import type { ImportBatch } from '@talent-card/shared/people/schema';
import { Button } from 'antd';
import { Link, useNavigate } from 'react-router';
import { useMay } from '../../access.js';
import { formatInstant, useNumber } from '../../components/format.js';
import { ListTable } from '../../components/list-table.js';
import { Empty } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { useText } from '../../i18n/index.js';
import { importStateTexts, rosterTexts } from '../../i18n/roster.js';
import { usePages } from '../../services/query.js';

const TONES: Record<ImportState, string> = {
  checking: 'info',
  checked: 'care',
  applying: 'info',
  applied: 'ok',
  undoing: 'info',
  undone: '',
  discarded: '',
  failed: 'bad',
};

export function ImportStateChip({ state }: { state: ImportState }) {
  const t = useText(importStateTexts);
  return <span className={`chip ${TONES[state]}`}>{t(state)}</span>;
}

export function ImportHistory() {
  const t = useText(rosterTexts);
  const c = useText(commonTexts);
  const number = useNumber();
  const may = useMay();
  const navigate = useNavigate();
  const pages = usePages<ImportBatch>(rosterRoutes.imports, {});
  return (
    <ListTable<ImportBatch>
      label={t('importsLabel')}
      pages={pages}
      rowKey={(batch) => batch.batchId}
      onRow={(batch) => void navigate(`/roster/imports/${batch.batchId}`)}
      empty={
        <Empty
          title={t('noImportsTitle')}
          action={
            may('roster.import') ? (
              <Button type="primary" onClick={() => void navigate('/roster/import')}>
                {t('importButton')}
              </Button>
            ) : null
          }
        >
          {t('noImportsText')}
        </Empty>
      }
      columns={[
        {
          title: t('file'),
          dataIndex: 'fileName',
          width: 250,
          render: (name: string, batch) => (
            <Link to={`/roster/imports/${batch.batchId}`} className="clip">
              {name}
            </Link>
          ),
        },
        {
          title: c('status'),
          dataIndex: 'status',
          render: (state: ImportState) => <ImportStateChip state={state} />,
        },
        {
          title: t('total'),
          dataIndex: 'rowsTotal',
          align: 'right',
          className: 'num',
          render: (rows: number) => number(rows),
        },
        {
          title: t('result'),
          key: 'result',
          className: 'num',
          render: (_, batch) =>
            batch.status === 'checking'
              ? '—'
              : t('resultLine', {
                  fresh: number(batch.rowsNew),
                  changed: number(batch.rowsChanged),
                  failed: number(batch.rowsFailed),
                }),
        },
        {
          title: t('uploader'),
          dataIndex: 'createdBy',
          render: (name: string, batch) => (
            <>
              <div>{name}</div>
              <div className="small quiet num">{formatInstant(batch.createdAt)}</div>
            </>
          ),
        },
      ]}
    />
  );
}
