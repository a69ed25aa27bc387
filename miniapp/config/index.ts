import path from 'node:path';
import { defineConfig } from '@tarojs/cli';
import webpack from 'webpack';

const root = path.resolve(__dirname, '..');
const shared = path.resolve(root, '../shared/src');

/** What every WeChat and every browser of the browserslist knows: webpack's own code is shorter with it. */
const MODERN = { arrowFunction: true, const: true };

const NOTHING = path.resolve(__dirname, 'nothing.cjs');

/** The contract's TypeScript and packages that ship ES2022 (private fields) must go through Babel. */
const transpile = (file: string): boolean =>
  file.startsWith(shared) || /[\\/]node_modules[\\/](@tanstack|zustand|@stablelib)[\\/]/.test(file);

export default defineConfig<'webpack5'>(async () => {
  const target = process.env.TARO_ENV ?? 'weapp';
  return {
    projectName: 'weihai-talent-card',
    date: '2026-11-22',
    designWidth: 375,
    deviceRatio: { 375: 2, 640: 1.17, 750: 1, 828: 0.905 },
    sourceRoot: 'src',
    outputRoot: `dist/${target}`,
    framework: 'react',
    plugins: [path.resolve(__dirname, 'weapp-templates.cjs')],
    compiler: { type: 'webpack5', prebundle: { enable: false } },
    cache: { enable: false },
    alias: {
      '@': path.resolve(root, 'src'),
      '@talent-card/shared': shared,
    },
    // WeChat has no `process`: whatever is read from it must be replaced while building.
    defineConstants: {
      'process.env.TARO_APP_API': JSON.stringify(process.env.TARO_APP_API ?? ''),
      'process.env.TARO_APP_API_TRIAL': JSON.stringify(process.env.TARO_APP_API_TRIAL ?? ''),
      'process.env.TARO_APP_API_DEVELOP': JSON.stringify(process.env.TARO_APP_API_DEVELOP ?? ''),
      'process.env.TARO_APP_VERSION': JSON.stringify(process.env.npm_package_version ?? '0.1.0'),
    },
    copy: { patterns: [], options: {} },
    // Taro would write each Chinese character as `\\uXXXX`: six bytes instead of three, in a package that is counted.
    terser: {
      enable: true,
      config: { compress: { passes: 2, ecma: 2017 }, output: { ascii_only: false, ecma: 2017 } },
    },
    mini: {
      compile: { include: [transpile] },
      optimizeMainPackage: { enable: true },
      minifyXML: { collapseWhitespace: true },
      // Nothing here sets innerHTML: its parser stays out of the main package.
      runtime: { enableInnerHTML: false },
      // Deeper nodes work too, each as a component of its own; test/weapp reports pages that have some.
      baseLevel: 13,
      webpackChain(chain) {
        chain.output.set('environment', MODERN);
        // The contract imports with `.js`, as Node wants it.
        chain.resolve.set('extensionAlias', { '.js': ['.ts', '.tsx', '.js'] });
        chain
          .plugin('abort')
          .use(webpack.ProvidePlugin, [
            { AbortController: [path.resolve(root, 'src/platform/abort.ts'), 'AbortController'] },
          ]);
      },
      // Sizes are honest pixels: elder mode promises 18 px text and 60 px targets on any width.
      postcss: { pxtransform: { enable: false, config: {} } },
    },
    h5: {
      publicPath: '/m/',
      staticDirectory: 'static',
      router: { mode: 'browser', basename: '/m' },
      compile: { include: [transpile] },
      // Taro's default is chunks:'initial': every lazy page then carries its own copy of the component wrappers.
      webpackChain(chain) {
        chain.output.set('environment', MODERN);
        chain.resolve.set('extensionAlias', { '.js': ['.ts', '.tsx', '.js'] });
        chain.optimization.merge({ splitChunks: { chunks: 'all', minSize: 10_000 } });
        // Every browser of the browserslist has fetch and AbortController; Taro brings polyfills of both regardless.
        chain.resolve.alias.set('whatwg-fetch', NOTHING);
        chain.resolve.alias.set('abortcontroller-polyfill/dist/abortcontroller-polyfill-only', NOTHING);
        // Names makes of phones for Taro's getDeviceInfo, which nothing here asks.
        chain.resolve.alias.set('platform$', NOTHING);
      },
      output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'js/[name].[contenthash:8].js' },
      miniCssExtractPluginOption: {
        ignoreOrder: true,
        filename: 'css/[name].[contenthash:8].css',
        chunkFilename: 'css/[name].[contenthash:8].css',
      },
      postcss: {
        autoprefixer: { enable: true, config: {} },
        pxtransform: { enable: false, config: {} },
      },
    },
  };
});
