import { createTestApp, type TestApp } from '../../test/harness.js';
import { createStaff } from '../../test/sign-in.js';
import { StaffAdministration } from '../platform/accounts/staff/staff-administration.js';
import type { AppConfig } from '../platform/config/config.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { DEMO_STAFF } from './demo-staff.js';
import { DemoStep } from './demo-step.entity.js';
import { refuseDemoData } from './refuse-demo-data.js';

describe('production on a database that a trial has filled', () => {
  let test: TestApp;
  let production: AppConfig;
  beforeEach(async () => {
    test = await createTestApp();
    production = { ...test.config, APP_ENV: 'production' };
  });
  afterEach(() => test.close());

  it('starts where there is none of it, also with staff called alike', async () => {
    await createStaff(test, 'system-administrator', '371000', 'admin');
    await expect(refuseDemoData(test.app, production)).resolves.toBeUndefined();
  });

  it('does not start while a demo account would let everybody in', async () => {
    for (const member of DEMO_STAFF.slice(0, 2)) {
      await test.app.get(StaffAdministration).createSeeded(member);
    }
    await expect(refuseDemoData(test.app, production)).rejects.toThrow(/public \(admin, city-reviewer\)/);
    await expect(refuseDemoData(test.app, test.config)).resolves.toBeUndefined();
  });

  it('does not start with made-up people', async () => {
    await test.app
      .get(UnitOfWork)
      .run((tx) => tx.manager.insert(DemoStep, { name: 'people', doneAt: tx.now }));
    await expect(refuseDemoData(test.app, production)).rejects.toThrow(/demo data/);
  });
});
