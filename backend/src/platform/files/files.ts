import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FileLink, StoredFile } from '@talent-card/shared/files/schema';
import { type EntityManager, In, IsNull, LessThan } from 'typeorm';
import { CitizenUnits } from '../accounts/citizen-units.js';
import type { PersonPrincipal, StaffPrincipal } from '../accounts/principal.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { Clock } from '../clock/clock.js';
import { ContentCipher } from '../crypto/content-cipher.js';
import { FieldCipher } from '../crypto/field-cipher.js';
import { ReadDatabase } from '../database/database.module.js';
import { IdempotencyStore } from '../database/idempotency-store.js';
import type { Tx } from '../database/tx.js';
import { type IdempotencyContext, UnitOfWork } from '../database/unit-of-work.js';
import { DomainError } from '../errors/domain-error.js';
import { newId } from '../ids.js';
import type { Lease } from '../jobs/lease.js';
import { FileRecord } from './file.entity.js';
import { FileAccess } from './file-access.js';
import { checkFile } from './file-check.js';
import { sanitiseFileName } from './file-name.js';
import { FileStore } from './file-store.js';

export const FILE_NAME_PURPOSE = 'files.file-name';
export const FILE_KEY_PURPOSE = 'files.content-key';
const LINK_PURPOSE = 'files.link';
const contentLabel = (fileId: string): string => `files.content/${fileId}`;
const LINK_MS = 5 * 60_000;
const UNATTACHED_MS = 24 * 3_600_000;
const SWEEP_UNIT = 100;

const EXTENSION = { 'application/pdf': 'pdf', 'image/png': 'png', 'image/jpeg': 'jpg' } as const;

/** For whom a link was made; a link of one kind does not open as the other. */
export type FileViewer = 'citizen' | 'staff';

export interface Upload {
  readonly fileName: string;
  /** As the client declares it. */
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** What a file was submitted with. */
export interface Attachment {
  readonly type: string;
  readonly id: string;
}

export interface FileContent {
  readonly fileName: string;
  readonly contentType: StoredFile['contentType'];
  readonly bytes: Buffer;
}

/**
 * Documents of citizens: checked, cleaned of metadata, encrypted one by one, and served only through links that live
 * for five minutes. A file that is attached to nothing is removed after a day.
 */
@Injectable()
export class Files {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly units: CitizenUnits,
    private readonly database: ReadDatabase,
    private readonly idempotency: IdempotencyStore,
    private readonly cipher: FieldCipher,
    private readonly contents: ContentCipher,
    private readonly store: FileStore,
    private readonly access: FileAccess,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** Keeps a new document of a person. @throws DomainError as `checkFile` */
  async upload(owner: PersonPrincipal, upload: Upload, idempotency: IdempotencyContext): Promise<StoredFile> {
    const before = await this.idempotency.find<StoredFile>(this.database.manager, idempotency);
    if (before) return before.answer();
    const { contentType, content } = await checkFile(upload.bytes, upload.fileName, upload.contentType);
    const contentKey = this.contents.newKey(FILE_KEY_PURPOSE);
    // The row comes first: content whose row never came would lie in the store for ever.
    const fileId = await this.units.run(owner, async (tx) => {
      const id = newId(tx.now);
      await tx.manager.insert(FileRecord, {
        id,
        ownerPersonId: owner.personId,
        fileName: this.cipher.encrypt(
          FILE_NAME_PURPOSE,
          sanitiseFileName(upload.fileName, EXTENSION[contentType]),
        ),
        contentType,
        sizeBytes: content.length,
        contentKey,
        status: 'pending',
        attachedType: null,
        attachedId: null,
        uploadedAt: tx.now,
      });
      return id;
    });
    const key = this.contents.openKey(FILE_KEY_PURPOSE, contentKey);
    await this.store.put(fileId, this.contents.seal(key, contentLabel(fileId), content));
    return this.units.run(
      owner,
      async (tx) => {
        await tx.manager.update(FileRecord, { id: fileId, status: 'pending' }, { status: 'stored' });
        return this.toStoredFile(await tx.manager.findOneByOrFail(FileRecord, { id: fileId }));
      },
      { idempotency },
    );
  }

