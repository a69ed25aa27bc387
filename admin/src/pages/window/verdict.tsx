import { CheckCircleFilled, CloseCircleFilled, ExclamationCircleFilled } from '@ant-design/icons';
import { zoneName } from '@talent-card/shared/accounts/districts';
import type { Looked, Use } from '@talent-card/shared/uses/schema';
import { VERDICT_COLOURS } from '@talent-card/shared/uses/verdicts';
import { channelsTexts } from '../../i18n/channels.js';
import { cardKindTexts } from '../../i18n/domain.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { verdictAdviceTexts, verdictTexts, windowTexts } from '../../i18n/window.js';
import { nothingDue } from './dues.js';

/** Shape and word beside the colour, for those who do not see it. */
const MARKS = {
  green: <CheckCircleFilled aria-hidden />,
  amber: <ExclamationCircleFilled aria-hidden />,
  red: <CloseCircleFilled aria-hidden />,
};

interface Props {
  looked: Looked;
  secondsLeft: number;
  ended: boolean;
}

/** The verdict in words and colour, and whom to compare the card with. */
export function VerdictPanel({ looked, secondsLeft, ended }: Props) {
  const t = useText(windowTexts);
  const ch = useText(channelsTexts);
  const verdict = useText(verdictTexts);
  const advice = useText(verdictAdviceTexts);
  const kind = useText(cardKindTexts);
  const localized = useLocalized();
  const { holder } = looked;
  const nothing = nothingDue(looked);
  const colour = ended || nothing ? 'amber' : VERDICT_COLOURS[looked.verdict];
  return (
    <section className={`verdict ${colour}`}>
      <div className="verdict-head">
        {MARKS[colour]}
        <div>
          <strong>{ended ? t('lookEnded') : nothing ? t('nothingDue') : verdict(looked.verdict)}</strong>
          <span>{ended ? '' : nothing ? t('nothingDueText') : advice(looked.verdict)}</span>
        </div>
        {looked.lookId && !ended && !nothing ? (
          <span className="small num">{t('secondsLeft', { seconds: secondsLeft })}</span>
        ) : null}
      </div>
      {holder ? (
        <dl className="verdict-holder">
          <dd className="who">{holder.maskedName}</dd>
          <dd>
            {kind(holder.cardKind)}
            {holder.cardClass ? ` · ${ch('class', { code: holder.cardClass })}` : ''}
          </dd>
          <div>
            <dt>{t('cardTail')}</dt>
            <dd className="num tail">{holder.cardNumberTail}</dd>
          </div>
          <dd className="num">
            {localized(zoneName(holder.zoneCode))} · {t('validUntil', { date: holder.validUntil })}
          </dd>
        </dl>
      ) : null}
    </section>
  );
}

export function UsedPanel({ use, who }: { use: Use; who: string }) {
  const t = useText(windowTexts);
  const localized = useLocalized();
  return (
    <section className="verdict green">
      <div className="verdict-head">
        {MARKS.green}
        <div>
          <strong>{t('used', { channel: localized(use.channel.name) })}</strong>
          <span>
            {t('usedPeople', { name: who, count: use.companions + 1 })}
            {use.left === null ? '' : ` · ${t('usedLeft', { left: use.left })}`}
          </span>
        </div>
        <span className="small">{t('nextScan')}</span>
      </div>
    </section>
  );
}
