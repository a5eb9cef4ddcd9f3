import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadPolicy } from '../gate/check.ts';
import { collect } from '../gate/collect.ts';
import { Exit, type ExitCode } from '../gate/types.ts';
import { displayText } from '../model/path.ts';
import { type Weighed, weighExceptions } from '../policy/exceptions.ts';
import { exceptionsPath, parseExceptions } from '../policy/exceptions-file.ts';
import { problemsFatal } from '../report/facts.ts';
import { count, type Style, wrap } from '../report/style.ts';
import { type Args, type Io, text, UsageError } from './command.ts';
import { styleOf } from './render.ts';

/** `pregate policy exceptions`: every exception of the protected base and the bundle, and whether it counts. */
export async function runExceptions(args: Args, rest: readonly string[], now: Date, io: Io): Promise<ExitCode> {
  if (rest.length > 0) throw new UsageError('policy exceptions takes no more words');
  const collected = await collect({ kind: 'outgoing' }, { cwd: io.cwd, env: io.env, now: now.toISOString() });
  const bundle = text(args, 'bundle');
  const policy = await loadPolicy(collected, { cwd: io.cwd, env: io.env, ...(bundle ? { bundle } : {}) });
  const problems = [...problemsFatal(collected.problems), ...problemsFatal(policy.problems)];
  for (const problem of problems) io.err(`pregate: ${displayText(problem.message)} [${problem.code}]\n`);
  const listed = weighExceptions(collected.exceptions?.entries ?? [], policy.bundle.data, collected.now);
  const broken = collected.exceptions?.broken ?? [];
  const ids = new Set(listed.weighed.map(({ exception }) => exception.id));
  const waiting = await proposed(collected.repo.root, ids);
  if (args.flags['json']) {
    const exceptions = listed.weighed.map(({ exception, invalid, expired }) => ({
      ...exception,
      state: invalid !== undefined ? 'invalid' : expired ? 'expired' : 'counts',
      ...(invalid === undefined ? {} : { problem: invalid }),
    }));
    const document = { schema: 'pregate.exceptions/v1', time: collected.now, exceptions, broken, proposed: waiting };
    io.out(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    const style = styleOf(io);
    const counting = listed.weighed.filter((one) => one.invalid === undefined && !one.expired).length;
    io.out(`${count(listed.weighed.length + broken.length, 'exception')}, ${counting} in force\n`);
    for (const one of listed.weighed) io.out(block(one, style));
    for (const { from, problem } of broken)
      io.out(`  ${style.red('✗')} ${displayText(from)} does not count: ${displayText(problem)}\n`);
    for (const problem of listed.problems) io.out(`  ${style.red('✗')} ${displayText(problem)}\n`);
    if (waiting.length > 0) {
      io.out(
        `  ${count(waiting.length, 'more line')} in ${exceptionsPath} here ${waiting.length === 1 ? 'is' : 'are'} not on the protected base yet: ${waiting.join(', ')}\n`,
      );
    }
  }
  return problems.length > 0 ? Exit.couldNotCheck : Exit.pass;
}

function block({ exception, invalid, expired }: Weighed, style: Style): string {
  const { id, rule, scope, reason, approver, expires, from, keyExpires } = exception;
  const state = invalid !== undefined ? 'does not count' : expired ? `expired ${expires}` : `until ${expires}`;
  const sign = invalid !== undefined || expired ? style.red('✗') : style.green('✓');
  const where = Object.entries(scope).map(([key, value]) => `${key} ${value}`);
  const lines = [
    `  ${sign} ${style.bold(displayText(id))}   ${displayText(rule)}   ${state}, by ${displayText(approver)}`,
    ...wrap(displayText(where.join(', ')), style.width - 6).map((line) => `      ${line}`),
    ...wrap(displayText(reason), style.width - 6).map((line) => `      ${line}`),
    ...(invalid === undefined ? [] : wrap(displayText(invalid), style.width - 6).map((line) => `      ${line}`)),
    ...(keyExpires === undefined ? [] : [`      the key of its approver ends ${keyExpires}`]),
    style.dim(`      ${displayText(from)}`),
  ];
  return `\n${lines.join('\n')}\n`;
}

/** Lines of the working tree that the protected base does not have: they wait for their review. */
async function proposed(root: string, known: ReadonlySet<string>): Promise<string[]> {
  const text = await readFile(join(root, exceptionsPath), 'utf8').catch(() => '');
  const ids = parseExceptions(text).flatMap(({ exception }) => exception?.id ?? []);
  return ids.filter((id) => !known.has(id)).map(displayText);
}
