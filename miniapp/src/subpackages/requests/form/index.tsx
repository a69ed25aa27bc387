import type { Channel } from '@talent-card/shared/channels/schema';
import type { ServiceRequest } from '@talent-card/shared/requests/schema';
import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import '../../apply/apply.scss';
import '../requests.scss';
import { requestsTexts } from '@/i18n/requests';
import { useLocalized, useT } from '@/platform/i18n';
import { replace } from '@/platform/navigation';
import { useChannel } from '@/services/channels';
import { useRequest } from '@/services/requests';
import { Empty, Loaded, Page, Skeleton } from '@/ui';
import { RequestForm } from './request-form';

export default function RequestFormPage() {
  const t = useT(requestsTexts);
  const { channelId, caseId } = useRouter<{ channelId?: string; caseId?: string }>().params;
  return (
    <Page title={t(caseId ? 'correctTitle' : 'formTitle')} access="person">
      {caseId ? <Correction caseId={caseId} /> : <Fresh channelId={channelId ?? ''} />}
    </Page>
  );
}

function Fresh({ channelId }: { channelId: string }) {
  const t = useT(requestsTexts);
  const channel = useChannel(channelId);
  return (
    <Loaded
      query={channel}
      skeleton={<Skeleton rows={3} />}
      empty={{
        when: ({ use }) => use !== 'officer' && use !== 'case',
        show: (
          <Empty
            title={t('notOpen')}
            text={t('notOpenText')}
            action={{ label: t('seeChannel'), onTap: () => replace('channel', { channelId }) }}
          />
        ),
      }}
    >
      {(data) => <Form channel={data} correcting={null} />}
    </Loaded>
  );
}

function Correction({ caseId }: { caseId: string }) {
  const t = useT(requestsTexts);
  const request = useRequest(caseId);
  return (
    <Loaded
      query={request}
      skeleton={<Skeleton rows={3} />}
      empty={{
        when: ({ status }) => status !== 'returned',
        show: (
          <Empty
            title={t('notReturned')}
            action={{ label: t('seeProgress'), onTap: () => replace('request', { caseId }) }}
          />
        ),
      }}
    >
      {(data) => <OfRequest request={data} />}
    </Loaded>
  );
}

function OfRequest({ request }: { request: ServiceRequest }) {
  const channel = useChannel(request.channel.channelId);
  return (
    <Loaded query={channel} skeleton={<Skeleton rows={3} />}>
      {(data) => <Form channel={data} correcting={request} />}
    </Loaded>
  );
}

function Form({ channel, correcting }: { channel: Channel; correcting: ServiceRequest | null }) {
  const t = useT(requestsTexts);
  const localized = useLocalized();
  return (
    <View className="stack">
      <View>
        <View className="h1">{localized(channel.name)}</View>
        <View className="muted">{t(channel.use === 'officer' ? 'lead-officer' : 'lead-case')}</View>
      </View>
      <RequestForm channel={channel} correcting={correcting} />
    </View>
  );
}
