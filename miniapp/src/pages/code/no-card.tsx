import type { Me } from '@talent-card/shared/accounts/schema';
import type { Card } from '@talent-card/shared/cards/schema';
import type { UseQueryResult } from '@tanstack/react-query';
import { codeTexts } from '@/i18n/code';
import { explain } from '@/i18n/errors';
import { ApiError } from '@/platform/api-error';
import { useLocale, useT } from '@/platform/i18n';
import { currentUrl, go } from '@/platform/navigation';
import { useSession } from '@/platform/session';
import { Paper, PaperState } from './paper';

/** Nothing to show: why, and the way to a card. */
export function NoCard({ me, cards }: { me: UseQueryResult<Me>; cards: UseQueryResult<Card[]> }) {
  const t = useT(codeTexts);
  const locale = useLocale((state) => state.locale);
  const signedIn = useSession((state) => state.session !== null);
  if (!signedIn) {
    return (
      <Paper>
        <PaperState
          icon="lock"
          title={t('guestTitle')}
          text={t('guestText')}
          action={{ label: t('signIn'), onTap: () => go('signIn', { next: currentUrl() }) }}
        />
      </Paper>
    );
  }
  if (me.data && !me.data.person) {
    return (
      <Paper>
        <PaperState
          icon="shield"
          title={t('namelessTitle')}
          text={t('namelessText')}
          action={{ label: t('prove'), onTap: () => go('realName', { next: currentUrl() }) }}
        />
      </Paper>
    );
  }
  const failed = [me, cards].find((query) => query.isError && query.data === undefined);
  if (failed) {
    const unreachable = failed.error instanceof ApiError && failed.error.status === 0;
    return (
      <Paper>
        <PaperState
          warn
          icon={unreachable ? 'offline' : 'warn'}
          title={t(unreachable ? 'noNetworkFirst' : 'failedTitle')}
          text={unreachable ? t('noNetworkFirstText') : explain(failed.error, locale)}
          action={{
            label: t('retry'),
            onTap: () => void failed.refetch(),
            pending: failed.isFetching,
          }}
        />
      </Paper>
    );
  }
  if (!cards.data || cards.data.length > 0) {
    return (
      <Paper>
        <PaperState busy icon="code" title={t('making')} />
      </Paper>
    );
  }
  return (
    <Paper>
      <PaperState
        icon="card"
        title={t('noCardTitle')}
        text={t('noCardText')}
        action={{ label: t('apply'), onTap: () => go('apply') }}
      />
    </Paper>
  );
}
