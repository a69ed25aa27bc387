import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { visibleZones } from '@talent-card/shared/accounts/districts';
import { prepareOnlineCode } from '@talent-card/shared/card-code/code';
import {
  type DeviceCredential,
  NONCE_LENGTH,
  prepareCredential,
} from '@talent-card/shared/card-code/credential';
import type { CodeDevice, Credential, EnrolDevice, ShownCode } from '@talent-card/shared/card-code/schema';
import { renewMessage } from '@talent-card/shared/card-code/signed-texts';
import { maskName } from '@talent-card/shared/validators/text';
import type { EntityManager } from 'typeorm';
import { People } from '../../core/people/people.service.js';
import { CitizenUnits } from '../../platform/accounts/citizen-units.js';
import type { PersonPrincipal, Principal, StaffPrincipal } from '../../platform/accounts/principal.js';
import { Sessions } from '../../platform/accounts/sessions.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { Clock } from '../../platform/clock/clock.js';
import { endOfServiceDay, serviceDate } from '../../platform/clock/shanghai.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { type IdempotencyContext, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { newId } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { type CardFacts, Cards } from '../cards/cards.service.js';
import type { CodeCardRow, CodeDeviceRow } from './code.entity.js';
import { CodesRepository } from './codes.repository.js';
import { signedBy } from './ed25519.js';
import { IssuerKeys, type IssuerSigner, signWith } from './issuer-keys.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const CREDENTIAL_MS = 7 * DAY_MS;
/** From then on a phone fetches the next, so that it always has six days without network before it. */
const RENEW_AFTER_MS = DAY_MS;
const FRESH_SIGN_IN_MS = 10 * MINUTE_MS;
const SIGNED_CLOCK_MS = 5 * MINUTE_MS;
const ONLINE_SHOWN_MS = MINUTE_MS;
/** Of a code made online: a minute on the screen, and what two clocks may differ. */
const ONLINE_LIFE_SECONDS = 90;

const seconds = (moment: Date): number => Math.floor(moment.getTime() / 1000);

export const deviceOf = (row: CodeDeviceRow, sessionId: string | null): CodeDevice => ({
  deviceId: row.id,
  cardId: row.cardId,
  label: row.label,
  platform: row.platform,
  enrolledAt: row.enrolledAt.toISOString(),
  lastRenewedAt: row.lastRenewedAt.toISOString(),
  status: row.status,
  revokedAt: row.revokedAt?.toISOString() ?? null,
  current: sessionId !== null && row.sessionId === sessionId,
});

/** @throws DomainError CODE_CLOCK_WRONG with the server's time when `at` is more than five minutes off */
export function assertClock(at: string, now: Date): void {
  if (Math.abs(Date.parse(at) - now.getTime()) <= SIGNED_CLOCK_MS) return;
  throw new DomainError('CODE_CLOCK_WRONG', { serverTime: now.toISOString() });
}

