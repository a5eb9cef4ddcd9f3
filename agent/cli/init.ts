import { existsSync } from 'node:fs';
import path from 'node:path';
import { runningBundle } from '../../hooks/bundle.ts';
import { findHookPlace, type HookPlace } from '../../hooks/detect.ts';
import { applyInstall, type InstallOptions, type InstallPlan, planInstall, readManifest } from '../../hooks/install.ts';
import { removeGlobal, removeInstall } from '../../hooks/remove.ts';
import { record } from '../audit/log.ts';
import { modelGroup } from '../gate/collect/names.ts';
import { Exit, type ExitCode } from '../gate/types.ts';
import { configValue, readGitConfig } from '../git/config-list.ts';
import { GitFailure } from '../git/failure.ts';
import { parsePaths } from '../git/raw.ts';
import { gitOutput, openGit } from '../git/run.ts';
import { displayPath, displayText } from '../model/path.ts';
import { wrap } from '../report/style.ts';
import { type Command, type Io, takesNoWords } from './command.ts';
import { confirm } from './confirm.ts';

export const command: Command = {
  name: 'init',
  summary: 'Installs the hooks of this repository beside what is there, and says what it found.',
  usage: ['init [--git-config | --global] [--yes]', 'init --remove [--global]'],
  help: [
    'Works beside husky, lefthook, the pre-commit framework and hooks of your own: they stay and are called. What is run lies in your state folder, never in the repository.',
    "With --git-config git's own configuration names the hooks: they serve every worktree and run before hooks of files. --global serves every repository of yours, clones of tomorrow too; other gits of this machine that are older run none of them.",
    '--remove gives every file its old bytes back; a file that was changed since loses only the lines of Pregate.',
  ],
  options: {
    yes: { type: 'boolean', short: 'y', help: 'do not ask' },
    remove: { type: 'boolean', help: 'take the installation back' },
    'git-config': {
      type: 'boolean',
      help: "name the hooks in git's configuration of this repository instead of writing files (git 2.54 and later)",
    },
    global: { type: 'boolean', help: 'the same for all repositories of this user, new clones too' },
    'all-repositories': {
      type: 'boolean',
      help: 'write into a hooks folder that core.hooksPath shares among all repositories',
    },
  },
  examples: [['pregate init', 'look, say what would be written, ask, install']],
  async run(args, io): Promise<ExitCode> {
    takesNoWords('init', args);
    try {
      if (args.flags['remove']) return await remove(io, args.flags['yes'] === true, args.flags['global'] === true);
      const options: InstallOptions = {
        cwd: io.cwd,
        env: io.env,
        bundle: runningBundle(),
        allRepositories: args.flags['all-repositories'] === true,
        ...(args.flags['global'] ? { config: 'global' } : args.flags['git-config'] ? { config: 'local' } : {}),
      };
      return await install(io, options, args.flags['yes'] === true);
    } catch (error) {
      if (!(error instanceof GitFailure)) throw error;
      io.err(`pregate: ${error.problem.message} [${error.problem.code}]\n`);
      return Exit.couldNotCheck;
    }
  },
};

/** Shows what was found and what would be written, asks once, and installs. Nothing is written before the answer. */
export async function install(io: Io, options: InstallOptions, yes: boolean): Promise<ExitCode> {
  const plan = await planInstall(options);
  io.out(await findings(plan, io));
  const fatal = plan.notices.find((notice) => notice.fatal);
  if (fatal) {
    io.err(`pregate: ${fatal.message} [${fatal.code}]\n`);
    if (fatal.remedy) io.err(`  ${fatal.remedy}\n`);
    return Exit.couldNotCheck;
  }
  io.out(planned(plan, io));
  if (!yes && !(await confirm(io, 'Write this?'))) {
    io.out('Nothing was written.\n');
    return Exit.pass;
  }
  // Files of an earlier installation would run every check a second time.
  const earlier = readManifest(plan.place.commonDir, options.env);
  const here = earlier !== undefined && earlier.done.length > 0;
  if (options.config === 'local' && here && earlier.manager !== 'git-config') await removeInstall(io.cwd, io.env);
  applyInstall(plan, options);
  if (plan.actions.length > 0 && options.config !== 'global')
    await logHooks(plan.place, here ? 'renewed' : 'installed', io);
  const word =
    plan.actions.length === 0 ? 'The hooks were in place;\nthey run this build now.' : 'The hooks are in place.';
  io.out(`\n${word}\nSee what is there: pregate check --all\n`);
  return Exit.pass;
}

async function remove(io: Io, yes: boolean, global: boolean): Promise<ExitCode> {
  const what = global ? 'all repositories' : 'this repository';
  if (!yes && !(await confirm(io, `Take the hooks of ${what} back?`))) {
    io.out('Nothing was changed.\n');
    return Exit.pass;
  }
  const place = global ? undefined : await findHookPlace(io.cwd, io.env);
  const removal = global ? removeGlobal(io.env) : await removeInstall(io.cwd, io.env);
  if (place && removal.lines.length > 0) await logHooks(place, 'removed', io);
  io.out(
    removal.lines.length === 0 ? 'No hook of Pregate was here.\n' : `The hooks of Pregate are gone from ${what}.\n`,
  );
  for (const line of removal.lines) io.out(`  ${displayText(line)}\n`);
  return Exit.pass;
}

