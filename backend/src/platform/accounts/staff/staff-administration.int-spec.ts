import { STAFF_ROLES } from '@talent-card/shared/accounts/permissions';
import type { StaffMember } from '@talent-card/shared/accounts/schema';
import { createTestApp, TEST_NOW, type TestApp } from '../../../../test/harness.js';
import { createStaff, newKey, type SignedInStaff, signInStaff } from '../../../../test/sign-in.js';
import { makeVenue } from '../../../../test/venue-fixtures.js';
import { AuditEntry } from '../../audit/audit-entry.entity.js';
import { ReadDatabase } from '../../database/database.module.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { newId } from '../../ids.js';
import { Sessions } from '../sessions.js';
import { StaffAccessReset } from './staff-access.entities.js';
import { createFirstAdministrator, StaffAdministration } from './staff-administration.js';

describe('administering staff', () => {
  let test: TestApp;
  let admin: SignedInStaff;
  beforeEach(async () => {
    test = await createTestApp();
    admin = await signInStaff(test, 'system-administrator');
  });
  afterEach(() => test.close());

  const call = (method: 'GET' | 'POST' | 'PUT', path: string, payload?: object, by = admin) =>
    test.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { ...by.headers, 'idempotency-key': newKey() },
      ...(payload ? { payload } : {}),
    });
  const member = {
    version: 1,
    displayName: '孙丽',
    role: 'district-reviewer',
    zoneCode: '371002',
    status: 'active',
  };

  it('lists by user name, page by page, filtered and searched', async () => {
    for (const [i, role] of STAFF_ROLES.entries()) await createStaff(test, role, '371000', `member-${i}`);
    const first = (await call('GET', '/admin/staff?limit=5')).json();
    expect(first.items.map((one: StaffMember) => one.username)).toEqual([
      'member-0',
      'member-1',
      'member-2',
      'member-3',
      'member-4',
    ]);
    expect(first.total).toBe(9);
    const second = (await call('GET', `/admin/staff?limit=5&cursor=${first.nextCursor}`)).json();
    expect(second.items).toHaveLength(4);
    expect(second.nextCursor).toBeNull();
    expect((await call('GET', '/admin/staff?role=auditor')).json().items).toHaveLength(1);
    expect((await call('GET', '/admin/staff?q=MEMBER-3')).json().items).toHaveLength(1);
    expect((await call('GET', '/admin/staff?q=%25')).json().items).toHaveLength(0);
    expect((await call('GET', '/admin/staff?status=disabled')).json().items).toHaveLength(0);
    expect((await call('GET', '/admin/staff?role=king')).statusCode).toBe(400);
  });

  it('tells fields that are wrong, and names that are taken', async () => {
    const wrong = await call('POST', '/admin/staff', { username: '1!', displayName: '', zoneCode: '371002' });
    expect(wrong.statusCode).toBe(400);
    const { fields } = wrong.json().details;
    expect(fields.map((field: { path: string }) => field.path).sort()).toEqual([
      'displayName',
      'role',
      'username',
    ]);
    const body = { username: 'sunli', displayName: '孙丽', role: 'auditor', zoneCode: '371000' };
    expect((await call('POST', '/admin/staff', body)).statusCode).toBe(200);
    expect((await call('POST', '/admin/staff', body)).json()).toMatchObject({ code: 'STAFF_USERNAME_TAKEN' });
  });

  it('answers a repeated creation with the same one-time password', async () => {
    const headers = { ...admin.headers, 'idempotency-key': newKey() };
    const payload = { username: 'sunli', displayName: '孙丽', role: 'auditor', zoneCode: '371000' };
    const create = () => test.app.inject({ method: 'POST', url: '/api/v1/admin/staff', headers, payload });
    const [first, again] = [await create(), await create()];
    expect(first.json().oneTimePassword).toMatch(/^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$/);
    expect(again.json()).toEqual(first.json());
  });

  it('changes what was looked at, and not what changed since', async () => {
    const staffId = await createStaff(test, 'auditor', '371000', 'sunli');
    const changed = await call('PUT', `/admin/staff/${staffId}`, member);
    expect(changed.json()).toMatchObject({ role: 'district-reviewer', zoneCode: '371002', version: 2 });
    expect((await call('PUT', `/admin/staff/${staffId}`, member)).json()).toMatchObject({
      code: 'STALE_VERSION',
    });
    const nobody = await call('PUT', '/admin/staff/01JABCDEFGHJKMNPQRSTVWXYZ0', member);
    expect(nobody.json()).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('makes new rights count at once', async () => {
    const one = await signInStaff(test, 'service-window', '371002');
    expect((await call('GET', '/admin/staff', undefined, one)).statusCode).toBe(403);
    await call('PUT', `/admin/staff/${one.staffId}`, { ...member, role: 'auditor' });
    expect((await call('GET', '/admin/staff', undefined, one)).json()).toMatchObject({
      code: 'SESSION_EXPIRED',
    });
    const again = await signInStaff(test, 'service-window', '371002');
    expect((await call('GET', '/admin/staff', undefined, again)).statusCode).toBe(200);
  });

  it('protects the own account, but for its name', async () => {
    const own = `/admin/staff/${admin.staffId}`;
    const self = { version: 1, displayName: '新名', role: 'system-administrator', zoneCode: '371000' };
    for (const change of [{ status: 'disabled' }, { status: 'active', role: 'auditor' }]) {
      expect((await call('PUT', own, { ...self, ...change })).json()).toMatchObject({
        code: 'STAFF_SELF_CHANGE',
      });
    }
    expect((await call('POST', `${own}/reset-access`, { reason: 'lost' })).json()).toMatchObject({
      code: 'STAFF_SELF_CHANGE',
    });
    expect((await call('PUT', own, { ...self, status: 'active' })).statusCode).toBe(200);
  });

  it('resets the access of somebody who lost it', async () => {
    const one = await signInStaff(test, 'auditor', '371000', 'sunli');
    expect((await call('POST', `/admin/staff/${one.staffId}/reset-access`, {})).statusCode).toBe(400);
    const reset = await call('POST', `/admin/staff/${one.staffId}/reset-access`, { reason: '手机丢失' });
    expect(reset.json()).toMatchObject({
      staff: { totpEnrolled: false, version: 2 },
      oneTimePassword: expect.any(String),
    });
    const kept = await test.app.get(ReadDatabase).manager.findBy(StaffAccessReset, { staffId: one.staffId });
    expect(kept).toMatchObject([{ byStaffId: admin.staffId, reason: '手机丢失' }]);
    expect((await call('GET', '/staff/me', undefined, one)).json()).toMatchObject({
      code: 'SESSION_EXPIRED',
    });
    const challenge = await call('POST', '/staff/sessions', {
      username: 'sunli',
      password: reset.json().oneTimePassword,
    });
    expect(challenge.json()).toMatchObject({ enrolment: { secret: expect.any(String) } });
  });

  it('never takes the last administrator away', async () => {
    const other = await signInStaff(test, 'system-administrator', '371000', 'other-admin');
    const demoted = { ...member, role: 'auditor', zoneCode: '371000' };
    expect((await call('PUT', `/admin/staff/${other.staffId}`, demoted)).statusCode).toBe(200);
    const administration = test.app.get(StaffAdministration);
    await expect(
      administration.update(
        {
          type: 'staff',
          staffId: other.staffId,
          sessionId: '',
          role: 'system-administrator',
          zoneCode: '371000',
          venueIds: [],
          displayName: '',
        },
        admin.staffId,
        { version: 1, displayName: 'x', role: 'auditor', zoneCode: '371000', status: 'active' },
      ),
    ).rejects.toMatchObject({ code: 'STAFF_LAST_ADMINISTRATOR' });
  });

  it('begins on the command line', async () => {
    const oneTimePassword = await createFirstAdministrator(test.app.get(StaffAdministration), {
      username: 'first',
      displayName: '首位管理员',
    });
    const answer = await call('POST', '/staff/sessions', { username: 'FIRST', password: oneTimePassword });
    expect(answer.statusCode).toBe(200);
    const spaced = createFirstAdministrator(test.app.get(StaffAdministration), {
      username: 'Sun Li',
      displayName: '孙丽',
    });
    await expect(spaced).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      details: { fields: [{ path: 'username', code: 'FORMAT' }] },
    });
  });

  it('leaves a trace of each act, without values', async () => {
    const staffId = await createStaff(test, 'auditor', '371000', 'sunli');
    await call('PUT', `/admin/staff/${staffId}`, member);
    await call('POST', `/admin/staff/${staffId}/unlock`, {});
    await call('POST', `/admin/staff/${staffId}/reset-access`, { reason: '手机丢失' });
    const entries = await test.app
      .get(ReadDatabase)
      .manager.find(AuditEntry, { where: { objectId: staffId }, order: { id: 'ASC' } });
    expect(entries.map(({ action }) => action)).toEqual([
      'staff.create',
      'staff.update',
      'staff.unlock',
      'staff.reset-access',
    ]);
    expect(JSON.parse(entries[1]?.fields ?? '[]')).toEqual(['displayName', 'role', 'zoneCode']);
    expect(JSON.stringify(entries)).not.toContain('孙丽');
  });

  describe('postings to venues', () => {
    const clerk = { ...member, username: 'clerk', role: 'venue-clerk' };
    const { version: _version, status: _status, ...fresh } = clerk;
    const problems = async (body: object) => {
      const answer = await call('POST', '/admin/staff', { ...fresh, ...body });
      return answer.json().details?.fields;
    };

    it.each([
      ['a venue role without a venue', {}, [{ path: 'venueIds', code: 'REQUIRED' }]],
      [
        'an office with a venue',
        { role: 'service-window', venueIds: [newId(TEST_NOW)] },
        [{ path: 'venueIds', code: 'NOT_ALLOWED' }],
      ],
      [
        'a venue that is none',
        { venueIds: [newId(TEST_NOW)] },
        [{ path: 'venueIds.0', code: 'NOT_ALLOWED' }],
      ],
    ])('refuse %s', async (_, body, expected) => {
      expect(await problems(body)).toEqual(expected);
    });

    it('are read back, and changing them ends the sessions', async () => {
      const [pier, gate] = [await makeVenue(test), await makeVenue(test)];
      const made = (await call('POST', '/admin/staff', { ...fresh, venueIds: [pier] })).json();
      const { staffId } = made.staff;
      expect(made.staff.venueIds).toEqual([pier]);
      const { accessToken } = await test.app
        .get(UnitOfWork)
        .run((tx) => test.app.get(Sessions).start(tx, 'staff', staffId, 'Chrome'));
      const headers = { authorization: `Bearer ${accessToken}` };
      const self = () => test.app.inject({ url: '/api/v1/staff/me', headers });
      expect((await self()).json()).toMatchObject({ role: 'venue-clerk', venueIds: [pier] });
      const change = { ...member, role: 'venue-clerk', venueIds: [gate, pier] };
      const changed = await call('PUT', `/admin/staff/${staffId}`, change);
      expect(changed.json().venueIds).toEqual([pier, gate].sort());
      expect((await self()).json()).toMatchObject({ code: 'SESSION_EXPIRED' });
      const office = { ...member, version: 2, role: 'service-window', venueIds: [] };
      expect((await call('PUT', `/admin/staff/${staffId}`, office)).json().venueIds).toEqual([]);
    });
  });
});
