import { commonTexts } from '../../i18n/common.js';
import { exportsTexts } from '../../i18n/exports.js';
import { useText } from '../../i18n/index.js';
import { PageFrame } from '../../shell.js';
import { ExportList } from './export-list.js';

export default function ExportsPage() {
  const c = useText(commonTexts);
  const t = useText(exportsTexts);
  return (
    <PageFrame title={c('exports')}>
      <div className="panel">
        <p className="quiet" style={{ marginBottom: 8 }}>
          {t('explain')}
        </p>
        <ExportList />
      </div>
    </PageFrame>
  );
}
