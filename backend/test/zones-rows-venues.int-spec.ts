import { CITY_ZONE, DISTRICT_CODES, type ZoneCode } from '@talent-card/shared/accounts/districts';
import {
  isVenueRole,
  mayUse,
  type Permission,
  STAFF_ROLES,
  type StaffRole,
} from '@talent-card/shared/accounts/permissions';
import { ALL_ROUTES } from '@talent-card/shared/all-routes';
import { API_PREFIX, fillPath, type Route } from '@talent-card/shared/common/route';
import { makeChannel, makeSlot, signInHolder } from './booking-fixtures.js';
import { call } from './card-fixtures.js';
import { createTestApp, type TestApp } from './harness.js';
import { newKey, type SignedInStaff, signInStaff } from './sign-in.js';
import { makeVenue } from './venue-fixtures.js';
import { signInVenueStaff } from './venue-staff.js';

const nameOf = (route: Route): string => `${route.method} ${route.path}`;
/** Rows that belong to a venue: itself, its slots, what is booked in them. */
const OF_A_VENUE = /^\/admin\/.*:(venueId|slotId|bookingId)\b/;
/** Those that name the venue in query or body. */
const NAMED = ['GET /admin/arrivals', 'POST /admin/bookings/check-in'];
const ROUTES = ALL_ROUTES.filter((route) => OF_A_VENUE.test(route.path) || NAMED.includes(nameOf(route)));

/** A version that no row has: whoever may see the row is told so, and nothing changes. */
const version = 999;
const reason = '测试';
const venue = {
  version,
  name: { zh: '场馆', en: 'Venue' },
  zoneCode: '371002',
  address: { zh: '地址', en: 'Address' },
  latitude: null,
  longitude: null,
  phone: '12345',
  openingHours: [],
  closedOnHolidays: false,
  notice: null,
  status: 'open',
};

