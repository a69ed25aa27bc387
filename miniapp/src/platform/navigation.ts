import Taro from '@tarojs/taro';
import { isTabPage, PAGES, type PageName, type ParamsOf, pageOfUrl, pageUrl } from './pages';

/** WeChat refuses an eleventh page on the stack; from here on pages replace each other. */
const DEEPEST_STACK = 9;

/** Opens a page: tab pages by switching, others on top. */
export function go<P extends PageName>(page: P, params?: ParamsOf<P>): void {
  if (isTabPage(page)) {
    void Taro.switchTab({ url: PAGES[page] });
  } else if (Taro.getCurrentPages().length >= DEEPEST_STACK) {
    void Taro.redirectTo({ url: pageUrl(page, params) });
  } else {
    void Taro.navigateTo({ url: pageUrl(page, params) });
  }
}

/** Opens a page in place of this one, so that "back" does not return here. */
export function replace<P extends PageName>(page: P, params?: ParamsOf<P>): void {
  if (isTabPage(page)) void Taro.switchTab({ url: PAGES[page] });
  else void Taro.redirectTo({ url: pageUrl(page, params) });
}

/** One page back; from a deep link with nothing behind it, home. */
export function back(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack();
  else void Taro.switchTab({ url: PAGES.home });
}

/** Address of the page on top with its parameters, to come back to. */
export function currentUrl(): string {
  const pages = Taro.getCurrentPages();
  const top = pages[pages.length - 1];
  if (!top) return PAGES.home;
  // On h5 the route carries a query of Taro's own and the basename, on weapp neither. A page that h5 begins with has
  // its parameters in `$taroParams` only.
  const path = `/${(top.route ?? '').split('?')[0]?.replace(/^\/?(m\/)?/, '') ?? ''}`;
  const query = Object.entries({
    ...top.options,
    ...(top as { $taroParams?: object }).$taroParams,
  } as Record<string, string | undefined>)
    .filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !entry[0].startsWith('$') && entry[0] !== 'stamp',
    )
    .map(([name, value]) => `${name}=${encodeURIComponent(decoded(value))}`)
    .join('&');
  return query ? `${path}?${query}` : path;
}

/** WeChat hands parameters over as they stood in the address, browsers decoded: this gives the value either way. */
export function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Goes where the person wanted to before signing in; anything that is not a page of ours leads home. */
export function continueTo(next: string | undefined): void {
  const url = next ? decoded(next) : '';
  const page = pageOfUrl(url);
  if (!page || isTabPage(page)) void Taro.switchTab({ url: PAGES[page ?? 'home'] });
  else void Taro.redirectTo({ url });
}

/**
 * Leads to the sign-in, remembering the page on top; does nothing when it is already there. The code stays on the
 * screen: somebody may be holding it out at a window, and it needs no session until its credential ends.
 */
export function leadToSignIn(): void {
  const here = currentUrl();
  const page = pageOfUrl(here);
  if (page === 'signIn' || page === 'consent' || page === 'welcome' || page === 'code') return;
  if (page && isTabPage(page)) void Taro.navigateTo({ url: pageUrl('signIn', { next: here }) });
  else void Taro.redirectTo({ url: pageUrl('signIn', { next: here }) });
}
