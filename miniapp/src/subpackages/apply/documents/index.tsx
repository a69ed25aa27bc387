import type { Application } from '@talent-card/shared/cards/schema';
import { useRouter } from '@tarojs/taro';
import { applyTexts } from '@/i18n/apply';
import { useT } from '@/platform/i18n';
import { replace } from '@/platform/navigation';
import { useMe } from '@/services/account';
import { useApplication } from '@/services/applications';
import { Empty, Loaded, Page, Skeleton } from '@/ui';
import '../apply.scss';
import { DocumentList } from './document-list';

/** The documents of the draft: of a new application, or of a returned one. */
export default function DocumentsPage() {
  const t = useT(applyTexts);
  const { caseId } = useRouter<{ caseId?: string }>().params;
  return (
    <Page title={t('documentsTitle')} access="person">
      {caseId ? <OfCase caseId={caseId} /> : <OfDraft application={null} />}
    </Page>
  );
}

function OfCase({ caseId }: { caseId: string }) {
  const t = useT(applyTexts);
  return (
    <Loaded
      query={useApplication(caseId)}
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
      {(application) => <OfDraft application={application} />}
    </Loaded>
  );
}

function OfDraft({ application }: { application: Application | null }) {
  const person = useMe().data?.person;
  return person ? <DocumentList personId={person.personId} application={application} /> : <Skeleton />;
}
