import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ReadDatabase } from '../database/database.module.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Jobs } from '../jobs/jobs.js';
import type { Lease } from '../jobs/lease.js';
import { ClosedColumn } from './closed-column.entity.js';
import { type EncryptedColumn, EncryptedColumns } from './encrypted-columns.js';
import { FieldCipher } from './field-cipher.js';

export const CLOSE_TEXT_JOB = 'crypto.close-text';
const UNIT_ROWS = 500;

interface StoredValue {
  readonly id: string;
  readonly value: string;
}

/**
 * Closes the words that a version before this one kept in clear, until a pass over the column finds none. A migration
 * cannot: it has no keys. People work meanwhile, since what is still in clear is read as it stands.
 */
@Injectable()
export class CloseOldText implements OnModuleInit {
  constructor(
    private readonly columns: EncryptedColumns,
    private readonly cipher: FieldCipher,
    private readonly database: ReadDatabase,
    private readonly unitOfWork: UnitOfWork,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.register({ name: CLOSE_TEXT_JOB, everySeconds: 3600, run: (lease) => this.run(lease) });
  }

  private async run(lease: Lease): Promise<void> {
    const { manager } = this.database;
    const done = new Set((await manager.find(ClosedColumn)).map(({ name }) => name));
    for (const column of this.columns.all()) {
      const name = `${column.table}.${column.column}`;
      if (!column.mayBeClear || done.has(name)) continue;
      // One from which nothing was closed is the last: a process of before may have written meanwhile.
      if ((await this.closeColumn(lease, column)) > 0) continue;
      await this.unitOfWork.run(async (tx) => {
        await lease.assertHeld(tx);
        await tx.manager.insert(ClosedColumn, { name, closedAt: tx.now });
      });
    }
  }

  private async closeColumn(lease: Lease, column: EncryptedColumn): Promise<number> {
    let closed = 0;
    for (let after = ''; ; ) {
      const values = await this.values(column, after);
      const last = values.at(-1);
      if (!last) return closed;
      const clear = values.filter(({ value }) => !this.cipher.isClosed(column.purpose, value));
      if (clear.length > 0) await this.closeValues(lease, column, clear);
      closed += clear.length;
      after = last.id;
    }
  }

  private async values(column: EncryptedColumn, after: string): Promise<StoredValue[]> {
    const [id, value] = [this.quote(column.idColumn), this.quote(column.column)];
    return (await this.database.manager.query(
      `SELECT ${id} AS id, ${value} AS value FROM ${this.quote(column.table)}
        WHERE ${id} > ? AND ${value} IS NOT NULL ORDER BY ${id} LIMIT ${UNIT_ROWS}`,
      [after],
    )) as StoredValue[];
  }

  private async closeValues(
    lease: Lease,
    column: EncryptedColumn,
    clear: readonly StoredValue[],
  ): Promise<void> {
    const [id, value] = [this.quote(column.idColumn), this.quote(column.column)];
    const statement = `UPDATE ${this.quote(column.table)} SET ${value} = ? WHERE ${id} = ? AND ${value} = ?`;
    await this.unitOfWork.run(async (tx) => {
      await lease.assertHeld(tx);
      // Compare-and-set: what somebody wrote meanwhile is closed already.
      for (const row of clear) {
        const closed = this.cipher.encrypt(column.purpose, row.value);
        await tx.manager.query(statement, [closed, row.id, row.value]);
      }
    });
  }

  private quote(name: string): string {
    return this.database.manager.connection.driver.escape(name);
  }
}
