import type { INestApplicationContext } from '@nestjs/common';
import { StaffAdministration } from '../platform/accounts/staff/staff-administration.js';
import type { AppConfig } from '../platform/config/config.js';
import { ReadDatabase } from '../platform/database/database.module.js';
import { ALL_DEMO_STAFF } from './demo-staff.js';
import { DemoStep } from './demo-step.entity.js';

/** The database was filled with demo data, whose passwords stand in this repository. */
export class DemoDataError extends Error {}

/**
 * A trial installation that is turned into the real one by its variables alone would keep an administrator whose
 * password and authenticator everybody can read.
 *
 * @throws DemoDataError in production
 */
export async function refuseDemoData(app: INestApplicationContext, config: AppConfig): Promise<void> {
  if (config.APP_ENV !== 'production') return;
  if ((await app.get(ReadDatabase).manager.count(DemoStep)) > 0) {
    throw new DemoDataError(
      'the database holds demo data (made-up people and cards): start with an empty one',
    );
  }
  const members = await app.get(StaffAdministration, { strict: false }).stillSeeded(ALL_DEMO_STAFF);
  if (members.length > 0) {
    throw new DemoDataError(
      `the database holds demo accounts whose passwords are public (${members.join(', ')}): start with an empty one`,
    );
  }
}
