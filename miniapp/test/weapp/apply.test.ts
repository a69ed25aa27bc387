import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import { application, CASE_ID, check, draft, PERSON_ID, storedFile } from '../applications';
import { WeappHost, type WeappRequest } from './host';

const root = path.resolve(__dirname, '../..');
const dist = process.env.WEAPP_DIST ?? path.join(root, 'dist/weapp');

beforeAll(() => {
  if (!process.env.WEAPP_DIST) {
    execFileSync(process.execPath, [path.join(root, 'scripts/build-if-stale.mjs'), 'weapp'], {
      stdio: 'inherit',
    });
  }
}, 300_000);

const me = {
  accountId: '01JD0000000000000000000001',
  person: {
    personId: PERSON_ID,
    name: '林海清',
    identityType: 'resident-id',
    maskedIdentityNumber: '3710**********241X',
    birthDate: '1988-03-12',
  },
  nickname: null,
  maskedPhone: null,
  locale: 'zh-CN',
  sandbox: true,
};
const answers: Record<string, unknown> = {
  'GET /me': me,
  'GET /me/consents': { items: [] },
  'GET /cards/mine': { items: [] },
  'GET /card-applications/mine': { items: [] },
  'POST /card-applications/check': check(),
  'POST /card-applications': application(),
  [`GET /card-applications/${CASE_ID}`]: application(),
  'UPLOAD /files': storedFile({ fileName: 'contract.pdf', contentType: 'application/pdf' }),
};

it('takes up a draft, submits it once and shows where it stands, as WeChat runs it', async () => {
  const asked: WeappRequest[] = [];
  const serve = (request: WeappRequest) => {
    asked.push(request);
    const answer = answers[`${request.method ?? 'GET'} ${request.url.replace(/^.*\/api\/v1/, '')}`];
    return answer
      ? { statusCode: 200, data: structuredClone(answer) }
      : { statusCode: 404, data: { code: 'NOT_FOUND', details: {}, requestId: 'r' } };
  };
  const host = new WeappHost(dist, serve, 'zh_CN', {
    welcomed: true,
    'account-consent': CONSENT_VERSIONS.account,
    session: {
      accessToken: 'access-1',
      accessTokenExpiresAt: '2026-11-24T02:00:00.000Z',
      refreshToken: 'refresh-token-number-one',
      refreshTokenExpiresAt: '2026-12-24T02:00:00.000Z',
    },
    [`apply-draft:${PERSON_ID}`]: { ...draft(), format: 1, caseVersion: null },
  });
  try {
    await host.open('subpackages/apply/form/index');
    await host.shows('威海某药业有限公司');
    await host.shows('最长 3 个工作日');
    await host.tap('核对并提交');
    await host.shows('请再看一遍，确认无误再提交。');
    await host.tap('申领授权');
    await host.tap('提交申请');
    await host.reaches('subpackages/apply/result/index');
    await host.shows('高区人才服务窗口最晚 11月27日 前办结');
    await host.tap('查看进度');
    await host.reaches('subpackages/apply/detail/index');
    await host.shows('等待服务窗口核验');
    await host.shows('到“卡包”查看，无需领取');
    expect(asked.filter((request) => request.url.endsWith('/card-applications'))).toHaveLength(1);
    expect(host.storage.has(`apply-draft:${PERSON_ID}`)).toBe(false);

    await host.open('subpackages/apply/documents/index');
    await host.shows('拍照或选图');
    await host.tap('从聊天记录选文件');
    await host.shows('contract.pdf');
    const sent = host.calls.find((call) => call.name === 'uploadFile')?.options as
      | { filePath?: string }
      | undefined;
    expect(sent?.filePath).toBe('wxfile://tmp/contract.pdf');
    expect(host.errors).toEqual([]);
  } finally {
    host.close();
  }
}, 60_000);
