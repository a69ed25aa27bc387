import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { createStaff, STAFF_PASSWORD, signInCitizen } from '../../../test/sign-in.js';
import { ReadDatabase } from '../database/database.module.js';
import { Jobs } from '../jobs/jobs.js';
import { RefreshToken } from './refresh-token.entity.js';
import { SessionRow } from './session.entity.js';
import { SignInThrottle, StaffChallengeRow } from './staff/staff-access.entities.js';

const DAY = 86_400_000;

describe('old sign-ins', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());

  const left = (entity: EntityTarget<ObjectLiteral>): Promise<number> =>
    test.app.get(ReadDatabase).manager.count(entity);
  const staffTry = (password: string) =>
    test.app.inject({
      method: 'POST',
      url: '/api/v1/staff/sessions',
      payload: { username: 'sunli', password },
    });

  it('are forgotten 90 days after they ended, wrong tries and challenges when they count no more', async () => {
    await createStaff(test, 'auditor', '371000', 'sunli');
    await signInCitizen(test);
    expect((await staffTry(STAFF_PASSWORD)).statusCode).toBe(200);
    expect((await staffTry('guess')).statusCode).toBe(401);
    const forget = () => test.app.get(Jobs).runNow('accounts.forget-old-sign-ins');

    await forget();
    expect(await left(SignInThrottle)).toBe(2);
    expect(await left(StaffChallengeRow)).toBe(1);

    test.clock.advance(31 * DAY);
    await forget();
    expect(await left(SignInThrottle)).toBe(0);
    expect(await left(StaffChallengeRow)).toBe(0);
    expect(await left(SessionRow)).toBe(1);

    test.clock.advance(90 * DAY);
    await forget();
    expect(await left(SessionRow)).toBe(0);
    expect(await left(RefreshToken)).toBe(0);
  });
});
