import { Drawer } from 'antd';
import { Link } from 'react-router';
import { exportsTexts } from '../../i18n/exports.js';
import { useText } from '../../i18n/index.js';
import { ExportList } from './export-list.js';

/** One's exports beside the list that was just exported: whoever asked can wait for the file here, or go on. */
export default function ExportDrawer({ onClose }: { onClose: () => void }) {
  const t = useText(exportsTexts);
  return (
    <Drawer
      open
      size={480}
      title={t('title')}
      onClose={onClose}
      extra={
        <Link to="/exports" style={{ fontSize: 14 }}>
          {t('toPage')}
        </Link>
      }
    >
      <p className="small quiet" style={{ marginBottom: 8 }}>
        {t('explain')}
      </p>
      <ExportList />
    </Drawer>
  );
}
