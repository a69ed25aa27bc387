import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import type { StatusList } from '@talent-card/shared/card-code/schema';
import { packStatuses, prepareStatusList, STATUS_OF_CARD } from '@talent-card/shared/card-code/status-list';
import type { EntityManager } from 'typeorm';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { CodesRepository } from './codes.repository.js';
import { IssuerKeys, type IssuerSigner, signWith } from './issuer-keys.js';

const compress = promisify(deflate);
/** A list that nothing changed is signed anew so often, so that its age tells who has seen the network. */
const SIGNED_AGAIN_SECONDS = 600;

/** The signed list of credentials that are no longer good. */
@Injectable()
export class StatusLists {
  private kept: { key: string; list: StatusList } | null = null;

  constructor(
    private readonly repository: CodesRepository,
    private readonly keys: IssuerKeys,
    private readonly database: ReadDatabase,
  ) {}

  /**
   * The list of this moment. Every node makes the same bytes of the same state: the moment it names is the last
   * change, or the last full ten minutes.
   */
  async current(now: Date): Promise<StatusList> {
    const { manager } = this.database;
    // The version before the statuses: a list may hold more than its version promises, never less.
    const row = await this.repository.listRow(manager);
    const version = row?.version ?? 1;
    const seconds = Math.floor(now.getTime() / 1000);
    const changed = row ? Math.floor(row.changedAt.getTime() / 1000) : 0;
    const issuedAt = Math.max(changed, seconds - (seconds % SIGNED_AGAIN_SECONDS));
    const signer = await this.keys.signer();
    const places = row?.nextIndex ?? 0;
    const key = `${version} ${issuedAt} ${places} ${Buffer.from(signer.kid).toString('hex')}`;
    if (this.kept?.key === key) return this.kept.list;
    const list = await this.sign(manager, signer, { version, issuedAt, places });
    this.kept = { key, list };
    return list;
  }

  private async sign(
    manager: EntityManager,
    signer: IssuerSigner,
    { version, issuedAt, places }: { version: number; issuedAt: number; places: number },
  ): Promise<StatusList> {
    const invalid = await this.repository.invalidDevices(manager);
    // Whoever took a place and lost it since the row was read is in the next list.
    const known = invalid.filter(({ statusIndex }) => statusIndex < places);
    const packed = packStatuses(
      places,
      known.map(({ statusIndex, status, cardStatus }) => [
        statusIndex,
        // A card that does not work weighs more than the phone that showed it.
        cardStatus === 'active' && status === 'revoked' ? 'device-revoked' : STATUS_OF_CARD[cardStatus],
      ]),
    );
    const deflated = new Uint8Array(await compress(packed, { level: 9 }));
    const signed = signWith(signer, prepareStatusList({ version, issuedAt, deflated }, signer.kid));
    return {
      version,
      issuedAt: new Date(issuedAt * 1000).toISOString(),
      list: Buffer.from(signed).toString('base64url'),
    };
  }
}
