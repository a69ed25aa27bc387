import {
  askedDocuments,
  CASE_ID,
  check,
  draft,
  leaveDraft,
  PERSON_ID,
  returned,
  storedFile,
} from '@test/applications';
import { me, problem, type Script, script, show, signedIn } from '@test/script';
import Taro, { openAt } from '@test/taro';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { errorTexts } from '@/i18n/errors';
import { PAGES, pageUrl } from '@/platform/pages';
import type { BlobUpload } from '@/platform/upload-blob';
import DocumentsPage from './index';

// jsdom sends no files: what would travel goes to the scripted service, as it does from WeChat.
jest.mock('@/platform/upload-blob', () => ({
  uploadBlob: ({ url, headers, onProgress, signal }: BlobUpload) => {
    const taro = jest.requireActual<{ default: { uploadFile: (options: unknown) => Task } }>('@tarojs/taro');
    const task = taro.default.uploadFile({ url, header: headers });
    task.progress?.((event) => onProgress?.(event.progress));
    signal?.addEventListener('abort', () => task.abort?.());
    return task;
  },
}));
type Task = Promise<never> & {
  progress?: (tell: (event: { progress: number }) => void) => void;
  abort?: () => void;
};

const service = (over: Script = {}) =>
  script({
    'GET /me': me(),
    'POST /card-applications/check': ({ data }: { data?: unknown }) => {
      const { form } = data as { form: { offlineMaterial: boolean } };
      return check({
        missing: [{ kind: 'document', name: 'provincial-card' }],
        documents: askedDocuments.map((slot) => ({ ...slot, offline: form.offlineMaterial })),
      });
    },
    'UPLOAD /files': storedFile({ fileName: 'scan.pdf', contentType: 'application/pdf' }),
    ...over,
  });

const button = (name: string | RegExp) => screen.getByRole('button', { name });
const tap = (name: string | RegExp) => fireEvent.click(button(name));
const picker = () => screen.getByLabelText('选择文件：山东惠才卡');
const pick = (...files: File[]) => fireEvent.change(picker(), { target: { files } });
const file = (name: string, size = 10) => {
  const made = new File(['x'], name);
  Object.defineProperty(made, 'size', { value: size });
  return made;
};
const stored = (): { documents: { file: { fileName: string } }[]; form: { offlineMaterial: boolean } } =>
  JSON.parse(String(Taro.getStorageSync(`apply-draft:${PERSON_ID}`)));
const leave = (documents = draft().documents) => leaveDraft(Taro.setStorageSync, { ...draft(), documents });
async function open(): Promise<void> {
  show(<DocumentsPage />);
  await screen.findByLabelText('选择文件：山东惠才卡');
}

beforeEach(() => {
  openAt(PAGES.applyDocuments);
  signedIn();
});

describe('uploading', () => {
  it('adds a file to the draft, where it survives', async () => {
    leave([]);
    service();
    await open();
    expect(screen.getByText('待上传')).toBeInTheDocument();
    pick(file('scan.pdf'));
    expect(await screen.findByRole('button', { name: '查看scan.pdf' })).toBeInTheDocument();
    expect(screen.getByText('已上传')).toBeInTheDocument();
    expect(stored().documents).toMatchObject([
      { documentType: 'provincial-card', file: { fileName: 'scan.pdf' } },
    ]);
  });

  it('shows how far it is, and can be cancelled', async () => {
    leave([]);
    service();
    await open();
    const abort = jest.fn();
    let told: (event: { progress: number }) => void = () => undefined;
    Taro.uploadFile.mockImplementationOnce(() =>
      Object.assign(new Promise<never>(() => undefined), {
        abort,
        progress: (tell: typeof told) => {
          told = tell;
        },
      }),
    );
    pick(file('big.pdf'));
    expect(await screen.findByText('正在上传 0%')).toBeInTheDocument();
    expect(button('完成，返回表单')).toHaveAttribute('aria-disabled', 'true');
    await waitFor(() => expect(Taro.uploadFile).toHaveBeenCalled());
    act(() => told({ progress: 42 }));
    expect(screen.getByText('正在上传 42%')).toBeInTheDocument();
    act(() => told({ progress: 100 }));
    expect(screen.getByText('已传完，正在检查文件')).toBeInTheDocument();
    tap('取消上传big.pdf');
    expect(abort).toHaveBeenCalled();
    expect(screen.queryByText('big.pdf')).not.toBeInTheDocument();
  });

  it.each([
    [413, 'FILE_TOO_LARGE'],
    [413, 'PAYLOAD_TOO_LARGE'],
    [415, 'FILE_TYPE_NOT_ALLOWED'],
    [415, 'FILE_CONTENT_MISMATCH'],
    [415, 'UNSUPPORTED_MEDIA_TYPE'],
    [422, 'FILE_UNREADABLE'],
  ] as const)('%d %s is said at the file, which is not worth another try', async (statusCode, code) => {
    leave([]);
    service({ 'UPLOAD /files': { statusCode, data: problem(code) } });
    await open();
    pick(file('scan.pdf'));
    expect(await screen.findByText(errorTexts[code][0])).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /重新上传/ })).not.toBeInTheDocument();
    tap('不传了');
    expect(screen.queryByText('scan.pdf')).not.toBeInTheDocument();
  });

  it.each([
    ['photo.heic', 10, errorTexts.FILE_TYPE_NOT_ALLOWED[0]],
    ['scan.pdf', 10 * 1024 * 1024 + 1, errorTexts.FILE_TOO_LARGE[0]],
    ['scan.pdf', 0, '这个文件是空的，请换一个。'],
  ])('does not send %s of %d bytes', async (name, size, words) => {
    leave([]);
    service();
    await open();
    pick(file(name, size));
    expect(await screen.findByText(words)).toBeInTheDocument();
    expect(Taro.uploadFile).not.toHaveBeenCalled();
  });

  it('tries again after a lost connection with the same key', async () => {
    leave([]);
    let broken = true;
    service({
      'UPLOAD /files': () => {
        if (broken) throw new Error('uploadFile:fail');
        return storedFile({ fileName: 'scan.pdf' });
      },
    });
    await open();
    pick(file('scan.pdf'));
    await screen.findByText(errorTexts.NETWORK_UNREACHABLE[0]);
    broken = false;
    tap('重新上传scan.pdf');
    await screen.findByRole('button', { name: '查看scan.pdf' });
    const keys = Taro.uploadFile.mock.calls.map(([options]) => options.header['idempotency-key']);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
  });
});

