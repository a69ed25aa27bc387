import { View } from '@tarojs/components';
import { cardsTexts } from '@/i18n/cards';
import { codeTexts } from '@/i18n/code';
import { useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import type { KeptCard } from '@/services/kept-cards';
import { a11y, Icon } from '@/ui';

/** Whoever holds several cards chooses here; with one there is nothing to choose. */
export function CardSwitch({
  cards,
  shown,
  onChoose,
}: {
  cards: KeptCard[];
  shown: KeptCard;
  onChoose: (cardId: string) => void;
}) {
  const t = useT(codeTexts);
  const words = useT(cardsTexts);
  if (cards.length < 2) return null;
  return (
    <View className="code-cards" {...a11y({ role: 'radiogroup', label: t('chooseCard') })}>
      {cards.map((card) => {
        const on = card.cardId === shown.cardId;
        return (
          <View
            key={card.cardId}
            className={on ? 'code-cards__one choice code-cards__one--on' : 'code-cards__one'}
            onClick={() => onChoose(card.cardId)}
            {...a11y({ role: 'radio', checked: on, focusable: true })}
          >
            {words(card.kind === 'youth' ? 'youthCard' : 'talentCard')} · {card.numberTail}
          </View>
        );
      })}
    </View>
  );
}

/** Where one goes from the code. */
export function Links() {
  const t = useT(codeTexts);
  return (
    <View className="code-links">
      <View
        className="code-links__one"
        onClick={() => go('wallet')}
        {...a11y({ role: 'button', focusable: true })}
      >
        <Icon name="wallet" size={20} colour="#FFFFFF" />
        {t('wallet')}
      </View>
      <View
        className="code-links__one"
        onClick={() => go('devices')}
        {...a11y({ role: 'button', focusable: true })}
      >
        <Icon name="device" size={20} colour="#FFFFFF" />
        {t('devices')}
      </View>
    </View>
  );
}
