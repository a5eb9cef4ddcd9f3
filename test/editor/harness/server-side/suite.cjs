// The module VS Code runs as the test suite. It runs the real suite and marks its output, because the window sends the
// log of the whole workbench the same way, and it holds the window open while a picture is taken.
'use strict';
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { format } = require('node:util');

const { suitePath, directory, mark, name } = JSON.parse(process.env.PREGATE_EDITOR_SUITE);
const log = console.log.bind(console);
let pictures = 0;

exports.run = async () => {
  const original = globalThis.console;
  const marked = (...args) => log(mark + format(...args));
  // The extension host's console cannot be written to, so the suite gets another one.
  globalThis.console = { ...original, log: marked, info: marked, warn: marked, error: marked, debug: marked };
  globalThis.editorScreenshot = takePicture;
  try {
    await require(suitePath).run();
  } catch (error) {
    console.error(error?.stack ?? String(error));
    throw error;
  } finally {
    globalThis.console = original;
    await takePicture(name);
  }
};

/** Asks the launcher for a picture and waits for it, for at most ten seconds. */
async function takePicture(file) {
  pictures += 1;
  log(`${mark}${JSON.stringify({ picture: file, number: pictures })}`);
  for (let waited = 0; waited < 10_000 && !existsSync(join(directory, `picture-${pictures}`)); waited += 50) {
    await sleep(50);
  }
}
