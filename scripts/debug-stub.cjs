/**
 * Stands in for the `debug` package in every bundle: what it would print may hold the text of a file.
 * CommonJS, because both `require('debug')` and `import debug from 'debug'` must get a function.
 */
const silent = Object.assign(() => {}, { enabled: false, extend: () => silent, log: () => {}, destroy: () => true });

module.exports = Object.assign(() => silent, {
  formatters: {},
  enable: () => {},
  disable: () => '',
  enabled: () => false,
});
module.exports.debug = module.exports;
module.exports.default = module.exports;
