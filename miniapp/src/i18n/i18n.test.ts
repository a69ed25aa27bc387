import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CONSOLE_ERROR_CODES, ERROR_CODES, FIELD_PROBLEMS } from '@talent-card/shared/common/error-codes';
import { placesOf } from '@talent-card/shared/common/fill-text';
import { wrongPlurals } from '@talent-card/shared/common/wrong-plurals';
import { ApiError, CLIENT_ERROR_CODES } from '@/platform/api-error';
import { clock } from '@/platform/clock';
import { type Dictionary, datesIn, textIn } from '@/platform/i18n';
import { errorTexts, explain } from './errors';
import { explainField, explainFields, fieldTexts } from './field-problems';

const isDictionary = (value: unknown): value is Dictionary =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((text) => Array.isArray(text) && text.length === 2);
/** Found, not listed: a new dictionary is held to the rules without being named here. */
const dictionaries: Record<string, Dictionary> = Object.fromEntries(
  readdirSync(__dirname)
    .filter((file) => !file.includes('.test.'))
    .flatMap((file) => Object.entries(jest.requireActual<Record<string, unknown>>(`./${file}`)))
    .filter((named): named is [string, Dictionary] => isDictionary(named[1])),
);
const texts = Object.entries(dictionaries).flatMap(([dictionary, entries]) =>
  Object.entries(entries).map(([key, [zh, en]]) => [`${dictionary}.${key}`, zh, en] as const),
);
const HAN = /\p{Script=Han}/u;

describe('every text', () => {
  it.each(texts)('%s stands in both languages and takes the same parameters', (key, zh, en) => {
    expect(zh.trim()).not.toBe('');
    // Chinese closes some sentences after the value where English has said it before.
    if (!key.endsWith('After')) expect(en.trim()).not.toBe('');
    expect(en).not.toMatch(HAN);
    // A text that only places parameters has no words of its own.
    if (zh.replace(/\{[^}]*\}|[^\p{L}]/gu, '') !== '') expect(zh).toMatch(HAN);
    expect(placesOf(zh)).toEqual(placesOf(en));
    expect(wrongPlurals(en)).toEqual([]);
  });
});

describe('errors', () => {
  it('have a text for every code that a phone can meet, and none beside', () => {
    const console: readonly string[] = CONSOLE_ERROR_CODES;
    const answered = ERROR_CODES.filter((code) => !console.includes(code));
    expect(Object.keys(errorTexts).sort()).toEqual([...answered, ...CLIENT_ERROR_CODES].sort());
    expect(Object.keys(fieldTexts).sort()).toEqual([...FIELD_PROBLEMS].sort());
  });

  it.each(Object.entries(errorTexts))('%s says what to do next', (_, [zh, en]) => {
    expect(zh).toMatch(/请|可|到|改|等|少|再|看|用|换|选|先/);
    expect(zh.split(/[。，；？]/).filter(Boolean).length).toBeGreaterThanOrEqual(2);
    expect(en.split(/[.;:?,]/).filter((part) => part.trim()).length).toBeGreaterThanOrEqual(2);
  });

  it('keep what the service says of a field, such as how much is allowed', () => {
    const before = fieldTexts.TOO_LONG;
    Object.assign(fieldTexts, { TOO_LONG: ['最多 {max} 个字', 'At most {max} {max:character|characters}'] });
    const problem = { code: 'TOO_LONG', params: { max: 5 } };
    expect([explainField(problem, 'zh-CN'), explainField(problem, 'en')]).toEqual([
      '最多 5 个字',
      'At most 5 characters',
    ]);
    Object.assign(fieldTexts, { TOO_LONG: before });
  });

  it('are worded for whoever reads, and faults of the app as faults', () => {
    expect(explain(new ApiError('REAL_NAME_MISMATCH'), 'en')).toContain('document');
    expect(explain(new Error('x is undefined'), 'zh-CN')).toBe(errorTexts.INTERNAL[0]);
    expect(explainField({ code: 'NEVER_HEARD_OF' }, 'zh-CN')).toBe(fieldTexts.FORMAT[0]);
    const failure = new ApiError('VALIDATION_FAILED', { fields: [{ path: 'name', code: 'REQUIRED' }] });
    expect(explainFields(failure, 'zh-CN')).toEqual({ name: '请填写这一项' });
  });
});

/** Where the service throws what only the console meets: none of it is reached from a route of citizens or clerks. */
const BEHIND_THE_CONSOLE = [
  'core/capacity/capacity.service.ts',
  'core/people/roster/import/',
  'features/channels/channel-administration.ts',
  'features/channels/channels.repository.ts',
  'features/exports/',
  'features/messages/delivery-log.ts',
  'features/venues/slots.service.ts',
  'features/venues/venue-weeks.ts',
  'platform/accounts/staff/',
  'platform/calendar/calendar-overrides.ts',
];

describe('codes of the console', () => {
  const root = path.resolve(__dirname, '../../../backend/src');
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/spec\.ts$|error-status\.ts$/.test(file))
    .map((file) => [file.split(path.sep).join('/'), readFileSync(path.join(root, file), 'utf8')] as const);

  it.each(CONSOLE_ERROR_CODES)('%s is thrown behind the console alone', (code) => {
    const named = sources.filter(([, text]) => text.includes(`'${code}'`)).map(([file]) => file);
    expect(named).not.toEqual([]);
    expect(named.filter((file) => !BEHIND_THE_CONSOLE.some((place) => file.startsWith(place)))).toEqual([]);
  });
});

describe('words made of data', () => {
  it('write a day small within an English sentence', () => {
    const when = 'Today, 14:20';
    expect(textIn('en', ['请在{when}前确认', 'Please confirm by {when}; then'], { when })).toBe(
      'Please confirm by today, 14:20; then',
    );
    expect(textIn('en', ['{when}起', '{when} on. {when} too'], { when })).toBe(
      'Today, 14:20 on. Today, 14:20 too',
    );
  });

  it('say days in Asia/Shanghai wherever the phone is', () => {
    jest.spyOn(clock, 'now').mockReturnValue(new Date('2026-11-23T16:30:00.000Z'));
    const zh = datesIn('zh-CN');
    expect(zh.recent('2026-11-23T16:05:00.000Z')).toBe('今天 00:05');
    expect(zh.recent('2026-11-23T15:55:00.000Z')).toBe('昨天 23:55');
    expect(zh.day('2026-11-30')).toBe('11月30日');
    expect(zh.day('2031-05-20')).toBe('2031年5月20日');
    expect(zh.weekday('2026-11-24')).toBe('周二');
    expect(datesIn('en').fullDay('2031-05-20')).toBe('20 May 2031');
    jest.restoreAllMocks();
  });
});
