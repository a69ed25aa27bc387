import type { DeviceSession } from '@talent-card/shared/accounts/schema';
import { View } from '@tarojs/components';
import { explain } from '@/i18n/errors';
import { settingsTexts } from '@/i18n/settings';
import { useDates, useLocale, useT } from '@/platform/i18n';
import { useAction } from '@/platform/use-action';
import { endDeviceSession, useDeviceSessions } from '@/services/account';
import { Badge, Button, Cell, Cells, confirm, Loaded, Notice, Page, toast } from '@/ui';

/** Where the account is signed in, and ending what one does not know. */
export default function Sessions() {
  const t = useT(settingsTexts);
  return (
    <Page title={t('sessions')} access="citizen">
      <Content />
    </Page>
  );
}

function Content() {
  const t = useT(settingsTexts);
  const sessions = useDeviceSessions();
  return (
    <Loaded query={sessions}>
      {(items) => (
        <>
          <View className="muted">{t(items.length > 1 ? 'sessionsLead' : 'sessionsOnly')}</View>
          <Cells>
            {items.map((session) => (
              <SessionCell key={session.sessionId} session={session} />
            ))}
          </Cells>
        </>
      )}
    </Loaded>
  );
}

function SessionCell({ session }: { session: DeviceSession }) {
  const t = useT(settingsTexts);
  const dates = useDates();
  const locale = useLocale((state) => state.locale);
  const ending = useAction(async (sessionId: string) => {
    await endDeviceSession(sessionId);
    toast(t('sessionEnded'));
  });
  const end = async () => {
    const sure = await confirm({
      title: t('endSessionTitle', { device: session.deviceLabel }),
      text: t('endSessionText'),
      action: t('endSession'),
      danger: true,
    });
    if (sure) await ending.run(session.sessionId);
  };
  return (
    <View>
      <Cell
        icon="device"
        title={session.deviceLabel}
        note={t('deviceSince', {
          start: dates.day(session.startedAt),
          last: dates.recent(session.lastUsedAt),
        })}
        end={
          session.current ? (
            <Badge tone="ok">{t('thisDevice')}</Badge>
          ) : (
            <Button
              kind="danger-ghost"
              small
              pending={ending.pending}
              label={t('endSessionTitle', { device: session.deviceLabel })}
              onTap={() => void end()}
            >
              {t('endSession')}
            </Button>
          )
        }
      />
      {ending.error ? (
        <Notice tone="danger" alert>
          {explain(ending.error, locale)}
        </Notice>
      ) : null}
    </View>
  );
}
