import { Injectable } from '@nestjs/common';

/** One column whose values FieldCipher closes. */
export interface EncryptedColumn {
  readonly table: string;
  /** Primary key, one column. */
  readonly idColumn: string;
  readonly column: string;
  /** As given to `FieldCipher.encrypt`. */
  readonly purpose: string;
  /** Rows of before may hold it in clear still: see ClosedText. */
  readonly mayBeClear: boolean;
}

/** Every encrypted column of the house; each feature registers its own, so that a rotation leaves none behind. */
@Injectable()
export class EncryptedColumns {
  private readonly columns: EncryptedColumn[] = [];

  /** Once per column, when the module starts. */
  register(table: string, idColumn: string, column: string, purpose: string, mayBeClear = false): void {
    this.columns.push({ table, idColumn, column, purpose, mayBeClear });
  }

  all(): readonly EncryptedColumn[] {
    return this.columns;
  }
}
