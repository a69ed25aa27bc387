import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, day, id, integer, longText, moment, nullable, text } from './support.js';

const ofCard = (table: string) => ({
  name: `fk_${table}_card`,
  columnNames: ['cardId'],
  referencedTableName: 'cards',
  referencedColumnNames: ['id'],
});

export class CreateCards20261122005002 implements MigrationInterface {
  name = 'CreateCards20261122005002';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'card_classes',
      columns: [
        text('code', 10, { isPrimary: true }),
        text('nameZh', 40),
        text('nameEn', 60),
        integer('position'),
        { name: 'isDefault', type: 'boolean' },
      ],
    });
    await createTable(runner, {
      name: 'cards',
      columns: [
        id(),
        id('personId'),
        text('kind', 10),
        text('number', 16),
        text('status', 10),
        text('category', 1, nullable),
        text('cardClass', 10, nullable),
        text('zoneCode', 20),
        day('validFrom'),
        day('validUntil'),
        moment('issuedAt'),
        text('issuedMonth', 7),
        longText('statusReason', nullable),
        id('caseId', nullable),
        id('rosterEntryId', nullable),
        { name: 'demo', type: 'boolean' },
        integer('version'),
        id('validPersonId', {
          isNullable: true,
          generatedType: 'STORED',
          asExpression: "CASE WHEN status IN ('active', 'suspended', 'lost') THEN personId END",
        }),
      ],
      uniques: [
        { name: 'uq_cards_number', columnNames: ['number'] },
        // The promise of the house: never two valid cards of a kind for one person.
        { name: 'uq_cards_valid', columnNames: ['kind', 'validPersonId'] },
      ],
      indices: [
        { name: 'ix_cards_person', columnNames: ['personId', 'id'] },
        { name: 'ix_cards_zone_status', columnNames: ['zoneCode', 'status', 'validUntil'] },
        { name: 'ix_cards_status', columnNames: ['status', 'validUntil'] },
        { name: 'ix_cards_zone', columnNames: ['zoneCode', 'id'] },
        { name: 'ix_cards_issued', columnNames: ['issuedMonth', 'zoneCode'] },
      ],
      checks: {
        ck_cards_kind: "kind IN ('talent', 'youth')",
        ck_cards_status: "status IN ('active', 'suspended', 'lost', 'revoked', 'expired')",
        ck_cards_category: "category IN ('1', '2', '3', '4')",
        ck_cards_validity: 'validFrom <= validUntil',
      },
    });
    await createTable(runner, {
      name: 'card_events',
      columns: [
        id(),
        id('cardId'),
        moment('at'),
        text('action', 20),
        text('fromValue', 40, nullable),
        text('toValue', 40, nullable),
        longText('reason', nullable),
        text('actorType', 10),
        text('actorId', 40, nullable),
        text('actorName', 60, nullable),
      ],
      indices: [{ name: 'ix_card_events_card', columnNames: ['cardId', 'id'] }],
      foreignKeys: [ofCard('card_events')],
    });
    await createTable(runner, {
      name: 'card_class_periods',
      columns: [
        id('cardId', { isPrimary: true }),
        day('validFrom', { isPrimary: true }),
        text('cardClass', 10),
        day('validUntil', nullable),
      ],
      foreignKeys: [ofCard('card_class_periods')],
      checks: { ck_card_class_periods_days: 'validUntil IS NULL OR validFrom <= validUntil' },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['card_class_periods', 'card_events', 'cards', 'card_classes']) {
      await runner.dropTable(table);
    }
  }
}
