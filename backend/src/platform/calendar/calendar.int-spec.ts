import type { CalendarDay, CalendarYear } from '@talent-card/shared/calendar/schema';
import { API_PREFIX } from '@talent-card/shared/common/route';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { newKey, type SignedInStaff, signInStaff } from '../../../test/sign-in.js';
import { AuditEntry } from '../audit/audit-entry.entity.js';
import { ReadDatabase } from '../database/database.module.js';
import { WorkingCalendar } from './working-calendar.js';

describe('the working-day calendar', () => {
  let test: TestApp;
  let admin: SignedInStaff;
  let auditor: SignedInStaff;
  let calendar: WorkingCalendar;
  beforeAll(async () => {
    test = await createTestApp();
    admin = await signInStaff(test, 'system-administrator');
    auditor = await signInStaff(test, 'auditor');
    calendar = test.app.get(WorkingCalendar);
  });
  afterAll(() => test.close());

  const set = (date: string, payload: object, who = admin) =>
    test.app.inject({
      method: 'PUT',
      url: `${API_PREFIX}/admin/calendar/days/${date}`,
      headers: { ...who.headers, 'idempotency-key': newKey() },
      payload,
    });

  it('counts over National Day with its make-up workdays', () => {
    // 30 September is a Wednesday; the holiday lasts to 7 October; Saturday the 10th is worked.
    expect(calendar.addWorkingDays('2026-09-30', 1)).toBe('2026-10-08');
    expect(calendar.addWorkingDays('2026-09-30', 3)).toBe('2026-10-10');
    expect(calendar.addWorkingDays('2026-09-30', 4)).toBe('2026-10-12');
    expect(calendar.addWorkingDays('2026-10-12', -4)).toBe('2026-09-30');
    expect(calendar.addWorkingDays('2026-10-01', 0)).toBe('2026-10-01');
    expect(calendar.workingDaysBetween('2026-09-30', '2026-10-12')).toBe(4);
    expect(calendar.workingDaysBetween('2026-10-12', '2026-09-30')).toBe(-4);
    expect(calendar.workingDaysBetween('2026-10-01', '2026-10-01')).toBe(0);
  });

  it('adds what it counts, everywhere in a year', () => {
    for (let n = 0; n <= 250; n += 7) {
      expect(calendar.workingDaysBetween('2026-01-01', calendar.addWorkingDays('2026-01-01', n))).toBe(n);
    }
  });

  it('shows a year, and says when it is not published', async () => {
    const year = async (value: number) =>
      (
        await test.app.inject({
          method: 'GET',
          url: `${API_PREFIX}/admin/calendar/${value}`,
          headers: auditor.headers,
        })
      ).json<CalendarYear>();
    const published = await year(2026);
    expect(published.published).toBe(true);
    expect(published.days).toHaveLength(365);
    const leap = await year(2028);
    expect(leap.published).toBe(false);
    expect(leap.days).toHaveLength(366);
  });

  it('is changed by the operator at once, for everybody, with an audit entry', async () => {
    const answer = await set('2026-11-25', { kind: 'holiday', name: '台风停工' });
    expect(answer.json<CalendarDay>()).toMatchObject({
      date: '2026-11-25',
      kind: 'holiday',
      working: false,
      name: '台风停工',
      overridden: true,
      overriddenAt: test.clock.now().toISOString(),
    });
    expect(calendar.addWorkingDays('2026-11-24', 1)).toBe('2026-11-26');
    expect(
      await test.app
        .get(ReadDatabase)
        .manager.countBy(AuditEntry, { action: 'calendar.override', objectId: '2026-11-25' }),
    ).toBe(1);
    const back = await set('2026-11-25', { kind: null });
    expect(back.json<CalendarDay>()).toMatchObject({ kind: 'workday', overridden: false });
    expect(calendar.isWorkingDay('2026-11-25')).toBe(true);
  });

  it('makes a Saturday a workday', async () => {
    await set('2026-11-28', { kind: 'make-up-workday' });
    expect(calendar.isWorkingDay('2026-11-28')).toBe(true);
  });

  it('leaves the past alone', async () => {
    const answer = await set('2026-11-23', { kind: 'holiday' });
    expect(answer.json()).toMatchObject({
      code: 'CALENDAR_DAY_IN_PAST',
      details: { date: '2026-11-23', today: '2026-11-24' },
    });
    expect((await set('2026-11-24', { kind: 'holiday' })).statusCode).toBe(200);
  });

  it.each([
    ['a day that does not exist', '2026-02-30', { kind: 'holiday' }, 'date'],
    ['an unknown kind', '2026-12-01', { kind: 'festival' }, 'kind'],
    ['a name too long', '2026-12-01', { kind: 'holiday', name: 'x'.repeat(51) }, 'name'],
    ['an unknown field', '2026-12-01', { kind: 'holiday', colour: 'red' }, 'colour'],
  ])('explains %s at its field', async (_, date, body, path) => {
    const answer = await set(date, body);
    expect(answer.statusCode).toBe(400);
    const { details } = answer.json<{ details: { fields: { path: string }[] } }>();
    expect(details.fields.map((field) => field.path.split('.').at(-1))).toContain(path);
  });

  it('is changed by nobody who may not', async () => {
    expect((await set('2026-12-01', { kind: 'holiday' }, auditor)).statusCode).toBe(403);
  });

  it('sees what another node changed when it looks again', async () => {
    await set('2026-12-02', { kind: 'holiday' });
    const other = new WorkingCalendar(test.app.get(ReadDatabase), Reflect.get(calendar, 'logger'));
    expect(other.isWorkingDay('2026-12-02')).toBe(true);
    await other.reload();
    expect(other.isWorkingDay('2026-12-02')).toBe(false);
  });
});
