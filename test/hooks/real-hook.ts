/** What the built bundle does, from source: the tests put it behind the real dispatcher. */
import { runHook } from '../../agent/cli/hook.ts';

const [name = '', ...argv] = process.argv.slice(2);
process.exitCode = await runHook(name, argv, {
  cwd: process.cwd(),
  env: process.env,
  stdin: process.stdin,
  err: (text) => void process.stderr.write(text),
});
