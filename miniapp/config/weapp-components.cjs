/** What WeChat's screen reader is told, per component that `src/ui/a11y.ts` uses it on. */
const ARIA = {
  'aria-role': "''",
  'aria-label': "''",
  'aria-hidden': '!1',
  'aria-live': "''",
  'aria-checked': '!1',
  'aria-disabled': '!1',
};

const added = {
  View: ARIA,
  Button: ARIA,
  Image: { 'aria-hidden': '!1' },
  Input: { 'aria-label': "''" },
  Textarea: { 'aria-label': "''" },
};

/** Properties that no page sets; WeChat's own defaults are the ones that Taro would write. */
const dropped = {
  View: ['hover-stop-propagation', 'hover-start-time', 'hover-stay-time', 'animation'],
};

module.exports = { added, dropped };
