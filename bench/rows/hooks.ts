import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dist, git, type Measurement, median, type Row, scratch } from '../row.ts';
import { peers } from './hook-peers.ts';
import { writeSources } from './hook-sources.ts';

/** What the installed hooks add to real commits and pushes, measured against the same without hooks, interleaved. */
export const hooks: Row[] = [
  { name: 'hooks: pre-commit, 10 staged files, warm', budgetText: '≤ 8 ms added', budget: 8, measure: warmCommit },
  { name: 'hooks: pre-commit, 10 staged files, cold', budgetText: '≤ 60 ms added', budget: 60, measure: coldCommit },
  { name: 'hooks: all of a commit, warm', budgetText: 'none of its own', measure: wholeCommit },
  { name: 'hooks: commit-msg, cold', budgetText: 'none of its own', measure: coldMessage },
  { name: 'hooks: pre-push of 100 commits, cold', budgetText: '≤ 1 s', budget: 1, measure: () => push('cold') },
  { name: 'hooks: pre-push of 100 commits, warm', budgetText: '≤ 1 s', budget: 1, measure: () => push('warm') },
  {
    name: 'hooks: pre-push of 100 commits, already known',
    budgetText: '≤ 300 ms',
    budget: 300,
    measure: () => push('known'),
  },
];

async function warmCommit(): Promise<Measurement> {
  const { spent, missing } = await commits();
  const added = spent.warm - spent.plain;
  const others = Object.entries(spent)
    .filter(([name]) => peers.some((peer) => peer.name === name))
    .map(([name, whole]) => `${name} ${(whole - spent.plain).toFixed(0)} ms (${ratio(whole - spent.plain, added)})`);
  const times = (added / spent.node).toFixed(2);
  const note = `${times} × \`node -e 0\` of the same run, no hook ${spent.plain.toFixed(0)} ms, empty sh hook +${(spent.empty - spent.plain).toFixed(1)} ms`;
  const absent = missing.map((name) => `${name} not here`);
  return { figure: added, unit: 'ms', note: [note, ...others, ...absent].join('; ') };
}

function ratio(theirs: number, ours: number): string {
  return `${(theirs / Math.max(ours, 0.1)).toFixed(1)} ×`;
}

async function coldCommit(): Promise<Measurement> {
  const { spent } = await commits();
  const times = ((spent.cold - spent.plain) / spent.node).toFixed(2);
  const note = `${times} × \`node -e 0\`; commit ${spent.cold.toFixed(0)} ms with the hook, ${spent.plain.toFixed(0)} ms without; \`node -e 0\` ${spent.node.toFixed(0)} ms in the same run`;
  return { figure: spent.cold - spent.plain, unit: 'ms', note };
}

async function wholeCommit(): Promise<Measurement> {
  const { spent } = await commits();
  return { figure: spent.whole - spent.plain, unit: 'ms', note: 'pre-commit, commit-msg and post-commit' };
}

async function coldMessage(): Promise<Measurement> {
  const { spent } = await commits();
  return {
    figure: spent.both - spent.cold,
    unit: 'ms',
    note: `\`node -e 0\` ${spent.node.toFixed(0)} ms in the same run`,
  };
}

/** Milliseconds of `git commit`: without a hook, with an empty one, with ours, and of `node -e 0`; peers by their names. */
type Spent = Record<'plain' | 'empty' | 'warm' | 'whole' | 'cold' | 'both' | 'node', number> & Record<string, number>;

let measured: Promise<{ spent: Spent; missing: string[] }> | undefined;

/** Commits of the same files in a repository for each way, in turn, so that a busy machine slows all of them alike. */
function commits(): Promise<{ spent: Spent; missing: string[] }> {
  measured ??= measureCommits();
  return measured;
}

async function measureCommits(): Promise<{ spent: Spent; missing: string[] }> {
  const { folder, env: cold } = scratch();
  const warm = { ...cold, XDG_STATE_HOME: join(folder, 'state-warm'), PREGATE_DAEMON: 'on' };
  const ways: { name: string; repo: string; env: NodeJS.ProcessEnv }[] = [];
  const add = (name: string, env: NodeJS.ProcessEnv, hooks: readonly string[] | 'none') => {
    const repo = repository(folder, env, name, hooks !== 'none');
    for (const hook of ['pre-merge-commit', 'commit-msg', 'post-commit', 'pre-push'])
      if (hooks !== 'none' && !hooks.includes(hook)) rmSync(join(repo, '.git', 'hooks', hook), { force: true });
    ways.push({ name, repo, env });
    return repo;
  };
  add('plain', cold, 'none');
  const empty = add('empty', cold, 'none');
  execFileSync('sh', ['-c', 'printf "#!/bin/sh\\n:\\n" >pre-commit; chmod +x pre-commit'], {
    cwd: join(empty, '.git/hooks'),
  });
  add('warm', warm, []);
  add('whole', warm, ['commit-msg', 'post-commit']);
  add('cold', cold, []);
  add('both', cold, ['commit-msg']);
  const missing: string[] = [];
  for (const peer of peers) {
    if (!peer.find()) missing.push(peer.name);
    else peer.install(add(peer.name, cold, 'none'), cold);
  }
  pregate(ways[2]?.repo as string, warm, 'daemon', 'start');
  const spent: Record<string, number[]> = { node: [] };
  for (let round = 0; round < 28; round++) {
    const timed = (name: string, run: () => unknown) => {
      const start = performance.now();
      run();
      // The first rounds fill the code caches, and let the daemon's functions be compiled.
      if (round >= 6) spent[name] = [...(spent[name] ?? []), performance.now() - start];
    };
    // Nobody is always the first after `node`.
    for (const { name, repo, env } of [...ways.slice(round % ways.length), ...ways.slice(0, round % ways.length)]) {
      writeSources(repo, round);
      git(repo, env, 'add', '-A');
      timed(name, () => git(repo, env, 'commit', '-qm', `round ${round}`));
    }
    timed('node', () => execFileSync(process.execPath, ['-e', '0'], { env: cold }));
  }
  pregate(folder, warm, 'daemon', 'stop');
  return {
    spent: Object.fromEntries(Object.entries(spent).map(([name, all]) => [name, median(all)])) as Spent,
    missing,
  };
}

