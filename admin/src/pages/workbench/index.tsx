import { workbenchRoutes } from '@talent-card/shared/workbench/routes';
import { Failure, PanelSkeleton } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { useText } from '../../i18n/index.js';
import { useRead } from '../../services/query.js';
import { PageFrame } from '../../shell.js';

export default function WorkbenchPage() {
  const c = useText(commonTexts);
  const numbers = useRead(workbenchRoutes.numbers, {});
  return (
    <PageFrame title={c('workbench')}>
      {numbers.isPending ? <PanelSkeleton /> : null}
      {numbers.isError ? <Failure error={numbers.error} onRetry={() => void numbers.refetch()} /> : null}
    </PageFrame>
  );
}
