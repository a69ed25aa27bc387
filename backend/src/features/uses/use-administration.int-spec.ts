import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import type { StaffRole } from '@talent-card/shared/accounts/permissions';
import type { TestChannel } from '../../../test/booking-fixtures.js';
import { type Answer, call } from '../../../test/card-fixtures.js';
import { enrolPhone, type Holder, signInHolder, type TestPhone } from '../../../test/code-fixtures.js';
import { createTestApp, TEST_NOW, type TestApp } from '../../../test/harness.js';
import { type SignedInStaff, signInPerson, signInStaff } from '../../../test/sign-in.js';
import {
  clerkAgain,
  enrolClerk,
  makeCodeChannel,
  signedUse,
  sync,
  type TestClerk,
  useOnce,
} from '../../../test/window-fixtures.js';
import { AuditEntry } from '../../platform/audit/audit-entry.entity.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { OutboxMessage } from '../../platform/outbox/outbox-message.entity.js';
import { UseRow } from './use.entity.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

describe('what is to be settled after a use', () => {
  let test: TestApp;
  let clerk: TestClerk;
  let holder: Holder;
  let phone: TestPhone;
  let channel: TestChannel;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    test.clock.set(TEST_NOW);
    clerk = await enrolClerk(test);
    holder = await signInHolder(test);
    phone = await enrolPhone(test, holder);
    channel = await makeCodeChannel(test, { terms: { limits: [{ window: 'day', most: 1 }] } });
  });

  const read = () => test.app.get(ReadDatabase).manager;
  const city = (role: StaffRole = 'city-reviewer', zone: ZoneCode = '371000') =>
    signInStaff(test, role, zone);
  const act = (path: string, body: object, by: SignedInStaff): Promise<Answer> =>
    call(test, 'POST', `/admin/uses/${path}`, by, body);
  const quota = async () => {
    const who = await signInPerson(test, holder.personId);
    const { body } = await call(test, 'GET', `/entitlements/${channel.channelId}`, who);
    return { excess: body.excess, used: body.limits[0]?.used };
  };
  const used = async (): Promise<string> => {
    const answer = await useOnce(test, clerk, channel, phone.code());
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return answer.body.useId;
  };
  const topics = async (useId: string) => {
    const all = await read().find(OutboxMessage, { order: { id: 'ASC' } });
    return all.filter(({ payload }) => payload.includes(useId)).map(({ topic }) => topic);
  };
  /** Two uses of one day where one is due: the second waits for a decision. */
  const excess = async (): Promise<string> => {
    const uses = [0, 1].map((minutes) => {
      const at = new Date(TEST_NOW.getTime() + minutes * MINUTE);
      return signedUse(test, clerk, channel, phone.code(at), { at: at.toISOString() });
    });
    test.clock.advance(5 * MINUTE);
    const { body } = await sync(test, clerk, uses);
    expect(body.items[1]).toMatchObject({ outcome: 'to-settle', verdict: 'quota-gone' });
    return body.items[1].useId;
  };

  it('lets a use beyond the limit stand in excess', async () => {
    const useId = await excess();
    const staff = await city();
    const seen = await call(test, 'GET', `/admin/uses/${useId}`, staff);
    expect(seen.body).toMatchObject({
      status: 'to-settle',
      settleReason: 'excess',
      recordedBy: expect.stringMatching(/^window-clerk/),
      holder: { personId: holder.personId },
      version: 1,
    });
    expect(JSON.stringify(seen.body)).not.toContain(holder.who.identityNumber);
    const settled = await act(`${useId}/settle`, { version: 1, decision: 'count', note: '现场核实' }, staff);
    expect(settled).toMatchObject({
      status: 200,
      body: { status: 'used', settledNote: '现场核实', version: 2 },
    });
    expect(await quota()).toEqual({ excess: 1, used: 1 });
    expect(await topics(useId)).toEqual(['use.recorded']);
    expect(
      await act(`${useId}/settle`, { version: 2, decision: 'refuse', note: '又一次' }, staff),
    ).toMatchObject({
      status: 409,
      body: { code: 'USE_STATE_CONFLICT' },
    });
  });

  it('strikes a use beyond the limit, and its excess with it', async () => {
    const useId = await excess();
    const staff = await city();
    expect(await quota()).toEqual({ excess: 1, used: 1 });
    expect(
      await act(`${useId}/settle`, { version: 9, decision: 'refuse', note: '重复' }, staff),
    ).toMatchObject({
      status: 409,
      body: { code: 'STALE_VERSION' },
    });
    const refused = await act(`${useId}/settle`, { version: 1, decision: 'refuse', note: '重复' }, staff);
    expect(refused.body).toMatchObject({ status: 'refused', settledNote: '重复' });
    expect(await quota()).toEqual({ excess: 0, used: 1 });
    expect(await topics(useId)).toEqual(['use.refused']);
    expect(await read().countBy(AuditEntry, { action: 'uses.settle-refuse', objectId: useId })).toBe(1);
  });

  it('counts a use that was let stand where there is room', async () => {
    const use = signedUse(test, clerk, channel, phone.code());
    test.clock.advance(48 * 60 * MINUTE + MINUTE);
    const { body } = await sync(test, await clerkAgain(test, clerk), [use]);
    const { useId } = body.items[0];
    await act(`${useId}/settle`, { version: 1, decision: 'count', note: '迟到的同步' }, await city());
    const rows: { onDay: string; state: string }[] = await read().query(
      'SELECT onDay, state FROM quota_entries WHERE causeId = ?',
      [useId],
    );
    expect(rows).toEqual([{ onDay: '2026-11-24', state: 'spent' }]);
  });

  it('gives a mistaken use back, with a reason that the holder reads', async () => {
    const useId = await used();
    expect(await quota()).toEqual({ excess: 0, used: 1 });
    const staff = await city();
    const body = { version: 1, reason: '扫错了人' };
    const refunded = await act(`${useId}/refund`, body, staff);
    expect(refunded).toMatchObject({ status: 200, body: { status: 'refunded', refundReason: '扫错了人' } });
    expect(await quota()).toEqual({ excess: 0, used: 0 });
    expect(await act(`${useId}/refund`, { ...body, version: 2 }, staff)).toMatchObject({
      body: { code: 'USE_STATE_CONFLICT' },
    });
    expect(await topics(useId)).toEqual(['use.recorded', 'use.refunded']);
    const mine = await call(test, 'GET', `/uses/${useId}`, holder);
    expect(mine.body).toMatchObject({ status: 'refunded', refundReason: '扫错了人', mayDispute: false });
    test.clock.advance(MINUTE);
    expect((await useOnce(test, clerk, channel, phone.code())).status).toBe(200);
  });

  it('answers a dispute either way, once', async () => {
    const staff = await city();
    const dispute = (useId: string, by = holder) =>
      call(test, 'POST', `/uses/${useId}/dispute`, by, { reason: '我那天没有去' });
    const first = await used();
    expect(await dispute(first)).toMatchObject({
      status: 200,
      body: { status: 'disputed', dispute: { reason: '我那天没有去', answer: null }, mayDispute: false },
    });
    expect(await dispute(first)).toMatchObject({ status: 409, body: { code: 'USE_STATE_CONFLICT' } });
    expect(await dispute(first, await signInHolder(test))).toMatchObject({ status: 404 });
    const kept = await act(`${first}/dispute`, { version: 2, decision: 'keep', answer: '有签字' }, staff);
    expect(kept.body).toMatchObject({ status: 'used', dispute: { answer: '有签字' }, mayDispute: false });
    expect(await dispute(first)).toMatchObject({ body: { code: 'USE_STATE_CONFLICT' } });
    expect(await quota()).toEqual({ excess: 0, used: 1 });

    test.clock.advance(DAY);
    clerk = await enrolClerk(test);
    holder = { ...holder, ...(await signInPerson(test, holder.personId)) };
    const second = await used();
    await dispute(second);
    const given = await act(
      `${second}/dispute`,
      { version: 2, decision: 'refund', answer: '已退回' },
      await city(),
    );
    expect(given.body).toMatchObject({ status: 'refunded', dispute: { answer: '已退回' } });
    expect(await quota()).toEqual({ excess: 0, used: 0 });
    expect(await topics(second)).toEqual(['use.recorded', 'use.dispute-answered']);
  });

  it('is disputed within thirty days', async () => {
    const useId = await used();
    test.clock.advance(31 * DAY);
    const who = await signInPerson(test, holder.personId);
    expect((await call(test, 'GET', `/uses/${useId}`, who)).body.mayDispute).toBe(false);
    expect(await call(test, 'POST', `/uses/${useId}/dispute`, who, { reason: '太晚了' })).toMatchObject({
      body: { code: 'USE_STATE_CONFLICT' },
    });
  });

  it('belongs to those who act for the venue', async () => {
    const useId = await used();
    const foreign = await city('service-window', '371082');
    const own = await city('service-window', '371002');
    expect((await call(test, 'GET', `/admin/uses/${useId}`, foreign)).status).toBe(404);
    expect((await call(test, 'GET', `/admin/uses/${useId}`, own)).status).toBe(200);
    const ids = async (by: SignedInStaff, query = '') =>
      (await call(test, 'GET', `/admin/uses?limit=100${query}`, by)).body.items.map(
        (use: { useId: string }) => use.useId,
      );
    expect(await ids(foreign)).not.toContain(useId);
    expect(await ids(own)).toContain(useId);
    expect(await ids(own, '&offline=true')).not.toContain(useId);
    expect(await ids(own, `&channelId=${channel.channelId}&from=2026-11-24&to=2026-11-24`)).toEqual([useId]);
    expect(await ids(own, '&from=2026-11-25')).not.toContain(useId);
    expect(await ids(own, `&venueId=${channel.venueId}&status=used`)).toEqual([useId]);
    expect(await act(`${useId}/refund`, { version: 1, reason: '不是我的' }, own)).toMatchObject({
      status: 403,
    });
  });

  it('leaves with the holder but for the count', async () => {
    const useId = await used();
    await call(test, 'POST', `/uses/${useId}/dispute`, holder, { reason: '我那天没有去' });
    const exported = await call(test, 'GET', '/me/export', holder);
    expect(exported.body.sections.uses).toMatchObject([{ useId, dispute: { reason: '我那天没有去' } }]);
    expect((await call(test, 'POST', '/me/erase', holder, { confirm: 'ERASE' })).status).toBe(204);
    const rows: unknown[] = await read().query('SELECT * FROM uses WHERE id = ?', [useId]);
    expect(rows).toMatchObject([{ disputeReason: null, status: 'disputed' }]);
  });

  it('takes no words of staff who saw it before its holder had their data erased', async () => {
    const disputed = await used();
    test.clock.advance(MINUTE);
    const toSettle = await excess();
    const seen = await call(test, 'POST', `/uses/${disputed}/dispute`, holder, { reason: '我那天没有去' });
    const staff = await city();
    expect((await call(test, 'POST', '/me/erase', holder, { confirm: 'ERASE' })).status).toBe(204);
    const answer = { version: seen.body.version, decision: 'keep', answer: '林先生本人签过字' };
    const settled = { version: 1, decision: 'count', note: '林先生确实来过' };
    for (const late of [
      await act(`${disputed}/dispute`, answer, staff),
      await act(`${toSettle}/settle`, settled, staff),
    ]) {
      expect(late).toMatchObject({ status: 409, body: { code: 'STALE_VERSION' } });
    }
    const rows = await read().findBy(UseRow, { personId: holder.personId });
    expect(rows.filter((row) => row.disputeAnswer !== null || row.settledNote !== null)).toEqual([]);
    const again = { ...settled, version: 2, note: '按窗口记录' };
    expect((await act(`${toSettle}/settle`, again, staff)).body).toMatchObject({ status: 'used' });
  });
});
