import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';

/**
 * A small logic-layer host for the weapp build: runs dist/weapp's real scripts in a bare VM context (no window,
 * document, process, fetch, AbortController, WebCrypto, TextDecoder or BigInt, and neither `eval` nor `new Function`,
 * as in WeChat), applies setData to a tree, checks every node type against base.wxml, and fires events through the
 * page's own handler.
 */
export interface WeappNode {
  /** Node type, a template of base.wxml. */
  nn?: string;
  /** Class. */
  cl?: string;
  /** Text. */
  v?: string;
  sid?: string;
  uid?: string;
  cn?: Record<string, WeappNode>;
  [property: string]: unknown;
}
export interface WeappRequest {
  url: string;
  method?: string;
  data?: unknown;
  header?: Record<string, string>;
  success?: (answer: WeappAnswer) => void;
  fail?: (failure: { errMsg: string }) => void;
  complete?: (answer: unknown) => void;
}
export interface WeappAnswer {
  statusCode: number;
  data?: unknown;
  header?: Record<string, string>;
}
interface Page {
  route: string;
  data: Record<string, unknown>;
  options: Record<string, string>;
  onLoad?: (options: Record<string, string>) => void;
  onShow?: () => void;
  onReady?: () => void;
  onHide?: () => void;
  onUnload?: () => void;
  eh?: (event: unknown) => void;
}
type Options = Record<string, unknown> & {
  url?: string;
  success?: (result: unknown) => void;
  complete?: (result: unknown) => void;
};
interface AppJson {
  pages: string[];
  subPackages?: { root: string; pages: string[] }[];
}

const PATIENCE_MS = 15_000;
const STEP_MS = 20;

export class WeappHost {
  readonly calls: { name: string; options: Options }[] = [];
  /** What WeChat would have complained about: console.error, unknown node types, missing pages, thrown errors. */
  readonly errors: string[] = [];
  readonly storage = new Map<string, unknown>();
  readonly stack: Page[] = [];
  readonly pages: string[];
  /** What the camera reads next. */
  scanned = '';
  /** Largest single setData so far, in characters; WeChat recommends staying far below a megabyte. */
  largestSetData = 0;

