import { type Io, inColumns, usage } from './cli/command.ts';
import { type Entry, runCommand } from './cli/run.ts';
import { closest } from './config/closest.ts';
import { Exit, type ExitCode } from './gate/types.ts';
import { wrap } from './report/style.ts';
import { version } from './version.ts';

/** Every command, loaded only when it is called: a hook must not pay for the web view's data. */
const commands: Record<string, Entry> = {
  init: { summary: 'install the hooks and set this repository up', load: () => import('./cli/init.ts') },
  check: { summary: 'look for what a gate would refuse', load: () => import('./cli/check.ts'), masksItself: true },
  preview: {
    summary: 'what every gate would say about this branch',
    load: () => import('./cli/preview.ts'),
    masksItself: true,
  },
  overview: {
    summary: 'check, SBOM and gates of a repository on one page',
    load: () => import('./cli/overview.ts'),
    masksItself: true,
  },
  ci: { summary: 'judge a range in CI, or a push on the server', load: () => import('./cli/ci.ts'), masksItself: true },
  sbom: { summary: 'components as staged, and what changed', load: () => import('./cli/sbom.ts') },
  sign: { summary: 'sign commits: set up, look at, repair', load: () => import('./cli/sign.ts') },
  attest: { summary: 'sign what was found, for CI and the team', load: () => import('./cli/attest.ts') },
  verify: { summary: 'verify the signatures of a range', load: () => import('./cli/verify.ts') },
  log: { summary: 'what the hooks decided: show, verify, metrics, export', load: () => import('./cli/log.ts') },
  runbook: { summary: 'what to do when something went wrong', load: () => import('./cli/runbook.ts') },
  suppress: { summary: 'accept a finding, with a reason', load: () => import('./cli/suppress.ts') },
  baseline: { summary: 'accept what is there, audit it, prune it', load: () => import('./cli/baseline.ts') },
  fix: { summary: 'apply a proven fix of one finding', load: () => import('./cli/fix-one.ts') },
  scrub: { summary: 'take a secret out of unpushed commits', load: () => import('./cli/scrub.ts') },
  policy: { summary: 'evaluate Rego policy', load: () => import('./cli/policy.ts') },
  explain: {
    summary: 'why a rule exists, what a code means, what to do',
    load: () => import('./cli/explain.ts'),
    masksItself: true,
  },
  rules: { summary: 'list the rules', load: () => import('./cli/rules.ts'), masksItself: true },
  doctor: { summary: 'find what keeps the hooks from working', load: () => import('./cli/doctor.ts') },
  daemon: { summary: 'the process that keeps hooks fast', load: () => import('./cli/daemon.ts') },
  hook: {
    summary: 'what git calls (pre-commit, commit-msg, pre-push)',
    load: () => import('./cli/hook.ts'),
    masksItself: true,
  },
  lsp: { summary: 'language server on stdin and stdout', load: () => import('./cli/lsp.ts'), masksItself: true },
};

/** Every command there is, for tests that must not forget one. */
export const commandNames: readonly string[] = Object.keys(commands);

/**
 * Runs one command line. `words` are the arguments after the program's name.
 * Returns the exit code: 0 pass, 1 a policy refuses, 2 wrong usage, 3 could not check.
 */
export async function main(words: readonly string[], io: Io): Promise<ExitCode> {
  const [name, ...rest] = words;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    if (name === 'help' && rest[0] !== undefined) return main([rest[0], '--help'], io);
    io.out(overallHelp(io.width));
    return name === undefined ? Exit.usage : Exit.pass;
  }
  if (name === '--version' || name === '-V') {
    io.out(`pregate ${version}\n`);
    return Exit.pass;
  }
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!entry) {
    const near = otherWords[name] ?? closest(name, Object.keys(commands));
    return usage(
      io,
      `unknown command ${JSON.stringify(name)}${near ? `; did you mean ${near}?` : ''} (pregate --help)`,
    );
  }
  return runCommand(entry, rest, io);
}

/** What other programs call it, which no likeness of letters would find. */
const otherWords: Record<string, string> = {
  install: 'init',
  uninstall: 'init --remove',
  remove: 'init --remove',
  scan: 'check',
  status: 'overview',
  metrics: 'log metrics',
  audit: 'log verify',
  ignore: 'suppress',
};

function overallHelp(columns: number): string {
  const rows = Object.entries(commands).map(([name, { summary }]): [string, string] => [name, summary]);
  const end =
    'pregate <command> --help shows options and examples. Exit codes: 0 pass, 1 refused, 2 wrong usage, 3 could not check.';
  const lines = [
    ...wrap('Pregate tells you what the gate will say before you push.', columns),
    '',
    'Usage: pregate <command> [options]',
    '',
    ...inColumns(rows, columns),
    '',
    ...wrap(end, columns),
  ];
  return `${lines.join('\n')}\n`;
}
