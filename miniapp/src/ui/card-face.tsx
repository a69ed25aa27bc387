import { groupCardNumber } from '@talent-card/shared/cards/card-number';
import type { CardState } from '@talent-card/shared/cards/card-state';
import type { Card } from '@talent-card/shared/cards/schema';
import { Image, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useState } from 'react';
import { cardsTexts } from '@/i18n/cards';
import { useLocale, useT } from '@/platform/i18n';
import { a11y } from './a11y';
import { svgUri } from './svg';

const WIDTH = 342;
const HEIGHT = 216;
const WAVES = 8;

/** Deep sea with fine gold waves, drawn once per kind of card. */
function ground(kind: Card['kind']): string {
  const [from, to, line] =
    kind === 'youth' ? ['#0E5A47', '#14664F', '#9FE3C8'] : ['#071F36', '#0F4C81', '#C8A24A'];
  const waves = Array.from({ length: WAVES }, (_, i) => {
    const y = HEIGHT * (0.32 + i * 0.085);
    const swing = (16 - i * 1.1).toFixed(1);
    const path = `M-10 ${y.toFixed(1)}${` q30 -${swing} 60 0t60 0`.repeat(4)}`;
    return `<path d="${path}" transform="translate(${i * -9} 0)" opacity="${(0.5 - i * 0.035).toFixed(2)}"/>`;
  }).join('');
  return svgUri(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH * 2}" height="${HEIGHT * 2}" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none"><defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient></defs><rect width="${WIDTH}" height="${HEIGHT}" fill="url(#g)"/><g fill="none" stroke="${line}">${waves}</g></svg>`,
  );
}

const LOOKS: Record<CardState, '' | 'face--paused' | 'face--over'> = {
  active: '',
  suspended: 'face--paused',
  lost: 'face--paused',
  revoked: 'face--over',
  expired: 'face--over',
};

const MAX_PAGE_WIDTH = 480;
const PAGE_MARGIN = 32;
/** Width at which one em of the face is 16 px. */
const REFERENCE_WIDTH = 342;

/** Size of one em, so that the whole face grows and shrinks with the width of the phone. */
function emFor(inset: number): number {
  const width = Math.min(Taro.getWindowInfo?.().windowWidth || 375, MAX_PAGE_WIDTH) - PAGE_MARGIN - inset;
  return (16 * width) / REFERENCE_WIDTH;
}

/** Widths in em of the value's own size: what stands beside the validity, and what a line of its own holds. */
const SHORT_NAME = 6;
const WHOLE_LINE = 18.5;
const SMALLEST = 0.66;

/** Latin letters are about half as wide as Han characters. */
function widthOf(name: string): number {
  return [...name].reduce((sum, char) => sum + (char.charCodeAt(0) > 0x2e7f ? 1 : 0.56), 0);
}

export interface CardFaceProps {
  card: Pick<Card, 'kind' | 'number' | 'holderName' | 'cardClass' | 'status' | 'validUntil'>;
  onTap?: () => void;
  /** How much narrower than the page it is drawn, in pixels. */
  inset?: number;
}

/** The card as it looks in the hand, 85.6 × 54, with its state. Only a card in force looks like one. */
export function CardFace({ card, onTap, inset = 0 }: CardFaceProps) {
  const t = useT(cardsTexts);
  const locale = useLocale((state) => state.locale);
  const [em] = useState(() => emFor(inset));
  const name = t(card.kind === 'youth' ? 'youthCard' : 'talentCard');
  const number = groupCardNumber(card.number);
  const until = card.validUntil.replace(/-/g, '.');
  const state = t(`state-${card.status}`);
  // A long name gets a line of its own, and smaller letters only where that is not enough.
  const width = widthOf(card.holderName);
  const size = Math.max(SMALLEST, Math.min(1, WHOLE_LINE / width));
  const long = width > SHORT_NAME && 'face--long';
  const className = ['face', LOOKS[card.status], locale === 'en' && 'face--en', long]
    .filter(Boolean)
    .join(' ');
  return (
    <View
      className={className}
      style={{ fontSize: `${em.toFixed(2)}px` }}
      {...(onTap ? { onClick: onTap } : {})}
      {...a11y({
        role: onTap ? 'button' : 'img',
        focusable: Boolean(onTap),
        label: t('faceLabel', { name, number, holder: card.holderName, until, state }),
      })}
    >
      <View className="face__ratio" />
      <Image
        className="face__ground"
        src={ground(card.kind)}
        mode="scaleToFill"
        {...a11y({ hidden: true })}
      />
      <View className="face__top">
        <View className="face__name">{name}</View>
        {card.cardClass ? <View className="face__class">{t('class', { class: card.cardClass })}</View> : null}
      </View>
      <View className="face__number">{number}</View>
      {card.status === 'active' ? null : <View className="face__stamp">{state}</View>}
      <View className="face__foot">
        <View className="face__cell face__cell--holder">
          <View className="face__label">{t('holder')}</View>
          <View className="face__value">
            <View className="face__fit" style={{ fontSize: `${size.toFixed(2)}em` }}>
              {card.holderName}
            </View>
          </View>
        </View>
        <View className="face__cell" style={{ flex: 'none' }}>
          <View className="face__label">{t('validUntil')}</View>
          <View className="face__value">{until}</View>
        </View>
        {card.status === 'active' ? (
          <View className="face__state">
            <View className="face__state-dot" />
            {state}
          </View>
        ) : null}
      </View>
    </View>
  );
}
