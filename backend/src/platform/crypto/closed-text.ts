import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import type { DataSources } from '../database/data-sources.js';
import { DATA_SOURCES } from '../database/database.module.js';
import { EncryptedColumns } from './encrypted-columns.js';
import { FieldCipher } from './field-cipher.js';

type WordsOf<T> = { [K in keyof T]: T[K] extends string | null ? K : never }[keyof T] & string;

/**
 * Words that people write of themselves and of others: reasons, complaints, answers. Health and names stand in them, so
 * the database keeps them encrypted while every entity shows them in clear (docs/decisions/0091). Statements written by
 * hand see the closed value; such a column is neither searched nor sorted by.
 */
@Injectable()
export class ClosedText {
  constructor(
    @Inject(DATA_SOURCES) private readonly sources: DataSources,
    private readonly cipher: FieldCipher,
    private readonly columns: EncryptedColumns,
  ) {}

  /** Closes these columns from now on, and has what they hold in clear closed. Call in `onModuleInit`. */
  register<T extends ObjectLiteral>(entity: EntityTarget<T>, ...properties: readonly WordsOf<T>[]): void {
    const { tableName } = this.sources.write.getMetadata(entity);
    for (const property of properties) {
      const purpose = `${tableName}.${property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
      for (const source of [this.sources.write, this.sources.read])
        this.close(source, entity, property, purpose);
      this.columns.register(tableName, 'id', property, purpose, true);
    }
  }

  private close<T extends ObjectLiteral>(
    source: DataSource,
    entity: EntityTarget<T>,
    property: string,
    purpose: string,
  ): void {
    const column = source.getMetadata(entity).findColumnWithPropertyName(property);
    if (column?.type !== 'text') throw new Error(`${purpose} is no column of type text`);
    column.transformer = {
      to: (words: string | null) => (words === null ? null : this.cipher.encrypt(purpose, words)),
      from: (kept: string | null) => (kept === null ? null : this.cipher.open(purpose, kept)),
    };
  }
}
