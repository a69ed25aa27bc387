import { cardAdminRoutes } from '@talent-card/shared/cards/routes';
import { caseRoutes } from '@talent-card/shared/casework/routes';
import type { CaseDetail } from '@talent-card/shared/casework/schema';
import { workbenchRoutes } from '@talent-card/shared/workbench/routes';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useMay } from '../../access.js';
import { casesTexts } from '../../i18n/cases.js';
import { caseStateTexts } from '../../i18n/domain.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { keyOf, queryClient, useRead, useWrite } from '../../services/query.js';
import { DecisionModal, type Verdict } from './decision-modal.js';

const DONE_TEXT = {
  approve: 'decidedApproved',
  return: 'decidedReturned',
  reject: 'decidedRejected',
} as const satisfies Record<Verdict, keyof typeof casesTexts.zh>;

/** The step after the current one; null when approving ends the case. */
function stepAfter(item: CaseDetail): CaseDetail['steps'][number] | null {
  const current = item.steps.findIndex((step) => step.status === 'current');
  return item.steps.slice(current + 1).find((step) => step.status === 'ahead') ?? null;
}

/** Always in sight below the page: what approving would do, and the three decisions. */
export function DecisionBar({ item }: { item: CaseDetail }) {
  const t = useText(casesTexts);
  const states = useText(caseStateTexts);
  const localized = useLocalized();
  const may = useMay();
  const [asking, setAsking] = useState<Verdict | null>(null);
  const [decided, setDecided] = useState<Verdict | null>(null);
  const decide = useWrite(caseRoutes.decide, {
    stale: [caseRoutes.queue, workbenchRoutes.numbers, cardAdminRoutes.list],
    onDone: (answer, { body }) => {
      queryClient.setQueryData(keyOf(caseRoutes.detail, { params: { caseId: item.caseId } }), answer);
      setAsking(null);
      setDecided(body.decision);
    },
  });
  const next = stepAfter(item);
  const open = item.status === 'in-review' && item.mayDecide && may('cases.decide');

  if (decided) return <AfterDecision item={item} decided={decided} />;
  return (
    <footer className="decision">
      <p>
        {open
          ? `${next ? t('approveEffectNext', { step: localized(next.name) }) : t('approveEffectIssue')}${t('footerHint')}`
          : item.status === 'in-review'
            ? t('footerMayNot')
            : item.status === 'returned'
              ? t('footerReturned')
              : t('footerClosed', { state: states(item.status) })}
      </p>
      {open ? (
        <div className="row">
          <Button danger onClick={() => setAsking('reject')}>
            {t('reject')}
          </Button>
          <Button onClick={() => setAsking('return')}>{t('returnIt')}</Button>
          <Button type="primary" onClick={() => setAsking('approve')}>
            {next ? t('approveNext') : t('approveIssue')}
          </Button>
        </div>
      ) : (
        <Link to="/cases">{t('backToList')}</Link>
      )}
      <DecisionModal
        item={item}
        verdict={asking}
        next={next}
        busy={decide.isPending}
        error={decide.error}
        onDecide={(body) => decide.mutateAsync({ params: { caseId: item.caseId }, body })}
        onClose={() => {
          decide.reset();
          setAsking(null);
        }}
        onLatest={() => {
          decide.reset();
          setAsking(null);
        }}
      />
    </footer>
  );
}

/** Leads on to the next case that waits for the same person. */
function AfterDecision({ item, decided }: { item: CaseDetail; decided: Verdict }) {
  const t = useText(casesTexts);
  const mine = useRead(caseRoutes.queue, { query: { status: 'mine', limit: 2 } }, { staleTime: 0 });
  const next = mine.data?.items.find((other) => other.caseId !== item.caseId);
  return (
    <footer className="decision" role="status">
      <p>
        <strong>{t(DONE_TEXT[decided], { name: item.applicant.maskedName })}</strong>
        {mine.data && !next ? <>　{t('noNext')}</> : null}
      </p>
      <div className="row">
        <Link to="/cases" className="ant-btn-link">
          {t('backToList')}
        </Link>
        {next ? (
          <Link to={`/cases/${next.caseId}`}>
            <Button type="primary" tabIndex={-1}>
              {t('next', { number: next.caseNumber })}
            </Button>
          </Link>
        ) : null}
      </div>
    </footer>
  );
}
