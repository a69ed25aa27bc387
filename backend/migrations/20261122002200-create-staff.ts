import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, integer, longText, moment, nullable, text } from './support.js';

const ofStaff = (name: string) => ({
  name,
  columnNames: ['staffId'],
  referencedTableName: 'staff_members',
  referencedColumnNames: ['id'],
});

export class CreateStaff20261122002200 implements MigrationInterface {
  name = 'CreateStaff20261122002200';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'staff_members',
      columns: [
        id(),
        text('username', 50),
        text('displayName', 50),
        text('role', 30),
        text('zoneCode', 20),
        text('status', 10),
        text('passwordHash', 200),
        { name: 'mustChangePassword', type: 'boolean' },
        moment('passwordExpiresAt', nullable),
        longText('totpSealed', nullable),
        integer('totpLastStep', nullable),
        moment('lastSignInAt', nullable),
        moment('createdAt'),
        integer('version'),
      ],
      uniques: [{ name: 'uq_staff_members_username', columnNames: ['username'] }],
      checks: { ck_staff_members_status: "status IN ('active', 'disabled')" },
    });
    await createTable(runner, {
      name: 'staff_recovery_codes',
      columns: [id(), id('staffId'), text('codeHash', 64), moment('usedAt', nullable)],
      uniques: [{ name: 'uq_staff_recovery_codes', columnNames: ['staffId', 'codeHash'] }],
      foreignKeys: [ofStaff('fk_staff_recovery_codes_staff')],
    });
    await createTable(runner, {
      name: 'staff_challenges',
      columns: [
        id(),
        id('staffId'),
        integer('tries'),
        longText('enrolmentSealed', nullable),
        moment('expiresAt'),
        moment('doneAt', nullable),
      ],
      indices: [{ name: 'ix_staff_challenges_expires_at', columnNames: ['expiresAt'] }],
      foreignKeys: [ofStaff('fk_staff_challenges_staff')],
    });
    await createTable(runner, {
      name: 'staff_devices',
      columns: [id(), id('staffId'), text('tokenHash', 64), moment('createdAt'), moment('expiresAt')],
      uniques: [{ name: 'uq_staff_devices_hash', columnNames: ['tokenHash'] }],
      indices: [{ name: 'ix_staff_devices_staff', columnNames: ['staffId'] }],
      foreignKeys: [ofStaff('fk_staff_devices_staff')],
    });
    await createTable(runner, {
      name: 'sign_in_throttles',
      columns: [
        text('subject', 64, { isPrimary: true }),
        text('usernameIndex', 64),
        integer('failures'),
        moment('windowEndsAt'),
        moment('blockedUntil', nullable),
      ],
      indices: [
        { name: 'ix_sign_in_throttles_username', columnNames: ['usernameIndex'] },
        { name: 'ix_sign_in_throttles_window', columnNames: ['windowEndsAt'] },
      ],
    });
    // One row that every change to administrators touches, see StaffAdministration.
    await createTable(runner, {
      name: 'staff_guards',
      columns: [text('name', 30, { isPrimary: true }), integer('changes')],
    });
    await runner.query("INSERT INTO staff_guards (name, changes) VALUES ('administrators', 0)");
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = ['staff_guards', 'sign_in_throttles', 'staff_devices', 'staff_challenges'];
    for (const table of [...tables, 'staff_recovery_codes', 'staff_members']) await runner.dropTable(table);
  }
}
