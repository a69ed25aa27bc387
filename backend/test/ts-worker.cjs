// Starts a worker thread from TypeScript sources: jest compiles what it loads itself, and a thread is not loaded by it.
// `workerData.entry` names the file; settings are those of jest.config.cjs.
const { readFileSync, existsSync } = require('node:fs');
const Module = require('node:module');
const { dirname, join, resolve } = require('node:path');
const { workerData } = require('node:worker_threads');
const { transformSync } = require('@swc/core');

const [[, [, swc]]] = Object.entries(require('../jest.config.cjs').transform);
const shared = join(__dirname, '../../shared/src');

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function resolveSource(request, parent, ...rest) {
  if (request.startsWith('@talent-card/shared/')) {
    return join(shared, `${request.slice('@talent-card/shared/'.length)}.ts`);
  }
  if (/^\.{1,2}\//.test(request) && parent?.filename?.endsWith('.ts')) {
    const source = resolve(dirname(parent.filename), request.replace(/\.js$/, '.ts'));
    if (existsSync(source)) return source;
  }
  return resolveFilename.call(this, request, parent, ...rest);
};
Module._extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...swc, filename, sourceMaps: 'inline' });
  module._compile(code, filename);
};

require(workerData.entry);
