import { Injectable } from '@nestjs/common';
import type { CredentialClaims } from '@talent-card/shared/card-code/credential';
import { STATUS_OF_CARD } from '@talent-card/shared/card-code/status-list';
import { checkCode } from '@talent-card/shared/card-code/verify';
import type { Verdict } from '@talent-card/shared/uses/verdicts';
import type { EntityManager } from 'typeorm';
import { type CardFacts, Cards } from '../cards/cards.service.js';
import type { CodeCardRow } from './code.entity.js';
import { CodesRepository } from './codes.repository.js';
import { verifyEd25519 } from './ed25519.js';
import { IssuerKeys } from './issuer-keys.js';

export interface VerifiedCode {
  /** `ok` when the code is genuine, of that moment, and its card and phone work. */
  readonly verdict: Verdict;
  /** The same for the same code, whoever shows it where. Null where no signature held. */
  readonly codeId: string | null;
  readonly card: CardFacts | null;
  /** Null for a code made online. */
  readonly deviceId: string | null;
}

const NOTHING = { codeId: null, card: null, deviceId: null };

/** Verifies codes with all that the service knows. */
@Injectable()
export class Codes {
  constructor(
    private readonly repository: CodesRepository,
    private readonly keys: IssuerKeys,
    private readonly cards: Cards,
  ) {}

  /**
   * Whether a code was good at a moment: now at a window with network, earlier for a use that comes in later. What
   * was suspended or revoked after that moment does not count against it. Knows nothing of uses.
   */
  async verify(manager: EntityManager, code: string, at: Date): Promise<VerifiedCode> {
    const { keys } = await this.keys.keySet(manager, at);
    const checked = checkCode(code, { keys, verify: verifyEd25519, now: at.getTime() });
    if (!checked.claims) return { verdict: checked.verdict, ...NOTHING };
    const { claims, codeId } = checked;
    const cardRef = Buffer.from(claims.cardRef).toString('base64url');
    const codeCard = await this.repository.cardByRef(manager, cardRef);
    const card = codeCard && (await this.cards.factsAt(manager, codeCard.cardId, at));
    // Signed by us, but of another database, such as one restored from an old copy.
    if (!codeCard || !card) return { verdict: 'unknown-issuer', ...NOTHING };
    const device = await this.deviceVerdict(manager, claims, codeCard, at);
    const found = { codeId, card, deviceId: device.deviceId };
    if (checked.verdict !== 'ok') return { verdict: checked.verdict, ...found };
    if (device.verdict !== 'ok') return { verdict: device.verdict, ...found };
    const status = STATUS_OF_CARD[card.status];
    return { verdict: status === 'valid' ? 'ok' : status, ...found };
  }

  /** Whether the phone that made a code still is the card's; a code made online has none to be stopped. */
  async mayShow(manager: EntityManager, deviceId: string | null): Promise<boolean> {
    return deviceId === null || (await this.repository.device(manager, deviceId))?.status === 'active';
  }

  private async deviceVerdict(
    manager: EntityManager,
    claims: CredentialClaims,
    { cardId }: CodeCardRow,
    at: Date,
  ): Promise<{ verdict: Verdict; deviceId: string | null }> {
    if (claims.kind === 'online') return { verdict: 'ok', deviceId: null };
    const device = await this.repository.deviceByIndex(manager, claims.statusIndex);
    if (!device || device.cardId !== cardId) return { verdict: 'device-revoked', deviceId: null };
    const revoked = device.revokedAt !== null && device.revokedAt <= at;
    if (revoked) return { verdict: 'device-revoked', deviceId: device.id };
    // Whoever had the issuer's key could name a phone of their own. Of a holder who had their data erased since, the
    // key is gone: what they showed before is no forgery.
    const forgotten = device.publicKey === '';
    const enrolled = forgotten || device.publicKey === Buffer.from(claims.deviceKey).toString('base64url');
    return { verdict: enrolled ? 'ok' : 'forged', deviceId: device.id };
  }
}
