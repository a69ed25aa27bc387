import type { CSSProperties } from 'react';

/** One upright bar of a chart, as high as its share of the highest: 0 to 1. */
export function ShareBar({ share }: { share: number }) {
  // React's types know no properties of our own among those of CSS.
  return <i aria-hidden style={{ '--share': share } as CSSProperties} />;
}
