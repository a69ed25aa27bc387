import { channelAdminRoutes } from '@talent-card/shared/channels/routes';
import { useParams } from 'react-router';
import { Failure, PanelSkeleton } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { useText } from '../../i18n/index.js';
import { useRead } from '../../services/query.js';
import { PageFrame } from '../../shell.js';
import { ChannelEditor } from './editor.js';

export default function ChannelPage() {
  const { channelId = '' } = useParams();
  const c = useText(commonTexts);
  const channel = useRead(channelAdminRoutes.detail, { params: { channelId } });
  if (channel.data) return <ChannelEditor key={channelId} channel={channel.data} />;
  return (
    <PageFrame title={c('details')} crumbs={[{ label: c('channels'), to: '/channels' }]}>
      {channel.isError ? (
        <Failure error={channel.error} onRetry={() => void channel.refetch()} />
      ) : (
        <PanelSkeleton rows={12} />
      )}
    </PageFrame>
  );
}
