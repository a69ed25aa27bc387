import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { API_PREFIX } from '@talent-card/shared/common/route';
import type { FileLink, StoredFile } from '@talent-card/shared/files/schema';
import { form, pdf, photoWithPosition } from '../../../test/documents.js';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { newKey, type SignedInCitizen, signInPerson, signInStaff } from '../../../test/sign-in.js';
import { PersonalData } from '../accounts/personal-data.js';
import { AuditEntry } from '../audit/audit-entry.entity.js';
import { ReadDatabase } from '../database/database.module.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { newId } from '../ids.js';
import { Jobs } from '../jobs/jobs.js';
import { FileRecord } from './file.entity.js';
import { FileAccess } from './file-access.js';
import { Files } from './files.js';

describe('with the 国密 suite', () => {
  it('documents lie closed with SM4 and come back as they were', async () => {
    const test = await createTestApp({ CIPHER_SUITE: 'sm' });
    const owner = await signInPerson(test, newId(test.clock.now()));
    const { headers, payload } = form(pdf(), '合同.pdf', 'application/pdf');
    const answer = await test.app.inject({
      method: 'POST',
      url: `${API_PREFIX}/files`,
      headers: { ...headers, ...owner.headers, 'idempotency-key': newKey() },
      payload,
    });
    const { fileId } = answer.json<StoredFile>();
    const row = await test.app.get(ReadDatabase).manager.findOneByOrFail(FileRecord, { id: fileId });
    expect(row.fileName).toMatch(/^s1\./);
    const { url } = test.app.get(Files).link(fileId, 'citizen');
    expect((await test.app.inject({ method: 'GET', url })).rawPayload.equals(pdf())).toBe(true);
    await test.close();
  });
});

