import * as z from 'zod';
import { fieldProblems } from './field-problems.js';

const schema = z.strictObject({
  name: z.string().trim().min(1).max(5),
  role: z.enum(['one', 'two']),
  confirm: z.literal('YES'),
  count: z.number().int().min(1),
  day: z.iso.date(),
  code: z.string().regex(/^[a-z]+$/, 'ID_FORMAT'),
  inner: z.object({ list: z.array(z.string()) }),
});
const valid = {
  name: '海风',
  role: 'one',
  confirm: 'YES',
  count: 1,
  day: '2026-11-24',
  code: 'abc',
  inner: { list: ['a'] },
};

function problemsOf(changes: Record<string, unknown>) {
  const parsed = schema.safeParse({ ...valid, ...changes });
  return parsed.success ? [] : fieldProblems(parsed.error.issues);
}

describe('problems of fields', () => {
  it.each([
    ['name', undefined, 'REQUIRED'],
    ['name', null, 'REQUIRED'],
    ['name', ' ', 'REQUIRED'],
    ['name', 7, 'FORMAT'],
    ['name', 'abcdef', 'TOO_LONG'],
    ['role', undefined, 'REQUIRED'],
    ['role', 'three', 'NOT_ALLOWED'],
    ['confirm', undefined, 'REQUIRED'],
    ['confirm', 'no', 'NOT_ALLOWED'],
    ['count', '1', 'FORMAT'],
    ['count', 0, 'TOO_SMALL'],
    ['day', '2026-02-30', 'DATE_INVALID'],
    ['code', 'ABC', 'ID_FORMAT'],
    ['extra', 1, 'UNKNOWN_FIELD'],
  ])('%s given as %p: %s', (path, value, code) => {
    expect(problemsOf({ [path]: value })).toMatchObject([{ path, code }]);
  });

  it('carry the path down to the item', () => {
    expect(problemsOf({ inner: { list: ['a', 2] } })).toMatchObject([
      { path: 'inner.list.1', code: 'FORMAT' },
    ]);
  });
});
