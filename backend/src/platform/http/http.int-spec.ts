import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { API_PREFIX } from '@talent-card/shared/common/route';
import { pino } from 'pino';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { newKey, signInStaff } from '../../../test/sign-in.js';
import { createApp } from '../../app.js';
import { loadConfig } from '../config/config.js';
import { Metrics } from '../observability/metrics.js';
import { logAccess } from './access-log.js';

const TOKEN = 'metrics-token-of-the-test';
const INLINE = 'window.ready = 1;';

/** A workspace with a built mini-program and a console that was never built. */
function workspace(): string {
  const root = mkdtempSync(join(tmpdir(), 'sites-'));
  const h5 = join(root, 'miniapp', 'dist', 'h5');
  mkdirSync(join(h5, 'js'), { recursive: true });
  writeFileSync(join(h5, 'index.html'), `<!doctype html><script>${INLINE}</script><div id="app"></div>`);
  writeFileSync(join(h5, 'js', 'app.1a2b3c4d.js'), `console.log("${'x'.repeat(4000)}");`);
  writeFileSync(join(h5, 'plain.txt'), 'plain');
  writeFileSync(join(root, 'miniapp', 'secret.txt'), 'secret');
  return root;
}

describe('the HTTP side', () => {
  let test: TestApp;
  let app: NestFastifyApplication;
  let root: string;
  beforeAll(async () => {
    root = workspace();
    test = await createTestApp({ METRICS_TOKEN: TOKEN, JSON_LIMIT_KB: '64' });
    const dataDir = mkdtempSync(join(tmpdir(), 'sites-data-'));
    app = await createApp(
      loadConfig({ APP_ENV: 'test', LOG_LEVEL: 'silent', DATA_DIR: join(dataDir, 'data') }),
      { clock: test.clock, sitesRoot: root },
    );
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  afterAll(async () => {
    await app.close();
    await test.close();
    rmSync(root, { recursive: true, force: true });
  });
  const get = (url: string, headers: Record<string, string> = {}, on = app) =>
    on.inject({ method: 'GET', url, headers });

  describe('pages', () => {
    it('start with a page of ours that says it is the sandbox', async () => {
      const answer = await get('/');
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toContain('data-sandbox="true"');
      for (const door of ['href="/m/"', 'href="/admin/"', 'href="/api/docs"'])
        expect(answer.body).toContain(door);
      expect(answer.body).not.toMatch(/(?:src|href)="https?:/);
    });

    it('send /m to /m/', async () => {
      const answer = await get('/m');
      expect([answer.statusCode, answer.headers.location]).toEqual([308, '/m/']);
    });

    it.each(['/m/', '/m/pages/home/index', '/m/pages/wallet/index?id=1', '/m/index.html'])(
      'give %s the one page of the app, never cached, its inline script named by its hash',
      async (url) => {
        const answer = await get(url);
        expect(answer.statusCode).toBe(200);
        expect(answer.body).toContain('id="app"');
        expect(answer.headers['cache-control']).toBe('no-cache');
        expect(answer.headers['content-security-policy']).toMatch(/script-src 'self' 'sha256-[\w+/=]+'/);
        expect(answer.headers['content-security-policy']).not.toContain("'unsafe-eval'");
      },
    );

    it('let hashed files be kept for a year and others not', async () => {
      expect((await get('/m/js/app.1a2b3c4d.js')).headers['cache-control']).toBe(
        'public, max-age=31536000, immutable',
      );
      expect((await get('/m/plain.txt')).headers['cache-control']).toBe('no-cache');
    });

    it('compress what is worth it', async () => {
      const answer = await get('/m/js/app.1a2b3c4d.js', { 'accept-encoding': 'br' });
      expect(answer.headers['content-encoding']).toBe('br');
      expect(brotliDecompressSync(answer.rawPayload).toString()).toContain('xxx');
    });

    it('do not pretend that a missing script is a page', async () => {
      expect((await get('/m/js/gone.1a2b3c4d.js')).statusCode).toBe(404);
    });

    it.each([
      '/m/../secret.txt',
      '/m/..%2fsecret.txt',
      '/m/%2e%2e/%2e%2e/secret.txt',
      '/m/js/../../../secret.txt',
    ])('stay inside their folder: %s', async (url) => {
      const answer = await get(url);
      expect(answer.body).not.toContain('secret');
    });

    it('say kindly that an app was not built', async () => {
      const answer = await get('/admin/');
      expect(answer.statusCode).toBe(503);
      expect(answer.headers['content-type']).toContain('text/html');
      expect(answer.body).toContain('管理台尚未构建');
      expect(answer.body).toContain('The console has not been built');
    });

    it('that do not exist are a page for people and a problem for programs', async () => {
      const page = await get('/nowhere', { accept: 'text/html' });
      expect(page.statusCode).toBe(404);
      expect(page.body).toContain('没有这个页面');
      expect((await get('/nowhere')).json()).toMatchObject({ code: 'NOT_FOUND' });
      expect((await get('/api/v1/nowhere', { accept: 'text/html' })).json()).toMatchObject({
        code: 'NOT_FOUND',
      });
    });
  });

  describe('headers', () => {
    it('close what a browser would leave open', async () => {
      const { headers } = await get('/');
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
      });
      expect(headers['content-security-policy']).toContain("default-src 'self'");
      expect(headers['content-security-policy']).toContain("object-src 'none'");
      expect(headers['strict-transport-security']).toBeUndefined();
      expect(headers.server).toBeUndefined();
      expect(headers['x-powered-by']).toBeUndefined();
    });

    it('keep answers of the API out of every cache', async () => {
      expect((await get('/api/v1/me')).headers['cache-control']).toBe('no-store');
    });

    it('carry a request id: a new one, or that of a proxy we trust', async () => {
      expect((await get('/api/v1/me')).headers['x-request-id']).toMatch(/^[0-9A-Z]{26}$/);
      const given = await get('/api/v1/me', { 'x-request-id': 'proxy-0123456789' });
      expect(given.headers['x-request-id']).toBe('proxy-0123456789');
      expect(given.json()).toMatchObject({ requestId: 'proxy-0123456789' });
      const forged = await get('/api/v1/me', { 'x-request-id': '<script>' });
      expect(forged.headers['x-request-id']).toMatch(/^[0-9A-Z]{26}$/);
      const stranger = await app.inject({
        method: 'GET',
        url: '/api/v1/me',
        headers: { 'x-request-id': 'proxy-0123456789' },
        remoteAddress: '203.0.113.9',
      });
      expect(stranger.headers['x-request-id']).toMatch(/^[0-9A-Z]{26}$/);
    });
  });

  describe('bodies', () => {
    const post = (headers: Record<string, string>, payload: string) =>
      test.app.inject({ method: 'POST', url: `${API_PREFIX}/staff/sessions`, headers, payload });

    it.each<[string, Record<string, string>, string, number, string]>([
      ['text', { 'content-type': 'text/plain' }, 'hello', 415, 'UNSUPPORTED_MEDIA_TYPE'],
      [
        'a form',
        { 'content-type': 'application/x-www-form-urlencoded' },
        'a=b',
        415,
        'UNSUPPORTED_MEDIA_TYPE',
      ],
      ['XML', { 'content-type': 'application/xml' }, '<a/>', 415, 'UNSUPPORTED_MEDIA_TYPE'],
      ['JSON cut off', { 'content-type': 'application/json' }, '{"username":', 400, 'VALIDATION_FAILED'],
      [
        'a poisoned prototype',
        { 'content-type': 'application/json' },
        '{"__proto__":{"a":1}}',
        400,
        'VALIDATION_FAILED',
      ],
      [
        'JSON nested beyond reason',
        { 'content-type': 'application/json' },
        `{"username":${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
        400,
        'VALIDATION_FAILED',
      ],
      ['a list', { 'content-type': 'application/json' }, '[]', 400, 'VALIDATION_FAILED'],
      ['nothing', { 'content-type': 'application/json' }, '', 400, 'VALIDATION_FAILED'],
      [
        'too much',
        { 'content-type': 'application/json' },
        `"${'x'.repeat(66_000)}"`,
        413,
        'PAYLOAD_TOO_LARGE',
      ],
    ])('of %s are refused', async (_, headers, payload, status, code) => {
      const answer = await post(headers, payload);
      expect(answer.json()).toMatchObject({ code, requestId: expect.any(String) });
      expect(answer.statusCode).toBe(status);
      expect(answer.headers['content-type']).toContain('application/problem+json');
    });

    it('say what is wrong at each field', async () => {
      const answer = await post({ 'content-type': 'application/json' }, '{"username":7}');
      const { details } = answer.json<{ details: { fields: { path: string; code: string }[] } }>();
      expect(details.fields).toEqual(
        expect.arrayContaining([
          { path: 'username', code: 'FORMAT' },
          { path: 'password', code: 'REQUIRED' },
        ]),
      );
    });

    it('say it of a parameter in the path too', async () => {
      const staff = await signInStaff(test, 'system-administrator');
      const answer = await test.app.inject({
        method: 'PUT',
        url: `${API_PREFIX}/admin/calendar/days/2026-02-30`,
        headers: { ...staff.headers, 'idempotency-key': newKey() },
        payload: { kind: null },
      });
      expect(answer.json()).toMatchObject({ details: { fields: [{ path: 'date', code: 'DATE_INVALID' }] } });
    });
  });

  describe('for machines', () => {
    it('lives and is ready', async () => {
      expect((await get('/health/live')).json()).toEqual({ status: 'live' });
      const ready = await get('/health/ready');
      expect(ready.statusCode).toBe(200);
      expect(ready.json()).toMatchObject({ status: 'ready', checks: { database: 'ok', disk: 'ok' } });
    });

    it('shows metrics to who has the token, by route pattern', async () => {
      expect((await get('/metrics', {}, test.app)).statusCode).toBe(401);
      expect((await get('/metrics', { authorization: 'Bearer wrong' }, test.app)).statusCode).toBe(401);
      await get('/api/v1/files/01K00000000000000000000000/link', {}, test.app);
      const { body, statusCode } = await get('/metrics', { authorization: `Bearer ${TOKEN}` }, test.app);
      expect(statusCode).toBe(200);
      expect(body).toContain('route="/api/v1/files/:fileId/link"');
      expect(body).not.toContain('01K00000000000000000000000');
      for (const name of [
        'outbox_messages',
        'unit_of_work_queued',
        'unit_of_work_retries',
        'job_last_success_timestamp_seconds',
        'audit_oldest_unsealed_seconds',
        'process_cpu_seconds_total',
      ])
        expect(body).toContain(name);
    });

    it('has no metrics without a token', async () => {
      expect((await get('/metrics')).statusCode).toBe(404);
    });
  });

  it('logs the pattern of an address, never what stands in it', async () => {
    const lines: string[] = [];
    const other = await createApp(
      loadConfig({ APP_ENV: 'test', LOG_LEVEL: 'silent', DATA_DIR: mkdtempSync(join(tmpdir(), 'log-')) }),
      { clock: test.clock, sitesRoot: root },
    );
    const logger = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
    logAccess(
      other.getHttpAdapter().getInstance() as unknown as Parameters<typeof logAccess>[0],
      logger,
      new Metrics(),
    );
    await other.init();
    await other.inject({
      method: 'GET',
      url: `${API_PREFIX}/files/01K00000000000000000000000/content?viewer=citizen&expires=1&signature=secret-signature`,
      headers: { authorization: 'Bearer secret-token', 'user-agent': 'secret-agent' },
    });
    await other.close();
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      method: 'GET',
      route: '/api/v1/files/:fileId/content',
      status: 404,
      actor: 'anonymous',
    });
    expect(lines[0]).not.toMatch(/secret|01K0000/);
  });
});
