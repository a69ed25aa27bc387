import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// jsdom lays nothing out and has neither media queries nor these observers; Ant Design asks for them.
Object.defineProperty(window, 'matchMedia', {
  writable: true,
  value: (query: string) => ({
    // A wide, light screen without a wish for less motion.
    matches: /min-width/.test(query),
    media: query,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    dispatchEvent: () => false,
  }),
});
class NoObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
vi.stubGlobal('ResizeObserver', NoObserver);
window.scrollTo = () => undefined;
// jsdom computes no styles of pseudo-elements and says so on each call.
const computed = window.getComputedStyle.bind(window);
window.getComputedStyle = (element: Element) => computed(element);

// Asking jsdom of each element whether something hides it takes seconds on an Ant Design page; what must be seen is
// asserted with toBeVisible.
configure({ defaultHidden: true, asyncUtilTimeout: 8_000 });

afterEach(cleanup);
