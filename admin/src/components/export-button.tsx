import { ExportOutlined } from '@ant-design/icons';
import { exportRoutes } from '@talent-card/shared/statistics/routes';
import type { Export } from '@talent-card/shared/statistics/schema';
import { App, Button, Tooltip } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '../access.js';
import { exportsTexts } from '../i18n/exports.js';
import { useText } from '../i18n/index.js';
import { useWrite } from '../services/query.js';
import { useErrorText } from './errors.js';

const ExportDrawer = lazy(() => import('../pages/exports/drawer.js'));

interface Props {
  kind: Export['kind'];
  /** What the list itself asks the server for, so that the workbook holds the rows of the screen. */
  query: Readonly<Record<string, string | undefined>>;
}

/** Asks for the list on the screen as a workbook, and shows how far it is. */
export function ExportButton({ kind, query }: Props) {
  const t = useText(exportsTexts);
  const may = useMay();
  const { message } = App.useApp();
  const errorWords = useErrorText();
  const [open, setOpen] = useState(false);
  const request = useWrite(exportRoutes.request, { stale: [exportRoutes.mine] });
  if (!may('exports.make')) return null;
  const filter = Object.fromEntries(
    Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
  const ask = () =>
    request.mutate(
      { body: { kind, filter } },
      {
        onSuccess: () => {
          message.success(t('asked'));
          setOpen(true);
        },
        onError: (error) => message.error(errorWords(error)),
      },
    );
  return (
    <>
      <Tooltip title={t('buttonHint')} placement="bottomRight">
        <Button icon={<ExportOutlined aria-hidden />} loading={request.isPending} onClick={ask}>
          {t('button')}
        </Button>
      </Tooltip>
      {open ? (
        <Suspense fallback={null}>
          <ExportDrawer onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
