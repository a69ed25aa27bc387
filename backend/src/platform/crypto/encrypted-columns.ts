import { Injectable } from '@nestjs/common';

/** One column whose values FieldCipher closes. */
export interface EncryptedColumn {
  readonly table: string;
  /** Primary key, one column. */
  readonly idColumn: string;
  readonly column: string;
  /** As given to `FieldCipher.encrypt`. */
  readonly purpose: string;
}

/** Every encrypted column of the house; each feature registers its own, so that a rotation leaves none behind. */
@Injectable()
export class EncryptedColumns {
  private readonly columns: EncryptedColumn[] = [];

  /** Once per column, when the module starts. */
  register(table: string, idColumn: string, column: string, purpose: string): void {
    this.columns.push({ table, idColumn, column, purpose });
  }

  all(): readonly EncryptedColumn[] {
    return this.columns;
  }
}
