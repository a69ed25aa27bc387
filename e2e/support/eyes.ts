import type { Page } from 'playwright-core';

/**
 * Every text with Chinese characters that the page shows or reads out, without those that hold one of `known`: names
 * and other data stay as they were entered.
 */
export async function chineseOn(page: Page, known: readonly (string | RegExp)[]): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Element) {
        if (!node.checkVisibility()) continue;
        for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
          found.add(node.getAttribute(name) ?? '');
      } else if (node.parentElement?.checkVisibility()) found.add(node.textContent ?? '');
    }
    return [...found, document.title];
  });
  const isKnown = (text: string) =>
    known.some((data) => (typeof data === 'string' ? text.includes(data) : data.test(text)));
  return texts.map((text) => text.trim()).filter((text) => /\p{Script=Han}/u.test(text) && !isKnown(text));
}

/** Texts in view that are smaller than `pixels`, with their size. What `except` selects may be. */
export function textsBelow(page: Page, pixels: number, except: string): Promise<string[]> {
  return page.evaluate(
    ({ pixels, except }) => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const small: string[] = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (!node.textContent?.trim() || !parent?.checkVisibility() || parent.closest(except)) continue;
        const size = Number.parseFloat(getComputedStyle(parent).fontSize);
        if (size < pixels) small.push(`${size} ${node.textContent.trim()}`);
      }
      return small;
    },
    { pixels, except },
  );
}

/** What can be tapped in view and is lower than `pixels`. */
export function targetsBelow(page: Page, pixels: number): Promise<string[]> {
  return page.evaluate((pixels) => {
    const targets = document.querySelectorAll(
      '[role=button],[role=radio],[role=checkbox],[role=switch],input',
    );
    return [...targets].flatMap((target) => {
      const { height } = target.getBoundingClientRect();
      if (!target.checkVisibility() || height >= pixels) return [];
      return [`${height} ${target.getAttribute('aria-label') ?? target.textContent}`];
    });
  }, pixels);
}

/** How light what lies under the middle of the page is: 0 is black, 1 is white. */
export function lightnessOf(page: Page, selector: string): Promise<number> {
  return page
    .locator(selector)
    .filter({ visible: true })
    .last()
    .evaluate((start) => {
      for (let element: Element | null = start; element; element = element.parentElement) {
        const [red = 0, green = 0, blue = 0, alpha = 1] = (
          getComputedStyle(element).backgroundColor.match(/[\d.]+/g) ?? []
        ).map(Number);
        if (alpha > 0) return (red + green + blue) / 765;
      }
      return 1;
    });
}

/** Goes on with the Tab key until what has the focus carries the name. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const nameOf = () =>
    page.evaluate(() => {
      const focused = document.activeElement;
      const label = focused instanceof HTMLInputElement ? focused.labels?.[0]?.textContent : null;
      return focused?.getAttribute('aria-label') ?? label?.trim() ?? focused?.textContent?.trim() ?? '';
    });
  const passed: string[] = [];
  for (let steps = 0; steps < 80; steps += 1) {
    const focused = await nameOf();
    if (typeof name === 'string' ? focused === name : name.test(focused)) return;
    passed.push(focused);
    await page.keyboard.press('Tab');
  }
  throw new Error(`the Tab key never came to ${name}, only to ${[...new Set(passed)].join(' | ')}`);
}
