/** Entry of `hook.cjs`: what git's hooks run. It shares everything with `pregate hook` but the other commands. */
import { UsageError } from './cli/command.ts';
import { type HookIo, runHook } from './cli/hook.ts';
import { displayText } from './model/path.ts';

const [word, name = '', ...rest] = process.argv.slice(2);
const io: HookIo = {
  cwd: process.cwd(),
  env: process.env,
  // Making the stream loads a dozen of Node's modules, and only a push has something to read.
  get stdin() {
    return process.stdin;
  },
  err: (text) => void process.stderr.write(text),
};
// `pregate hook <name>` and `hook.cjs <name>` are both spelled by what installed the hook.
const [hook, words] = word === 'hook' ? [name, rest] : [word ?? '', [name, ...rest].filter((one) => one !== '')];
runHook(hook, words, io).then(
  (code) => {
    process.exitCode = code;
    // Nothing was printed: without this, Node would first wait for git's processes and take its heap apart.
    if (code === 0) process.exit();
  },
  (error: unknown) => {
    if (error instanceof UsageError) {
      process.stderr.write(`pregate: ${displayText(error.message)}\n`);
      process.exitCode = 2;
      return;
    }
    process.stderr.write(
      `Pregate could not check (${error instanceof Error ? error.name : 'error'}); nothing was changed.\n`,
    );
    process.exitCode = 3;
  },
);