  /** The file, when this person owns it and may submit it. @throws DomainError NOT_FOUND */
  async attachable(manager: EntityManager, fileId: string, ownerPersonId: string): Promise<StoredFile> {
    return this.toStoredFile(await this.owned(manager, fileId, ownerPersonId));
  }

  /**
   * Ties files to what they are submitted with; from then on their owner cannot remove them. Attaching twice to the
   * same object is fine.
   * @throws DomainError NOT_FOUND when one is not this person's or belongs to another object
   */
  async attach(tx: Tx, fileIds: readonly string[], ownerPersonId: string, to: Attachment): Promise<void> {
    for (const id of [...new Set(fileIds)].sort()) {
      const owned = { id, ownerPersonId, status: 'stored' as const };
      const free = await tx.manager.update(
        FileRecord,
        { ...owned, attachedId: IsNull() },
        { attachedType: to.type, attachedId: to.id },
      );
      if (free.affected === 1) continue;
      if (await tx.manager.existsBy(FileRecord, { ...owned, attachedType: to.type, attachedId: to.id }))
        continue;
      throw new DomainError('NOT_FOUND');
    }
  }

  /** Takes files away from an object, as when an applicant replaces one; they are removed with the next sweep. */
  async detach(tx: Tx, fileIds: readonly string[], from: Attachment): Promise<void> {
    if (fileIds.length === 0) return;
    await tx.manager.update(
      FileRecord,
      { id: In([...fileIds]), attachedType: from.type, attachedId: from.id },
      { attachedType: null, attachedId: null },
    );
  }

  /** Files by id, in the order asked for; those that are gone are left out. */
  async describe(manager: EntityManager, fileIds: readonly string[]): Promise<StoredFile[]> {
    if (fileIds.length === 0) return [];
    const rows = await manager.findBy(FileRecord, { id: In([...fileIds]), status: 'stored' });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return fileIds.flatMap((id) => {
      const row = byId.get(id);
      return row ? [this.toStoredFile(row)] : [];
    });
  }

  /** Every file of a person, newest first. */
  async ofPerson(manager: EntityManager, personId: string): Promise<StoredFile[]> {
    // The status is looked at here: asked for both, SQLite takes the index on it and reads every file that is stored.
    const rows = await manager.find(FileRecord, {
      where: { ownerPersonId: personId },
      order: { id: 'DESC' },
    });
    return rows.filter(({ status }) => status === 'stored').map((row) => this.toStoredFile(row));
  }

  /** A link that opens the file for five minutes. The caller has made sure that the viewer may see it. */
  link(fileId: string, viewer: FileViewer): FileLink {
    const expiresAt = new Date(this.clock.now().getTime() + LINK_MS);
    const expires = String(expiresAt.getTime());
    const signature = this.sign(fileId, viewer, expires);
    const query = new URLSearchParams({ viewer, expires, signature });
    return {
      url: `/api/v1/files/${fileId}/content?${query.toString()}`,
      expiresAt: expiresAt.toISOString(),
    };
  }

  /** @throws DomainError NOT_FOUND when the file is not this person's */
  async linkForOwner(fileId: string, ownerPersonId: string): Promise<FileLink> {
    await this.owned(this.database.manager, fileId, ownerPersonId);
    return this.link(fileId, 'citizen');
  }

  /** @throws DomainError NOT_FOUND when it hangs on nothing that this member of staff may see */
  async linkForStaff(fileId: string, staff: StaffPrincipal, requestId: string): Promise<FileLink> {
    const { manager } = this.database;
    const file = await manager.findOneBy(FileRecord, { id: fileId, status: 'stored' });
    if (!file?.attachedType || !file.attachedId) throw new DomainError('NOT_FOUND');
    if (!(await this.access.staffMaySee(manager, staff, file.attachedType, file.attachedId))) {
      throw new DomainError('NOT_FOUND');
    }
    await this.unitOfWork.run((tx) =>
      this.audit.record(tx, staff, {
        action: 'files.open',
        objectType: 'file',
        objectId: fileId,
        requestId,
      }),
    );
    return this.link(fileId, 'staff');
  }

