import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One uploaded document. Its content lies in the file store, encrypted with a key of its own. */
@Entity('files')
export class FileRecord {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  ownerPersonId: string;

  /** As the owner called it, sanitised and encrypted: people put their names into it. */
  @Column('text')
  fileName: string;

  @Column('varchar', { length: 20 })
  contentType: 'application/pdf' | 'image/png' | 'image/jpeg';

  /** Of the content as it is served, after metadata was removed. */
  @Column('int')
  sizeBytes: number;

  /** 32 bytes, base64url, encrypted with the field keys. Gone with the row, and the content with it. */
  @Column('text')
  contentKey: string;

  /** `pending` until the content is in the store; `removed` until the content has left it. */
  @Column('varchar', { length: 10 })
  status: 'pending' | 'stored' | 'removed';

  /** What it was submitted with, such as `case`; null while nobody but its owner knows it. */
  @Column('varchar', { length: 40, nullable: true })
  attachedType: string | null;

  @Column('varchar', { length: 26, nullable: true })
  attachedId: string | null;

  @Column('datetime', { precision: 3 })
  uploadedAt: Date;
}
