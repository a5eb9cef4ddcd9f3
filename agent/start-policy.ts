/** Entry of `policy.cjs`: the actions of `pregate policy` that need nothing but Rego. */
import { UsageError } from './cli/command.ts';
import { processIo } from './cli/io.ts';
import { description } from './cli/policy/description.ts';
import { onRego } from './cli/policy/on-rego.ts';
import { runCommand } from './cli/run.ts';

const command = {
  ...description,
  run: async (...[args, io]: Parameters<typeof onRego>) => {
    const asked = onRego(args, io);
    if (asked === undefined) throw new UsageError('this part of Pregate knows policy eval, test, check and bench');
    return asked;
  },
};

const [, ...words] = process.argv.slice(2);
const io = processIo();
const entry = { summary: command.summary, load: async () => ({ command }), masksLate: true };
void runCommand(entry, words, io).then((code) => {
  process.exitCode = code;
  // Node would take its heap apart first.
  if (io.isWritten()) process.exit();
});
