import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { judgeCollected, signatures } from '../gate/check.ts';
import { readExceptions } from '../gate/collect/exceptions.ts';
import { startRun } from '../gate/collect/run.ts';
import { collect } from '../gate/collect.ts';
import type { Judgement } from '../gate/judge.ts';
import { type Collected, type ExceptionScope, Exit, type ExitCode, type PolicyException } from '../gate/types.ts';
import { configValue, readGitConfig } from '../git/config-list.ts';
import { openGit } from '../git/run.ts';
import { displayText } from '../model/path.ts';
import { longestDays, tooWide } from '../policy/exceptions.ts';
import { exceptionLine, exceptionsPath, parseException, signedText } from '../policy/exceptions-file.ts';
import type { Reason } from '../policy/types.ts';
import { placeText, renderLadder } from '../report/ladder.ts';
import { count } from '../report/style.ts';
import { signException } from '../sign/exceptions.ts';
import { type Args, type Io, text, UsageError } from './command.ts';
import { confirm } from './confirm.ts';
import { styleOf } from './render.ts';

/**
 * `pregate policy except RULE`: drafts the narrowest exceptions that suffice for what RULE refuses here, signs them,
 * shows what every gate would answer with them on the protected base, and writes them when told to.
 */
export async function runExcept(args: Args, rest: readonly string[], now: Date, io: Io): Promise<ExitCode> {
  const { rule, reason, expires } = wantedOf(args, rest);
  const options = { cwd: io.cwd, env: io.env };
  const kind = args.flags['staged'] ? 'staged' : 'outgoing';
  const collected = await collect({ kind }, { ...signatures(options), ...options, now: now.toISOString() });
  const before = await judgeCollected(collected, options);
  const refused = reasonsOf(before, rule);
  const first = refused[0];
  if (!first) {
    io.err(
      `pregate: no gate refuses or warns because of ${displayText(rule)} here, so nothing was drafted (pregate preview) [nothing-to-except]\n`,
    );
    return Exit.usage;
  }
  const rules = [...new Set(refused.map((one) => one.rule))];
  // The rule of a finding is a name of its own; a part of a rule's name may be meant for one gate only.
  if (rules.length > 1 && !refused.some((one) => one.about === rule)) {
    throw new UsageError(`${rule} means ${rules.join(' and ')} here; name one of them. Nothing was written`);
  }
  const { approver, key } = await signerOf(args, collected.repo.root, io);
  const named = rules.length === 1 ? first.rule : rule;
  const today = now.toISOString().slice(0, 10);
  const drafts = scopesOf(args, refused, collected).map((scope) =>
    draft({ rule: named, scope, reason, approver, created: today, expires }),
  );
  const lines: string[] = [];
  for (const one of drafts) {
    try {
      lines.push(exceptionLine(one, await signException(one, key, io.env)));
    } catch (error) {
      io.err(
        `pregate: ${displayText(error instanceof Error ? error.message : 'it could not be signed')} [exception-unsigned]\n`,
      );
      return Exit.couldNotCheck;
    }
  }
  const after = await judgeWith(collected, lines, now, io);
  show(drafts, after, io);
  const left = reasonsOf(after, rule).filter((one) => one.effect === first.effect).length;
  const does = first.effect === 'deny' ? 'refuses' : 'warns of';
  io.out(
    left === 0
      ? `  With ${drafts.length === 1 ? 'it' : 'them'} on the protected base, ${displayText(named)} ${does} nothing here.\n`
      : `  ${count(left, 'refusal')} of ${displayText(named)} would stay: ${after.mask(whyLeft(after, rule))}\n`,
  );
  if (!args.flags['yes'] && !(await confirm(io, `Add ${count(drafts.length, 'line')} to ${exceptionsPath}?`))) {
    io.err('Nothing was written.\n');
    return Exit.usage;
  }
  await append(join(collected.repo.root, exceptionsPath), lines);
  io.out(`  Added to ${exceptionsPath}. It counts once it is on the protected base: commit it and have it reviewed.\n`);
  return left === 0 ? Exit.pass : Exit.violation;
}

/** The rule, and what must be said with it. */
function wantedOf(args: Args, rest: readonly string[]): { rule: string; reason: string; expires: string } {
  const [rule, extra] = rest;
  if (rule === undefined || extra !== undefined) {
    throw new UsageError(
      'policy except takes one rule: pregate policy except push/unsigned-commit --reason … --expires …',
    );
  }
  const reason = text(args, 'reason')?.trim();
  const expires = text(args, 'expires');
  if (!reason) throw new UsageError('policy except needs --reason: it is signed, and shown to everybody who meets it');
  if (expires === undefined)
    throw new UsageError('policy except needs --expires: an exception that never ends is a policy');
  return { rule, reason, expires };
}

