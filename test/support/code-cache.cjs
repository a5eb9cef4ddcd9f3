/**
 * Loaded before every test file: keeps what Node makes of our sources (types taken away, code compiled), because stripping
 * and compiling two hundred files is most of what a small test file takes. An option of the command line and not
 * NODE_COMPILE_CACHE, because a variable would reach the programs under test and change how they start. Node compares the
 * whole source before it takes anything from there (https://nodejs.org/api/module.html#module-compile-cache).
 */
const path = require('node:path');

require('node:module').enableCompileCache(path.join(__dirname, '../../node_modules/.cache/test-code'));
