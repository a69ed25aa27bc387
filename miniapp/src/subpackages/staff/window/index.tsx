import { View } from '@tarojs/components';
import { useDidShow } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import '../staff.scss';
import { explain } from '@/i18n/errors';
import { staffTexts } from '@/i18n/staff';
import { ApiError } from '@/platform/api-error';
import { useLocale, useLocalized, useT } from '@/platform/i18n';
import { currentUrl, go } from '@/platform/navigation';
import { useSession } from '@/platform/session';
import { useAction } from '@/platform/use-action';
import { useUnsent } from '@/platform/window-keeping';
import { Badge, Button, Cell, Cells, confirm, Empty, ErrorState, Notice, Page, Skeleton } from '@/ui';
import { chooseVenue, finish, useClerk } from '../clerk';
import { HandedIn } from '../handed-in';
import { fetchKit, useKit } from '../kit';
import { syncWhenOnline } from '../network';
import { syncNow } from '../queue';
import { Done } from './done';
import { Enrol } from './enrol';
import { Keeping } from './keeping';
import { Scanner } from './scanner';
import { SeenCode } from './seen';
import { useWindow } from './use-window';

/** A clerk's phone: scan, see, let in; with and without network. */
export default function Window() {
  const t = useT(staffTexts);
  const clerk = useClerk((state) => state.clerk);
  return <Page title={t('title')}>{clerk ? <Posted /> : <NotYet />}</Page>;
}

function NotYet() {
  const t = useT(staffTexts);
  const signedIn = useSession((state) => state.session !== null);
  if (signedIn) return <Enrol />;
  return (
    <Empty
      title={t('signInTitle')}
      text={t('signInText')}
      action={{ label: t('signIn'), onTap: () => go('signIn', { next: currentUrl() }) }}
    />
  );
}

/** An enrolled phone: its kit, its venue, then the window. */
function Posted() {
  const t = useT(staffTexts);
  const { kit } = useKit();
  const venueId = useClerk((state) => state.venueId);
  const fetching = useAction(async (_: null) => {
    await fetchKit();
  });
  const { run } = fetching;
  // A phone that was enrolled just now missed the moment in which its page was shown.
  useEffect(syncWhenOnline, []);
  useDidShow(() => {
    void run(null).then(() => syncNow());
  });
  if (!kit) {
    if (!fetching.error) return <Skeleton rows={2} />;
    return (
      <>
        <ErrorState error={fetching.error} onRetry={() => void run(null)} retrying={fetching.pending} />
        <Revoked error={fetching.error} />
      </>
    );
  }
  const venue = kit.venues.find((one) => one.venueId === venueId);
  const [only] = kit.venues;
  if (kit.venues.length === 0) return <Empty title={t('noVenues')} text={t('noVenuesText')} />;
  const here = venue ?? (kit.venues.length === 1 ? only : undefined);
  if (!here) return <VenueChoice />;
  return (
    <>
      <Revoked error={fetching.error} />
      <AtVenue venueId={here.venueId} />
    </>
  );
}

/** The phone is told to be no checking device any more, or the citizen's sign-in under it has ended. */
function Revoked({ error }: { error: unknown }) {
  const t = useT(staffTexts);
  const locale = useLocale((state) => state.locale);
  const signedIn = useSession((state) => state.session !== null);
  if (!signedIn) {
    return (
      <Notice tone="warn" title={t('signInTitle')}>
        <Button small onTap={() => go('signIn', { next: currentUrl() })}>
          {t('signIn')}
        </Button>
      </Notice>
    );
  }
  const code = codeOf(error);
  if (code !== 'CLERK_DEVICE_REVOKED' && code !== 'STAFF_DISABLED') return null;
  return (
    <>
      <Notice tone="danger" alert>
        {explain(error, locale)}
      </Notice>
      <HandedIn />
      <Enrol />
    </>
  );
}

const codeOf = (error: unknown) => (error instanceof ApiError ? error.code : null);

function VenueChoice() {
  const t = useT(staffTexts);
  const localized = useLocalized();
  const { kit } = useKit();
  return (
    <>
      <View className="h1">{t('chooseVenue')}</View>
      <Cells>
        {(kit?.venues ?? []).map((venue) => (
          <Cell
            key={venue.venueId}
            icon="pin"
            title={localized(venue.name)}
            onTap={() => chooseVenue(venue.venueId)}
          />
        ))}
      </Cells>
    </>
  );
}

function AtVenue({ venueId }: { venueId: string }) {
  const t = useT(staffTexts);
  const localized = useLocalized();
  const locale = useLocale((state) => state.locale);
  const { kit } = useKit();
  const clerk = useClerk((state) => state.clerk);
  const at = useWindow(venueId);
  const [again, setAgain] = useState(false);
  const { reset, step } = at;
  const venue = kit?.venues.find((one) => one.venueId === venueId);
  const next = () => {
    setAgain(true);
    reset();
  };
  return (
    <>
      <View className="row">
        <View className="grow">
          <View className="h2">{venue ? localized(venue.name) : ''}</View>
          <View className="small">{clerk?.displayName}</View>
        </View>
        {(kit?.venues.length ?? 0) > 1 && step.kind === 'ready' ? (
          <Button kind="ghost" small onTap={() => chooseVenue(null)}>
            {t('changeVenue')}
          </Button>
        ) : null}
      </View>
      <Keeping />
      {step.kind === 'ready' || step.kind === 'looking' || step.kind === 'failed' ? (
        <>
          <Scanner
            onCode={at.look}
            pending={step.kind === 'looking'}
            atOnce={again && step.kind === 'ready'}
          />
          {step.kind === 'failed' ? (
            <Notice tone="danger" alert>
              {explain(step.error, locale)}
            </Notice>
          ) : null}
          <Around />
        </>
      ) : null}
      {step.kind === 'seen' ? <SeenCode key={step.seen.at} seen={step.seen} at={at} /> : null}
      {step.kind === 'done' ? <Done letIn={step.letIn} onNext={next} /> : null}
    </>
  );
}

/** Where one goes from the window, and ending it. */
function Around() {
  const t = useT(staffTexts);
  const locale = useLocale((state) => state.locale);
  const unsent = useUnsent((state) => state.unsent);
  const leaving = useAction(async (_: null) => finish());
  const leave = async () => {
    const sure = await confirm({ title: t('leaveTitle'), text: t('leaveText'), action: t('leave') });
    if (sure && (await leaving.run(null)) !== null) go('me');
  };
  return (
    <>
      <Cells>
        <Cell
          icon="calendar"
          title={t('arrivals')}
          note={t('arrivalsNote')}
          onTap={() => go('staffArrivals')}
        />
        <Cell
          icon="upload"
          title={t('unsentTitle')}
          value={unsent > 0 ? <Badge tone="warn">{t('unsentCount', { n: unsent })}</Badge> : t('allSent')}
          onTap={() => go('staffUnsent')}
        />
      </Cells>
      {leaving.error ? (
        <Notice tone="warn" alert>
          {explain(leaving.error, locale)}
        </Notice>
      ) : null}
      <Button kind="text" pending={leaving.pending} disabled={unsent > 0} onTap={() => void leave()}>
        {t('leave')}
      </Button>
      {unsent > 0 ? <View className="small">{t('leaveUnsent', { n: unsent })}</View> : null}
    </>
  );
}
