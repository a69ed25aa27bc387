import { useDidHide, useDidShow, useRouter } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import './index.scss';
import { codeTexts } from '@/i18n/code';
import { useT } from '@/platform/i18n';
import { decoded } from '@/platform/navigation';
import { hideFromCapture, lightScreen, onScreenshot } from '@/platform/screen';
import { useMe } from '@/services/account';
import { useCards } from '@/services/cards';
import { type KeptCard, lastShown, rememberShown, stateToday, useKept } from '@/services/kept-cards';
import { Page, toast } from '@/ui';
import { CardSwitch, Links } from './around';
import { CardCode } from './card-code';
import { NoCard } from './no-card';

/** The card's code: one tap from every tab, and drawn from what the phone keeps, so that it needs no network. */
export default function Code() {
  const t = useT(codeTexts);
  useScreenForScanning(t('screenshot'));
  return (
    <Page title={t('title')} deep>
      <Content />
    </Page>
  );
}

function Content() {
  const { params } = useRouter();
  const asked = params.cardId ? decoded(params.cardId) : null;
  const [chosen, choose] = useState(() => asked ?? lastShown());
  const kept = useKept((state) => state.kept);
  // What the service has to say comes in behind what is on the screen.
  const me = useMe();
  const cards = useCards();
  const mine = kept && me.data?.person !== null ? kept.cards : [];
  const showable = mine.filter(isWorthShowing);
  const card = pick(mine, showable, chosen);
  useEffect(() => {
    if (card) rememberShown(card.cardId);
  }, [card]);
  if (!card) return <NoCard me={me} cards={cards} />;
  return (
    <>
      <CardSwitch cards={showable} shown={card} onChoose={choose} />
      <CardCode key={card.cardId} card={card} />
      <Links />
    </>
  );
}

/** Cards that are over are in the wallet; here they only stand in the way. */
function isWorthShowing(card: KeptCard): boolean {
  const state = stateToday(card);
  return state !== 'revoked' && state !== 'expired';
}

function pick(mine: KeptCard[], showable: KeptCard[], chosen: string | null): KeptCard | undefined {
  const inForce = showable.find((card) => stateToday(card) === 'active');
  return showable.find((card) => card.cardId === chosen) ?? inForce ?? showable[0] ?? mine[0];
}

/** Bright and awake while the page is in front, left out of screenshots, and a word to whoever takes one. */
function useScreenForScanning(hint: string): void {
  const [inFront, setInFront] = useState(true);
  useDidShow(() => setInFront(true));
  useDidHide(() => setInFront(false));
  useEffect(() => {
    if (!inFront) return;
    const lit = lightScreen();
    hideFromCapture(true);
    const deafen = onScreenshot(() => toast(hint));
    return () => {
      lit.restore();
      hideFromCapture(false);
      deafen();
    };
  }, [inFront, hint]);
}
