import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, integer, longText, moment, nullable, text } from './support.js';

export class CreateAudit20261122001200 implements MigrationInterface {
  name = 'CreateAudit20261122001200';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'audit_seals',
      columns: [
        id(),
        integer('number'),
        integer('entryCount'),
        text('previousRoot', 64),
        text('root', 64),
        text('keyId', 64),
        text('signature', 128),
        moment('sealedAt'),
      ],
      // One chain: two sealers that build on the same seal collide here.
      uniques: [{ name: 'uq_audit_seals_number', columnNames: ['number'] }],
    });
    await createTable(runner, {
      name: 'audit_entries',
      columns: [
        id(),
        moment('at'),
        text('actorType', 10),
        text('actorId', 40, nullable),
        text('action', 60),
        text('objectType', 40),
        text('objectId', 40, nullable),
        longText('fields'),
        text('requestId', 40, nullable),
        text('sealId', 26, nullable),
      ],
      indices: [
        { name: 'ix_audit_entries_seal', columnNames: ['sealId', 'id'] },
        { name: 'ix_audit_entries_actor', columnNames: ['actorId', 'at', 'id'] },
        { name: 'ix_audit_entries_object', columnNames: ['objectId', 'at', 'id'] },
        { name: 'ix_audit_entries_action', columnNames: ['action', 'at', 'id'] },
        { name: 'ix_audit_entries_at', columnNames: ['at', 'id'] },
      ],
      checks: {
        ck_audit_entries_actor_type: "actorType IN ('citizen', 'staff', 'system', 'anonymous')",
      },
    });
    await createTable(runner, {
      name: 'audit_verifications',
      columns: [id(), moment('at'), { name: 'ok', type: 'boolean' }, integer('entries'), integer('problems')],
      indices: [{ name: 'ix_audit_verifications_at', columnNames: ['at'] }],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('audit_verifications');
    await runner.dropTable('audit_entries');
    await runner.dropTable('audit_seals');
  }
}
