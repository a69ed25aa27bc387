import { Injectable } from '@nestjs/common';
import type { CursorQuery, Page } from '@talent-card/shared/common/schema';
import type { Message, MessageKind } from '@talent-card/shared/messages/schema';
import { Brackets, type EntityManager, In, IsNull } from 'typeorm';
import { People } from '../../core/people/people.service.js';
import { Accounts } from '../../platform/accounts/accounts.js';
import type { CitizenPrincipal } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { insertRows } from '../../platform/database/many-rows.js';
import { latestFirst } from '../../platform/database/moment-cursor.js';
import type { Tx } from '../../platform/database/tx.js';
import { type IdempotencyContext, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { newId } from '../../platform/ids.js';
import { Deliveries } from './deliveries.js';
import { DeliveryDecisionRow, DeliveryRow } from './delivery.entity.js';
import { MessageRow } from './message.entity.js';

/** Whoever proved their name is told as a person, so that the message follows them to another account. */
export type Recipient = { readonly personId: string } | { readonly accountId: string };

export interface MessageContent {
  readonly kind: MessageKind;
  readonly params?: Message['params'];
  readonly link?: Message['link'];
  /** Id of what caused it; a second message with the same source violates the unique key. */
  readonly sourceId?: string;
  /** After this moment it would mislead outside the app. */
  readonly usefulUntil?: Date | undefined;
  /** False keeps it in the app, for what the person knows already. */
  readonly outside?: boolean;
}

export interface Letter {
  readonly recipient: Recipient;
  readonly content: MessageContent;
}

const COLUMNS = [
  'id',
  'personId',
  'accountId',
  'kind',
  'params',
  'linkType',
  'linkId',
  'sourceId',
  'createdAt',
  'readAt',
] as const;

function rowOf(tx: Tx, recipient: Recipient, content: MessageContent): MessageRow {
  return {
    id: newId(tx.now),
    personId: null,
    accountId: null,
    ...recipient,
    kind: content.kind,
    params: JSON.stringify(content.params ?? {}),
    linkType: content.link?.type ?? null,
    linkId: content.link?.id ?? null,
    sourceId: content.sourceId ?? null,
    createdAt: tx.now,
    readAt: null,
  };
}

/** In the order of ids, as all who lock several take them. */
const distinct = (letters: readonly Letter[], idOf: (to: Recipient) => string | null): string[] =>
  [...new Set(letters.flatMap(({ recipient }) => idOf(recipient) ?? []))].sort();

type Reader = Pick<CitizenPrincipal, 'personId' | 'accountId'>;
interface Unread {
  unread: number;
}

/** The message centre of the mini-program. */
@Injectable()
export class Messages {
  constructor(
    private readonly read: ReadDatabase,
    private readonly unitOfWork: UnitOfWork,
    private readonly deliveries: Deliveries,
    private readonly accounts: Accounts,
    private readonly people: People,
  ) {}

  /**
   * Writes the message into the app and opens its other ways out, all in the caller's transaction. Whoever was erased is
   * told nothing: their erasure itself is what many a message would speak of.
   */
  send(tx: Tx, recipient: Recipient, content: MessageContent): Promise<void> {
    return this.sendMany(tx, [{ recipient, content }]);
  }

  /** The same for many, by few statements. */
  async sendMany(tx: Tx, written: readonly Letter[]): Promise<void> {
    const letters = await this.ofStanding(tx, written);
    const messages = letters.map(({ recipient, content }) => rowOf(tx, recipient, content));
    await insertRows(tx, 'messages', COLUMNS, messages);
    await this.deliveries.open(
      tx,
      letters.map(({ content }, i) => ({
        message: messages[i] as MessageRow,
        outside: content.outside ?? true,
        usefulUntil: content.usefulUntil ?? null,
      })),
    );
  }

  /** Letters to who was not erased, and who is not until the unit ends: the erasure takes the same turns. */
  private async ofStanding(tx: Tx, letters: readonly Letter[]): Promise<Letter[]> {
    const erased = new Set<string>();
    for (const accountId of distinct(letters, (to) => ('accountId' in to ? to.accountId : null)))
      if (!(await this.accounts.hasTurn(tx, accountId))) erased.add(accountId);
    const personIds = distinct(letters, (to) => ('personId' in to ? to.personId : null));
    for (const personId of await this.people.lockMany(tx, personIds)) erased.add(personId);
    return letters.filter(({ recipient: to }) => !erased.has('personId' in to ? to.personId : to.accountId));
  }

  /** Own messages, the latest first. */
  async list(reader: Reader, query: CursorQuery & { limit: number }): Promise<Page<Message>> {
    const { items, nextCursor } = await latestFirst(own(this.read.manager, reader), 'createdAt', query);
    return { items: items.map(viewOf), nextCursor };
  }

  async unread(reader: Reader): Promise<Unread> {
    return { unread: await countUnread(this.read.manager, reader) };
  }

  /** Marks one as read; once read it stays so. @throws DomainError NOT_FOUND for one that is not the reader's */
  markRead(reader: Reader, messageId: string, idempotency: IdempotencyContext): Promise<Unread> {
    return this.unitOfWork.run(
      async (tx) => {
        const message = await own(tx.manager, reader)
          .andWhere('message.id = :messageId', { messageId })
          .getOne();
        if (!message) throw new DomainError('NOT_FOUND');
        await tx.manager.update(MessageRow, { id: messageId, readAt: IsNull() }, { readAt: tx.now });
        return { unread: await countUnread(tx.manager, reader) };
      },
      { idempotency },
    );
  }

  markAllRead(reader: Reader, idempotency: IdempotencyContext): Promise<Unread> {
    return this.unitOfWork.run(
      async (tx) => {
        for (const owner of ownersOf(reader))
          await tx.manager.update(MessageRow, { ...owner, readAt: IsNull() }, { readAt: tx.now });
        return { unread: await countUnread(tx.manager, reader) };
      },
      { idempotency },
    );
  }

  /** Everything the reader was told, for the export of their data. */
  async all(reader: Reader): Promise<Message[]> {
    return (await own(this.read.manager, reader).orderBy('message.createdAt').getMany()).map(viewOf);
  }

  /** How the reader's messages went out, for the export of their data. */
  async deliveriesOf(reader: Reader): Promise<Record<string, unknown>[]> {
    const rows = await this.read.manager.find(DeliveryRow, {
      where: ownersOf(reader),
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    const decisions = new Map<string, DeliveryDecisionRow[]>();
    for (const owner of ownersOf(reader)) {
      const found = this.read.manager.createQueryBuilder(DeliveryDecisionRow, 'decision');
      for (const decision of await found
        .where(...decisionsOf(owner))
        .orderBy('decision.id')
        .getMany())
        decisions.set(decision.deliveryId, [...(decisions.get(decision.deliveryId) ?? []), decision]);
    }
    return rows.map(({ id, channel, kind, state, createdAt, finishedAt }) => ({
      channel,
      kind,
      state,
      decisions: (decisions.get(id) ?? []).map(({ decision, note, decidedAt }) => ({
        decision,
        note,
        at: decidedAt.toISOString(),
      })),
      createdAt: createdAt.toISOString(),
      finishedAt: finishedAt?.toISOString() ?? null,
    }));
  }

  /**
   * Messages go; that something was sent stays in the log, without saying to whom. What still waits, for its turn or for
   * an operator, is not sent; it ends first, so that an operator who is at it is done before their words are taken.
   */
  async erase(tx: Tx, reader: Reader): Promise<void> {
    for (const owner of ownersOf(reader)) {
      await tx.manager.update(
        DeliveryRow,
        { ...owner, state: In(['pending', 'failed', 'unknown']) },
        { state: 'skipped', reason: 'erased', finishedAt: tx.now },
      );
      const nobody = { personId: null, accountId: null, spentAccountId: null, spentTemplateId: null };
      await tx.manager
        .createQueryBuilder()
        .update(DeliveryDecisionRow)
        .set({ note: null })
        .where(...decisionsOf(owner))
        .execute();
      await tx.manager.update(DeliveryRow, owner, { ...nobody, reason: 'erased' });
      await tx.manager.delete(MessageRow, owner);
    }
  }
}

function ownersOf({ personId, accountId }: Reader): Recipient[] {
  return personId === null ? [{ accountId }] : [{ accountId }, { personId }];
}

/** Condition for what operators decided on the deliveries of somebody. */
function decisionsOf(owner: Recipient): [string, Recipient] {
  const column = 'personId' in owner ? 'personId' : 'accountId';
  return [`deliveryId IN (SELECT id FROM message_deliveries WHERE ${column} = :${column})`, owner];
}

function own(manager: EntityManager, reader: Reader) {
  return manager.createQueryBuilder(MessageRow, 'message').where(
    new Brackets((where) => {
      for (const owner of ownersOf(reader)) where.orWhere(owner);
    }),
  );
}

function countUnread(manager: EntityManager, reader: Reader): Promise<number> {
  return own(manager, reader).andWhere('message.readAt IS NULL').getCount();
}

function viewOf(row: MessageRow): Message {
  const { linkType, linkId } = row;
  return {
    messageId: row.id,
    kind: row.kind,
    params: JSON.parse(row.params) as Message['params'],
    link: linkType && linkId ? { type: linkType, id: linkId } : null,
    createdAt: row.createdAt.toISOString(),
    readAt: row.readAt?.toISOString() ?? null,
  };
}
