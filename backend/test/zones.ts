import { CITY_ZONE, DISTRICT_CODES, type ZoneCode } from '@talent-card/shared/accounts/districts';
import type { StaffRole } from '@talent-card/shared/accounts/permissions';
import { API_PREFIX } from '@talent-card/shared/common/route';
import type { TestApp } from './harness.js';
import { newKey, signInStaff } from './sign-in.js';

export interface ZoneRow {
  /** Zone that the row belongs to; not the city. */
  readonly zoneCode: ZoneCode;
  /** A role that may use the route at all. */
  readonly role: StaffRole;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path without the prefix, with the row's id filled in. */
  readonly path: string;
  readonly payload?: object;
}

/** The answers to one and the same call by staff of the row's own zone, of the city, and of every other zone. */
async function callFromEveryZone(
  test: TestApp,
  row: ZoneRow,
): Promise<Map<ZoneCode, { status: number; code: string | null }>> {
  const answers = new Map<ZoneCode, { status: number; code: string | null }>();
  for (const zoneCode of [CITY_ZONE, ...DISTRICT_CODES]) {
    const { headers } = await signInStaff(test, row.role, zoneCode);
    const answer = await test.app.inject({
      method: row.method,
      url: `${API_PREFIX}${row.path}`,
      headers: { ...headers, 'idempotency-key': newKey() },
      ...(row.payload ? { payload: row.payload } : {}),
    });
    const code = answer.statusCode >= 400 ? answer.json<{ code: string }>().code : null;
    answers.set(zoneCode, { status: answer.statusCode, code });
  }
  return answers;
}

/** The row exists for its own zone and for the city; for every other zone it is not found. */
export async function expectHiddenFromOtherZones(test: TestApp, row: ZoneRow): Promise<void> {
  const answers = await callFromEveryZone(test, row);
  const notFound = [...answers].filter(([, answer]) => answer.code === 'NOT_FOUND').map(([zone]) => zone);
  expect(notFound).toEqual(DISTRICT_CODES.filter((zone) => zone !== row.zoneCode));
}
