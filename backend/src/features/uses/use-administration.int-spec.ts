import type { TestChannel } from '../../../test/booking-fixtures.js';
import { signInHolder } from '../../../test/code-fixtures.js';
import { TEST_NOW } from '../../../test/harness.js';
import { type SignedInStaff, signInStaff } from '../../../test/sign-in.js';
import { outcomes, windowForEach } from '../../../test/window.js';
import { clerkAgain, enrolClerk, makeCodeChannel } from '../../../test/window-fixtures.js';
import { AuditEntry } from '../../platform/audit/audit-entry.entity.js';
import { OutboxMessage } from '../../platform/outbox/outbox-message.entity.js';
import { UseRow } from './use.entity.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

describe('what is to be settled after a use', () => {
  const window = windowForEach();
  let channel: TestChannel;
  beforeEach(async () => {
    channel = await makeCodeChannel(window.test, { terms: { limits: [{ window: 'day', most: 1 }] } });
  });

  const quota = () => window.quota(channel);
  const dispute = (useId: string, by = window.holder) =>
    window.post(`/uses/${useId}/dispute`, { reason: '我那天没有去' }, by);
  const topics = async (useId: string) => {
    const all = await window.rows.find(OutboxMessage, { order: { id: 'ASC' } });
    return all.filter(({ payload }) => payload.includes(useId)).map(({ topic }) => topic);
  };
  /** Two uses of one day where one is due: the second waits for a decision. */
  const excess = async (): Promise<string> => {
    const signed = [0, 1].map((minutes) =>
      window.signed(channel, { at: new Date(TEST_NOW.getTime() + minutes * MINUTE).toISOString() }),
    );
    window.clock.advance(5 * MINUTE);
    const synced = await window.sync(signed);
    expect(outcomes(synced)[1]).toEqual(['to-settle', 'quota-gone']);
    return synced.body.items[1].useId;
  };
  const conflict = (code: string) => ({ status: 409, body: { code } });

  it('lets a use beyond the limit stand in excess', async () => {
    const useId = await excess();
    const seen = await window.seen(useId);
    expect(seen).toMatchObject({
      status: 'to-settle',
      settleReason: 'excess',
      recordedBy: expect.stringMatching(/^window-clerk/),
      holder: { personId: window.holder.personId },
      version: 1,
    });
    expect(JSON.stringify(seen)).not.toContain(window.holder.who.identityNumber);
    expect(await window.settle(useId, 'count')).toMatchObject({
      status: 200,
      body: { status: 'used', settledNote: '现场核实', version: 2 },
    });
    expect(await quota()).toEqual({ excess: 1, used: 1 });
    expect(await topics(useId)).toEqual(['use.recorded']);
    expect(await window.settle(useId, 'refuse')).toMatchObject(conflict('USE_STATE_CONFLICT'));
  });

  it('strikes a use beyond the limit, and its excess with it', async () => {
    const useId = await excess();
    expect(await quota()).toEqual({ excess: 1, used: 1 });
    expect(await window.settle(useId, 'refuse', 9)).toMatchObject(conflict('STALE_VERSION'));
    const refused = await window.settle(useId, 'refuse');
    expect(refused.body).toMatchObject({ status: 'refused', settledNote: '现场核实' });
    expect(await quota()).toEqual({ excess: 0, used: 1 });
    expect(await topics(useId)).toEqual(['use.refused']);
    const noted = { action: 'uses.settle-refuse', objectId: useId };
    expect(await window.rows.countBy(AuditEntry, noted)).toBe(1);
  });

  it('counts a use that was let stand where there is room', async () => {
    const use = window.signed(channel);
    window.clock.advance(48 * 60 * MINUTE + MINUTE);
    const synced = await window.sync([use], await clerkAgain(window.test, window.clerk));
    const { useId } = synced.body.items[0];
    await window.settle(useId, 'count');
    const rows: { onDay: string; state: string }[] = await window.rows.query(
      'SELECT onDay, state FROM quota_entries WHERE causeId = ?',
      [useId],
    );
    expect(rows).toEqual([{ onDay: '2026-11-24', state: 'spent' }]);
  });

  it('gives a mistaken use back, with a reason that the holder reads', async () => {
    const useId = await window.used(channel);
    expect(await quota()).toEqual({ excess: 0, used: 1 });
    expect(await window.refund(useId)).toMatchObject({
      status: 200,
      body: { status: 'refunded', refundReason: '扫错了人' },
    });
    expect(await quota()).toEqual({ excess: 0, used: 0 });
    expect(await window.refund(useId)).toMatchObject(conflict('USE_STATE_CONFLICT'));
    expect(await topics(useId)).toEqual(['use.recorded', 'use.refunded']);
    const { body: mine } = await window.get(`/uses/${useId}`);
    expect(mine).toMatchObject({ status: 'refunded', refundReason: '扫错了人', mayDispute: false });
    window.clock.advance(MINUTE);
    await window.used(channel);
  });

  it('answers a dispute either way, once', async () => {
    const first = await window.used(channel);
    expect(await dispute(first)).toMatchObject({
      status: 200,
      body: { status: 'disputed', dispute: { reason: '我那天没有去', answer: null }, mayDispute: false },
    });
    expect(await dispute(first)).toMatchObject(conflict('USE_STATE_CONFLICT'));
    expect(await dispute(first, await signInHolder(window.test))).toMatchObject({ status: 404 });
    const kept = await window.answerDispute(first, 'keep');
    expect(kept.body).toMatchObject({ status: 'used', dispute: { answer: '已查实' }, mayDispute: false });
    expect(await dispute(first)).toMatchObject(conflict('USE_STATE_CONFLICT'));
    expect(await quota()).toEqual({ excess: 0, used: 1 });

    window.clock.advance(DAY);
    window.clerk = await enrolClerk(window.test);
    const second = await window.used(channel);
    await dispute(second, await window.again());
    const given = await window.answerDispute(second, 'refund');
    expect(given.body).toMatchObject({ status: 'refunded', dispute: { answer: '已查实' } });
    expect(await quota()).toEqual({ excess: 0, used: 0 });
    expect(await topics(second)).toEqual(['use.recorded', 'use.dispute-answered']);
  });

  it('is disputed within thirty days', async () => {
    const useId = await window.used(channel);
    window.clock.advance(31 * DAY);
    const holder = await window.again();
    expect((await window.get(`/uses/${useId}`, holder)).body.mayDispute).toBe(false);
    expect(await dispute(useId, holder)).toMatchObject(conflict('USE_STATE_CONFLICT'));
  });

  it('belongs to those who act for the venue', async () => {
    const useId = await window.used(channel);
    const { channelId, venueId } = channel;
    const foreign = await signInStaff(window.test, 'service-window', '371082');
    const own = await signInStaff(window.test, 'service-window', '371002');
    expect((await window.get(`/admin/uses/${useId}`, foreign)).status).toBe(404);
    expect((await window.get(`/admin/uses/${useId}`, own)).status).toBe(200);
    const ids = async (by: SignedInStaff, query = '') =>
      (await window.get(`/admin/uses?limit=100${query}`, by)).body.items.map(
        (use: { useId: string }) => use.useId,
      );
    expect(await ids(foreign)).not.toContain(useId);
    expect(await ids(own)).toContain(useId);
    expect(await ids(own, '&offline=true')).not.toContain(useId);
    expect(await ids(own, `&channelId=${channelId}&from=2026-11-24&to=2026-11-24`)).toEqual([useId]);
    expect(await ids(own, '&from=2026-11-25')).not.toContain(useId);
    expect(await ids(own, `&venueId=${venueId}&status=used`)).toEqual([useId]);
    const refund = { version: 1, reason: '不是我的' };
    expect((await window.post(`/admin/uses/${useId}/refund`, refund, own)).status).toBe(403);
  });

  it('leaves with the holder but for the count', async () => {
    const useId = await window.used(channel);
    await dispute(useId);
    const exported = await window.get('/me/export');
    expect(exported.body.sections.uses).toMatchObject([{ useId, dispute: { reason: '我那天没有去' } }]);
    expect((await window.post('/me/erase', { confirm: 'ERASE' })).status).toBe(204);
    const rows: unknown[] = await window.rows.query('SELECT * FROM uses WHERE id = ?', [useId]);
    expect(rows).toMatchObject([{ disputeReason: null, status: 'disputed' }]);
  });

  it('takes no words of staff who saw it before its holder had their data erased', async () => {
    const disputed = await window.used(channel);
    window.clock.advance(MINUTE);
    const toSettle = await excess();
    const { version } = (await dispute(disputed)).body;
    expect((await window.post('/me/erase', { confirm: 'ERASE' })).status).toBe(204);
    for (const late of [
      await window.answerDispute(disputed, 'keep', version),
      await window.settle(toSettle, 'count', 1),
    ]) {
      expect(late).toMatchObject(conflict('STALE_VERSION'));
    }
    const rows = await window.rows.findBy(UseRow, { personId: window.holder.personId });
    expect(rows.filter((row) => row.disputeAnswer !== null || row.settledNote !== null)).toEqual([]);
    expect((await window.settle(toSettle, 'count', 2)).body).toMatchObject({ status: 'used' });
  });
});
