import { zoneName } from '@talent-card/shared/accounts/districts';
import type { CardCaseExtra } from '@talent-card/shared/cards/schema';
import { caseRoutes } from '@talent-card/shared/casework/routes';
import type { CaseDetail } from '@talent-card/shared/casework/schema';
import { useParams } from 'react-router';
import { CaseStateChip } from '../../components/chips.js';
import { Failure, PanelSkeleton } from '../../components/states.js';
import { casesTexts } from '../../i18n/cases.js';
import { commonTexts } from '../../i18n/common.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { useRead } from '../../services/query.js';
import { PageFrame } from '../../shell.js';
import { ConditionList, RosterCandidates } from './case-conditions.js';
import { ApplicationFacts } from './case-facts.js';
import { CaseTimeline } from './case-timeline.js';
import { CARD_APPLICATION } from './case-types.js';
import { DecisionBar } from './decision-bar.js';
import { Documents } from './documents.js';
import { useDue } from './due.js';

export default function CasePage() {
  const { caseId = '' } = useParams();
  const c = useText(commonTexts);
  const found = useRead(caseRoutes.detail, { params: { caseId } }, { staleTime: 0 });
  // A case that somebody else moved on stays on screen while the new version is fetched.
  if (found.data) return <CaseView key={caseId} item={found.data} />;
  return (
    <PageFrame title={c('details')} crumbs={[{ label: c('cases'), to: '/cases' }]}>
      {found.isError ? (
        <Failure error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <div className="review-cols">
          <PanelSkeleton rows={12} />
          <PanelSkeleton rows={12} />
        </div>
      )}
    </PageFrame>
  );
}

function DueChip({ item }: { item: CaseDetail }) {
  const t = useText(casesTexts);
  const due = useDue()(item);
  if (item.status !== 'in-review' || item.workingDaysLeft === null)
    return <CaseStateChip state={item.status} />;
  const soon = !item.overdue && item.workingDaysLeft > 0;
  return (
    <span className={`chip num ${due.tone || 'care'}`}>
      {soon ? t('answerWithin', { days: item.workingDaysLeft }) : due.text}
    </span>
  );
}

function CaseView({ item }: { item: CaseDetail }) {
  const t = useText(casesTexts);
  const c = useText(commonTexts);
  const localized = useLocalized();
  return (
    <PageFrame
      title={item.caseNumber}
      crumbs={[
        { label: c('cases'), to: '/cases' },
        {
          label: localized(zoneName(item.zoneCode)),
          to: `/cases?status=in-review&zoneCode=${item.zoneCode}`,
        },
      ]}
      aside={<DueChip item={item} />}
    >
      <div className="review">
        <div className="review-cols">
          <div className="stack">
            <ApplicationFacts item={item} />
            <section className="panel">
              <h2>{t('conditions')}</h2>
              <ConditionList conditions={item.conditions} />
            </section>
            {item.type === CARD_APPLICATION ? <RosterCandidates extra={item.extra as CardCaseExtra} /> : null}
            <CaseTimeline item={item} />
          </div>
          <Documents item={item} />
        </div>
        <DecisionBar item={item} />
      </div>
    </PageFrame>
  );
}
