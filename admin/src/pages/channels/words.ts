import type { ChannelTerms } from '@talent-card/shared/channels/schema';
import { useNumber } from '../../components/format.js';
import { channelsTexts, quotaLimitTexts } from '../../i18n/channels.js';
import { cardKindTexts } from '../../i18n/domain.js';
import { useText } from '../../i18n/index.js';
import type { Row } from './terms.js';

/** One cell in words: limits first, then what comes along. */
export function useTermsWords(): (terms: ChannelTerms) => string[] {
  const t = useText(channelsTexts);
  const limit = useText(quotaLimitTexts);
  const number = useNumber();
  return (terms) => [
    ...(terms.limits.length === 0
      ? [t('noLimit')]
      : terms.limits.map(({ window, most }) => limit(window, { most: number(most) }))),
    ...(terms.companions > 0 ? [t('companionsShort', { count: terms.companions })] : []),
    ...(terms.discountPercent ? [t('discountShort', { percent: terms.discountPercent })] : []),
    ...(terms.capCents ? [t('capShort', { amount: number(terms.capCents / 100) })] : []),
  ];
}

export function useRowWords(): (row: Pick<Row, 'cardKind' | 'cardClass'>, alone: boolean) => string {
  const t = useText(channelsTexts);
  const kind = useText(cardKindTexts);
  return ({ cardKind, cardClass }, alone) =>
    `${kind(cardKind)} · ${
      cardClass ? t('class', { code: cardClass }) : alone ? t('allClasses') : t('otherClasses')
    }`;
}

/** `alone` of the function above: the row for others stands for all where no class has a row. */
export const isAlone = (row: Row, rows: readonly Row[]): boolean =>
  rows.filter((other) => other.cardKind === row.cardKind).length === 1;

/** The days of a cell: “2026-01-01 至 2026-12-31”. */
export function useSpanWords(): (cell: Pick<ChannelTerms, 'effectiveFrom' | 'effectiveTo'>) => string {
  const t = useText(channelsTexts);
  return ({ effectiveFrom, effectiveTo }) =>
    effectiveTo
      ? t('fromTo', { from: effectiveFrom, to: effectiveTo })
      : t('fromOn', { from: effectiveFrom });
}
