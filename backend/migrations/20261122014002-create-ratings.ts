import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, day, id, integer, longText, moment, nullable, text } from './support.js';

export class CreateRatings20261122014002 implements MigrationInterface {
  name = 'CreateRatings20261122014002';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'ratings',
      columns: [
        id(),
        id('useId'),
        id('personId', nullable),
        id('channelId'),
        id('venueId'),
        text('zoneCode', 20),
        day('usedOn'),
        integer('grade'),
        text('tags', 200),
        longText('comment', nullable),
        moment('createdAt'),
        text('callBack', 10, nullable),
        day('dueOn', nullable),
        longText('answer', nullable),
        moment('answeredAt', nullable),
        id('answeredByStaffId', nullable),
        longText('appeal', nullable),
        longText('appealAnswer', nullable),
        moment('overdueSince', nullable),
        integer('version'),
      ],
      // 一事一评: one use is rated once.
      uniques: [{ name: 'uq_ratings_use', columnNames: ['useId'] }],
      indices: [
        { name: 'ix_ratings_person', columnNames: ['personId', 'id'] },
        { name: 'ix_ratings_list', columnNames: ['createdAt', 'id'] },
        { name: 'ix_ratings_venue', columnNames: ['venueId', 'createdAt', 'id'] },
        { name: 'ix_ratings_call_back', columnNames: ['callBack', 'dueOn'] },
        // Statistics read the averages of a period from this index alone.
        { name: 'ix_ratings_used', columnNames: ['usedOn', 'venueId', 'channelId', 'grade'] },
      ],
      checks: {
        ck_ratings_grade: 'grade BETWEEN 1 AND 5',
        ck_ratings_call_back: "callBack IN ('open', 'done', 'appealed', 'closed')",
        ck_ratings_due: '(callBack IS NULL) = (dueOn IS NULL)',
        ck_ratings_bad: '(grade <= 2) = (callBack IS NOT NULL)',
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('ratings');
  }
}
