import { useEffect, useRef } from 'react';

/** Stands in for `@tarojs/taro` in page tests: storage, navigation and requests that a test can script and look at. */

export interface ScriptedRequest {
  url: string;
  method: string;
  data?: unknown;
  header: Record<string, string>;
}
export interface ScriptedAnswer {
  statusCode: number;
  data?: unknown;
  header?: Record<string, string>;
}
type Server = (request: ScriptedRequest) => ScriptedAnswer | Promise<ScriptedAnswer>;

const store = new globalThis.Map<string, unknown>();
const noServer: Server = () => {
  throw new Error('no server scripted');
};
let server: Server = noServer;
let params: Record<string, string> = {};
let route = 'pages/home/index';
let depth = 1;

/** Scripts the service for one test. A thrown error is a network that fails. */
export function serve(answer: Server): void {
  server = answer;
}
/** Opens the page under test: its path, parameters and how many pages lie under it. */
export function openAt(path: string, given: Record<string, string> = {}, under = 1): void {
  route = path.replace(/^\//, '');
  params = given;
  depth = under + 1;
}
export function resetTaro(): void {
  store.clear();
  server = noServer;
  params = {};
  route = 'pages/home/index';
  depth = 1;
  for (const fn of Object.values(Taro)) if (jest.isMockFunction(fn)) fn.mockClear();
}

const nowhere = () => jest.fn(async (_options?: { url?: string }) => ({}));

const Taro = {
  ENV_TYPE: { WEAPP: 'WEAPP', WEB: 'WEB' },
  getEnv: () => 'WEB',
  getWindowInfo: () => ({ windowWidth: 390, windowHeight: 844, statusBarHeight: 0, pixelRatio: 2 }),
  getAccountInfoSync: () => ({
    miniProgram: { appId: 'wx0000000000000000', envVersion: 'release', version: '1.0.0' },
  }),
  getAppBaseInfo: () => ({ language: 'zh_CN', theme: 'light' }),
  nextTick: (fn: () => void) => setTimeout(fn, 0),
  navigateTo: nowhere(),
  redirectTo: nowhere(),
  switchTab: nowhere(),
  reLaunch: nowhere(),
  navigateBack: nowhere(),
  getCurrentPages: () => Array.from({ length: depth }, () => ({ route, options: params })),
  login: jest.fn(async () => ({ code: 'wx-code' })),
  makePhoneCall: jest.fn(async () => ({})),
  openLocation: jest.fn(async () => ({})),
  requestSubscribeMessage: jest.fn(
    (_options: { tmplIds: string[]; success: (answer: object) => void; fail: () => void }) => undefined,
  ),
  setClipboardData: jest.fn(async () => ({})),
  chooseImage: jest.fn(async () => ({
    tempFilePaths: ['blob:1'],
    tempFiles: [{ path: 'blob:1', size: 1000 }],
  })),
  chooseMessageFile: jest.fn(async () => ({ tempFiles: [{ path: 'tmp/1', name: '1.pdf', size: 1000 }] })),
  request: jest.fn(async (options: ScriptedRequest) => server(options)),
  uploadFile: jest.fn(async (options: { url: string; header: Record<string, string> }) => {
    const answer = await server({ url: options.url, method: 'UPLOAD', header: options.header });
    return { statusCode: answer.statusCode, data: JSON.stringify(answer.data ?? null) };
  }),
  getStorageSync: (key: string) => store.get(key) ?? '',
  setStorageSync: (key: string, value: unknown) => void store.set(key, value),
  removeStorageSync: (key: string) => void store.delete(key),
  // As WeChat has it: it rejects where nothing lies under the key.
  getStorage: async ({ key }: { key: string }) => {
    if (!store.has(key)) throw { errMsg: 'getStorage:fail data not found' };
    return { data: store.get(key) };
  },
  setStorage: async ({ key, data }: { key: string; data: unknown }) => void store.set(key, data),
  getRandomValues: async ({ length }: { length: number }) => ({
    randomValues: globalThis.crypto.getRandomValues(new Uint8Array(length)).buffer,
  }),
  getStorageInfoSync: () => ({ keys: [...store.keys()], currentSize: 0, limitSize: 10240 }),
  stopPullDownRefresh: jest.fn(),
  pageScrollTo: jest.fn(async () => ({})),
};
export default Taro;

export const useRouter = () => ({ params, path: `/${route}` });
/** Taro calls these once per showing, whatever the function closes over: so must the stand-in. */
const useOnce = (fn: () => void): void => {
  const first = useRef(fn);
  useEffect(() => first.current(), []);
};
export const useLaunch = (fn: () => void) => useOnce(fn);
export const useLoad = (fn: (given: Record<string, string>) => void) => useOnce(() => fn(params));
export const useDidShow = (fn: () => void) => useOnce(fn);
export const useDidHide = (_fn: () => void): void => undefined;
export const useReady = (_fn: () => void): void => undefined;
export const usePullDownRefresh = (_fn: () => void): void => undefined;
export const useReachBottom = (_fn: () => void): void => undefined;
