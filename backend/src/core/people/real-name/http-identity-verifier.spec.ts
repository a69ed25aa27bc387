import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { HttpIdentityVerifier } from './http-identity-verifier.js';
import type { ClaimedIdentity } from './identity-verifier.js';

const CLAIM: ClaimedIdentity = {
  name: '林海清',
  identityType: 'resident-id',
  identityNumber: '371099198603148001',
  birthDate: '1986-03-14',
  nationality: 'CHN',
};

describe('the identity verifier over HTTP', () => {
  let server: Server;
  let url: string;
  let respond: RequestListener;
  let asked: { authorization: string | undefined; body: unknown }[];
  const lines: string[] = [];
  const logger = pino({}, { write: (line: string) => void lines.push(line) });

  beforeAll(async () => {
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        asked.push({
          authorization: request.headers.authorization,
          body: JSON.parse(Buffer.concat(parts).toString()) as unknown,
        });
        respond(request, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/verify`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    asked = [];
    lines.length = 0;
  });

  /** Only silence waits for the time-out; everything else must not meet it on a slow machine. */
  const verifier = (timeoutMs = 20_000) =>
    new HttpIdentityVerifier({ url, token: 'secret', timeoutMs }, logger);
  const answer =
    (status: number, body: string): RequestListener =>
    (_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(body);
    };

  it.each(['match', 'mismatch', 'not-found'])('passes %s on', async (result) => {
    respond = answer(200, JSON.stringify({ result }));
    await expect(verifier().verify(CLAIM)).resolves.toBe(result);
    expect(asked).toEqual([{ authorization: 'Bearer secret', body: CLAIM }]);
  });

  it.each([
    ['a status that may be asked again', answer(503, ''), 2],
    ['a status that may not', answer(500, '{}'), 1],
    ['a body it does not know', answer(200, '{"result":"perhaps"}'), 1],
    ['a body that is no JSON', answer(200, '<html>'), 1],
    ['silence', () => undefined, 1],
    ['a broken connection', ((request) => request.socket.destroy()) as RequestListener, 2],
    ['a redirect', ((_, r) => void r.writeHead(302, { location: '/x' }).end()) as RequestListener, 2],
  ])('is unavailable on %s', async (name, listener, tries) => {
    respond = listener;
    const timeoutMs = name === 'silence' ? 1500 : 20_000;
    await expect(verifier(timeoutMs).verify(CLAIM)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(asked).toHaveLength(tries);
    expect(lines.join('')).not.toMatch(/林海清|371099198603148001/);
  });

  it('asks once more after a hiccup', async () => {
    let times = 0;
    respond = (request, response) => {
      times += 1;
      answer(times === 1 ? 502 : 200, '{"result":"match"}')(request, response);
    };
    await expect(verifier().verify(CLAIM)).resolves.toBe('match');
  });
});
