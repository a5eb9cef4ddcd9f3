import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Exit, type ExitCode } from '../../gate/types.ts';
import { displayText } from '../../model/path.ts';
import { forgeRules } from '../../policy/forge/judge.ts';
import { type SavedAnswer, snapshotFrom } from '../../policy/forge/snapshot.ts';
import type { ForgeSnapshot } from '../../policy/forge/types.ts';
import { count } from '../../report/style.ts';
import { type Args, type Io, text, UsageError } from '../command.ts';

/**
 * `policy snapshot`: keeps what the forge allows, from saved API answers or, when asked, from the forge itself.
 * The token comes from the environment (`PREGATE_FORGE_TOKEN`, `GITHUB_TOKEN`, `GITLAB_TOKEN`) and is kept nowhere.
 */
export async function runSnapshot(args: Args, now: Date, io: Io): Promise<ExitCode> {
  const from = text(args, 'from');
  const fetching = args.flags['fetch'] === true;
  if ((from === undefined) === !fetching)
    throw new UsageError('policy snapshot needs either --from FILE|DIR or --fetch');
  const { collect } = await import('../../gate/collect.ts');
  const { repo, problems } = await collect({ kind: 'outgoing' }, { cwd: io.cwd, env: io.env });
  if (repo.commonDir === undefined) {
    const { message, code } = problems.find((one) => one.fatal) ?? outside;
    io.err(`pregate: ${message} [${code}]\n`);
    return Exit.couldNotCheck;
  }
  const branches = [...new Set([repo.defaultBranch, repo.branch, text(args, 'branch')])].filter((one) => one != null);
  const asked = fetching
    ? await fetched(repo.remote, branches, io)
    : { answers: savedAnswers(from as string, io), source: 'file' };
  if (!asked) return Exit.couldNotCheck;
  const { remote } = repo;
  const made = snapshotFrom(asked.answers, {
    now: now.toISOString(),
    source: asked.source,
    repository: remote?.owner ? `${remote.owner}/${remote.repository}` : null,
    ...(text(args, 'branch') === undefined || fetching ? {} : { branch: text(args, 'branch') as string }),
  });
  for (const name of made.unknown)
    io.err(`pregate: ${displayText(name)} is no answer that is known; it was left out [forge-unreadable]\n`);
  if (!made.snapshot) {
    io.err('pregate: no rules of GitHub or GitLab were found in these answers. Nothing was kept. [forge-unreadable]\n');
    return Exit.couldNotCheck;
  }
  return keep(made.snapshot, repo.commonDir, text(args, 'output'), io);
}

async function keep(snapshot: ForgeSnapshot, commonDir: string, output: string | undefined, io: Io): Promise<ExitCode> {
  const content = `${JSON.stringify(snapshot, null, 2)}\n`;
  if (output === undefined) {
    const { keepSnapshot } = await import('../../forge/load.ts');
    keepSnapshot(commonDir, content, io.env);
  } else writeFileSync(path.resolve(io.cwd, output), content);
  const rules = forgeRules(snapshot);
  const where = output === undefined ? 'your state folder' : displayText(output);
  io.out(`${count(rules.length, 'rule')} of ${snapshot.repository ?? 'the repository'}, kept in ${where}:\n`);
  for (const rule of rules) {
    const trial =
      rule.enforcement === 'evaluate' ? '  (dry run)' : rule.bypass === 'always' ? '  (you may bypass it)' : '';
    io.out(`  ${rule.type.replace(/^gitlab_/, '').padEnd(30)} ${displayText(rule.from)}${trial}\n`);
  }
  for (const rule of rules.filter((one) => one.enforcement === 'active' && impossible(one))) {
    io.out(`\n${displayText(rule.from)} lets no push pass: its checks can start only after the push it refuses.\n`);
  }
  io.out('\npregate preview says what they refuse.\n');
  return Exit.pass;
}

/** Required on every branch, new ones included: nothing can ever have been checked. */
function impossible(rule: ReturnType<typeof forgeRules>[number]): boolean {
  const late = ['required_status_checks', 'workflows', 'required_deployments', 'code_scanning'].includes(rule.type);
  return late && rule.everywhere && rule.parameters['do_not_enforce_on_create'] !== true;
}

function savedAnswers(from: string, io: Io): SavedAnswer[] {
  const place = path.resolve(io.cwd, from);
  const names = statSync(place, { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(place)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => path.join(place, name))
    : [place];
  return names.flatMap((file): SavedAnswer[] => {
    const value = jsonOf(file, from);
    const name = path.basename(file);
    // Several answers may stand in one file, by name.
    const isBag = typeof value === 'object' && value !== null && !Array.isArray(value) && 'answers' in value;
    if (!isBag) return [{ name, value }];
    return Object.entries((value as { answers: Record<string, unknown> }).answers).flatMap(([key, one]) =>
      key === 'branch_rules' || key === 'protection'
        ? Object.entries(one as object).map(([branch, rules]) => ({ name: `${key}-${branch}.json`, value: rules }))
        : [{ name: `${key}.json`, value: one }],
    );
  });
}

function jsonOf(file: string, from: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new UsageError(
      `${displayText(from)}: ${path.basename(file)} ${code ? `cannot be read (${code})` : 'is not JSON'}`,
    );
  }
}

/**
 * The token a person gave for this forge. The address of a remote is data of the repository: no token goes to a host that
 * only the repository names.
 */
function tokenFor(provider: string, host: string, api: string | undefined, env: NodeJS.ProcessEnv): string | undefined {
  const known = host === 'github.com' || host === 'gitlab.com';
  if (!known && api === undefined) return undefined;
  const own = provider === 'github' ? 'GITHUB_TOKEN' : 'GITLAB_TOKEN';
  const token = env['PREGATE_FORGE_TOKEN'] ?? (known ? env[own] : undefined);
  return token === '' ? undefined : token;
}

const outside = { message: 'this is not a git repository', code: 'not-a-repository' };

type Remote = { provider: string; host: string; owner: string; repository: string } | null;

async function fetched(remote: Remote, branches: readonly string[], io: Io) {
  const provider = remote?.provider;
  if (!remote || (provider !== 'github' && provider !== 'gitlab')) {
    io.err(
      'pregate: the remote is neither GitHub nor GitLab as far as its address tells; use --from [forge-unknown]\n',
    );
    return undefined;
  }
  const { fetchAnswers, ForgeError } = await import('../../forge/fetch.ts');
  const api = io.env['PREGATE_FORGE_API'];
  const token = tokenFor(provider, remote.host, api, io.env);
  try {
    const { host, owner, repository: name } = remote;
    const asked = await fetchAnswers({
      provider,
      host,
      owner,
      name,
      branches,
      ...(token === undefined ? {} : { token }),
      ...(api === undefined ? {} : { api }),
    });
    for (const refused of asked.refused)
      io.err(`pregate: not answered, so not known: ${displayText(refused)} [forge-partial]\n`);
    return { answers: asked.answers, source: asked.api };
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error;
    io.err(`pregate: ${displayText(error.message)}. Nothing was kept. [forge-unreadable]\n`);
    return undefined;
  }
}
