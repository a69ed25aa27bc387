import { Inject, Injectable } from '@nestjs/common';
import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import { type CardState, VALID_CARD_STATES } from '@talent-card/shared/cards/card-state';
import type { CardCategory, CardKind } from '@talent-card/shared/cards/categories';
import type { EntityManager } from 'typeorm';
import type { Principal } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { addDays, addYears, serviceDate } from '../../platform/clock/shanghai.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { newId } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import type { CardClassRow, CardEventRow, CardRow } from './card.entity.js';
import { stateAt } from './card-history.js';
import { CARD_MOVES, type CardMove, mayMove } from './card-moves.js';
import { CardsRepository } from './cards.repository.js';
import { randomCardNumber } from './random-card-number.js';

export interface NewCardOrder {
  readonly personId: string;
  readonly kind: CardKind;
  readonly category: CardCategory | null;
  /** A class that the city does not run is left out: rosters carry classes of other cards too. */
  readonly cardClass: string | null;
  readonly zoneCode: ZoneCode;
  readonly caseId: string | null;
  readonly rosterEntryId: string | null;
}

/** What other features may know of a card. `status` says `expired` once its last day has passed. */
export interface CardFacts {
  readonly cardId: string;
  readonly personId: string;
  readonly kind: CardKind;
  readonly number: string;
  readonly status: CardState;
  readonly cardClass: string | null;
  readonly zoneCode: ZoneCode;
  /** Last day. */
  readonly validUntil: string;
}
/** Called in the transaction in which a card moves on. */
export type CardListener = (
  tx: Tx,
  card: { readonly cardId: string; readonly personId: string; readonly status: CardState },
) => Promise<void>;

const NUMBER_TRIES = 5;
/** What a holder is told of: nobody listens to the rest, and a message nobody takes looks like one that hangs. */
const TOLD: readonly CardEventRow['action'][] = ['issued', 'suspended', 'restored', 'revoked'];

/**
 * Issues cards and leads them through their states. Every write leaves its history and audit entry, and a message
 * where the holder is to know.
 */
@Injectable()
export class Cards {
  private readonly listeners: CardListener[] = [];

