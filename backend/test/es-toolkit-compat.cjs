// Nest takes some twenty functions from a barrel of 428 files, which jest would load anew for each spec: here each comes by
// itself, when it is first asked for.
const { createRequire } = require('node:module');
const { dirname } = require('node:path');

const ofSwagger = createRequire(createRequire(__filename).resolve('@nestjs/swagger'));
const folder = dirname(ofSwagger.resolve('es-toolkit/compat/omit'));

module.exports = new Proxy(Object.create(null), {
  get(known, name) {
    if (typeof name !== 'string' || name === '__esModule') return undefined;
    known[name] ??= require(`${folder}/${name}.js`);
    return known[name];
  },
});