describe('what belongs to a venue of Huancui', () => {
  let test: TestApp;
  let ids: Record<string, string>;
  let elsewhere: string;
  let bodies: Record<string, object | undefined>;
  let number: string;
  beforeAll(async () => {
    test = await createTestApp();
    const place = await makeChannel(test);
    elsewhere = await makeVenue(test);
    const slotId = await makeSlot(test, place, '2026-11-24T04:00:00.000Z', 5);
    const { body } = await call(test, 'POST', '/bookings', await signInHolder(test), { slotId });
    number = body.number;
    const { venueId, channelId } = place;
    // Ids without a row of their own: whoever sees the venue reads NOT_FOUND too, so the venue's rows are made.
    ids = { ...place, slotId, bookingId: body.bookingId, scheduleId: '', exceptionId: '' };
    const schedule = {
      channelId,
      weekday: 3,
      from: '09:00',
      to: '10:00',
      slotMinutes: 60,
      capacity: 1,
      effectiveFrom: '2026-11-01',
      effectiveTo: null,
    };
    const exception = { date: '2026-12-01', open: [], note: { zh: '闭馆', en: 'Closed' } };
    const city = await signInStaff(test, 'city-reviewer');
    const made = await call(test, 'POST', `/admin/venues/${venueId}/schedules`, city, schedule);
    ids.scheduleId = made.body.scheduleId;
    bodies = {
      'PUT /admin/venues/:venueId': venue,
      'POST /admin/venues/:venueId/schedules': schedule,
      'PUT /admin/venues/:venueId/schedules/:scheduleId': { ...schedule, version },
      'POST /admin/venues/:venueId/exceptions': exception,
      'POST /admin/slots/:slotId': { capacity: 0, reason },
      'POST /admin/bookings/:bookingId/undo-check-in': { version, reason },
      'POST /admin/bookings/:bookingId/cancel': { version, reason },
      'POST /admin/bookings/:bookingId/appeal': { version, grant: true, answer: reason },
      'POST /admin/bookings/check-in': { venueId, number, companions: 9 },
    };
  });
  afterAll(() => test.close());

  async function codeOf(route: Route, staff: SignedInStaff): Promise<string | null> {
    const name = nameOf(route);
    if (name.startsWith('DELETE')) {
      // Made anew for each, since whoever may remove it does.
      const city = await signInStaff(test, 'city-reviewer');
      const exception = { date: '2026-12-02', open: [], note: { zh: '闭馆', en: 'Closed' } };
      const made = await call(test, 'POST', `/admin/venues/${ids.venueId}/exceptions`, city, exception);
      ids.exceptionId = made.body.exceptionId;
    }
    const payload = bodies[name];
    if (!payload && route.method !== 'GET' && route.method !== 'DELETE') {
      throw new Error(`${name} has no row in this test`);
    }
    const answer = await test.app.inject({
      method: route.method,
      url: `${API_PREFIX}${fillPath(route.path, ids)}${name === NAMED[0] ? `?venueId=${ids.venueId}` : ''}`,
      headers: { ...staff.headers, 'idempotency-key': newKey() },
      ...(payload ? { payload } : {}),
    });
    if (answer.statusCode >= 500) throw new Error(answer.body);
    return answer.statusCode >= 400 ? answer.json<{ code: string }>().code : null;
  }

  const holders = ({ access }: Route): StaffRole[] =>
    STAFF_ROLES.filter((role) => mayUse(access as Permission, role));
  const ofVenues = ROUTES.flatMap((route) =>
    holders(route).flatMap((role) => (isVenueRole(role) ? [[nameOf(route), role, route] as const] : [])),
  );
  const ofOffices = ROUTES.flatMap((route) => {
    // One office for each: a district's where it may, since the city's sees everything.
    const offices = holders(route).filter((role) => !isVenueRole(role));
    const role = offices.find((one) => one === 'district-reviewer') ?? offices.at(-1);
    return role ? [[nameOf(route), role, route] as const] : [];
  });

  it.each(ofVenues)('is there for its own staff only: %s as %s', async (_, role, route) => {
    const posted = role as Parameters<typeof signInVenueStaff>[1];
    const own = await signInVenueStaff(test, posted, ids.venueId ?? '', elsewhere);
    const other = await signInVenueStaff(test, posted, elsewhere);
    expect(await codeOf(route, other)).toBe('NOT_FOUND');
    expect(['NOT_FOUND', 'FORBIDDEN']).not.toContain(await codeOf(route, own));
  });

  it.each(ofOffices)('is not there for offices of other zones: %s as %s', async (_, role, route) => {
    const hidden: ZoneCode[] = [];
    for (const zoneCode of [CITY_ZONE, ...DISTRICT_CODES]) {
      const code = await codeOf(route, await signInStaff(test, role, zoneCode));
      if (code === 'NOT_FOUND') hidden.push(zoneCode);
    }
    expect(hidden).toEqual(DISTRICT_CODES.filter((zone) => zone !== '371002'));
  });

  it('is listed for its own staff only', async () => {
    const venuesOf = async (staff: SignedInStaff): Promise<string[]> =>
      (await call(test, 'GET', '/admin/venues', staff)).body.items.map(
        (one: { venueId: string }) => one.venueId,
      );
    expect(await venuesOf(await signInVenueStaff(test, 'channel-editor', elsewhere))).toEqual([elsewhere]);
    expect(await venuesOf(await signInStaff(test, 'auditor', '371082'))).toEqual([]);
    expect(await venuesOf(await signInStaff(test, 'auditor', '371002'))).toEqual([ids.venueId, elsewhere]);
    expect(await venuesOf(await signInStaff(test, 'auditor'))).toEqual([ids.venueId, elsewhere]);
  });

  it('stays where the office put it: a venue does not move itself to another zone', async () => {
    const manager = await signInVenueStaff(test, 'venue-manager', elsewhere);
    const answer = await test.app.inject({
      method: 'PUT',
      url: `${API_PREFIX}/admin/venues/${elsewhere}`,
      headers: { ...manager.headers, 'idempotency-key': newKey() },
      payload: { ...venue, version: 1, zoneCode: '371082' },
    });
    expect(answer.json()).toMatchObject({ details: { fields: [{ path: 'zoneCode', code: 'NOT_ALLOWED' }] } });
  });
});