  constructor(
    private readonly cards: CardsRepository,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** For features that follow the state of cards, such as the list of codes that are no longer good. */
  onMoved(listener: CardListener): void {
    this.listeners.push(listener);
  }

  /** One statement however many; ids of no card are left out. */
  async facts(
    manager: EntityManager,
    cardIds: readonly string[],
    today: string,
  ): Promise<Map<string, CardFacts>> {
    const rows = await this.cards.findMany(manager, cardIds);
    return new Map(rows.map((card) => [card.id, factsOf(card, card.status, today)]));
  }

  /**
   * A card with the state that it had at a moment, however often it was suspended and restored since; its class and
   * last day are those of today. Null for no card.
   */
  async factsAt(manager: EntityManager, cardId: string, at: Date): Promise<CardFacts | null> {
    const card = await this.cards.find(manager, cardId);
    if (!card) return null;
    const state = stateAt(await this.cards.events(manager, cardId), at, card.status);
    return factsOf(card, state, serviceDate(at));
  }

  /**
   * Issues a card from today on; one of the kind that has lapsed is expired on the way.
   * @throws DomainError CARD_ALREADY_VALID when the person holds a valid one of the kind; under any concurrency, since
   *   a unique key of the database decides
   */
  async issue(tx: Tx, principal: Principal, order: NewCardOrder): Promise<CardRow> {
    const today = serviceDate(tx.now);
    await this.expireLapsed(tx, order.personId, order.kind, today);
    const cardClass = await this.classFor(tx.manager, order.cardClass);
    const card: CardRow = {
      ...order,
      id: newId(tx.now),
      number: '',
      status: 'active',
      cardClass,
      validFrom: today,
      validUntil: addDays(addYears(today, this.config.CARD_VALIDITY_YEARS), -1),
      issuedAt: tx.now,
      issuedMonth: today.slice(0, 7),
      statusReason: null,
      demo: this.config.DEMO_DATA === 'load',
      version: 1,
      validPersonId: null,
    };
    card.number = await this.insertNumbered(tx, card);
    if (cardClass !== null) await this.cards.beginClass(tx, card.id, cardClass, today, addDays(today, -1));
    await this.note(tx, principal, card, {
      action: 'issued',
      fromValue: null,
      toValue: 'active',
      reason: null,
    });
    return card;
  }

  /**
   * Moves a card on: suspend, restore, revoke, reportLost, reportFound, expire.
   * @param version as it was looked at; left out where the caller saw none, such as the holder's own report
   * @throws DomainError NOT_FOUND, STALE_VERSION when it changed since, CARD_STATE_CONFLICT when its state does not
   *   allow the move
   */
  async move(
    tx: Tx,
    principal: Principal,
    cardId: string,
    move: CardMove,
    how: { readonly version?: number; readonly reason: string | null },
  ): Promise<void> {
    const card = await this.existing(tx.manager, cardId);
    if (how.version !== undefined && card.version !== how.version) {
      throw new DomainError('STALE_VERSION', { version: card.version });
    }
    const { to, action } = CARD_MOVES[move];
    // A card whose last day has passed can only expire, also before the job has said so.
    const lapsed = isValid(card.status) && card.validUntil < serviceDate(tx.now) && to !== 'expired';
    if (!mayMove(move, card.status) || lapsed) {
      throw new DomainError('CARD_STATE_CONFLICT', { status: lapsed ? 'expired' : card.status });
    }
    const statusReason = to === 'active' ? null : how.reason;
    if (!(await this.cards.change(tx, card, { status: to, statusReason }))) {
      throw new DomainError('STALE_VERSION');
    }
    await this.note(tx, principal, card, {
      action,
      fromValue: card.status,
      toValue: to,
      reason: how.reason,
    });
    for (const listener of this.listeners)
      await listener(tx, { cardId, personId: card.personId, status: to });
  }

  /** A card without a known holder must not work: whoever has their data erased gives it up. */
  async revokeOnErasure(tx: Tx, personId: string): Promise<void> {
    const cards = await this.cards.ofPerson(tx.manager, personId);
    for (const { id } of cards.filter((card) => isValid(card.status))) {
      await this.move(tx, { type: 'system', name: 'accounts.erase' }, id, 'revoke', { reason: null });
    }
  }

  /**
   * Gives a valid card another class from a day on, which may lie back as far as the class of today began.
   * @throws DomainError NOT_FOUND, STALE_VERSION, CARD_STATE_CONFLICT, CARD_CLASS_UNKNOWN; VALIDATION_FAILED at
   *   `validFrom`
   */
  async changeClass(
    tx: Tx,
    principal: Principal,
    cardId: string,
    change: { version: number; cardClass: string; validFrom: string; reason: string },
  ): Promise<void> {
    const card = await this.existing(tx.manager, cardId);
    if (card.version !== change.version) throw new DomainError('STALE_VERSION', { version: card.version });
    if (!isValid(card.status)) throw new DomainError('CARD_STATE_CONFLICT', { status: card.status });
    await this.knownClass(tx.manager, change.cardClass);
    const current = (await this.cards.classPeriods(tx.manager, cardId)).at(-1);
    if (change.validFrom > serviceDate(tx.now)) {
      throw fieldError({ path: 'validFrom', code: 'DATE_IN_FUTURE' });
    }
    if (change.validFrom < (current?.validFrom ?? card.validFrom)) {
      throw fieldError({ path: 'validFrom', code: 'DATE_ORDER' });
    }
    if (!(await this.cards.change(tx, card, { cardClass: change.cardClass }))) {
      throw new DomainError('STALE_VERSION');
    }
    const { cardClass, validFrom, reason } = change;
    await this.cards.beginClass(tx, cardId, cardClass, validFrom, addDays(validFrom, -1));
    await this.note(tx, principal, card, {
      action: 'class-changed',
      fromValue: card.cardClass,
      toValue: cardClass,
      reason,
    });
  }

  /** Sets which classes the city runs, in this order; none means one class that nobody sees. */
  async defineClasses(
    tx: Tx,
    principal: Principal,
    classes: readonly Omit<CardClassRow, 'position'>[],
  ): Promise<void> {
    await this.cards.replaceClasses(
      tx,
      classes.map((one, position) => ({ ...one, position })),
    );
    await this.audit.record(tx, principal, {
      action: 'cards.define-classes',
      objectType: 'card-class',
      objectId: null,
    });
  }

  /** The class as it was asked for. @throws DomainError CARD_CLASS_UNKNOWN when the city does not run it */
  async knownClass(manager: EntityManager, wanted: string | null): Promise<string | null> {
    if (wanted === null) return null;
    const classes = await this.cards.classes(manager);
    if (!classes.some((one) => one.code === wanted)) {
      throw new DomainError('CARD_CLASS_UNKNOWN', { cardClass: wanted });
    }
    return wanted;
  }

  /** Kinds and last days of the cards that a person holds and that are valid today. */
  async validCards(
    manager: EntityManager,
    personId: string,
    today: string,
  ): Promise<{ kind: CardKind; validUntil: string }[]> {
    const cards = await this.cards.ofPerson(manager, personId);
    return cards
      .filter((card) => isValid(card.status) && card.validUntil >= today)
      .map(({ kind, validUntil }) => ({ kind, validUntil }));
  }

  private async expireLapsed(tx: Tx, personId: string, kind: CardKind, today: string): Promise<void> {
    const held = await this.cards.findValid(tx.manager, personId, kind);
    if (!held || held.validUntil >= today) return;
    const system = { type: 'system', name: 'cards.issue' } as const;
    await this.move(tx, system, held.id, 'expire', { reason: null });
  }

  private async insertNumbered(tx: Tx, card: CardRow): Promise<string> {
    const { validPersonId: _, ...row } = card;
    for (let attempt = 0; attempt < NUMBER_TRIES; attempt += 1) {
      const number = randomCardNumber();
      if (await this.cards.insert(tx, { ...row, number })) return number;
      const valid = await this.cards.findValid(tx.manager, card.personId, card.kind);
      if (valid) throw new DomainError('CARD_ALREADY_VALID', { cardId: valid.id });
    }
    // Five numbers of ten digits taken in a row: not chance.
    throw new Error('no free card number found');
  }

  private async classFor(manager: EntityManager, wanted: string | null): Promise<string | null> {
    const classes = await this.cards.classes(manager);
    const known = classes.find((one) => one.code === wanted) ?? classes.find((one) => one.isDefault);
    return known?.code ?? null;
  }

  private async existing(manager: EntityManager, cardId: string): Promise<CardRow> {
    const card = await this.cards.find(manager, cardId);
    if (!card) throw new DomainError('NOT_FOUND');
    return card;
  }

  private async note(
    tx: Tx,
    principal: Principal,
    card: CardRow,
    event: Pick<CardEventRow, 'action' | 'fromValue' | 'toValue' | 'reason'>,
  ): Promise<void> {
    await this.cards.addEvent(tx, {
      ...event,
      id: newId(tx.now),
      cardId: card.id,
      at: tx.now,
      actorType: principal.type,
      actorId: actorIdOf(principal),
      actorName: principal.type === 'staff' ? principal.displayName : null,
    });
    await this.audit.record(tx, principal, {
      action: `cards.${event.action}`,
      objectType: 'card',
      objectId: card.id,
    });
    if (!TOLD.includes(event.action)) return;
    await this.outbox.publish(tx, `card.${event.action}`, {
      cardId: card.id,
      personId: card.personId,
      kind: card.kind,
      caseId: card.caseId,
    });
  }
}

function factsOf(card: CardRow, state: CardState, day: string): CardFacts {
  const { id, personId, kind, number, cardClass, zoneCode, validUntil } = card;
  const status = isValid(state) && validUntil < day ? 'expired' : state;
  return { cardId: id, personId, kind, number, status, cardClass, zoneCode, validUntil };
}

function actorIdOf(principal: Principal): string | null {
  if (principal.type === 'staff') return principal.staffId;
  if (principal.type === 'citizen') return principal.accountId;
  return principal.type === 'system' ? principal.name : null;
}

export const isValid = (status: CardState): boolean =>
  (VALID_CARD_STATES as readonly CardState[]).includes(status);