describe('a document that is there', () => {
  it('opens by its short link', async () => {
    leave();
    const preview = jest.fn(async () => ({}));
    Object.assign(Taro, { previewImage: preview });
    service({
      'GET /files/01JD0000000000000000000F01/link': {
        url: '/api/v1/files/x/content?signature=s',
        expiresAt: '',
      },
    });
    await open();
    tap('查看惠才卡.jpg');
    await waitFor(() =>
      expect(preview).toHaveBeenCalledWith({ urls: ['/api/v1/files/x/content?signature=s'] }),
    );
  });

  it('says why it did not open', async () => {
    leave();
    service();
    await open();
    tap('查看惠才卡.jpg');
    expect(await screen.findByText(new RegExp(errorTexts.NOT_FOUND[0]))).toBeInTheDocument();
  });

  it('is removed at once and comes back on undo, with nothing deleted', async () => {
    leave();
    const asked = service();
    await open();
    tap('移除惠才卡.jpg');
    expect(screen.queryByRole('button', { name: '查看惠才卡.jpg' })).not.toBeInTheDocument();
    expect(stored().documents).toHaveLength(0);
    tap('撤销');
    expect(button('查看惠才卡.jpg')).toBeInTheDocument();
    expect(asked.some((request) => request.method === 'DELETE')).toBe(false);
  });

  it('is deleted from the service once the removal is final', async () => {
    leave();
    const asked = service({ 'DELETE /files/01JD0000000000000000000F01': null });
    show(<DocumentsPage />).unmount();
    const page = show(<DocumentsPage />);
    await screen.findByRole('button', { name: '移除惠才卡.jpg' });
    tap('移除惠才卡.jpg');
    page.unmount();
    await waitFor(() => expect(asked.some((request) => request.method === 'DELETE')).toBe(true));
  });
});

describe('classified material', () => {
  it('closes every upload, warns, and says what happens next', async () => {
    leave();
    service();
    await open();
    fireEvent.click(screen.getByRole('checkbox', { name: '有涉密材料' }));
    expect(screen.getByText(/涉密材料不得在这里上传/)).toBeInTheDocument();
    expect(screen.getByText(/机要渠道/)).toBeInTheDocument();
    expect(screen.queryByLabelText(/选择文件/)).not.toBeInTheDocument();
    expect(await screen.findAllByText('这份材料线下递交，这里不能上传')).toHaveLength(2);
    expect(stored().form.offlineMaterial).toBe(true);
  });
});

describe('the page', () => {
  it('lists every kind of document when the service cannot be asked', async () => {
    leave([]);
    service({ 'POST /card-applications/check': { statusCode: 503, data: problem('SERVICE_UNAVAILABLE') } });
    await open();
    expect(screen.getByText(errorTexts.SERVICE_UNAVAILABLE[0])).toBeInTheDocument();
    expect(screen.getByText('学位证书')).toBeInTheDocument();
  });

  it('sends back to the form where nothing is asked for yet', async () => {
    openAt(PAGES.applyDocuments, {}, 0);
    service({
      'POST /card-applications/check': check({ documents: [], proposedCategory: null, path: null }),
    });
    show(<DocumentsPage />);
    await screen.findByText('先选好符合哪一项');
    tap('完成，返回表单');
    expect(Taro.redirectTo).toHaveBeenCalledWith({ url: PAGES.apply });
  });

  it('marks what the office wants changed, and deletes nothing that the case holds', async () => {
    openAt(PAGES.applyDocuments, { caseId: CASE_ID });
    const asked = service({ [`GET /card-applications/${CASE_ID}`]: returned() });
    const page = show(<DocumentsPage />);
    const note = await screen.findByText('请上传劳动合同。');
    expect(within(note.closest('.card') as HTMLElement).getByText('劳动合同')).toBeInTheDocument();
    tap('移除惠才卡.jpg');
    page.unmount();
    await act(async () => undefined);
    expect(asked.some((request) => request.method === 'DELETE')).toBe(false);
  });

  it('leads somebody who is not signed in to the sign-in and back', async () => {
    (await import('@/platform/session')).setSession(null);
    openAt(PAGES.applyDocuments, {}, 0);
    show(<DocumentsPage />);
    await waitFor(() =>
      expect(Taro.redirectTo).toHaveBeenCalledWith({
        url: pageUrl('signIn', { next: PAGES.applyDocuments }),
      }),
    );
  });
});