/** Whether hooks were here belongs to what a log says of a time in which nothing was refused. */
async function logHooks(
  { commonDir, manager }: HookPlace,
  what: 'installed' | 'renewed' | 'removed',
  io: Io,
): Promise<void> {
  const { problem } = await record(commonDir, { event: 'hooks', what, manager }, io.env);
  if (problem !== undefined) io.err(`pregate: ${problem} [audit-unavailable]\n`);
}

async function findings(plan: InstallPlan, io: Io): Promise<string> {
  const { place } = plan;
  if (place.commonDir === place.managed) return `Found ${displayText(place.label)}\n`;
  const git = openGit(place.root, io.env);
  const config = await readGitConfig(git);
  // What is not added yet will be looked at once it is.
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = place.bare ? [] : [...new Set(parsePaths(await gitOutput(git, list)))];
  const value = (key: string) => configValue(config, key);
  const rows: [string, string][] = [
    ['hooks', displayText(place.label)],
    ['signer', displayText(signer(value('gpg.format'), value('user.signingkey'), value('commit.gpgsign')))],
    ['pipelines', listed(dialects(files))],
    ['locks', listed(files.filter((file) => isLock(file)).map(displayPath))],
  ];
  if (existsSync(path.join(place.root, 'pregate.yaml'))) rows.push(['policy', 'pregate.yaml']);
  for (const notice of plan.notices) if (!notice.fatal) rows.push(['note', displayText(notice.message)]);
  const lines = rows.flatMap(([name, text]) =>
    wrap(text, io.width - 13).map((line, index) => `  ${(index === 0 ? name : '').padEnd(11)}${line}\n`),
  );
  return `Found in ${displayText(place.root)}\n${lines.join('')}`;
}

function planned(plan: InstallPlan, io: Io): string {
  if (plan.actions.length === 0) return '';
  const rows = plan.actions.map((action) => {
    const file = action.kind === 'keep' ? action.to : action.path;
    const shown = path.relative(plan.place.root, file);
    return {
      verb: action.kind === 'keep' ? 'keep' : action.before === null ? 'new' : 'edit',
      file: displayText(shown.startsWith('..') ? file : shown),
      why: action.why,
    };
  });
  // One column of reasons, unless a single long path would push them all out of sight.
  const width = Math.min(40, Math.max(0, ...rows.map((row) => row.file.length)));
  const beside = io.width >= width + 40;
  const lines = rows.flatMap(({ verb, file, why }) => {
    const head = `  ${verb.padEnd(5)}${file.padEnd(width)}`;
    const [first = '', ...more] = wrap(why, io.width - (beside ? head.length + 3 : 9));
    const rest = more.map((line) => `${' '.repeat(beside ? head.length + 3 : 9)}${line}`);
    return beside ? [`${head}   ${first}`, ...rest] : [head.trimEnd(), `         ${first}`, ...rest];
  });
  return `\nWill write\n${lines.join('\n')}\n`;
}

function signer(format: string | undefined, key: string | undefined, sign: string | undefined): string {
  if (sign === undefined || /^(false|no|off|0)$/i.test(sign)) return 'commits are not signed: pregate sign setup';
  return `${format ?? 'openpgp'}${key === undefined ? ', no key named: pregate sign status' : ''}`;
}

const dialectOf: [RegExp, string][] = [
  [/^\.github\/workflows\//, 'GitHub Actions'],
  [/(^|\/)[^/]*gitlab-ci[^/]*\.ya?ml$/, 'GitLab CI'],
  [/^\.circleci\//, 'CircleCI'],
  [/(^|\/)azure-pipelines[^/]*$/, 'Azure Pipelines'],
  [/^bitbucket-pipelines\.ya?ml$/, 'Bitbucket Pipelines'],
  [/(^|\/)Jenkinsfile/, 'Jenkins'],
  [/^\.(gitea|forgejo)\/workflows\//, 'Forgejo and Gitea Actions'],
  [/^\.buildkite\//, 'Buildkite'],
  [/^\.travis\.ya?ml$/, 'Travis CI'],
  [/^\.(drone\.ya?ml|woodpecker)/, 'Woodpecker and Drone'],
];

function dialects(files: readonly string[]): string[] {
  return dialectOf.filter(([pattern]) => files.some((file) => pattern.test(file))).map(([, name]) => name);
}

function isLock(file: string): boolean {
  return modelGroup(file) !== undefined && /(^|\/)([^/]*[.-]lock(\.json|\.yaml|b)?|npm-shrinkwrap\.json)$/.test(file);
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  return names.length <= 4 ? names.join(', ') : `${names.slice(0, 4).join(', ')} and ${names.length - 4} more`;
}
