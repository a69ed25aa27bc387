import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Session } from '@talent-card/shared/accounts/schema';
import { createTestApp, TEST_DATABASE, type TestApp } from '../../../test/harness.js';
import { createStaff, STAFF_PASSWORD, signInCitizen } from '../../../test/sign-in.js';

/** SQLite has one node: there the second is the first, and only what holds without the seconds of trust is asked. */
const TWO_NODES = TEST_DATABASE === 'mariadb';

describe(TWO_NODES ? 'two nodes' : 'one node', () => {
  let test: TestApp;
  let nodes: [NestFastifyApplication, NestFastifyApplication];
  beforeAll(async () => {
    test = await createTestApp();
    nodes = [test.app, TWO_NODES ? await test.secondNode() : test.app];
  });
  afterAll(() => test.close());

  const me = (node: NestFastifyApplication, { accessToken }: Session) =>
    node.inject({ url: '/api/v1/me', headers: { authorization: `Bearer ${accessToken}` } });

  it('sees a session end at once where it ended, and within two seconds elsewhere', async () => {
    const { session, headers } = await signInCitizen(test, 'two-nodes');
    for (const node of nodes) expect((await me(node, session)).statusCode).toBe(200);
    await nodes[0].inject({ method: 'DELETE', url: '/api/v1/sessions/current', headers });
    expect((await me(nodes[0], session)).statusCode).toBe(401);
    test.clock.advance(2_000);
    expect((await me(nodes[1], session)).statusCode).toBe(401);
  });

  it('counts wrong passwords together', async () => {
    await createStaff(test, 'auditor', '371000', 'sunli');
    const guess = (node: NestFastifyApplication, password: string) =>
      node.inject({
        method: 'POST',
        url: '/api/v1/staff/sessions',
        payload: { username: 'sunli', password },
      });
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, i) => guess(nodes[i % 2 === 0 ? 0 : 1], 'guess')),
    );
    expect(answers.filter((answer) => answer.statusCode === 401)).toHaveLength(5);
    for (const node of nodes) expect((await guess(node, STAFF_PASSWORD)).statusCode).toBe(429);
  });

  it('gives parallel refreshes on both the same successor', async () => {
    const { session } = await signInCitizen(test, 'refreshing');
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        nodes[i % 2 === 0 ? 0 : 1].inject({
          method: 'POST',
          url: '/api/v1/sessions/refresh',
          payload: { refreshToken: session.refreshToken },
        }),
      ),
    );
    expect(new Set(answers.map((answer) => answer.json<Session>().refreshToken)).size).toBe(1);
  });
});
