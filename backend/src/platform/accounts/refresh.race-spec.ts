import type { Session } from '@talent-card/shared/accounts/schema';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { rendezvous } from '../../../test/rendezvous.js';
import { signInCitizen } from '../../../test/sign-in.js';
import { ReadDatabase } from '../database/database.module.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { newId } from '../ids.js';
import { RefreshToken } from './refresh-token.entity.js';
import { SessionRow } from './session.entity.js';

const CALLERS = 10;

describe('parallel refreshes with one token', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());

  const tokensOf = async (accountId: string): Promise<number> => {
    const { manager } = test.app.get(ReadDatabase);
    const session = await manager.findOneByOrFail(SessionRow, { ownerId: accountId });
    return manager.countBy(RefreshToken, { sessionId: session.id });
  };

  it('make many successors where the token is looked at and then marked (control)', async () => {
    const { accountId } = await signInCitizen(test, 'control');
    const { manager } = test.app.get(ReadDatabase);
    const session = await manager.findOneByOrFail(SessionRow, { ownerId: accountId });
    const allHaveLooked = rendezvous(CALLERS);
    const lookThenMark = async (): Promise<void> => {
      const token = await manager.findOneByOrFail(RefreshToken, { sessionId: session.id });
      await allHaveLooked();
      if (token.usedAt) return;
      await test.app.get(UnitOfWork).run(async (tx) => {
        await tx.manager.update(RefreshToken, { id: token.id }, { usedAt: tx.now });
        const id = newId(tx.now);
        await tx.manager.insert(RefreshToken, { ...token, id, tokenHash: id, usedAt: null });
      });
    };
    await Promise.all(Array.from({ length: CALLERS }, lookThenMark));
    expect(await tokensOf(accountId)).toBe(1 + CALLERS);
  });

  it('all get the same successor, and the session lives on', async () => {
    const { accountId, session } = await signInCitizen(test, 'racing');
    const answers = await Promise.all(
      Array.from({ length: CALLERS }, () =>
        test.app.inject({
          method: 'POST',
          url: '/api/v1/sessions/refresh',
          payload: { refreshToken: session.refreshToken },
        }),
      ),
    );
    expect(answers.map((answer) => answer.statusCode)).toEqual(Array(CALLERS).fill(200));
    const successors = new Set(answers.map((answer) => answer.json<Session>().refreshToken));
    expect(successors.size).toBe(1);
    expect(await tokensOf(accountId)).toBe(2);
    const [successor = ''] = successors;
    const next = await test.app.inject({
      method: 'POST',
      url: '/api/v1/sessions/refresh',
      payload: { refreshToken: successor },
    });
    expect(next.statusCode).toBe(200);
  });
});