  /** @throws DomainError FILE_LINK_EXPIRED, or NOT_FOUND when the signature is not ours or the file is gone */
  async open(fileId: string, viewer: FileViewer, expires: string, signature: string): Promise<FileContent> {
    const given = Buffer.from(signature);
    const ours = Buffer.from(this.sign(fileId, viewer, expires));
    if (given.length !== ours.length || !timingSafeEqual(given, ours)) throw new DomainError('NOT_FOUND');
    if (this.clock.now().getTime() > Number(expires)) throw new DomainError('FILE_LINK_EXPIRED');
    const file = await this.database.manager.findOneBy(FileRecord, { id: fileId, status: 'stored' });
    const sealed = file && (await this.store.get(fileId));
    if (!file || !sealed) throw new DomainError('NOT_FOUND');
    const key = this.contents.openKey(FILE_KEY_PURPOSE, file.contentKey);
    return {
      fileName: this.cipher.decrypt(FILE_NAME_PURPOSE, file.fileName),
      contentType: file.contentType,
      bytes: this.contents.open(key, contentLabel(fileId), sealed),
    };
  }

  /**
   * Removes a file that was not submitted.
   * @throws DomainError NOT_FOUND, or CASE_STATE_CONFLICT when it is part of an application
   */
  async remove(fileId: string, ownerPersonId: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const file = await this.owned(tx.manager, fileId, ownerPersonId);
      const gone = await tx.manager.update(
        FileRecord,
        { id: file.id, status: 'stored', attachedId: IsNull() },
        { status: 'removed' },
      );
      if (gone.affected !== 1) throw new DomainError('CASE_STATE_CONFLICT', { fileId });
    });
    await this.erase(fileId);
  }

  /** Marks all of a person's files as removed, attached ones too; the sweep deletes their content. For erasure. */
  async eraseOfPerson(tx: Tx, personId: string): Promise<void> {
    await tx.manager.update(
      FileRecord,
      { ownerPersonId: personId },
      { status: 'removed', attachedType: null, attachedId: null },
    );
  }

  /** Deletes what nobody submitted within a day, uploads that never finished, and what was marked as removed. */
  async sweep(lease: Lease): Promise<void> {
    const before = new Date(this.clock.now().getTime() - UNATTACHED_MS);
    await this.unitOfWork.run(async (tx) => {
      await lease.assertHeld(tx);
      await tx.manager.update(
        FileRecord,
        { status: In(['pending', 'stored']), attachedId: IsNull(), uploadedAt: LessThan(before) },
        { status: 'removed' },
      );
    });
    for (;;) {
      const gone = await this.database.manager.find(FileRecord, {
        where: { status: 'removed' },
        order: { id: 'ASC' },
        take: SWEEP_UNIT,
      });
      // Content first: a row without content is found again by the next sweep, content without a row is not.
      for (const file of gone) await this.store.delete(file.id);
      if (gone.length > 0) {
        await this.unitOfWork.run(async (tx) => {
          await lease.assertHeld(tx);
          await tx.manager.delete(FileRecord, { id: In(gone.map((file) => file.id)), status: 'removed' });
        });
      }
      if (gone.length < SWEEP_UNIT) return;
    }
  }

  private async erase(fileId: string): Promise<void> {
    await this.store.delete(fileId);
    await this.unitOfWork.run((tx) => tx.manager.delete(FileRecord, { id: fileId, status: 'removed' }));
  }

  private async owned(manager: EntityManager, fileId: string, ownerPersonId: string): Promise<FileRecord> {
    const file = await manager.findOneBy(FileRecord, { id: fileId, ownerPersonId, status: 'stored' });
    if (!file) throw new DomainError('NOT_FOUND');
    return file;
  }

  private sign(fileId: string, viewer: FileViewer, expires: string): string {
    return this.cipher.blindIndex(LINK_PURPOSE, `${fileId}|${viewer}|${expires}`);
  }

  private toStoredFile(file: FileRecord): StoredFile {
    return {
      fileId: file.id,
      fileName: this.cipher.decrypt(FILE_NAME_PURPOSE, file.fileName),
      contentType: file.contentType,
      sizeBytes: file.sizeBytes,
      uploadedAt: file.uploadedAt.toISOString(),
    };
  }
}

/** Hash of an upload for its idempotency key. */
export function uploadHash(upload: Upload): string {
  return createHash('sha256')
    .update(JSON.stringify([upload.fileName, upload.contentType]))
    .update(upload.bytes)
    .digest('hex');
}