/** Who grants the exceptions, and the SSH key that signs them: named, or as git is set up. */
async function signerOf(args: Args, root: string, io: Io): Promise<{ approver: string; key: string }> {
  const config = await readGitConfig(openGit(root, io.env));
  const approver = text(args, 'approver') ?? configValue(config, 'user.email') ?? '';
  const key =
    text(args, 'key') ??
    (configValue(config, 'gpg.format') === 'ssh' ? configValue(config, 'user.signingkey') : undefined);
  if (key === undefined) {
    throw new UsageError(
      'there is no SSH key to sign with; name one with --key FILE, or run pregate sign setup. Nothing was written',
    );
  }
  return { approver, key };
}

function reasonsOf(judgement: Judgement, rule: string): Reason[] {
  const reasons = judgement.report.decision.gates.flatMap((gate) => gate.reasons);
  const named = (one: Reason) => one.rule === rule || one.about === rule || one.rule.endsWith(`/${rule}`);
  const refused = reasons.filter((one) => named(one) && one.effect === 'deny');
  return refused.length > 0 ? refused : reasons.filter((one) => named(one) && one.effect === 'warn');
}

/** The scope of the flags, or the narrowest ones: the very path, commit or component of each refusal. */
function scopesOf(args: Args, refused: readonly Reason[], { repo }: Collected): ExceptionScope[] {
  const repository = repo.remote
    ? [repo.remote.host, repo.remote.owner, repo.remote.repository].filter(Boolean).join('/')
    : '';
  const where: ExceptionScope = repository === '' ? {} : { repository: repository.toLowerCase() };
  const given: ExceptionScope = {};
  for (const name of ['path', 'commit', 'component', 'branch'] as const) {
    const value = text(args, name);
    if (value !== undefined) given[name] = value;
  }
  const { branch, ...narrowing } = given;
  if (Object.keys(narrowing).length > 0) {
    const wide = tooWide(given);
    if (wide) throw new UsageError(`such an exception would not count: ${wide}. Nothing was written`);
    return [{ ...given, ...where }];
  }
  const scopes = new Map<string, ExceptionScope>();
  for (const { subject, place } of refused) {
    const scope: ExceptionScope | undefined = subject
      ? { component: subject }
      : place?.commit !== undefined && place.path.startsWith('commit:')
        ? { commit: place.commit }
        : place && { path: place.path };
    if (!scope)
      throw new UsageError(
        'it refuses the change as a whole, which has no place that an exception could name. Nothing was written',
      );
    scopes.set(JSON.stringify(scope), { ...scope, ...(branch === undefined ? {} : { branch }), ...where });
  }
  if (scopes.size > 20) {
    throw new UsageError(
      `${scopes.size} places would need an exception each; choose with --path, --commit or --component. Nothing was written`,
    );
  }
  return [...scopes.values()];
}

function draft(fields: Omit<PolicyException, 'v' | 'id'>): PolicyException {
  const digest = createHash('sha256')
    .update(signedText({ v: 1, id: '', ...fields }))
    .digest('hex');
  const exception = parseException({ v: 1, id: `ex-${digest.slice(0, 10)}`, ...fields });
  if (typeof exception === 'string') throw new UsageError(`${exception}. Nothing was written`);
  const days = (Date.parse(fields.expires) - Date.parse(fields.created)) / 86_400_000;
  if (days < 0) throw new UsageError(`--expires ${fields.expires} has passed. Nothing was written`);
  if (days > longestDays)
    throw new UsageError(
      `an exception lasts ${longestDays} days at most; ${fields.expires} is further away. Nothing was written`,
    );
  return exception;
}

/** Judges what was collected once more, as if the lines stood on the protected base. */
async function judgeWith(collected: Collected, lines: readonly string[], now: Date, io: Io): Promise<Judgement> {
  const run = startRun({ cwd: io.cwd, env: io.env, now: now.toISOString() });
  try {
    const exceptions = await readExceptions(run, collected, `${lines.join('\n')}\n`);
    return await judgeCollected({ ...collected, ...(exceptions ? { exceptions } : {}) }, { cwd: io.cwd, env: io.env });
  } finally {
    run.close();
  }
}

function show(drafts: readonly PolicyException[], after: Judgement, io: Io): void {
  const style = styleOf(io);
  for (const { id, rule, scope, approver, expires, reason } of drafts) {
    const where = Object.entries(scope).map(([key, value]) => `${key} ${value}`);
    io.out(`  ${style.bold(id)}   ${displayText(rule)}   until ${expires}, by ${displayText(approver)}\n`);
    io.out(`      ${displayText(where.join(', '))}\n      ${displayText(reason)}\n`);
  }
  io.out(`\n${after.mask(renderLadder(after.report, { style, reasons: 0 }))}\n`);
}

function whyLeft(judgement: Judgement, rule: string): string {
  const [left] = reasonsOf(judgement, rule);
  return left ? (left.exception?.problem ?? `${placeText(left)} ${left.message}`.trim()) : '';
}

async function append(path: string, lines: readonly string[]): Promise<void> {
  const before = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${lines.join('\n')}\n`);
}
