import type { Credential } from '@talent-card/shared/card-code/schema';
import type { CardState } from '@talent-card/shared/cards/card-state';
import type { Card } from '@talent-card/shared/cards/schema';
import { maskName } from '@talent-card/shared/validators/text';
import { create } from 'zustand';
import { serviceDay } from '@/platform/clock';
import { deviceKeys } from '@/platform/device-keys';
import { serverNow } from '@/platform/server-time';
import { readStored, removeStored, writeStored } from '@/platform/storage';

/**
 * What the phone keeps of its cards, so that the code page opens from a cold start without network. Of the name and
 * the number only what the page shows: whoever finds the phone learns no more than from looking at the code.
 */
export interface KeptCard {
  cardId: string;
  kind: Card['kind'];
  maskedName: string;
  cardClass: string | null;
  numberTail: string;
  status: CardState;
  validUntil: string;
  demo: boolean;
}
interface Kept {
  personId: string;
  cards: KeptCard[];
}

/** Everything that belongs to codes lies under it, except the keys, which lie where the platform protects them. */
const PREFIX = 'code:';
const CARDS_KEY = `${PREFIX}cards`;
const SHOWN_KEY = `${PREFIX}shown`;
const TAIL = 4;

export const useKept = create<{ kept: Kept | null }>(() => ({ kept: readStored<Kept>(CARDS_KEY) }));

export const keyName = (cardId: string) => `code-key:${cardId}`;
export const keptUnder = (what: string, cardId: string) => `${PREFIX}${what}:${cardId}`;

/** Keeps a person's cards as the service has just listed them. */
export function keepCards(personId: string, cards: readonly Card[]): void {
  forgetOthers(personId);
  const gone = (useKept.getState().kept?.cards ?? []).filter(
    ({ cardId }) => !cards.some((card) => card.cardId === cardId),
  );
  for (const { cardId } of gone) void forgetCode(cardId);
  const kept: Kept = { personId, cards: cards.map(toKept) };
  writeStored(CARDS_KEY, kept);
  useKept.setState({ kept });
}

function toKept(card: Card): KeptCard {
  const { cardId, kind, cardClass, status, validUntil, demo } = card;
  return {
    cardId,
    kind,
    maskedName: maskName(card.holderName),
    cardClass,
    numberTail: card.number.slice(-TAIL),
    status,
    validUntil,
    demo,
  };
}

/** The state of a kept card today: what was in force when it was kept may have run out since. */
export function stateToday(card: KeptCard): CardState {
  return card.status === 'active' && serviceDay(serverNow()) > card.validUntil ? 'expired' : card.status;
}

/** Another person has signed in on this phone: the cards and codes of the one before are nobody's here. */
export function forgetOthers(personId: string | null): void {
  const { kept } = useKept.getState();
  if (kept && kept.personId !== personId) void forgetCodes();
}

/** Removes key and credential of one card. */
export async function forgetCode(cardId: string): Promise<void> {
  for (const what of ['credential', 'enrolment']) writeStored(keptUnder(what, cardId), null);
  await deviceKeys.drop(keyName(cardId));
}

/** Removes everything of codes from the phone: cards, credentials and keys. */
export async function forgetCodes(): Promise<void> {
  const cards = useKept.getState().kept?.cards ?? [];
  removeStored(PREFIX);
  useKept.setState({ kept: null });
  await Promise.all(cards.map(({ cardId }) => deviceKeys.drop(keyName(cardId))));
}

/** The device that this phone is for a card, as the service named it. */
export function keptDeviceId(cardId: string): string | null {
  return readStored<Credential>(keptUnder('credential', cardId))?.deviceId ?? null;
}

/** The card whose code was shown last. */
export function lastShown(): string | null {
  return readStored<string>(SHOWN_KEY);
}
export function rememberShown(cardId: string): void {
  if (lastShown() !== cardId) writeStored(SHOWN_KEY, cardId);
}
