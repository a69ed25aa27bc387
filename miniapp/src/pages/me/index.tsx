import type { Me as Account } from '@talent-card/shared/accounts/schema';
import { View } from '@tarojs/components';
import { codeTexts } from '@/i18n/code';
import { meTexts } from '@/i18n/me';
import { useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import { useSession } from '@/platform/session';
import { useUnsent } from '@/platform/window-keeping';
import { useMe } from '@/services/account';
import { Badge, Button, Card, Cell, Cells, Loaded, Page, SandboxMark, Skeleton } from '@/ui';

export default function Me() {
  const t = useT(meTexts);
  const signedIn = useSession((state) => state.session !== null);
  const unsent = useUnsent((state) => state.unsent);
  return (
    <Page title={t('meTitle')} tab="me">
      {signedIn ? <Mine /> : <Guest />}
      <Cells>
        <Cell icon="settings" title={t('settings')} note={t('settingsNote')} onTap={() => go('settings')} />
        <Cell icon="help" title={t('help')} onTap={() => go('help')} />
        <Cell icon="card" title={t('about')} onTap={() => go('aboutCard')} />
        <Cell
          icon="scan"
          title={t('staff')}
          note={unsent > 0 ? t('staffUnsent', { n: unsent }) : t('staffNote')}
          onTap={() => go('staff')}
        />
      </Cells>
    </Page>
  );
}

function Guest() {
  const t = useT(meTexts);
  return (
    <Card>
      <View className="h1">{t('guest')}</View>
      <View className="muted">{t('guestText')}</View>
      <View style={{ marginTop: '16px' }}>
        <Button onTap={() => go('signIn', { next: '/pages/me/index' })}>{t('signIn')}</Button>
      </View>
    </Card>
  );
}

function Mine() {
  const me = useMe();
  return (
    <Loaded query={me} skeleton={<Skeleton rows={2} />}>
      {(account) => <Overview account={account} />}
    </Loaded>
  );
}

function Overview({ account }: { account: Account }) {
  const t = useT(meTexts);
  const code = useT(codeTexts);
  const { person } = account;
  return (
    <>
      <Card>
        <View className="h1">{account.nickname ?? person?.name ?? t('noNickname')}</View>
        <View className="row" style={{ flexWrap: 'wrap', gap: '8px', marginTop: '8px' }}>
          <Badge tone={person ? 'ok' : 'warn'}>{t(person ? 'proved' : 'notProved')}</Badge>
          {account.sandbox ? <SandboxMark /> : null}
        </View>
        {person ? (
          <View className="muted tabular" style={{ marginTop: '8px' }}>
            {account.nickname ? `${person.name} · ` : ''}
            {t(`type-${person.identityType}`)} {person.maskedIdentityNumber}
          </View>
        ) : null}
        {account.maskedPhone ? <View className="muted tabular">{account.maskedPhone}</View> : null}
      </Card>
      {person ? (
        <Cells>
          <Cell icon="calendar" title={t('bookings')} note={t('bookingsNote')} onTap={() => go('bookings')} />
          <Cell icon="clock" title={t('uses')} note={t('usesNote')} onTap={() => go('uses')} />
          <Cell icon="people" title={t('requests')} note={t('requestsNote')} onTap={() => go('requests')} />
        </Cells>
      ) : null}
      <Cells>
        {person ? (
          <Cell icon="wallet" title={code('wallet')} note={code('walletNote')} onTap={() => go('wallet')} />
        ) : null}
        {person ? (
          <Cell
            icon="form"
            title={t('applications')}
            note={t('applicationsNote')}
            onTap={() => go('applications')}
          />
        ) : (
          <Cell
            icon="shield"
            title={t('prove')}
            note={t('proveNote')}
            onTap={() => go('realName', { next: '/pages/me/index' })}
          />
        )}
        <Cell icon="person" title={t('profile')} note={t('profileNote')} onTap={() => go('profile')} />
      </Cells>
    </>
  );
}
