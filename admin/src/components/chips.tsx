import type { CardState } from '@talent-card/shared/cards/card-state';
import type { CaseState } from '@talent-card/shared/casework/case-state';
import { commonTexts } from '../i18n/common.js';
import { cardStateTexts, caseStateTexts } from '../i18n/domain.js';
import { useText } from '../i18n/index.js';

type Tone = 'ok' | 'bad' | 'care' | 'info' | 'gold' | '';

const CARD_TONES: Record<CardState, Tone> = {
  active: 'ok',
  suspended: 'care',
  lost: 'care',
  revoked: 'bad',
  expired: '',
};

export function CardStateChip({ state }: { state: CardState }) {
  const t = useText(cardStateTexts);
  return <span className={`chip ${CARD_TONES[state]}`}>{t(state)}</span>;
}

const CASE_TONES: Record<CaseState, Tone> = {
  'in-review': 'info',
  returned: 'care',
  approved: 'ok',
  rejected: 'bad',
  withdrawn: '',
};

export function CaseStateChip({ state }: { state: CaseState }) {
  const t = useText(caseStateTexts);
  return <span className={`chip ${CASE_TONES[state]}`}>{t(state)}</span>;
}

/** What is shown is invented, not published fact. */
export function DemoMark() {
  const c = useText(commonTexts);
  return <span className="chip gold">{c('demo')}</span>;
}
