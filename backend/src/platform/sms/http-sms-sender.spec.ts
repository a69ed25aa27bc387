import { createHmac } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ManualClock } from '../clock/clock.js';
import { HttpSmsSender } from './http-sms-sender.js';
import type { ShortMessage } from './sms-sender.js';

const MESSAGE: ShortMessage = {
  id: '01JDC00000000000000000000A',
  phone: '13900000000',
  template: 'waiting-offered',
  values: { what: '机场贵宾候机' },
};

describe('the SMS gateway over HTTP', () => {
  let server: Server;
  let url: string;
  let respond: RequestListener;
  let seen: { headers: Record<string, unknown>; body: string }[];
  beforeAll(async () => {
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        seen.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
        respond(request, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    seen = [];
  });

  const send = (timeoutMs = 20_000, at = url) =>
    new HttpSmsSender(
      { url: at, secret: 'the-secret-of-the-gateway', timeoutMs },
      new ManualClock(new Date('2026-11-24T01:12:00Z')),
    ).send(MESSAGE);
  const answer =
    (status: number, body: unknown): RequestListener =>
    (_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };

  it('signs the time and the body', async () => {
    respond = answer(200, { result: 'sent' });
    expect(await send()).toEqual({ result: 'sent' });
    const [{ headers, body } = { headers: {}, body: '' }] = seen;
    expect(JSON.parse(body)).toEqual(MESSAGE);
    expect(headers['x-timestamp']).toBe('1795482720');
    expect(headers['x-signature']).toBe(
      createHmac('sha256', 'the-secret-of-the-gateway').update(`1795482720\n${body}`).digest('hex'),
    );
  });

  it.each([
    [200, { result: 'unwanted', code: 'TD' }, { result: 'unwanted', code: 'TD' }],
    [200, { result: 'refused', code: 'MBBTG' }, { result: 'refused', code: 'MBBTG' }],
    [200, { result: 'later' }, { result: 'not-sent', code: 'GATEWAY' }],
    [200, { result: 'perhaps' }, { result: 'uncertain', code: 'UNKNOWN_ANSWER' }],
    [200, '<html>', { result: 'uncertain', code: 'NO_ANSWER' }],
    [401, '', { result: 'not-sent', code: 'HTTP_401' }],
    [429, '', { result: 'not-sent', code: 'HTTP_429' }],
    [502, '', { result: 'uncertain', code: 'HTTP_502' }],
  ])('takes %i %j as %j', async (status, body, outcome) => {
    respond = answer(status, body);
    expect(await send()).toEqual(outcome);
  });

  it('leaves open whether it went when nobody answers', async () => {
    respond = () => undefined;
    expect(await send(300)).toEqual({ result: 'uncertain', code: 'NO_ANSWER' });
  });

  it('knows that nothing went where nobody listens', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    expect(await send(20_000, `http://127.0.0.1:${port}/sms`)).toEqual({
      result: 'not-sent',
      code: 'UNREACHABLE',
    });
  });
});
