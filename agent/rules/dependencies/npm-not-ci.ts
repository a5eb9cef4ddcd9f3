import type { Lock } from '../../model/npm/lock.ts';
import { frozenInstall } from '../../model/npm/report.ts';
import { type Effective, effective, type Script } from '../../model/script.ts';
import { asText, at, get } from '../../model/tree/index.ts';
import type { Draft, Fix } from '../../model/types.ts';
import { defineRule, type RuleContext } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'npm-not-ci',
    title: 'Install that may ignore the lockfile',
    category: 'dependency',
    severity: 'medium',
    confidence: 'medium',
    why: 'npm install rewrites a lockfile that does not fit and goes on: the build then uses versions nobody committed.\nThe frozen install stops instead.',
    fix: 'Use npm ci (yarn --immutable or --frozen-lockfile, bun install --frozen-lockfile) where a lockfile is committed.',
    sources: [
      'https://docs.npmjs.com/cli/commands/npm-ci',
      'https://github.com/ossf/scorecard/blob/main/docs/checks.md#pinned-dependencies',
    ],
  },
  reads: 'script',
  *check(script, context) {
    // A script file may be for developers, whose install is meant to update the lockfile.
    if (script.origin === 'file') return;
    for (const command of script.commands) {
      const run = effective(command);
      const manager = run && managerOf(run);
      const lock = manager && lockFor(script, manager, run, context);
      if (!lock || !isLoose(run, lock)) continue;
      yield draftOf(script, run, lock, command.range);
    }
  },
});

type Manager = 'npm' | 'yarn' | 'bun';

function managerOf({ name }: Effective): Manager | undefined {
  return name === 'npm' || name === 'yarn' || name === 'bun' ? name : undefined;
}

/** The committed lock that this command would use: of the folder it says, of the Dockerfile's folder, or the root. */
function lockFor(script: Script, manager: Manager, run: Effective, context: RuleContext): Lock | undefined {
  const folder = folderOf(script, run);
  if (folder === undefined) return undefined;
  const own = script.document.path.slice(0, Math.max(0, script.document.path.lastIndexOf('/')));
  const places = script.origin === 'run-instruction' ? [own, folder] : [folder];
  for (const place of places) {
    const project = context.all('npm').find((each) => each.folder === place);
    const lock = project?.locks.find(({ kind }) => kind === manager || kind.startsWith(`${manager}-`));
    if (lock) return lock;
  }
  return undefined;
}

/** Undefined where only the run can tell the folder. */
function folderOf(script: Script, run: Effective): string | undefined {
  if (script.commands.some((command) => /^(?:cd|pushd)$/.test(command.name))) return undefined;
  const option = run.args.findIndex((word) => /^(?:--prefix|--cwd|-C)$/.test(word.text));
  const equals = run.args.find((word) => /^(?:--prefix|--cwd)=/.test(word.text));
  const written = option === -1 ? equals?.text.replace(/^[^=]*=/, '') : run.args[option + 1]?.text;
  const folder = written ?? workingDirectory(script) ?? '';
  if (/[$\\`]|\.\./.test(folder)) return undefined;
  return folder.replace(/^(?:\.\/)+|^\.$|\/+$/g, '');
}

/** GitHub's `working-directory`: of the step, else the defaults of the job, else those of the workflow. */
function workingDirectory(script: Script): string | undefined {
  const { step, job } = script.block ?? {};
  const defaults = [job?.node, job?.workflow.root].map((node) => at(node, 'defaults', 'run', 'working-directory'));
  const nodes = [step && get(step.node, 'working-directory'), ...defaults];
  return nodes.map(asText).find((text) => text !== undefined);
}

function isLoose(run: Effective, lock: Lock): boolean {
  const words = run.args.map((word) => word.text);
  if (run.args.some((word) => word.dynamic)) return false;
  const plain = words.filter((word, index) => !word.startsWith('-') && !takesValue(words[index - 1]));
  const has = (...names: string[]) => names.some((name) => words.includes(name));
  if (has('-g', '--global', '--help', '--version', '-v', '--dry-run', '--package-lock-only', '--location=global'))
    return false;
  if (lock.kind === 'npm') return /^(?:install|i)$/.test(plain[0] ?? '') && plain.length === 1;
  if (lock.kind === 'bun')
    return /^(?:install|i)$/.test(plain[0] ?? '') && plain.length === 1 && !has('--frozen-lockfile');
  // Yarn berry is immutable by default where CI is set; pnpm too.
  if (lock.kind !== 'yarn-classic') return has('--no-immutable');
  const installs = plain.length === 0 || (plain.length === 1 && plain[0] === 'install');
  return installs && !has('--frozen-lockfile', '--immutable', '--pure-lockfile=false');
}

function takesValue(word: string | undefined): boolean {
  return /^(?:--prefix|--cwd|-C|--registry|--loglevel|--cache|--network-timeout|--omit|--include|-w|--workspace)$/.test(
    word ?? '',
  );
}

function draftOf(script: Script, run: Effective, lock: Lock, range: Draft['range']): Draft {
  const written = [run.name, ...run.args.map((word) => word.text)].join(' ');
  return {
    path: script.document.path,
    range,
    message: `${run.name} install may rewrite ${lock.document.path} and go on: the build can use versions nobody committed`,
    identity: written,
    fixes: () => frozenFixes(script, run, lock),
  };
}

function frozenFixes(script: Script, run: Effective, lock: Lock): Fix[] {
  const title = `Use ${frozenInstall[lock.kind]}`;
  const verb = run.args.find((word) => /^(?:install|i)$/.test(word.text)) ?? run.program;
  // A word that is escaped or quoted in the document is left to a person.
  if (script.document.text.slice(...verb.range) !== verb.text) return [];
  const flag = frozenInstall[lock.kind].split(' ').slice(2).join(' ');
  const install = verb === run.program ? `${verb.text} install` : verb.text;
  const text = lock.kind === 'npm' ? 'ci' : `${install} ${flag}`;
  // npm ci removes node_modules first and refuses what install accepts, so a person decides.
  return [{ title, edits: [{ path: script.document.path, range: verb.range, text }], safe: false }];
}
