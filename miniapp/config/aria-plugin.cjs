/**
 * Taro's templates leave out what WeChat's screen reader is told (`aria-role`, `aria-label`, …). This adds it to the
 * components that `src/ui/a11y.ts` uses it on.
 */
const ARIA = {
  'aria-role': "''",
  'aria-label': "''",
  'aria-hidden': '!1',
  'aria-live': "''",
  'aria-checked': '!1',
  'aria-disabled': '!1',
};

module.exports = (ctx) => {
  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform) {
      if (platform.platform !== 'weapp') return;
      platform.template.mergeComponents(ctx, {
        View: ARIA,
        Button: ARIA,
        Image: { 'aria-hidden': '!1' },
        Input: { 'aria-label': "''" },
        Textarea: { 'aria-label': "''" },
      });
    },
  });
};
