import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ReadDatabase } from '../database/database.module.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { type EncryptedColumn, EncryptedColumns } from './encrypted-columns.js';
import { FieldCipher } from './field-cipher.js';
import { KEY_FILE_CHECK_MS, KeyFile } from './keyring.js';

const UNIT_ROWS = 500;
const VERSION = /^[vs]\d+$/;

export interface ColumnStatus {
  readonly table: string;
  readonly column: string;
  /** Values by how they are closed: `{ v1: 12, v2: 3000 }`. */
  readonly versions: Readonly<Record<string, number>>;
  /** Values not closed with the current key and suite. */
  readonly stale: number;
  /** Words of before that are not closed at all yet; the job `crypto.close-text` comes to them. */
  readonly clear: number;
}

export interface RotationProgress {
  readonly table: string;
  readonly column: string;
  readonly reencrypted: number;
}

interface StoredValue {
  readonly id: string;
  readonly value: string;
}

/**
 * Moves every encrypted value to the newest key, while the service runs. It keeps no state of its own: a value shows
 * by its prefix whether it was moved, so an interrupted rotation goes on where it was.
 */
@Injectable()
export class KeyRotation {
  constructor(
    private readonly columns: EncryptedColumns,
    private readonly cipher: FieldCipher,
    private readonly keys: KeyFile,
    private readonly database: ReadDatabase,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async status(): Promise<ColumnStatus[]> {
    const statuses: ColumnStatus[] = [];
    for (const { table, column } of this.columns.all()) {
      const name = this.quote(column);
      // What is in clear shows none of its words.
      const rows = (await this.database.manager.query(
        `SELECT CASE WHEN ${name} LIKE 'v%.%' OR ${name} LIKE 's%.%'
                     THEN SUBSTR(${name}, 1, INSTR(${name}, '.') - 1) ELSE '' END AS version, COUNT(*) AS total
           FROM ${this.quote(table)} WHERE ${name} IS NOT NULL AND ${name} <> '' GROUP BY 1 ORDER BY 1`,
      )) as { version: string; total: number | string }[];
      const closed = rows.filter(({ version }) => VERSION.test(version));
      const versions = Object.fromEntries(closed.map((row) => [row.version, Number(row.total)]));
      const clear = rows
        .filter(({ version }) => !VERSION.test(version))
        .reduce((sum, { total }) => sum + Number(total), 0);
      const stale = Object.entries(versions)
        .filter(([version]) => `${version}.` !== this.cipher.currentPrefix)
        .reduce((sum, [, total]) => sum + total, 0);
      statuses.push({ table, column, versions, stale, clear });
    }
    return statuses;
  }

  /**
   * Finishes an interrupted rotation, or starts one with a new key version.
   * @param waitMs how long other processes may go on using the version before
   * @returns the version in force and how many values were moved
   */
  async rotate(
    onProgress: (progress: RotationProgress) => void = () => undefined,
    waitMs = 2 * KEY_FILE_CHECK_MS,
  ): Promise<{ version: number; reencrypted: number }> {
    const unfinished = (await this.status()).some((column) => column.stale > 0);
    const version = unfinished ? this.cipher.currentVersion : this.keys.addVersion();
    // Another process may close a value with the old key until it has looked at the file again.
    await delay(waitMs);
    let reencrypted = 0;
    for (const column of this.columns.all()) reencrypted += await this.moveColumn(column, onProgress);
    return { version, reencrypted };
  }

  private async moveColumn(
    column: EncryptedColumn,
    onProgress: (progress: RotationProgress) => void,
  ): Promise<number> {
    let total = 0;
    for (let after: string | undefined; ; ) {
      const values = await this.staleValues(column, after);
      const last = values.at(-1);
      if (!last) return total;
      await this.moveValues(column, values);
      after = last.id;
      total += values.length;
      onProgress({ table: column.table, column: column.column, reencrypted: total });
    }
  }

  private async staleValues(column: EncryptedColumn, after: string | undefined): Promise<StoredValue[]> {
    const [id, value] = [this.quote(column.idColumn), this.quote(column.column)];
    return (await this.database.manager.query(
      `SELECT ${id} AS id, ${value} AS value FROM ${this.quote(column.table)}
        WHERE ${value} IS NOT NULL AND ${value} <> '' AND ${value} NOT LIKE ?
          ${after === undefined ? '' : `AND ${id} > ?`}
        ORDER BY ${id} LIMIT ${UNIT_ROWS}`,
      [`${this.cipher.currentPrefix}%`, ...(after === undefined ? [] : [after])],
    )) as StoredValue[];
  }

  private async moveValues(column: EncryptedColumn, values: readonly StoredValue[]): Promise<void> {
    const moved = values.map(({ id, value }) => ({
      id,
      before: value,
      after: this.cipher.encrypt(column.purpose, this.opened(column, value)),
    }));
    const [id, value] = [this.quote(column.idColumn), this.quote(column.column)];
    const statement = `UPDATE ${this.quote(column.table)} SET ${value} = ? WHERE ${id} = ? AND ${value} = ?`;
    await this.unitOfWork.run(async (tx) => {
      // Compare-and-set: a value that somebody changed meanwhile is newer than ours and stays.
      for (const row of moved) await tx.manager.query(statement, [row.after, row.id, row.before]);
    });
  }

  private opened({ purpose, mayBeClear }: EncryptedColumn, value: string): string {
    return mayBeClear && !this.cipher.isClosed(purpose, value) ? value : this.cipher.decrypt(purpose, value);
  }

  private quote(name: string): string {
    return this.database.manager.connection.driver.escape(name);
  }
}
