import { CARD_STATES } from '@talent-card/shared/cards/card-state';
import { CASE_STATES } from '@talent-card/shared/casework/case-state';
import { createTestApp, TEST_NOW, type TestApp } from '../../test/harness.js';
import { CaseRow } from '../core/casework/case.entity.js';
import { RosterBatch } from '../core/people/roster/import/roster-batch.entity.js';
import { RosterEntryRow } from '../core/people/roster/roster-entry.entity.js';
import { CardClassRow, CardRow } from '../features/cards/card.entity.js';
import { DeliveryDecisionRow, DeliveryRow } from '../features/messages/delivery.entity.js';
import { ReadDatabase } from '../platform/database/database.module.js';
import { loadDemoData } from './load-demo-data.js';

describe('demo data', () => {
  let test: TestApp;
  const said: string[] = [];
  const load = () => loadDemoData(test.config, TEST_NOW, (line) => said.push(line));
  beforeAll(async () => {
    test = await createTestApp({ DEMO_DATA: 'load' });
    await load();
  }, 300_000);
  afterAll(() => test.close());

  const manager = () => test.app.get(ReadDatabase).manager;
  const statuses = async (entity: typeof CardRow | typeof CaseRow): Promise<string[]> => {
    const rows = await manager()
      .createQueryBuilder(entity, 'row')
      .select('DISTINCT row.status', 'status')
      .getRawMany<{ status: string }>();
    return rows.map(({ status }) => status).sort();
  };

  it('has a roster, cards and classes enough to look at', async () => {
    expect(await manager().countBy(RosterEntryRow, { status: 'active' })).toBeGreaterThanOrEqual(3_000);
    expect(await manager().countBy(CardRow, { status: 'active' })).toBeGreaterThanOrEqual(600);
    expect(await manager().countBy(CardRow, { demo: false })).toBe(0);
    const classes = await manager().find(CardClassRow, { order: { position: 'ASC' } });
    expect(classes.map(({ code }) => code)).toEqual(['A', 'B', 'C', 'D', 'E']);
  });

  it('has cards and applications in every state, some overdue, and an import to confirm', async () => {
    expect(await statuses(CardRow)).toEqual([...CARD_STATES].sort());
    expect(await statuses(CaseRow)).toEqual([...CASE_STATES].sort());
    const overdue = await manager().find(CaseRow, { where: { status: 'in-review' } });
    expect(overdue.some(({ overdueMarkedFor }) => overdueMarkedFor !== null)).toBe(true);
    expect(await manager().countBy(RosterBatch, { status: 'checked' })).toBe(1);
  });

  it('has messages that failed, of which nobody knows, and one that was sent again in vain', async () => {
    const states = await manager()
      .createQueryBuilder(DeliveryRow, 'delivery')
      .select('delivery.state', 'state')
      .addSelect('COUNT(*)', 'count')
      .where("delivery.channel <> 'in-app'")
      .groupBy('delivery.state')
      .getRawMany<{ state: string; count: number | string }>();
    expect(states.map(({ state }) => state)).toEqual(
      expect.arrayContaining(['failed', 'unknown', 'skipped']),
    );
    const decisions = await manager().find(DeliveryDecisionRow);
    expect(decisions).toMatchObject([{ decision: 'resend', state: 'failed', errorCode: '41030' }]);
    expect(await manager().findOneBy(DeliveryRow, { id: decisions[0]?.deliveryId ?? '' })).toMatchObject({
      state: 'failed',
      attempts: 2,
    });
  });

  it('is loaded once', async () => {
    const count = async () =>
      Promise.all([CardRow, CaseRow, RosterEntryRow].map((entity) => manager().count(entity)));
    const before = await count();
    await load();
    expect(await count()).toEqual(before);
    expect(said).toHaveLength(1);
  });
});
