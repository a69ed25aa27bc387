import { createTestApp, type TestApp } from '../../../../test/harness.js';
import { rendezvous } from '../../../../test/rendezvous.js';
import { createStaff } from '../../../../test/sign-in.js';
import { ReadDatabase } from '../../database/database.module.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { StaffPrincipal } from '../principal.js';
import { StaffAdministration } from './staff-administration.js';
import { StaffRow } from './staff-member.entity.js';

const ADMINISTRATORS = 4;

describe('administrators who disable each other at the same moment', () => {
  let test: TestApp;
  beforeEach(async () => {
    test = await createTestApp();
  });
  afterEach(() => test.close());

  const administrators = { role: 'system-administrator', status: 'active' } as const;
  const left = (): Promise<number> => test.app.get(ReadDatabase).manager.countBy(StaffRow, administrators);

  async function appoint(): Promise<string[]> {
    const ids: string[] = [];
    for (let i = 0; i < ADMINISTRATORS; i += 1) {
      ids.push(await createStaff(test, 'system-administrator', '371000', `admin-${i}`));
    }
    return ids;
  }

  it('all go where the others are counted and then one is disabled (control)', async () => {
    const ids = await appoint();
    const allHaveCounted = rendezvous(ADMINISTRATORS);
    const countThenDisable = async (id: string): Promise<void> => {
      const counted = await left();
      await allHaveCounted();
      if (counted < 2) return;
      await test.app.get(UnitOfWork).run((tx) => tx.manager.update(StaffRow, { id }, { status: 'disabled' }));
    };
    await Promise.all(ids.map(countThenDisable));
    expect(await left()).toBe(0);
  });

  it('leave one', async () => {
    const ids = await appoint();
    const administration = test.app.get(StaffAdministration);
    const principal = (staffId: string): StaffPrincipal => ({
      type: 'staff',
      staffId,
      sessionId: '',
      role: 'system-administrator',
      zoneCode: '371000',
      venueIds: [],
      displayName: '',
    });
    const outcomes = await Promise.allSettled(
      ids.map((id, i) =>
        administration.update(principal(ids[(i + 1) % ids.length] ?? ''), id, {
          version: 1,
          displayName: 'x',
          role: 'system-administrator',
          zoneCode: '371000',
          status: 'disabled',
        }),
      ),
    );
    expect(await left()).toBe(1);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toMatchObject([{ reason: { code: 'STAFF_LAST_ADMINISTRATOR' } }]);
  });
});
