import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { BACKEND_ROOT } from '../paths.js';
import { ConfigError, loadConfig } from './config.js';
import { environmentSchema } from './environment.js';
import { tokenSecrets } from './token-secrets.js';

function problems(env: Record<string, string>): string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const SECRET = 'x'.repeat(32);
const PRODUCTION = {
  APP_ENV: 'production',
  PUBLIC_URL: 'https://talent.example.gov.cn/',
  FIELD_KEYS_FILE: '/etc/talent-card/keys.json',
  AUDIT_SIGNING_KEY_FILE: '/etc/talent-card/audit.pem',
  TOKEN_SECRETS: `${SECRET},${SECRET}2`,
  WECHAT_MODE: 'live',
  WECHAT_APP_ID: 'wx0000000000000000',
  WECHAT_APP_SECRET: 'secret',
};

describe('the configuration', () => {
  it('needs nothing on a fresh machine', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({ PORT: 3000, sandbox: true, publicUrl: 'http://localhost:3000' });
    expect(config.filesDir).toBe(join(config.dataDir, 'files'));
  });

  it('takes an empty variable for an absent one', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: '' }).PORT).toBe(3000);
  });

  it('takes a full production set', () => {
    expect(loadConfig(PRODUCTION)).toMatchObject({
      publicUrl: 'https://talent.example.gov.cn',
      sandbox: false,
      TOKEN_SECRETS: [SECRET, `${SECRET}2`],
    });
  });

  it('lists every problem at once, also those between variables', () => {
    const found = problems({
      APP_ENV: 'production',
      PORT: 'http',
      LOG_LEVEL: 'loud',
      PUBLIC_URL: 'http://talent.example.gov.cn',
      DATABASE_URL: 'postgres://x',
      TRUSTED_PROXIES: 'loopback, 10.0.0.0/99, everybody',
      TOKEN_SECRETS: 'short',
      WECHAT_MODE: 'live',
    });
    const named = found.map((line) => line.split(' ')[0]).sort();
    expect(named).toEqual(
      [
        'AUDIT_SIGNING_KEY_FILE',
        'DATABASE_URL',
        'FIELD_KEYS_FILE',
        'LOG_LEVEL',
        'PORT',
        'PUBLIC_URL',
        'TOKEN_SECRETS',
        'TRUSTED_PROXIES',
        'WECHAT_APP_ID',
        'WECHAT_APP_SECRET',
      ].sort(),
    );
  });

  it.each([
    [{ PORT: '-1' }, 'PORT must be a whole number from 0 to 65535'],
    [{ PORT: '3.5' }, 'PORT must be a whole number from 0 to 65535'],
    [{ PORT: '99999' }, 'PORT must be a whole number from 0 to 65535'],
    [{ APP_ENV: 'staging' }, 'APP_ENV must be one of development, test, production'],
    [{ PUBLIC_URL: 'talent.example' }, 'PUBLIC_URL must be an address such as https://talent.example.gov.cn'],
    [{ METRICS_PORT: '3000' }, 'METRICS_PORT must differ from PORT'],
    [{ METRICS_TOKEN: 'short' }, 'METRICS_TOKEN must have at least 16 characters'],
    [
      { SMS_GATEWAY_URL: 'https://sms.example' },
      'SMS_GATEWAY_URL and SMS_GATEWAY_SECRET are needed together',
    ],
    [
      { WECHAT_TEMPLATE_BOOKING: `${'t'.repeat(43)} often thing1=what` },
      'WECHAT_TEMPLATE_BOOKING must say one-time or long-term after the template id',
    ],
    [
      {
        WECHAT_TEMPLATE_CARD: `${'t'.repeat(43)} one-time thing1=what`,
        WECHAT_TEMPLATE_REQUEST: `${'t'.repeat(43)} one-time thing1=what`,
      },
      'WECHAT_TEMPLATE_… name one template twice',
    ],
    [{ CIPHER_SUITE: 'des' }, 'CIPHER_SUITE must be one of aes, sm'],
    [
      { TRUSTED_PROXIES: '10.0.0.0/8,nobody' },
      'TRUSTED_PROXIES has entries that are no address, range, loopback or none: nobody',
    ],
  ])('%j: %s', (env, line) => {
    expect(problems(env)).toEqual([line]);
  });

  it.each([
    ['WECHAT_MODE', 'sandbox', 'WECHAT_MODE=sandbox is refused in production'],
    ['DEMO_DATA', 'load', 'DEMO_DATA=load is refused in production'],
    ['DEMO_DATA', 'staff', 'DEMO_DATA=staff is refused in production'],
    ['PUBLIC_URL', 'http://a.gov.cn', 'PUBLIC_URL must start with https:// in production'],
    ['TOKEN_SECRETS', '', 'TOKEN_SECRETS is needed in production'],
    ['FIELD_KEYS_FILE', '', 'FIELD_KEYS_FILE is needed in production'],
  ])('production refuses %s=%s', (name, value, line) => {
    expect(problems({ ...PRODUCTION, [name]: value })).toEqual([line]);
  });

  it('never repeats a secret in a problem', () => {
    const text = problems({
      ...PRODUCTION,
      TOKEN_SECRETS: 'hunter2',
      DATABASE_URL: 'mysql:root:hunter3',
    }).join();
    expect(text).not.toMatch(/hunter/);
  });
});

describe('the token secrets', () => {
  it('are made once outside production, for their owner alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
    const config = loadConfig({ DATA_DIR: folder });
    const [first] = tokenSecrets(config);
    expect(first.length).toBeGreaterThanOrEqual(32);
    expect(tokenSecrets(config)).toEqual([first]);
    expect(statSync(join(folder, 'token-secret')).mode & 0o777).toBe(0o600);
    rmSync(folder, { recursive: true });
  });

  it('come from the environment when it has them', () => {
    expect(tokenSecrets(loadConfig(PRODUCTION))).toEqual([SECRET, `${SECRET}2`]);
  });
});

describe('docs/operations.md', () => {
  const page = readFileSync(join(BACKEND_ROOT, '..', 'docs', 'operations.md'), 'utf8');
  const rows = new Map(
    [...page.matchAll(/^\|\s*`([A-Z_]+)`\s*\|\s*(.*?)\s*\|\s*(.*?)\s*\|$/gm)].map(
      ([, name = '', fallback, text]) => [name, { fallback, text }],
    ),
  );

  it('has a row for each variable, with its default and its meaning, and no other', () => {
    const expected = Object.entries(environmentSchema.shape).map(([name, field]) => {
      const fallback = field instanceof z.ZodDefault ? String(field.def.defaultValue) : '';
      return [name, { fallback: fallback === '' ? '–' : `\`${fallback}\``, text: field.description }];
    });
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(expected));
  });
});
