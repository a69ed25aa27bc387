import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, day, id, integer, longText, moment, nullable, text } from './support.js';

const flag = (name: string) => ({ name, type: 'boolean' });
const ofChannel = (table: string) => ({
  name: `fk_${table}_channel`,
  columnNames: ['channelId'],
  referencedTableName: 'channels',
  referencedColumnNames: ['id'],
});

export class CreateChannels20261122011002 implements MigrationInterface {
  name = 'CreateChannels20261122011002';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'channels',
      columns: [
        id(),
        integer('number'),
        text('channelGroup', 20),
        text('usedBy', 10),
        text('status', 10),
        text('nameZh', 30),
        text('nameEn', 60),
        longText('texts'),
        longText('search'),
        text('hotline', 30),
        text('officialLink', 300, nullable),
        longText('booking', nullable),
        text('offline', 12),
        text('sensitive', 10, nullable),
        flag('provincialCard'),
        flag('foreignersOnly'),
        text('fundingGroup', 40, nullable),
        flag('perVenue'),
        text('documentNumber', 60, nullable),
        flag('demo'),
        integer('version'),
        moment('updatedAt'),
      ],
      uniques: [{ name: 'uq_channels_number', columnNames: ['number'] }],
      indices: [{ name: 'ix_channels_status', columnNames: ['status', 'number'] }],
      checks: {
        ck_channels_used_by: "usedBy IN ('code', 'book', 'officer', 'case', 'link')",
        ck_channels_status: "status IN ('draft', 'published', 'withdrawn')",
        ck_channels_offline: "offline IN ('allowed', 'online-only')",
        ck_channels_sensitive: "`sensitive` IN ('health', 'minor')",
      },
    });
    await createTable(runner, {
      name: 'channel_venues',
      columns: [
        id('channelId', { isPrimary: true }),
        id('venueId', { isPrimary: true }),
        integer('position'),
      ],
      indices: [{ name: 'ix_channel_venues_venue', columnNames: ['venueId'] }],
      foreignKeys: [ofChannel('channel_venues')],
    });
    await createTable(runner, {
      name: 'channel_terms',
      columns: [
        id(),
        id('channelId'),
        integer('position'),
        text('cardKind', 10),
        text('cardClass', 10, nullable),
        day('effectiveFrom'),
        day('effectiveTo', nullable),
        longText('limits'),
        integer('companions'),
        integer('discountPercent', nullable),
        integer('capCents', nullable),
        text('classKey', 10, {
          isNullable: true,
          generatedType: 'STORED',
          asExpression: "CASE WHEN cardClass IS NULL THEN '' ELSE cardClass END",
        }),
      ],
      uniques: [
        {
          name: 'uq_channel_terms_cell',
          columnNames: ['channelId', 'cardKind', 'classKey', 'effectiveFrom'],
        },
      ],
      foreignKeys: [ofChannel('channel_terms')],
      checks: {
        ck_channel_terms_kind: "cardKind IN ('talent', 'youth')",
        ck_channel_terms_days: 'effectiveTo IS NULL OR effectiveFrom <= effectiveTo',
        ck_channel_terms_companions: 'companions BETWEEN 0 AND 9',
        ck_channel_terms_discount: 'discountPercent BETWEEN 1 AND 100',
        ck_channel_terms_cap: 'capCents > 0',
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['channel_terms', 'channel_venues', 'channels']) await runner.dropTable(table);
  }
}
