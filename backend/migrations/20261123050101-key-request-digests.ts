import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Digests of requests are keyed from now on. Those of before could be tried out for the numbers in them, and are emptied:
 * a call of before that is repeated now is told that its key was used, and is never done twice.
 */
export class KeyRequestDigests20261123050101 implements MigrationInterface {
  name = 'KeyRequestDigests20261123050101';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("UPDATE idempotency_records SET requestHash = ''");
  }

  async down(): Promise<void> {
    // What was emptied cannot be made anew, and nobody waits for it: the keys are forgotten within a week.
  }
}