/**
 * Pushes of the same 100 commits with and without the hook, to remotes of their own, because a second push sends nothing.
 * `known`: with the daemon, after a push of the same commits to another remote has been judged.
 */
async function push(way: 'cold' | 'warm' | 'known'): Promise<Measurement> {
  const { folder, env: cold } = scratch();
  const env = way === 'cold' ? cold : { ...cold, PREGATE_DAEMON: 'on' };
  const repo = repository(folder, env, 'pushing', true);
  git(folder, env, 'init', '-q', '--bare', 'plain.git');
  git(repo, env, 'remote', 'add', 'plain', join(folder, 'plain.git'));
  git(folder, env, 'init', '-q', '--bare', 'second.git');
  git(repo, env, 'remote', 'add', 'second', join(folder, 'second.git'));
  for (const remote of ['plain', 'second']) git(repo, env, 'push', '-q', '--no-verify', remote, 'main');
  for (const hook of ['pre-commit', 'commit-msg', 'post-commit']) rmSync(join(repo, '.git/hooks', hook));
  if (way !== 'cold') pregate(repo, env, 'daemon', 'start');
  const spent: number[] = [];
  const bare: number[] = [];
  const first: number[] = [];
  const node: number[] = [];
  for (let round = 0; round < 6; round++) {
    for (let commit = 0; commit < 100; commit++) {
      writeSources(repo, round * 100 + commit);
      git(repo, env, 'add', '-A');
      git(repo, env, 'commit', '-qm', `commit ${commit}`);
    }
    const bareFirst = round % 2 === 0;
    const pushes: [words: string[], out: number[]][] = [
      [['push', '-q', 'origin', 'main:main'], way === 'known' ? first : spent],
      [['push', '-q', 'second', 'main:main'], way === 'known' ? spent : first],
    ];
    // The first push of new objects pays for reading them from the disk: the one without the hook goes first every other time.
    const plain: [words: string[], out: number[]] = [['push', '-q', '--no-verify', 'plain', 'main'], bare];
    for (const [words, out] of bareFirst ? [plain, ...pushes] : [...pushes, plain]) {
      const start = performance.now();
      git(repo, env, ...words);
      out.push(performance.now() - start);
    }
    const start = performance.now();
    execFileSync(process.execPath, ['-e', '0'], { env: cold });
    node.push(performance.now() - start);
  }
  if (way !== 'cold') pregate(repo, env, 'daemon', 'stop');
  const added = median(spent) - median(bare);
  const times = (added / median(node)).toFixed(1);
  const note = `${times} × \`node -e 0\`; push ${median(bare).toFixed(0)} ms without the hook; 1,000 blobs of 4 KB`;
  if (way === 'known') {
    const unknown = (median(first) - median(bare)).toFixed(0);
    return { figure: added, unit: 'ms', note: `${note}, looked at in a push before (which added ${unknown} ms)` };
  }
  return { figure: added / 1000, unit: 's', note: `${note} never seen before` };
}

function pregate(cwd: string, env: NodeJS.ProcessEnv, ...words: string[]): void {
  execFileSync(process.execPath, [join(dist, 'pregate.cjs'), ...words], { cwd, env, stdio: 'pipe' });
}

function repository(folder: string, env: NodeJS.ProcessEnv, name: string, hooked: boolean): string {
  const repo = join(folder, name);
  const remote = `${repo}.git`;
  rmSync(repo, { recursive: true, force: true });
  mkdirSync(repo);
  git(repo, env, 'init', '-q');
  git(folder, env, 'init', '-q', '--bare', remote);
  git(repo, env, 'remote', 'add', 'origin', remote);
  writeSources(repo, -1);
  git(repo, env, 'add', '-A');
  git(repo, env, 'commit', '-qm', 'first');
  git(repo, env, 'push', '-q', '-u', 'origin', 'main');
  if (hooked) pregate(repo, env, 'init', '--yes');
  return repo;
}