describe('documents of citizens', () => {
  let test: TestApp;
  let personId: string;
  let owner: SignedInCitizen;
  let stranger: SignedInCitizen;
  beforeAll(async () => {
    test = await createTestApp();
    personId = newId(test.clock.now());
    owner = await signInPerson(test, personId);
    stranger = await signInPerson(test, newId(test.clock.now()));
  });
  afterAll(() => test.close());

  const call = (method: 'GET' | 'DELETE', path: string, who?: { headers: Record<string, string> }) =>
    test.app.inject({ method, url: `${API_PREFIX}${path}`, headers: who?.headers ?? {} });

  function upload(
    content: Buffer,
    name = '学位证.pdf',
    type = 'application/pdf',
    key = newKey(),
    who = owner,
  ) {
    const { headers, payload } = form(content, name, type);
    return test.app.inject({
      method: 'POST',
      url: `${API_PREFIX}/files`,
      headers: { ...headers, ...who.headers, 'idempotency-key': key },
      payload,
    });
  }
  const uploaded = async (content = pdf()): Promise<StoredFile> => {
    const answer = await upload(content);
    expect(answer.statusCode).toBe(200);
    return answer.json<StoredFile>();
  };
  const linkOf = async (fileId: string): Promise<FileLink> =>
    (await call('GET', `/files/${fileId}/link`, owner)).json<FileLink>();
  const storedFiles = (): string[] =>
    readdirSync(test.config.filesDir, { recursive: true, encoding: 'utf8' })
      .map((name) => join(test.config.filesDir, name))
      .filter((path) => statSync(path).isFile());
  const sweep = () => test.app.get(Jobs).runNow('files.sweep');
  const attach = (fileId: string, id: string) =>
    test.app
      .get(UnitOfWork)
      .run((tx) => test.app.get(Files).attach(tx, [fileId], personId, { type: 'case', id }));

  it('come back as they were, by a link and without a header', async () => {
    const file = await uploaded();
    expect(file).toMatchObject({
      fileName: '学位证.pdf',
      contentType: 'application/pdf',
      sizeBytes: pdf().length,
    });
    const { url } = await linkOf(file.fileId);
    const answer = await test.app.inject({ method: 'GET', url });
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload.equals(pdf())).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'content-disposition': expect.stringContaining("filename*=UTF-8''%E5%AD%A6"),
      'content-security-policy': expect.stringContaining("sandbox; default-src 'none'"),
    });
  });

  it('lie encrypted on the disk, name and content', async () => {
    const file = await uploaded();
    const paths = storedFiles();
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) expect(readFileSync(path).includes('%PDF')).toBe(false);
    const row = await test.app.get(ReadDatabase).manager.findOneByOrFail(FileRecord, { id: file.fileId });
    expect(row.fileName).toMatch(/^v\d+\./);
  });

  it('keep no position of where a photograph was taken', async () => {
    const { url } = await linkOf(
      (await (await upload(await photoWithPosition(), 'p.jpg', 'image/jpeg')).json()).fileId,
    );
    const answer = await test.app.inject({ method: 'GET', url });
    expect(answer.rawPayload.includes('Exif')).toBe(false);
  });

  it('are kept once when the same upload is sent twice', async () => {
    const key = newKey();
    const first = await upload(pdf(), 'a.pdf', 'application/pdf', key);
    const before = storedFiles().length;
    const second = await upload(pdf(), 'a.pdf', 'application/pdf', key);
    expect(second.json()).toEqual(first.json());
    expect(storedFiles()).toHaveLength(before);
    const other = await upload(pdf('% other'), 'a.pdf', 'application/pdf', key);
    expect(other.json()).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it.each<[string, () => ReturnType<typeof upload>, number, string]>([
    ['too big', () => upload(Buffer.alloc(10 * 1024 * 1024 + 1)), 413, 'FILE_TOO_LARGE'],
    ['another type', () => upload(Buffer.from('PK'), 'a.docx'), 415, 'FILE_TYPE_NOT_ALLOWED'],
    ['a renamed program', () => upload(Buffer.from('MZ....'), 'a.pdf'), 415, 'FILE_CONTENT_MISMATCH'],
    ['a broken picture', () => upload(Buffer.from('ffd8ffe0', 'hex'), 'a.jpg'), 415, 'FILE_UNREADABLE'],
    ['no key', () => upload(pdf(), 'a.pdf', 'application/pdf', ''), 400, 'IDEMPOTENCY_KEY_MISSING'],
  ])('are refused: %s', async (_, send, status, code) => {
    const answer = await send();
    expect(answer.json()).toMatchObject({ code });
    expect(answer.statusCode).toBe(status);
  });

  it('must come as a form with a file in it', async () => {
    const json = await test.app.inject({
      method: 'POST',
      url: `${API_PREFIX}/files`,
      headers: { ...owner.headers, 'idempotency-key': newKey() },
      payload: { file: 'x' },
    });
    expect(json.json()).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
    const { headers, payload } = form(pdf(), 'a.pdf', 'application/pdf', 'document');
    const misnamed = await test.app.inject({
      method: 'POST',
      url: `${API_PREFIX}/files`,
      headers: { ...headers, ...owner.headers, 'idempotency-key': newKey() },
      payload,
    });
    expect(misnamed.json()).toMatchObject({
      code: 'VALIDATION_FAILED',
      details: { fields: [{ path: 'file', code: 'REQUIRED' }] },
    });
  });

  it('of somebody else are not there', async () => {
    const { fileId } = await uploaded();
    expect((await call('GET', `/files/${fileId}/link`, stranger)).statusCode).toBe(404);
    expect((await call('DELETE', `/files/${fileId}`, stranger)).statusCode).toBe(404);
    await expect(
      test.app.get(Files).attachable(test.app.get(ReadDatabase).manager, fileId, newId(test.clock.now())),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  describe('by a link', () => {
    it('open for five minutes', async () => {
      const { fileId } = await uploaded();
      const { url, expiresAt } = await linkOf(fileId);
      expect(Date.parse(expiresAt) - test.clock.now().getTime()).toBe(300_000);
      test.clock.advance(300_001);
      const late = await test.app.inject({ method: 'GET', url });
      expect(late.statusCode).toBe(410);
      expect(late.json()).toMatchObject({ code: 'FILE_LINK_EXPIRED' });
    });

    it('do not open when anything in it was changed', async () => {
      const [one, two] = [await uploaded(), await uploaded()];
      const { url } = await linkOf(one.fileId);
      const later = String(test.clock.now().getTime() + 86_400_000);
      for (const forged of [
        url.replace(one.fileId, two.fileId),
        url.replace(/expires=\d+/, `expires=${later}`),
        url.replace('viewer=citizen', 'viewer=staff'),
        url.replace(/signature=[\w-]+/, 'signature=AAAA'),
      ]) {
        expect(forged).not.toBe(url);
        expect((await test.app.inject({ method: 'GET', url: forged })).statusCode).toBe(404);
      }
    });
  });

  describe('submitted with an application', () => {
    it('cannot be removed or given to another, until they are taken back', async () => {
      const { fileId } = await uploaded();
      const [mine, other] = [newId(test.clock.now()), newId(test.clock.now())];
      await attach(fileId, mine);
      await attach(fileId, mine);
      await expect(attach(fileId, other)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect((await call('DELETE', `/files/${fileId}`, owner)).statusCode).toBe(409);
      await test.app
        .get(UnitOfWork)
        .run((tx) => test.app.get(Files).detach(tx, [fileId], { type: 'case', id: mine }));
      expect((await call('DELETE', `/files/${fileId}`, owner)).statusCode).toBe(204);
      expect((await call('GET', `/files/${fileId}/link`, owner)).statusCode).toBe(404);
    });

    it('open to those members of staff whom the feature lets see them, with an audit entry', async () => {
      const caseId = newId(test.clock.now());
      const { fileId } = await uploaded();
      const staff = await signInStaff(test, 'district-reviewer', '371002-G');
      const other = await signInStaff(test, 'district-reviewer', '371082');
      test.app
        .get(FileAccess)
        .register('exhibit', async (_, { zoneCode }, id) => zoneCode === '371002-G' && id === caseId);
      const link = `/admin/files/${fileId}/link`;
      expect((await call('GET', link, staff)).statusCode).toBe(404);
      await test.app
        .get(UnitOfWork)
        .run((tx) => test.app.get(Files).attach(tx, [fileId], personId, { type: 'exhibit', id: caseId }));
      expect((await call('GET', link, other)).statusCode).toBe(404);
      const answer = await call('GET', link, staff);
      expect(answer.statusCode).toBe(200);
      expect((await test.app.inject({ method: 'GET', url: answer.json<FileLink>().url })).statusCode).toBe(
        200,
      );
      expect(
        await test.app
          .get(ReadDatabase)
          .manager.countBy(AuditEntry, { action: 'files.open', objectId: fileId, actorId: staff.staffId }),
      ).toBe(1);
    });
  });

  it('are part of what a person may take along, and go when the person goes', async () => {
    const leaving = newId(test.clock.now());
    const citizen = await signInPerson(test, leaving);
    const answer = await upload(pdf(), '合同.pdf', 'application/pdf', newKey(), citizen);
    const { fileId } = answer.json<StoredFile>();
    const data = test.app.get(PersonalData);
    expect((await data.export(leaving, citizen.accountId)).files).toEqual([answer.json()]);
    await test.app.get(UnitOfWork).run((tx) => data.erase(tx, leaving, citizen.accountId));
    expect((await call('GET', `/files/${fileId}/link`, citizen)).statusCode).toBe(404);
    await sweep();
    expect(storedFiles().some((path) => path.endsWith(fileId))).toBe(false);
  });

  it('that nobody submitted are swept after a day, their content too', async () => {
    const [kept, forgotten] = [await uploaded(), await uploaded()];
    await attach(kept.fileId, newId(test.clock.now()));
    const has = (id: string) => storedFiles().some((path) => path.endsWith(id));
    test.clock.advance(23 * 3_600_000);
    await sweep();
    expect(has(forgotten.fileId)).toBe(true);
    test.clock.advance(2 * 3_600_000);
    await sweep();
    expect(has(forgotten.fileId)).toBe(false);
    expect(has(kept.fileId)).toBe(true);
    const rows = await test.app.get(ReadDatabase).manager.findBy(FileRecord, { ownerPersonId: personId });
    expect(rows.map((row) => row.id)).toContain(kept.fileId);
    expect(rows.map((row) => row.id)).not.toContain(forgotten.fileId);
  });
});