  private readonly app: AppJson;
  private readonly templates: Set<string>;
  private readonly wxml: string;
  /** base.wxml has a set of templates for each depth; deeper nodes would each become a component. */
  private readonly levels: number;
  private readonly context: vm.Context;
  private readonly modules = new Map<string, { exports: unknown }>();
  private readonly configs = new Map<string, Partial<Page> | undefined>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private pending: Partial<Page> | undefined;
  private opening: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly dist: string,
    private readonly serve: (request: WeappRequest) => WeappAnswer | Promise<WeappAnswer>,
    private readonly language = 'zh_CN',
    /** What the phone has kept from an earlier time. */
    kept: Record<string, unknown> = {},
    /** The storage of a phone that ran before, as it lay. */
    left: Record<string, unknown> = {},
  ) {
    for (const [key, value] of Object.entries(left)) this.storage.set(key, value);
    for (const [key, value] of Object.entries(kept)) this.storage.set(key, JSON.stringify(value));
    this.app = JSON.parse(fs.readFileSync(path.join(dist, 'app.json'), 'utf8')) as AppJson;
    const wxml = fs.readFileSync(path.join(dist, 'base.wxml'), 'utf8');
    this.wxml = wxml;
    this.levels = Number(/tmpl_(\d+)_container/.exec(wxml)?.[1] ?? 0);
    this.templates = new Set(
      [...wxml.matchAll(/template name="tmpl_\d+_([\w-]+)"/g)].map((match) => match[1] ?? ''),
    );
    this.pages = [
      ...this.app.pages,
      ...(this.app.subPackages ?? []).flatMap((part) => part.pages.map((page) => `${part.root}/${page}`)),
    ];
    let application: { onLaunch?: (o: unknown) => void; onShow?: (o: unknown) => void } = {};
    const report = (...words: unknown[]) => void this.errors.push(words.map(String).join(' '));
    const quiet = () => undefined;
    const globals = {
      wx: this.makeWx(),
      console: { log: quiet, info: quiet, warn: quiet, debug: quiet, error: report },
      setTimeout: (run: () => void, ms?: number) => this.keep(setTimeout(run, ms)),
      clearTimeout,
      setInterval: (run: () => void, ms?: number) => this.keep(setInterval(run, ms)),
      clearInterval,
      App: (config: typeof application) => {
        application = config;
      },
      Page: (config: Partial<Page>) => {
        this.pending = config;
      },
      Component: (config: Partial<Page>) => {
        this.pending ??= config;
      },
      Behavior: (behaviour: unknown) => behaviour,
      getApp: () => application,
      getCurrentPages: () => this.stack,
    };
    this.context = vm.createContext(globals, { codeGeneration: { strings: false, wasm: false } });
    // A VM context brings the language's own globals; WeChat's older engines have no BigInt, and none has WebAssembly.
    vm.runInContext('delete globalThis.BigInt; delete globalThis.WebAssembly;', this.context);
    this.load(path.join(dist, 'app.js'));
    const launch = { path: this.app.pages[0], query: {}, scene: 1001 };
    application.onLaunch?.(launch);
    application.onShow?.(launch);
  }

  private keep(timer: NodeJS.Timeout): NodeJS.Timeout {
    this.timers.add(timer);
    return timer;
  }

  /** Stops what the app left running, as WeChat does when it is swiped away. */
  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }

  /** Whether the scripts see a global of this name. */
  hasGlobal(name: string): boolean {
    return vm.runInContext(`typeof ${name} !== 'undefined'`, this.context) as boolean;
  }

  /** Whether text can be made into code: WeChat forbids it. */
  makesCodeOfText(): boolean {
    return vm.runInContext(
      "(() => { try { return new Function('return true')(); } catch { return false; } })()",
      this.context,
    ) as boolean;
  }

  get page(): Page {
    const top = this.stack[this.stack.length - 1];
    if (!top) throw new Error('no page is open');
    return top;
  }

  async open(url: string): Promise<void> {
    this.push(url);
    await this.idle();
  }

  /** Waits for navigation and rendering to settle. */
  async idle(ms = STEP_MS): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms));
    await this.opening;
  }

  nodes(): WeappNode[] {
    const found: WeappNode[] = [];
    const walk = (node: WeappNode | undefined, depth = 0) => {
      if (!node) return;
      // Only what may lie within itself is counted by depth; text and pictures have one template for all.
      if (depth >= this.levels && this.wxml.includes(`"tmpl_1_${node.nn}"`)) {
        this.errors.push(`deeper than the levels of base.wxml: ${node.cl ?? node.nn}`);
      }
      if (node.nn && !this.templates.has(node.nn))
        this.errors.push(`no WXML template for node type ${node.nn}`);
      found.push(node);
      for (const child of Object.values(node.cn ?? {})) walk(child, depth + 1);
    };
    const root = this.page.data.root as WeappNode | undefined;
    for (const child of Object.values(root?.cn ?? {})) walk(child);
    return found;
  }

  /**
   * What the template makes of a node: attributes of the component by their name. The app sends them under numbers
   * (`p3`), and it is base.wxml that says which is which.
   */
  attributes(node: WeappNode): Record<string, unknown> {
    const tagOf = (name: string) =>
      new RegExp(`<template name="tmpl_\\d+_${name}">\\s*<([^>]*)>`).exec(this.wxml)?.[1];
    // What can be focused has a template for each case.
    const tag = tagOf(`${node.nn}_blur`) ?? tagOf(`${node.nn}`) ?? '';
    return Object.fromEntries(
      [...tag.matchAll(/([\w-]+)="\{\{[^"]*?\bi\.(\w+)[^"]*"/g)].map((match) => [
        match[1],
        node[match[2] ?? ''],
      ]),
    );
  }

  /** Everything that can be read on the page. */
  text(): string {
    return this.nodes()
      .map((node) => node.v ?? '')
      .filter(Boolean)
      .join('|');
  }

  /** The innermost node that one can tap and that shows or is labelled with `words`. */
  private findTappable(words: string): WeappNode | undefined {
    const has = (node: WeappNode): boolean =>
      node.v === words ||
      Object.values(node).includes(words) ||
      Object.values(node.cn ?? {}).some((child) => has(child));
    const hits = this.nodes().filter(
      (node) =>
        /(^|\s)(btn|cell|choice|check|tabs__item|face|field__value|country|link|chan|day|slot|pill)(\s|$)/.test(
          node.cl ?? '',
        ) && has(node),
    );
    return hits[hits.length - 1];
  }

  private tappable(words: string): WeappNode {
    const hit = this.findTappable(words);
    if (!hit) throw new Error(`nothing to tap says ${words}; the page reads: ${this.text()}`);
    return hit;
  }

  fields(): WeappNode[] {
    return this.nodes().filter((node) => (node.cl ?? '').split(' ').includes('field__input'));
  }

  /** Waits until something to tap says `words`, and taps it. */
  async tap(words: string): Promise<void> {
    await this.until(`something to tap that says ${words}`, () => this.findTappable(words) !== undefined);
    await this.fire(this.tappable(words), 'tap');
  }

  /** Waits until the page on top is the one at `route` and has drawn something. */
  async reaches(route: string): Promise<void> {
    await this.until(`page ${route}`, () => this.page.route === route && this.text() !== '');
  }

  /** Waits until the page on top reads `words`. */
  async shows(words: string): Promise<void> {
    await this.until(`the words ${words}`, () => this.text().includes(words));
  }

  /** Waits until the last call of one of WeChat's functions had these options. */
  async calledWith(name: string, options: Readonly<Record<string, unknown>>): Promise<void> {
    await this.until(`${name} ${JSON.stringify(options)}`, () => {
      const last = this.calls.filter((call) => call.name === name).at(-1)?.options as
        | typeof options
        | undefined;
      return last !== undefined && Object.entries(options).every(([key, value]) => last[key] === value);
    });
  }

  private async until(what: string, isThere: () => boolean): Promise<void> {
    for (let waited = 0; waited < PATIENCE_MS; waited += STEP_MS) {
      if (isThere()) return;
      await this.idle(STEP_MS);
    }
    throw new Error(`waited in vain for ${what}; ${this.page.route} reads: ${this.text()}`);
  }

  async fire(node: WeappNode, type: string, detail: Record<string, unknown> = {}): Promise<void> {
    const target = { id: node.uid ?? node.sid, dataset: { sid: node.sid } };
    this.page.eh?.({ type, detail, target, currentTarget: target, timeStamp: Date.now() });
    await this.idle();
  }

  private push(url: string, how: 'push' | 'replace' | 'reset' = 'push'): void {
    const [address = '', search = ''] = url.replace(/^\//, '').split('?');
    if (!this.pages.includes(address)) {
      this.errors.push(`page not in app.json: ${address}`);
      return;
    }
    if (how !== 'push') {
      const gone = how === 'reset' ? this.stack.splice(0) : this.stack.splice(-1);
      for (const page of gone.reverse()) page.onUnload?.();
    } else {
      this.stack[this.stack.length - 1]?.onHide?.();
    }
    // WeChat hands parameters over as they stand in the address, not decoded.
    const options = Object.fromEntries(
      search
        .split('&')
        .filter(Boolean)
        .map((pair) => [pair.split('=')[0] ?? '', pair.split('=').slice(1).join('=')]),
    );
    const config = this.configOf(address);
    const page = {
      ...config,
      route: address,
      data: structuredClone(config?.data ?? {}),
      options,
      setData: (changes: Record<string, unknown>, done?: () => void) => {
        this.largestSetData = Math.max(this.largestSetData, JSON.stringify(changes).length);
        for (const [place, value] of Object.entries(changes)) assign(page.data, place, value);
        setTimeout(() => done?.call(page), 0);
      },
    } as Page & { setData: unknown };
    this.stack.push(page);
    page.onLoad?.(options);
    page.onShow?.();
    page.onReady?.();
  }

  /** What the page's script registers: WeChat runs it once, however often the page is opened. */
  private configOf(address: string): Partial<Page> | undefined {
    if (!this.configs.has(address)) {
      this.pending = undefined;
      this.load(path.join(this.dist, `${address}.js`));
      this.configs.set(address, this.pending);
    }
    return this.configs.get(address);
  }

  private load(file: string): unknown {
    const name = file.endsWith('.js') ? file : `${file}.js`;
    const known = this.modules.get(name);
    if (known) return known.exports;
    const module = { exports: {} };
    this.modules.set(name, module);
    const run = vm.runInContext(
      `(function(require,module,exports){${fs.readFileSync(name, 'utf8')}\n})`,
      this.context,
      { filename: name },
    ) as (require: (p: string) => unknown, m: typeof module, e: unknown) => void;
    run((p) => this.load(path.resolve(path.dirname(name), p)), module, module.exports);
    return module.exports;
  }

  private makeWx(): Record<string, unknown> {
    const { storage } = this;
    const answer =
      (name: string, result: (options: Options) => unknown = () => ({})) =>
      (options: Options = {}) => {
        this.calls.push({ name, options });
        const value = result(options);
        queueMicrotask(() => {
          options.success?.(value);
          options.complete?.(value);
        });
        return Promise.resolve(value);
      };
    const moving = (name: string, how: 'push' | 'replace' | 'reset') =>
      answer(name, (options) => {
        // As in WeChat, the page opens after the call has returned.
        this.opening = new Promise((resolve) => setTimeout(resolve, 0)).then(() => {
          try {
            this.push(options.url ?? '', how);
          } catch (failure) {
            this.errors.push(String(failure));
          }
        });
        return {};
      });
    const nothing = () => undefined;
    const query = () => {
      const chain: Record<string, unknown> = {};
      for (const name of ['in', 'select', 'selectAll', 'fields', 'boundingClientRect', 'node'])
        chain[name] = () => chain;
      chain.exec = (done?: (found: unknown[]) => void) => done?.([null]);
      return chain;
    };
    const { language } = this;
    return {
      getSystemInfoSync: () => ({
        SDKVersion: '3.8.7',
        platform: 'devtools',
        windowWidth: 375,
        windowHeight: 667,
        pixelRatio: 2,
        language,
      }),
      getWindowInfo: () => ({ windowWidth: 375, windowHeight: 667, statusBarHeight: 44, pixelRatio: 2 }),
      getAccountInfoSync: () => ({ miniProgram: { appId: 'wx0', envVersion: 'release', version: '1.0.0' } }),
      getAppBaseInfo: () => ({ SDKVersion: '3.8.7', language, theme: 'light' }),
      getDeviceInfo: () => ({ platform: 'devtools' }),
      getMenuButtonBoundingClientRect: () => ({
        left: 281,
        right: 368,
        top: 48,
        bottom: 80,
        width: 87,
        height: 32,
      }),
      canIUse: () => true,
      nextTick: (run: () => void) => setTimeout(run, 0),
      getLaunchOptionsSync: () => ({ path: this.app.pages[0], query: {}, scene: 1001 }),
      getEnterOptionsSync: () => ({ path: this.app.pages[0], query: {} }),
      getStorageSync: (key: string) => storage.get(key) ?? '',
      setStorageSync: (key: string, value: unknown) => void storage.set(key, value),
      removeStorageSync: (key: string) => void storage.delete(key),
      // Encrypted or not, the test sees what lies there; that it was asked to be encrypted is in `calls`.
      getStorage: (options: Options & { fail?: (failure: { errMsg: string }) => void }) => {
        this.calls.push({ name: 'getStorage', options });
        const key = String(options.key);
        queueMicrotask(() => {
          if (storage.has(key)) options.success?.({ data: storage.get(key), errMsg: 'getStorage:ok' });
          else options.fail?.({ errMsg: 'getStorage:fail data not found' });
          options.complete?.({});
        });
      },
      setStorage: answer('setStorage', (options) => void storage.set(String(options.key), options.data)),
      getStorageInfoSync: () => ({ keys: [...storage.keys()] }),
      onNetworkStatusChange: nothing,
      offNetworkStatusChange: nothing,
      onAppShow: nothing,
      onAppHide: nothing,
      offAppShow: nothing,
      offAppHide: nothing,
      onThemeChange: nothing,
      onNeedPrivacyAuthorization: nothing,
      getScreenBrightness: answer('getScreenBrightness', () => ({ value: 0.4 })),
      setScreenBrightness: answer('setScreenBrightness'),
      setKeepScreenOn: answer('setKeepScreenOn'),
      setVisualEffectOnCapture: answer('setVisualEffectOnCapture'),
      onUserCaptureScreen: nothing,
      offUserCaptureScreen: nothing,
      scanCode: answer('scanCode', () => ({ result: this.scanned, errMsg: 'scanCode:ok' })),
      setNavigationBarTitle: answer('setNavigationBarTitle'),
      setNavigationBarColor: answer('setNavigationBarColor'),
      setBackgroundColor: answer('setBackgroundColor'),
      stopPullDownRefresh: answer('stopPullDownRefresh'),
      pageScrollTo: answer('pageScrollTo'),
      chooseMessageFile: answer('chooseMessageFile', () => ({
        tempFiles: [
          { path: 'wxfile://tmp/contract.pdf', name: 'contract.pdf', size: 2048, type: 'file', time: 0 },
        ],
      })),
      makePhoneCall: answer('makePhoneCall'),
      openLocation: answer('openLocation'),
      requestSubscribeMessage: answer('requestSubscribeMessage', (options) =>
        Object.fromEntries((options.tmplIds as string[]).map((id) => [id, 'accept'])),
      ),
      login: answer('login', () => ({ code: 'wx-code', errMsg: 'login:ok' })),
      // Node's bytes; what counts is that the app asks WeChat for them and not Math.random.
      getRandomValues: answer('getRandomValues', (options) => ({
        randomValues: Uint8Array.from(
          { length: Number(options.length) },
          (_, i) => (i * 37 + this.calls.length) % 256,
        ).buffer,
      })),
      navigateTo: moving('navigateTo', 'push'),
      redirectTo: moving('redirectTo', 'replace'),
      reLaunch: moving('reLaunch', 'reset'),
      switchTab: moving('switchTab', 'reset'),
      navigateBack: answer('navigateBack'),
      createSelectorQuery: query,
      uploadFile: (options: WeappRequest & Options) => {
        this.calls.push({ name: 'uploadFile', options });
        void Promise.resolve()
          .then(() => this.serve({ ...options, method: 'UPLOAD' }))
          .then(({ statusCode, data }) => {
            const result = { statusCode, data: JSON.stringify(data), errMsg: 'uploadFile:ok' };
            options.success?.(result);
            options.complete?.(result);
          });
        return { abort: nothing, onProgressUpdate: nothing, onHeadersReceived: nothing };
      },
      request: (options: WeappRequest) => {
        this.calls.push({ name: 'request', options: options as unknown as Options });
        void Promise.resolve()
          .then(() => this.serve(options))
          .then(
            (result) => {
              options.success?.({ header: {}, ...result });
              options.complete?.(result);
            },
            () => {
              const failure = { errMsg: 'request:fail ' };
              options.fail?.(failure);
              options.complete?.(failure);
            },
          );
        return { abort: nothing };
      },
    };
  }
}

/** `root.cn.[0].v` = value, as setData does. */
function assign(target: Record<string, unknown>, place: string, value: unknown): void {
  const keys = place
    .replace(/\[(\d+)\]/g, '$1')
    .split('.')
    .filter(Boolean);
  const last = keys.pop();
  if (last === undefined) return;
  let at = target;
  for (const key of keys) {
    at[key] ??= {};
    at = at[key] as Record<string, unknown>;
  }
  at[last] = value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
