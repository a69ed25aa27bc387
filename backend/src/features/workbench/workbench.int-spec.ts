import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import {
  anybody,
  apply,
  call,
  confirmPerson,
  listInRoster,
  signInSomebody,
} from '../../../test/card-fixtures.js';
import { createTestApp, TEST_NOW, type TestApp } from '../../../test/harness.js';
import { signInStaff } from '../../../test/sign-in.js';
import { rosterContentOf } from '../../core/people/sandbox/personas.js';
import { system } from '../../platform/accounts/principal.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Cards } from '../cards/cards.service.js';
import { lastMonths } from './months.js';

describe('the workbench', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());

  const issue = (personId: string, zoneCode: ZoneCode) =>
    test.app.get(UnitOfWork).run((tx) =>
      test.app.get(Cards, { strict: false }).issue(tx, system('test'), {
        personId,
        kind: 'talent',
        category: '1',
        cardClass: null,
        zoneCode,
        caseId: null,
        rosterEntryId: null,
      }),
    );

  it('counts for the city, and for a district only its own', async () => {
    // Five years less two months ago: expires within 90 days.
    test.clock.set('2022-01-10T02:00:00Z');
    await issue(await confirmPerson(test, anybody()), '371002');
    test.clock.set('2026-10-31T16:00:00Z');
    await issue(await confirmPerson(test, anybody()), '371002');
    test.clock.set('2026-10-31T15:59:00Z');
    const suspended = await issue(await confirmPerson(test, anybody()), '371082');
    await test.app
      .get(UnitOfWork)
      .run((tx) =>
        test.app
          .get(Cards, { strict: false })
          .move(tx, system('test'), suspended.id, 'suspend', { reason: '核实' }),
      );
    test.clock.set(TEST_NOW);
    await listInRoster(test, [rosterContentOf(anybody())]);
    const person = await signInSomebody(test);
    const applied = await apply(test, person, { form: { offlineMaterial: true } });
    expect(applied.status).toBe(200);

    const city = await call(test, 'GET', '/admin/workbench', await signInStaff(test, 'city-reviewer'));
    expect(city.body).toMatchObject({
      today: '2026-11-24',
      workingDay: true,
      waitingForMe: 1,
      dueToday: 0,
      overdue: 0,
      returned: 0,
      cardsActive: 2,
      cardsSuspended: 1,
      cardsExpiringIn90Days: 1,
      issuedThisMonth: 1,
      rosterEntries: 1,
      importsRunning: 0,
      auditUnsealedSeconds: expect.any(Number),
    });
    expect(city.body.issuedByMonth).toHaveLength(12);
    expect(city.body.issuedByMonth.slice(-2)).toEqual([
      { month: '2026-10', count: 1 },
      { month: '2026-11', count: 1 },
    ]);
    expect(city.body.cardsByZone).toContainEqual({ zoneCode: '371002', count: 2 });
    expect(city.body.cardsByZone).toContainEqual({ zoneCode: '371083', count: 0 });

    const window = await signInStaff(test, 'service-window', '371082');
    const { body } = await call(test, 'GET', '/admin/workbench', window);
    expect(body).toMatchObject({
      waitingForMe: 0,
      cardsActive: 0,
      cardsSuspended: 1,
      rosterEntries: 0,
      cardsByZone: [{ zoneCode: '371082', count: 0 }],
    });
  });

  it('lists months over the turn of a year', () => {
    expect(lastMonths('2026-02-28', 4)).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
    expect(lastMonths('2026-12-31', 2)).toEqual(['2026-11', '2026-12']);
  });
});