/** Phones that show the code of a card, and the credentials they keep. */
@Injectable()
export class CodeDevices {
  constructor(
    private readonly repository: CodesRepository,
    private readonly keys: IssuerKeys,
    private readonly cards: Cards,
    private readonly people: People,
    private readonly sessions: Sessions,
    private readonly unitOfWork: UnitOfWork,
    private readonly units: CitizenUnits,
    private readonly database: ReadDatabase,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a phone the one that shows the card's code; the one before is revoked. The same phone asking again gets
   * its next credential.
   * @throws DomainError NOT_FOUND, CARD_NOT_VALID, CODE_FRESH_SIGN_IN_REQUIRED where another phone is active and the
   *   sign-in is older than ten minutes, or the last phone was revoked since
   */
  async enrol(
    person: PersonPrincipal,
    wanted: EnrolDevice,
    label: string,
    idempotency: IdempotencyContext,
  ): Promise<Credential> {
    const signer = await this.keys.signer();
    return this.units.run(
      person,
      async (tx) => {
        const card = await this.workingCard(tx.manager, person.personId, wanted.cardId, tx.now);
        const codeCard = await this.repository.lockCard(tx, card.cardId, card.status);
        const active = await this.repository.activeDevice(tx.manager, card.cardId);
        if (active?.publicKey === wanted.publicKey && active.accountId === person.accountId) {
          await this.repository.noteRenewal(tx, active.id, person.sessionId);
          return this.credential(tx.manager, tx.now, signer, card, codeCard, active);
        }
        if (active) await this.replace(tx, person, active);
        else await this.assertSignedInSince(tx, person, card.cardId);
        const device = await this.add(tx, person, wanted, label);
        return this.credential(tx.manager, tx.now, signer, card, codeCard, device);
      },
      { idempotency },
    );
  }

  /**
   * The next credential of an enrolled phone, which proves its key.
   * @throws DomainError NOT_FOUND, CODE_DEVICE_REVOKED, CODE_CLOCK_WRONG, CODE_DEVICE_SIGNATURE, CARD_NOT_VALID
   */
  async renew(
    person: PersonPrincipal,
    { deviceId, at, signature }: { deviceId: string; at: string; signature: string },
  ): Promise<Credential> {
    const signer = await this.keys.signer();
    return this.units.run(person, async (tx) => {
      const device = await this.repository.device(tx.manager, deviceId);
      if (!device || device.personId !== person.personId) throw new DomainError('NOT_FOUND');
      if (device.status === 'revoked') throw new DomainError('CODE_DEVICE_REVOKED');
      assertClock(at, tx.now);
      if (!signedBy(device.publicKey, renewMessage(deviceId, at), signature))
        throw new DomainError('CODE_DEVICE_SIGNATURE');
      const card = await this.workingCard(tx.manager, person.personId, device.cardId, tx.now);
      const codeCard = await this.repository.card(tx.manager, device.cardId);
      if (!codeCard) throw new DomainError('NOT_FOUND');
      await this.repository.noteRenewal(tx, device.id, person.sessionId);
      return this.credential(tx.manager, tx.now, signer, card, codeCard, device);
    });
  }

  /** A code of one minute, made here. @throws DomainError NOT_FOUND, CARD_NOT_VALID */
  async online(person: PersonPrincipal, cardId: string): Promise<ShownCode> {
    const signer = await this.keys.signer();
    const now = this.clock.now();
    const { manager } = this.database;
    const card = await this.workingCard(manager, person.personId, cardId, now);
    const codeCard =
      (await this.repository.card(manager, cardId)) ??
      (await this.units.run(person, (tx) => this.repository.lockCard(tx, cardId, card.status)));
    const issuedAt = seconds(now);
    const unsigned = prepareOnlineCode(
      {
        kind: 'online',
        ...(await this.holder(manager, card)),
        cardRef: new Uint8Array(Buffer.from(codeCard.cardRef, 'base64url')),
        issuedAt,
        expiresAt: issuedAt + ONLINE_LIFE_SECONDS,
        nonce: new Uint8Array(randomBytes(NONCE_LENGTH)),
      },
      signer.kid,
    );
    return {
      code: unsigned.finish(signer.sign(unsigned.toBeSigned)),
      expiresAt: new Date(now.getTime() + ONLINE_SHOWN_MS).toISOString(),
      serverTime: now.toISOString(),
    };
  }

  async mine(person: PersonPrincipal): Promise<CodeDevice[]> {
    const rows = await this.repository.devicesOfPerson(this.database.manager, person.personId);
    return rows.map((row) => deviceOf(row, person.sessionId));
  }

  /** By the holder; a phone revoked already stays so. @throws DomainError NOT_FOUND */
  async revokeOwn(
    person: PersonPrincipal,
    deviceId: string,
    idempotency: IdempotencyContext,
  ): Promise<CodeDevice> {
    return this.units.run(
      person,
      async (tx) => {
        const device = await this.repository.device(tx.manager, deviceId);
        if (!device || device.personId !== person.personId) throw new DomainError('NOT_FOUND');
        await this.revoke(tx, person, deviceId, { revokedBy: 'holder', revokeReason: null });
        return this.described(tx.manager, deviceId, person.sessionId);
      },
      { idempotency },
    );
  }

  /** @throws DomainError NOT_FOUND also for a card of another zone */
  async ofCard(staff: StaffPrincipal, cardId: string): Promise<CodeDevice[]> {
    const { manager } = this.database;
    await this.assertVisible(manager, staff, cardId, this.clock.now());
    const rows = await this.repository.devicesOfCard(manager, cardId);
    return rows.map((row) => deviceOf(row, null));
  }

  /** At the window, for a holder whose phone is lost. @throws DomainError NOT_FOUND */
  async revokeAtWindow(
    staff: StaffPrincipal,
    deviceId: string,
    reason: string,
    idempotency: IdempotencyContext,
  ): Promise<CodeDevice> {
    return this.unitOfWork.run(
      async (tx) => {
        const device = await this.repository.device(tx.manager, deviceId);
        if (!device) throw new DomainError('NOT_FOUND');
        await this.assertVisible(tx.manager, staff, device.cardId, tx.now);
        await this.revoke(tx, staff, deviceId, { revokedBy: 'staff', revokeReason: reason });
        return this.described(tx.manager, deviceId, null);
      },
      { idempotency },
    );
  }

  /** Whose account turned out not to be theirs shows no card any more. */
  async revokeAll(tx: Tx, principal: Principal, personId: string): Promise<void> {
    const devices = await this.repository.devicesOfPerson(tx.manager, personId);
    for (const { id } of devices.filter(({ status }) => status === 'active'))
      await this.revoke(tx, principal, id, { revokedBy: 'staff', revokeReason: null });
  }

  /** Everything that the service holds of a person's phones goes, but for their places in the status list. */
  async erase(tx: Tx, personId: string): Promise<void> {
    const devices = await this.repository.devicesOfPerson(tx.manager, personId);
    for (const { id, status } of devices) {
      if (status === 'active')
        await this.repository.revokeDevice(tx, id, { revokedBy: 'erasure', revokeReason: null });
    }
    if (devices.length === 0) return;
    await this.repository.forgetDevices(tx, personId);
    await this.repository.touchList(tx);
  }

  private async replace(tx: Tx, person: PersonPrincipal, active: CodeDeviceRow): Promise<void> {
    const session = await this.sessions.findAny(tx.manager, person.sessionId);
    const age = session ? tx.now.getTime() - session.startedAt.getTime() : Number.POSITIVE_INFINITY;
    if (age > FRESH_SIGN_IN_MS) throw new DomainError('CODE_FRESH_SIGN_IN_REQUIRED', { label: active.label });
    await this.revoke(tx, person, active.id, { revokedBy: 'replaced', revokeReason: null });
  }

  /** Whoever found the phone does not make it the card's phone again with the session that is open on it. */
  private async assertSignedInSince(tx: Tx, person: PersonPrincipal, cardId: string): Promise<void> {
    const [last] = await this.repository.devicesOfCard(tx.manager, cardId);
    if (!last?.revokedAt || (last.revokedBy !== 'holder' && last.revokedBy !== 'staff')) return;
    const session = await this.sessions.findAny(tx.manager, person.sessionId);
    if (!session || session.startedAt < last.revokedAt)
      throw new DomainError('CODE_FRESH_SIGN_IN_REQUIRED', { label: last.label });
  }

  private async revoke(
    tx: Tx,
    principal: Principal,
    deviceId: string,
    by: Pick<CodeDeviceRow, 'revokedBy' | 'revokeReason'>,
  ): Promise<void> {
    const device = await this.repository.device(tx.manager, deviceId);
    if (!device || !(await this.repository.revokeDevice(tx, deviceId, by))) return;
    await this.repository.touchList(tx);
    await this.signOut(tx, principal, device, by.revokedBy);
    await this.audit.record(tx, principal, {
      action: 'codes.revoke-device',
      objectType: 'code-device',
      objectId: deviceId,
    });
  }

  /** A phone out of its holder's hands gets no code from the service either: its session ends with it. */
  private async signOut(
    tx: Tx,
    principal: Principal,
    { accountId, sessionId }: CodeDeviceRow,
    revokedBy: CodeDeviceRow['revokedBy'],
  ): Promise<void> {
    if (accountId === null || sessionId === null) return;
    if (revokedBy !== 'holder' && revokedBy !== 'staff') return;
    if (principal.type === 'citizen' && principal.sessionId === sessionId) return;
    await this.sessions.end(tx, accountId, sessionId, 'device-revoked');
  }

  private async add(
    tx: Tx,
    person: PersonPrincipal,
    wanted: EnrolDevice,
    label: string,
  ): Promise<CodeDeviceRow> {
    const device = {
      id: newId(tx.now),
      cardId: wanted.cardId,
      personId: person.personId,
      accountId: person.accountId,
      sessionId: person.sessionId,
      publicKey: wanted.publicKey,
      platform: wanted.platform,
      label,
      statusIndex: await this.repository.takeIndex(tx),
      status: 'active' as const,
      enrolledAt: tx.now,
      lastRenewedAt: tx.now,
      revokedAt: null,
      revokedBy: null,
      revokeReason: null,
    };
    await this.repository.addDevice(tx, device);
    await this.audit.record(tx, person, {
      action: 'codes.enrol-device',
      objectType: 'code-device',
      objectId: device.id,
    });
    const { personId } = person;
    await this.outbox.publish(tx, 'code.device-enrolled', { personId, cardId: wanted.cardId });
    return { ...device, activeCardId: wanted.cardId };
  }

  private async credential(
    manager: EntityManager,
    now: Date,
    signer: IssuerSigner,
    card: CardFacts,
    { cardRef }: CodeCardRow,
    device: CodeDeviceRow,
  ): Promise<Credential> {
    const cardEnds = endOfServiceDay(card.validUntil).getTime();
    const expires = new Date(Math.min(now.getTime() + CREDENTIAL_MS, cardEnds));
    const claims: DeviceCredential = {
      kind: 'device',
      ...(await this.holder(manager, card)),
      cardRef: new Uint8Array(Buffer.from(cardRef, 'base64url')),
      issuedAt: seconds(now),
      expiresAt: seconds(expires),
      deviceKey: new Uint8Array(Buffer.from(device.publicKey, 'base64url')),
      statusIndex: device.statusIndex,
    };
    return {
      deviceId: device.id,
      cardId: card.cardId,
      credential: Buffer.from(signWith(signer, prepareCredential(claims, signer.kid))).toString('base64url'),
      renewFrom: new Date(Math.min(now.getTime() + RENEW_AFTER_MS, expires.getTime())).toISOString(),
      expiresAt: expires.toISOString(),
      serverTime: now.toISOString(),
    };
  }

  private async holder(manager: EntityManager, card: CardFacts) {
    const names = await this.people.names(manager, [card.personId]);
    const { kind: cardKind, cardClass, zoneCode } = card;
    return { cardKind, cardClass, zoneCode, maskedName: maskName(names.get(card.personId) ?? '') };
  }

  /** @throws DomainError NOT_FOUND also for somebody else's card, CARD_NOT_VALID */
  private async workingCard(
    manager: EntityManager,
    personId: string,
    cardId: string,
    now: Date,
  ): Promise<CardFacts> {
    const card = (await this.cards.facts(manager, [cardId], serviceDate(now))).get(cardId);
    if (!card || card.personId !== personId) throw new DomainError('NOT_FOUND');
    if (card.status !== 'active') throw new DomainError('CARD_NOT_VALID', { status: card.status });
    return card;
  }

  private async assertVisible(
    manager: EntityManager,
    staff: StaffPrincipal,
    cardId: string,
    now: Date,
  ): Promise<void> {
    const card = (await this.cards.facts(manager, [cardId], serviceDate(now))).get(cardId);
    if (!card || !visibleZones(staff.zoneCode).includes(card.zoneCode)) throw new DomainError('NOT_FOUND');
  }

  private async described(
    manager: EntityManager,
    deviceId: string,
    sessionId: string | null,
  ): Promise<CodeDevice> {
    const row = await this.repository.device(manager, deviceId);
    if (!row) throw new DomainError('NOT_FOUND');
    return deviceOf(row, sessionId);
  }
}
