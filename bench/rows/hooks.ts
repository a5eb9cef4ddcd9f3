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
  const { folder, env } = scratch();
  const plain = repository(folder, env, 'plain', false);
  const hooked = repository(folder, env, 'hooked', true);
  const without: number[] = [];
  const withHook: number[] = [];
  for (let round = 0; round < 24; round++) {
    for (const [repo, out] of [
      [plain, without],
      [hooked, withHook],
    ] as const) {
      writeSources(repo, round);
      git(repo, env, 'add', '-A');
      const start = performance.now();
      git(repo, env, 'commit', '-qm', `round ${round}`);
      if (round >= 4) out.push(performance.now() - start);
    }
  }
  const added = median(withHook) - median(without);
  return {
    figure: added,
    unit: 'ms',
    note: `commit ${median(withHook).toFixed(0)} ms with both commit hooks, ${median(without).toFixed(0)} ms without`,
  };
}

async function coldPush(): Promise<Measurement> {
  const { folder, env } = scratch();
  const repo = repository(folder, env, 'pushing', true);
  const spent: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < 5; round++) {
    for (let commit = 0; commit < 100; commit++) {
      writeSources(repo, round * 100 + commit);
      git(repo, env, 'add', '-A');
      git(repo, env, 'commit', '-qnm', `commit ${commit}`);
    }
    for (const [words, out] of [
      [['push', '-q', '--no-verify', 'origin', 'main:plain'], bare],
      [['push', '-q', 'origin', 'main:main'], spent],
    ] as const) {
      const start = performance.now();
      git(repo, env, ...words);
      out.push(performance.now() - start);
    }
    git(repo, env, 'update-ref', '-d', 'refs/remotes/origin/plain');
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
