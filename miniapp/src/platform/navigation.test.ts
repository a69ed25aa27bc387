import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Taro, { openAt } from '@test/taro';
import { back, continueTo, currentUrl, go, leadToSignIn } from './navigation';
import { PAGES, pageUrl } from './pages';

describe('navigation', () => {
  it('names pages that exist and that app.config lists', () => {
    const config = readFileSync(path.join(__dirname, '../app.config.ts'), 'utf8');
    for (const address of Object.values(PAGES)) {
      expect(existsSync(path.join(__dirname, '..', `${address}.tsx`))).toBe(true);
      expect(config).toContain(`${address.split('/').slice(-2).join('/')}'`);
    }
  });

  it('remembers the page with its parameters', () => {
    openAt(PAGES.card, { cardId: '01', $taroTimestamp: '1' });
    expect(currentUrl()).toBe(`${PAGES.card}?cardId=01`);
    leadToSignIn();
    expect(Taro.redirectTo).toHaveBeenCalledWith({
      url: pageUrl('signIn', { next: `${PAGES.card}?cardId=01` }),
    });
  });

  it('remembers the parameters of the page that a browser begins with', () => {
    const page = {
      route: `/m${PAGES.card}?stamp=AA`,
      $taroParams: { cardId: '01', stamp: 'AA', $taroTimestamp: 1 },
    };
    jest.spyOn(Taro, 'getCurrentPages').mockReturnValueOnce([page] as never);
    expect(currentUrl()).toBe(`${PAGES.card}?cardId=01`);
  });

  it('does not lead to the sign-in from the sign-in', () => {
    openAt(PAGES.signIn);
    leadToSignIn();
    expect(Taro.redirectTo).not.toHaveBeenCalled();
    expect(Taro.navigateTo).not.toHaveBeenCalled();
  });

  it('returns to where one wanted to go, encoded or not', () => {
    continueTo(encodeURIComponent(`${PAGES.card}?cardId=01`));
    expect(Taro.redirectTo).toHaveBeenLastCalledWith({ url: `${PAGES.card}?cardId=01` });
    continueTo(PAGES.services);
    expect(Taro.switchTab).toHaveBeenLastCalledWith({ url: PAGES.services });
  });

  it.each(['https://evil.example', '//evil.example', '/pages/none/index', undefined])(
    'goes home instead of to %p',
    (next) => {
      continueTo(next);
      expect(Taro.switchTab).toHaveBeenLastCalledWith({ url: PAGES.home });
      expect(Taro.redirectTo).not.toHaveBeenCalled();
    },
  );

  it('goes home where there is no page to go back to', () => {
    openAt(PAGES.card, {}, 0);
    back();
    expect(Taro.switchTab).toHaveBeenCalledWith({ url: PAGES.home });
    openAt(PAGES.card, {}, 1);
    back();
    expect(Taro.navigateBack).toHaveBeenCalled();
  });

  it('replaces pages when the stack is nearly full', () => {
    openAt(PAGES.card, {}, 8);
    go('help');
    expect(Taro.redirectTo).toHaveBeenCalledWith({ url: PAGES.help });
  });
});
