import { Clock } from '../clock/clock.js';
import { FieldCipher } from '../crypto/field-cipher.js';
import type { ReadDatabase } from '../database/database.module.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import { DomainError } from '../errors/domain-error.js';
import { type WechatApi, WechatRefusal } from './wechat-api.js';
import { WechatToken } from './wechat-token.entity.js';

export const WECHAT_TOKEN_PURPOSE = 'wechat.access-token';
const MARGIN_MS = 120_000;
const FORCE_EVERY_MS = 60_000;

interface HeldToken {
  readonly token: string;
  readonly goodUntil: Date;
}

/**
 * The access token that WeChat's interfaces demand (`stable_token`: asking again gives the same one until five
 * minutes before it runs out). Kept in memory and in a row that all nodes share; parallel callers fetch it once.
 */
export class WechatAccessTokens {
  private held: HeldToken | undefined;
  private fetching: Promise<string> | undefined;

  constructor(
    private readonly api: WechatApi,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
  ) {}

  /** @param refused the token that WeChat has just called stale, if that is why another is wanted */
  async get(refused?: string): Promise<string> {
    if (this.held && this.held.token === refused) this.held = undefined;
    if (this.isGood(this.held)) return this.held.token;
    const shared = await this.shared();
    if (this.isGood(shared) && shared.token !== refused) {
      this.held = shared;
      return shared.token;
    }
    this.fetching ??= this.renew(refused).finally(() => {
      this.fetching = undefined;
    });
    return this.fetching;
  }

  private isGood(held: HeldToken | undefined): held is HeldToken {
    return held !== undefined && held.goodUntil > this.clock.now();
  }

  private async shared(): Promise<HeldToken | undefined> {
    const { appId } = this.api.options;
    const row = await this.database.manager.findOneBy(WechatToken, { appId });
    if (!row) return undefined;
    return { token: this.cipher.decrypt(WECHAT_TOKEN_PURPOSE, row.tokenSealed), goodUntil: row.goodUntil };
  }

  private async renew(refused: string | undefined): Promise<string> {
    let fetched = await this.fetch(false);
    if (fetched.token === refused) {
      await this.claimForce();
      fetched = await this.fetch(true);
    }
    const { appId } = this.api.options;
    const tokenSealed = this.cipher.encrypt(WECHAT_TOKEN_PURPOSE, fetched.token);
    await this.unitOfWork.run(async (tx) => {
      await tx.manager.upsert(WechatToken, { appId, tokenSealed, goodUntil: fetched.goodUntil }, ['appId']);
    });
    this.held = fetched;
    return fetched.token;
  }

  /**
   * Takes the minute's one right to force, over all nodes.
   * @throws DomainError UPSTREAM_UNAVAILABLE when a fresh token was forced a moment ago: another would be refused
   */
  private async claimForce(): Promise<void> {
    const claimed = await this.unitOfWork.run(async (tx) => {
      const before = new Date(tx.now.getTime() - FORCE_EVERY_MS);
      const { affected } = await tx.manager
        .createQueryBuilder()
        .update(WechatToken)
        .set({ forcedAt: tx.now })
        .where('appId = :appId AND (forcedAt IS NULL OR forcedAt <= :before)', {
          appId: this.api.options.appId,
          before,
        })
        .execute();
      return affected === 1;
    });
    if (!claimed) throw new DomainError('UPSTREAM_UNAVAILABLE');
  }

  private async fetch(force: boolean): Promise<HeldToken> {
    const { appId, appSecret } = this.api.options;
    try {
      const answer = await this.api.send({
        call: 'access-token',
        method: 'POST',
        path: '/cgi-bin/stable_token',
        body: { grant_type: 'client_credential', appid: appId, secret: appSecret, force_refresh: force },
        repeatable: !force,
      });
      const { access_token: token, expires_in: seconds } = answer;
      if (typeof token !== 'string' || typeof seconds !== 'number')
        throw new DomainError('UPSTREAM_UNAVAILABLE');
      const life = Math.max(seconds * 1000 - MARGIN_MS, 0);
      return { token, goodUntil: new Date(this.clock.now().getTime() + life) };
    } catch (error) {
      throw error instanceof WechatRefusal ? this.api.explain('access-token', error) : error;
    }
  }
}
