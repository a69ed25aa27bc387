import { groupCardNumber } from '@talent-card/shared/cards/card-number';
import type { CardDetail } from '@talent-card/shared/cards/schema';
import { Waves } from '../../components/waves.js';
import { cardsTexts } from '../../i18n/cards.js';
import { commonTexts } from '../../i18n/common.js';
import { cardStateTexts } from '../../i18n/domain.js';
import { useText } from '../../i18n/index.js';

/** The face as the holder sees it, 85.6 × 54, with the masked name that lists show. */
export function CardFace({ card }: { card: CardDetail }) {
  const t = useText(cardsTexts);
  const c = useText(commonTexts);
  const state = useText(cardStateTexts);
  const paused = card.status !== 'active';
  return (
    <div className={`face ${card.kind} ${paused ? 'paused' : ''}`}>
      <Waves width={428} height={270} />
      <div className="face-head">
        <b className="serif face-name">{card.kind === 'youth' ? '威海青年人才卡' : '威海英才卡'}</b>
        {card.cardClass ? (
          <span className="face-class">{t('classLabel', { code: card.cardClass })}</span>
        ) : null}
      </div>
      <div className="face-number num">{groupCardNumber(card.number)}</div>
      <dl className="face-foot">
        <div>
          <dt>{t('holder')}</dt>
          <dd>{card.holder.maskedName}</dd>
        </div>
        <div>
          <dt>{t('validUntil')}</dt>
          <dd className="num">{card.validUntil.replaceAll('-', '.')}</dd>
        </div>
        <div className="face-state">
          <dt className="sr">{c('status')}</dt>
          <dd>{state(card.status)}</dd>
        </div>
      </dl>
    </div>
  );
}
