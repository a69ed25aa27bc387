import { isPublished, publishedDay } from './published-days.js';

describe('the published table', () => {
  it.each([
    ['2026-09-20', 'make-up-workday', true, '国庆节'],
    ['2026-09-30', 'workday', true, null],
    ['2026-10-01', 'holiday', false, '国庆节'],
    ['2026-10-07', 'holiday', false, '国庆节'],
    ['2026-10-08', 'workday', true, null],
    ['2026-10-10', 'make-up-workday', true, '国庆节'],
    ['2026-10-11', 'weekend', false, null],
    ['2026-02-14', 'make-up-workday', true, '春节'],
    ['2026-02-28', 'make-up-workday', true, '春节'],
  ])('%s is a %s', (date, kind, working, name) => {
    expect(publishedDay(date)).toEqual({ kind, working, name });
  });

  it('knows which years are in it; of others only weekends are known', () => {
    expect(isPublished(2026)).toBe(true);
    expect(isPublished(2099)).toBe(false);
    expect(publishedDay('2099-10-01')).toEqual({ kind: 'workday', working: true, name: null });
  });
});
