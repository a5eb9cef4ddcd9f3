import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dist, generator, git, type Measurement, median, type Row, scratch } from '../row.ts';

/** What the installed hooks add to real commits and pushes, measured against the same without hooks, interleaved. */
export const hooks: Row[] = [
  {
    name: 'pre-commit, 10 staged files, warm',
    budgetText: '≤ 8 ms added',
    async measure() {
      return { figure: null, unit: 'ms' };
    },
  },
  { name: 'pre-commit, 10 staged files, cold', budgetText: '≤ 60 ms added', budget: 60, measure: coldCommit },
  { name: 'commit-msg, cold', budgetText: 'none of its own', measure: coldMessage },
  { name: 'pre-push of 100 commits', budgetText: '≤ 1 s', budget: 1, measure: coldPush },
  {
    name: 'pre-push of 100 commits, already known',
    budgetText: '≤ 300 ms',
    async measure() {
      return { figure: null, unit: 'ms' };
    },
  },
];

async function coldCommit(): Promise<Measurement> {
  const { plain, one } = await commits();
  const note = `commit ${one.toFixed(0)} ms with the hook, ${plain.toFixed(0)} ms without`;
  return { figure: one - plain, unit: 'ms', note };
}

async function coldMessage(): Promise<Measurement> {
  const { one, both, node } = await commits();
  return { figure: both - one, unit: 'ms', note: `\`node -e 0\` ${node.toFixed(0)} ms in the same run` };
}

interface Commits {
  /** Milliseconds of `git commit` without a hook, with pre-commit alone, with commit-msg too; and of `node -e 0`. */
  plain: number;
  one: number;
  both: number;
  node: number;
}

let measured: Promise<Commits> | undefined;

/** Commits of the same files in three repositories, in turn, so that a busy machine slows all of them alike. */
function commits(): Promise<Commits> {
  measured ??= measureCommits();
  return measured;
}

async function measureCommits(): Promise<Commits> {
  const { folder, env } = scratch();
  const repositories = {
    plain: repository(folder, env, 'plain', false),
    one: repository(folder, env, 'one', true),
    both: repository(folder, env, 'both', true),
  };
  rmSync(join(repositories.one, '.git', 'hooks', 'commit-msg'));
  const spent: Record<keyof Commits, number[]> = { plain: [], one: [], both: [], node: [] };
  for (let round = 0; round < 24; round++) {
    const timed = (name: keyof Commits, run: () => unknown) => {
      const start = performance.now();
      run();
      // The first rounds fill the code caches.
      if (round >= 4) spent[name].push(performance.now() - start);
    };
    for (const [name, repo] of Object.entries(repositories) as [keyof Commits, string][]) {
      writeSources(repo, round);
      git(repo, env, 'add', '-A');
      timed(name, () => git(repo, env, 'commit', '-qm', `round ${round}`));
    }
    timed('node', () => execFileSync(process.execPath, ['-e', '0'], { env }));
  }
  const { plain, one, both, node } = spent;
  return { plain: median(plain), one: median(one), both: median(both), node: median(node) };
}

async function coldPush(): Promise<Measurement> {
  const { folder, env } = scratch();
  const repo = repository(folder, env, 'pushing', true);
  // A remote of its own, because a second push to the same one would have no objects left to send.
  git(folder, env, 'init', '-q', '--bare', 'plain.git');
  git(repo, env, 'remote', 'add', 'plain', join(folder, 'plain.git'));
  git(repo, env, 'push', '-q', '--no-verify', 'plain', 'main');
  const spent: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < 5; round++) {
    for (let commit = 0; commit < 100; commit++) {
      writeSources(repo, round * 100 + commit);
      git(repo, env, 'add', '-A');
      git(repo, env, 'commit', '-qnm', `commit ${commit}`);
    }
    for (const [words, out] of [
      [['push', '-q', '--no-verify', 'plain', 'main'], bare],
      [['push', '-q', 'origin', 'main:main'], spent],
    ] as const) {
      const start = performance.now();
      git(repo, env, ...words);
      out.push(performance.now() - start);
    }
  }
  return {
    figure: (median(spent) - median(bare)) / 1000,
    unit: 's',
    note: `push ${median(bare).toFixed(0)} ms without the hook`,
  };
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
  if (hooked)
    execFileSync(process.execPath, [join(dist, 'pregate.cjs'), 'init', '--yes'], { cwd: repo, env, stdio: 'pipe' });
  return repo;
}

/** Ten source files of about 4 KB whose content is new in every round. */
function writeSources(repo: string, round: number): void {
  const next = generator(round + 7);
  mkdirSync(join(repo, 'src'), { recursive: true });
  for (let file = 0; file < 10; file++) {
    const lines = Array.from(
      { length: 100 },
      (_, line) => `export const value${line} = compute(${next(1e6)}, 'name ${next(1e4)}');`,
    );
    writeFileSync(join(repo, 'src', `file${file}.ts`), `${lines.join('\n')}\n`);
  }
}
