const { readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { added, dropped } = require('./weapp-components.cjs');

/** Events that Taro writes into every template; each is left out unless a page listens to it. */
const EVENTS = [
  'TouchStart',
  'TouchEnd',
  'TouchCancel',
  'LongTap',
  'AnimationStart',
  'AnimationIteration',
  'AnimationEnd',
  'TransitionEnd',
];

/**
 * What stands in base.wxml, which is a good tenth of the main package.
 *
 * Taro's templates leave out what WeChat's screen reader is told. It is added here and once more in
 * `weapp-runtime.js`: the template and the running app number the properties of a component each for itself, and read
 * each other's values under other names if one of them knows a property more.
 */
module.exports = (ctx) => {
  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform) {
      if (platform.platform !== 'weapp') return;
      const { template } = platform;
      template.mergeComponents(ctx, added);
      platform.runtimePath = [].concat(platform.runtimePath, path.resolve(__dirname, 'weapp-runtime.js'));
      for (const [name, properties] of Object.entries(dropped)) {
        for (const property of properties) delete template.internalComponents[name][property];
      }
      const unheard = unheardEvents(path.resolve(__dirname, '../src'));
      for (const component of Object.values(template.internalComponents)) {
        // Events are not numbered, so that the running app need not know.
        for (const event of unheard) delete component[`bind${event}`];
      }
    },
  });
};

function unheardEvents(folder) {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .join('\n');
  return EVENTS.filter(
    (event) => !pages.includes(`on${event}`) && !(event === 'LongTap' && pages.includes('onLongPress')),
  );
}
