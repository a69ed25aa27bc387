import { Injectable } from '@nestjs/common';
import type { recordSubscriptionsSchema, Subscription } from '@talent-card/shared/messages/schema';
import { type EntityManager, LessThanOrEqual } from 'typeorm';
import type * as z from 'zod';
import { CitizenUnits } from '../../platform/accounts/citizen-units.js';
import type { CitizenPrincipal } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { SubscriptionPermissionRow } from './delivery.entity.js';
import { SubscriptionTemplates } from './subscription-templates.js';

type Answers = z.output<typeof recordSubscriptionsSchema>['answers'];
type Answer = Answers[number]['answer'];
/** More one-time permissions than this are not counted: nobody taps so often, and nothing needs them. */
const MOST_ONE_TIME = 50;

/** The ledger of what people have allowed WeChat to send them for us. */
@Injectable()
export class Subscriptions {
  constructor(
    private readonly templates: SubscriptionTemplates,
    private readonly read: ReadDatabase,
    private readonly units: CitizenUnits,
  ) {}

  /** Every template in use, with what the caller has granted. */
  list(accountId: string): Promise<Subscription[]> {
    return this.listIn(this.read.manager, accountId);
  }

  /** Notes what `wx.requestSubscribeMessage` answered. Templates that are no longer in use are passed over. */
  record(
    citizen: CitizenPrincipal,
    answers: Answers,
    idempotency: IdempotencyContext,
  ): Promise<Subscription[]> {
    const { accountId } = citizen;
    return this.units.run(
      citizen,
      async (tx) => {
        const byTemplate = new Map(answers.map(({ templateId, answer }) => [templateId, answer]));
        for (const [templateId, answer] of [...byTemplate].sort(([a], [b]) => (a < b ? -1 : 1)))
          await this.note(tx, accountId, templateId, answer);
        return this.listIn(tx.manager, accountId);
      },
      { idempotency },
    );
  }

  /**
   * Spends the permission for one message, in the transaction that begins to send it.
   * @returns null where there is none; else whether one was counted off, which may have to be given back
   */
  async spend(tx: Tx, accountId: string, templateId: string): Promise<{ counted: boolean } | null> {
    const lasting = { accountId, templateId, longTerm: true, blocked: false };
    if (await tx.manager.existsBy(SubscriptionPermissionRow, lasting)) return { counted: false };
    const { affected } = await tx.manager
      .createQueryBuilder()
      .update(SubscriptionPermissionRow)
      .set({ oneTime: () => 'oneTime - 1', updatedAt: tx.now })
      .where('accountId = :accountId AND templateId = :templateId', { accountId, templateId })
      .andWhere('blocked = :blocked AND oneTime > 0', { blocked: false })
      .execute();
    return affected === 1 ? { counted: true } : null;
  }

  /** WeChat sent nothing: the permission is still there. */
  async giveBack(tx: Tx, accountId: string, templateId: string): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .update(SubscriptionPermissionRow)
      .set({ oneTime: () => 'oneTime + 1', updatedAt: tx.now })
      .where('accountId = :accountId AND templateId = :templateId', { accountId, templateId })
      .andWhere('oneTime < :most', { most: MOST_ONE_TIME })
      .execute();
  }

  /**
   * WeChat knew of no permission when it was asked to send, whatever was counted here. One that was given since stands:
   * the answer says nothing of it.
   */
  async clear(tx: Tx, accountId: string, templateId: string, askedAt: Date): Promise<void> {
    const none = { oneTime: 0, longTerm: false, updatedAt: tx.now };
    const before = { accountId, templateId, updatedAt: LessThanOrEqual(askedAt) };
    await tx.manager.update(SubscriptionPermissionRow, before, none);
  }

  async erase(tx: Tx, accountId: string): Promise<void> {
    await tx.manager.delete(SubscriptionPermissionRow, { accountId });
  }

  private async listIn(manager: EntityManager, accountId: string): Promise<Subscription[]> {
    const rows = await manager.findBy(SubscriptionPermissionRow, { accountId });
    const granted = new Map(rows.map((row) => [row.templateId, row]));
    return this.templates.all().map(([topic, { templateId, kind }]) => {
      const row = granted.get(templateId);
      const lasting = row?.longTerm ? 1 : 0;
      return {
        topic,
        templateId,
        kind,
        granted: row?.blocked ? 0 : kind === 'long-term' ? lasting : (row?.oneTime ?? 0),
        blocked: row?.blocked ?? false,
      };
    });
  }

  private async note(tx: Tx, accountId: string, templateId: string, answer: Answer): Promise<void> {
    const template = this.templates.byId(templateId);
    // `filter`: WeChat left one of two templates with the same title out of the question, so nobody was asked.
    if (!template || answer === 'filter') return;
    const row = await this.rowOf(tx, accountId, templateId);
    const lasting = template.kind === 'long-term';
    const change: Record<Exclude<Answer, 'filter'>, Partial<SubscriptionPermissionRow>> = {
      accept: lasting
        ? { longTerm: true, blocked: false }
        : { oneTime: Math.min(row.oneTime + 1, MOST_ONE_TIME), blocked: false },
      // One-time permissions given before stand: WeChat takes none of them back. A lasting one is one question.
      reject: lasting ? { longTerm: false } : {},
      ban: { blocked: true },
    };
    await tx.manager.update(
      SubscriptionPermissionRow,
      { accountId, templateId },
      { ...change[answer], updatedAt: tx.now },
    );
  }

  /** The row, made if need be and locked for the rest of the transaction by writing it. */
  private async rowOf(tx: Tx, accountId: string, templateId: string): Promise<SubscriptionPermissionRow> {
    const fresh = { accountId, templateId, oneTime: 0, longTerm: false, blocked: false, updatedAt: tx.now };
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(SubscriptionPermissionRow)
      .values(fresh)
      .orUpdate(['updatedAt'], ['accountId', 'templateId'])
      .updateEntity(false)
      .execute();
    return tx.manager.findOneByOrFail(SubscriptionPermissionRow, { accountId, templateId });
  }
}
