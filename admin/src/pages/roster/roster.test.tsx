import { rosterRoutes } from '@talent-card/shared/people/routes';
import type { ImportBatch, RowProblem } from '@talent-card/shared/people/schema';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { id, openConsole, staffSelf } from '../../test/console.js';
import { FakeServer, problem } from '../../test/fake-server.js';

const BATCH = id('B1');
const batch: ImportBatch = {
  batchId: BATCH,
  fileName: '威海市2026年人才名单.xlsx',
  status: 'checked',
  createdBy: '王海',
  createdAt: '2026-11-24T01:00:00.000Z',
  finishedAt: null,
  rowsTotal: 1203,
  rowsChecked: 1203,
  rowsFailed: 3,
  rowsWarned: 1,
  rowsNew: 1100,
  rowsChanged: 80,
  rowsUnchanged: 20,
  rowsApplied: 0,
  cardsCaused: 0,
  failureCode: null,
  version: 2,
};

const withChanges = (over: Partial<ImportBatch>): ImportBatch => ({ ...batch, ...over });

/** As much of XMLHttpRequest as the upload uses; the rest of the wizard speaks fetch. */
function answerUploads(status: number, body: unknown) {
  const sent: { url: string; headers: Record<string, string>; file: unknown }[] = [];
  class Upload {
    upload: { onprogress?: (event: { lengthComputable: boolean; loaded: number; total: number }) => void } =
      {};
    onload: () => void = () => undefined;
    status = 0;
    responseText = '';
    private readonly headers: Record<string, string> = {};
    private url = '';
    open(_: string, url: string) {
      this.url = url;
    }
    setRequestHeader(name: string, value: string) {
      this.headers[name] = value;
    }
    getResponseHeader() {
      return null;
    }
    send(form: FormData) {
      sent.push({ url: this.url, headers: this.headers, file: form.get('file') });
      this.upload.onprogress?.({ lengthComputable: true, loaded: 1, total: 2 });
      this.status = status;
      this.responseText = JSON.stringify(body);
      queueMicrotask(() => this.onload());
    }
  }
  vi.stubGlobal('XMLHttpRequest', Upload);
  return sent;
}

const workbook = new File(['x'], '威海市2026年人才名单.xlsx');

async function chooseFile(user: ReturnType<typeof openConsole>['user'], file: File) {
  await screen.findByText('把名单工作簿拖到这里，或点击选择');
  const input = document.querySelector<HTMLInputElement>('input[type=file]');
  if (!input) throw new Error('no file input');
  await user.upload(input, file);
}

describe('the import wizard', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
    const items: RowProblem[] = [
      {
        row: 7,
        column: '身份证号',
        code: 'ROW_IDENTITY_CHECK_DIGIT',
        severity: 'error',
        hint: '3710****2419',
      },
      { row: 9, column: '信用代码', code: 'ROW_CREDIT_CODE_WARNING', severity: 'warning', hint: null },
    ];
    server.on(rosterRoutes.problems, () => ({ items, nextCursor: null }));
  });

  it('goes from the file over the dry run and its result to the end', async () => {
    const sent = answerUploads(200, { ...batch, status: 'checking', rowsTotal: 0, rowsChecked: 0 });
    const states: Partial<ImportBatch>[] = [
      { status: 'checking', rowsChecked: 600 },
      {},
      { status: 'applied', rowsApplied: 1180, version: 4 },
    ];
    let look = 0;
    server
      .on(rosterRoutes.import, () => withChanges(states[Math.min(look++, 2)] ?? {}))
      .on(rosterRoutes.apply, () => withChanges({ status: 'applying', rowsApplied: 500, version: 3 }));
    const { user, router } = openConsole(server, '/roster/import');
    await chooseFile(user, workbook);

    expect(await screen.findByText('正在试导入')).toBeVisible();
    expect(router.state.location.pathname).toBe(`/roster/imports/${BATCH}`);
    expect(screen.getByText('600 / 1,203 行')).toBeVisible();
    expect(sent[0]?.url).toBe('/api/v1/admin/roster/imports');
    expect(sent[0]?.headers['Idempotency-Key']).toBeTruthy();

    expect(await screen.findByText('试导入完成，请核对', undefined, { timeout: 4000 })).toBeVisible();
    expect(within(screen.getByText('新增').closest('div') as HTMLElement).getByText('1,100')).toBeVisible();
    const row = await screen.findByRole('row', { name: /身份证号/ });
    expect(within(row).getByText('身份证号最后一位校验不对，请核对原件')).toBeVisible();

    await user.click(screen.getByRole('button', { name: '导入 1,180 行' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText('确认导入 威海市2026年人才名单.xlsx')).toBeVisible();
    expect(within(dialog).getByText('将新增 1,100 人、更新 80 人。有错的 3 行不导入。')).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: '导入 1,180 行' }));
    expect(await screen.findByText('正在导入')).toBeVisible();
    expect(server.callsOf(rosterRoutes.apply)[0]?.body).toEqual({ version: 2 });
    expect(await screen.findByText('导入完成', undefined, { timeout: 4000 })).toBeVisible();
  });

  it('names the missing columns and refuses what is no workbook', async () => {
    answerUploads(422, {
      code: 'IMPORT_COLUMNS_MISSING',
      details: { columns: ['证件号码', '所属区市'] },
      requestId: 'r',
    });
    const { user } = openConsole(server, '/roster/import');
    await chooseFile(user, workbook);
    expect(await screen.findByText('缺少这些列：证件号码、所属区市')).toBeVisible();
  });

  it('finds an import again by its address and undoes it after asking', async () => {
    server
      .on(rosterRoutes.import, () => withChanges({ status: 'applied', version: 4 }))
      .on(rosterRoutes.undo, () => withChanges({ status: 'undone', version: 6 }));
    const { user } = openConsole(server, `/roster/imports/${BATCH}`);
    await user.click(await screen.findByRole('button', { name: '撤销这次导入' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText(/收回这次新增的 1,100 人/)).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: '撤销这次导入' }));
    expect(await screen.findByText('这次导入已撤销')).toBeVisible();
  });

  it('explains why an import that caused cards cannot be undone', async () => {
    server.on(rosterRoutes.import, () => withChanges({ status: 'applied', cardsCaused: 5 }));
    openConsole(server, `/roster/imports/${BATCH}`);
    expect(await screen.findByText(/已有 5 张卡片因这次导入发出，不能撤销/)).toBeVisible();
    expect(screen.queryByRole('button', { name: '撤销这次导入' })).toBeNull();
  });

  it('shows where an import stands when somebody else moved it on', async () => {
    let status: ImportBatch['status'] = 'checked';
    server
      .on(rosterRoutes.import, () => withChanges({ status }))
      .on(rosterRoutes.apply, () => {
        status = 'discarded';
        return problem(409, 'IMPORT_STATE_CONFLICT');
      });
    const { user } = openConsole(server, `/roster/imports/${BATCH}`);
    await user.click(await screen.findByRole('button', { name: '导入 1,180 行' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: '导入 1,180 行' }));
    expect(await screen.findByText('这次导入的状态已变化，请看最新情况')).toBeVisible();
    await waitFor(() => expect(screen.getByText('这次导入已放弃')).toBeInTheDocument());
  });

  it('offers nothing to press to somebody who may only read', async () => {
    server.on(rosterRoutes.import, () => batch);
    openConsole(server, `/roster/imports/${BATCH}`, staffSelf('auditor'));
    expect(await screen.findByText('试导入完成，请核对')).toBeVisible();
    expect(screen.queryByRole('button', { name: /导入/ })).toBeNull();
  });
});
