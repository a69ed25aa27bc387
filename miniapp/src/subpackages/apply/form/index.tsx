import { VALID_CARD_STATES } from '@talent-card/shared/cards/card-state';
import type { Application } from '@talent-card/shared/cards/schema';
import { OPEN_CASE_STATES } from '@talent-card/shared/casework/case-state';
import { useRouter } from '@tarojs/taro';
import { applyTexts } from '@/i18n/apply';
import { useT } from '@/platform/i18n';
import { go, replace } from '@/platform/navigation';
import { useMe } from '@/services/account';
import { useApplication, useApplications } from '@/services/applications';
import { useCards } from '@/services/cards';
import { Empty, Loaded, Page, Skeleton } from '@/ui';
import '../apply.scss';
import { ApplicationForm } from './application-form';

/** One form for every path; with a case it corrects a returned application. */
export default function ApplyPage() {
  const t = useT(applyTexts);
  const { caseId } = useRouter<{ caseId?: string }>().params;
  return (
    <Page title={t(caseId ? 'correctTitle' : 'formTitle')} access="person">
      {caseId ? <Correcting caseId={caseId} /> : <Applying />}
    </Page>
  );
}

type Person = { personId: string; name: string; maskedIdentityNumber: string };

function usePerson(): Person | null {
  return useMe().data?.person ?? null;
}

/** Nobody fills in a form in vain: an open application or a valid card is said first. */
function Applying() {
  const t = useT(applyTexts);
  const person = usePerson();
  const applications = useApplications();
  const cards = useCards();
  if (!person || applications.isPending || cards.isPending) return <Skeleton rows={4} />;
  // Not being able to ask is no reason to stop: the service refuses in the end what must not be.
  const open = applications.data?.find(({ status }) =>
    (OPEN_CASE_STATES as readonly string[]).includes(status),
  );
  if (open) {
    return (
      <Empty
        title={t('openTitle')}
        text={t('openText', { number: open.caseNumber })}
        action={{ label: t('openAction'), onTap: () => replace('application', { caseId: open.caseId }) }}
      />
    );
  }
  const held = cards.data?.some(
    ({ kind, status }) => kind === 'talent' && (VALID_CARD_STATES as readonly string[]).includes(status),
  );
  if (held) {
    return (
      <Empty
        title={t('heldTitle')}
        text={t('heldText')}
        action={{ label: t('toWallet'), onTap: () => go('wallet') }}
      />
    );
  }
  return <ApplicationForm person={person} application={null} />;
}

function Correcting({ caseId }: { caseId: string }) {
  const t = useT(applyTexts);
  const person = usePerson();
  const query = useApplication(caseId);
  return (
    <Loaded
      query={query}
      empty={{
        when: (application: Application) => application.status !== 'returned',
        show: (
          <Empty
            title={t('notReturnedTitle')}
            text={t('notReturnedText')}
            action={{ label: t('openAction'), onTap: () => replace('application', { caseId }) }}
          />
        ),
      }}
    >
      {(application) =>
        person ? <ApplicationForm person={person} application={application} /> : <Skeleton />
      }
    </Loaded>
  );
}
