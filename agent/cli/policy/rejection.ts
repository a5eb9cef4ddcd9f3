import { readFileSync } from 'node:fs';
import path from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { checkFully } from '../../gate/check.ts';
import { Exit, type ExitCode, type Report } from '../../gate/types.ts';
import { displayText } from '../../model/path.ts';
import { type Rejection, readRejection } from '../../policy/forge/rejection.ts';
import { type Args, type Io, UsageError } from '../command.ts';
import { styleOf } from '../render.ts';

const longest = 1_000_000;

/**
 * `policy rejection`: reads what a refused push printed, names the rules that refused it, and says of each whether the
 * preview knows it. So a person sees what to do, and whether the kept rules of the forge are still the forge's.
 * Exit 0 when all were predicted, 1 when one was not, 3 when the text holds no refusal of a forge.
 */
export async function runRejection(args: Args, rest: readonly string[], io: Io): Promise<ExitCode> {
  const [file, extra] = rest;
  if (extra !== undefined) throw new UsageError('policy rejection takes one file, or reads standard input');
  const said =
    file === undefined || file === '-' ? await readAll(io.stdin) : readText(path.resolve(io.cwd, file), file);
  const rejection = readRejection(said.slice(0, longest));
  if (!rejection || rejection.rules.length === 0) {
    io.err(
      'pregate: this text holds no refusal by a rule of GitHub or GitLab (git push 2>&1 | pregate policy rejection) [no-rejection]\n',
    );
    return Exit.couldNotCheck;
  }
  const { report, mask } = await checkFully({ kind: 'outgoing' }, { cwd: io.cwd, env: io.env });
  const rules = rejection.rules.map((rule) => ({ ...rule, predicted: isPredicted(report, rule) }));
  if (args.flags['json']) io.out(mask(`${JSON.stringify({ ref: rejection.ref, rules }, null, 2)}\n`));
  else io.out(mask(rendered(rejection, rules, report, styleOf(io))));
  return rules.every((rule) => rule.predicted) ? Exit.pass : Exit.violation;
}

type Rule = Rejection['rules'][number];

/** The same rule refuses in the preview, of one of these commits where the forge has named some. */
function isPredicted(report: Report, { rule, commits }: Rule): boolean {
  return report.decision.gates
    .flatMap((gate) => gate.reasons)
    .some(
      (reason) =>
        sameRule(reason.rule, rule) &&
        reason.effect === 'deny' &&
        (commits.length === 0 || reason.place?.commit === undefined || commits.includes(reason.place.commit)),
    );
}

/** The forges say less than their rules: a signature is asked for by a ruleset and by a push rule in the same words. */
const kin: Record<string, string[]> = {
  'forge/required-signatures': ['forge/reject-unsigned-commits'],
  'forge/commit-message-pattern': ['forge/commit-message-regex', 'forge/commit-message-negative-regex'],
  'forge/commit-author-email-pattern': ['forge/author-email-regex'],
  'forge/committer-email-pattern': ['forge/author-email-regex'],
  'forge/deletion': ['forge/protected-branch'],
  'forge/non-fast-forward': ['forge/protected-branch'],
  'forge/file-name-regex': ['forge/prevent-secrets'],
  'forge/branch-name-pattern': ['forge/branch-name-regex'],
  'forge/update': ['forge/protected-branch', 'forge/restricted-pushes'],
};

function sameRule(own: string, theirs: string): boolean {
  return own === theirs || (kin[theirs] ?? []).includes(own);
}

function rendered(
  { ref }: Rejection,
  rules: readonly (Rule & { predicted: boolean })[],
  report: Report,
  style: ReturnType<typeof styleOf>,
): string {
  const lines = [
    `  ${style.bold(displayText(`${ref?.replace(/^refs\/(heads|tags)\//, '') ?? 'The push'} was refused`))}`,
    '',
  ];
  for (const { rule, text, commits, predicted } of rules) {
    lines.push(`    ${style.red('✗')} ${displayText(text)}`);
    for (const commit of commits.slice(0, 5)) lines.push(style.dim(`      ${commit.slice(0, 12)}`));
    if (commits.length > 5) lines.push(style.dim(`      and ${commits.length - 5} more commits`));
    const known = predicted ? `pregate preview --why ${rule}` : 'the preview does not say so';
    lines.push(style.dim(`      ${rule}   ${known}`));
  }
  if (rules.some((rule) => !rule.predicted)) {
    const kept = report.decision.gates.some((gate) => gate.reasons.some((reason) => reason.rule.startsWith('forge/')));
    const why = kept
      ? 'The rules that are kept here are not the ones that the forge has now'
      : 'No rules of the forge are kept here';
    lines.push('', `  ${why}: pregate policy snapshot --fetch`);
  }
  return `${lines.join('\n')}\n`;
}

function readText(place: string, name: string): string {
  try {
    return readFileSync(place, 'utf8');
  } catch (error) {
    throw new UsageError(`${displayText(name)} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})`);
  }
}
