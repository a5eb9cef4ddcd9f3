import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replay } from '../../agent/replay/replay.ts';
import { generator, git, median, type Row, scratch } from '../row.ts';

const commits = 1000;

/** 1,000 commits of a project with 200 source files, a lock of 300 packages and two workflows, replayed against a new bundle. */
export const replayRow: Row = {
  name: 'replay of 1,000 commits by two policies',
  budgetText: '≤ 30 s',
  budget: 30,
  async measure() {
    const { folder, env } = scratch();
    const repo = join(folder, 'repo');
    git(folder, env, 'init', '-q', repo);
    execFileSync('git', ['fast-import', '--quiet', '--force'], { cwd: repo, env, input: history() });
    const bundle = join(folder, 'bundle');
    mkdirSync(bundle);
    writeFileSync(join(bundle, 'push.rego'), policy);
    const run = async (fresh: boolean) => {
      const start = performance.now();
      const options = {
        cwd: repo,
        env,
        bundle,
        last: commits,
        kind: 'commits',
        now: new Date().toISOString(),
      } as const;
      const result = await replay({ ...options, ...(fresh ? { fresh } : {}) });
      const stopped = result.steps.filter((step) => step.new.deny.length > 0).length;
      if (result.steps.length !== commits || stopped === 0 || result.problems.length > 0)
        throw new Error('the replay is not whole');
      return { seconds: (performance.now() - start) / 1000, remembered: result.remembered, stopped };
    };
    const first = [await run(true), await run(true), await run(true)];
    const again = await run(false);
    if (again.remembered !== commits) throw new Error('nothing was remembered');
    return {
      figure: median(first.map(({ seconds }) => seconds)),
      unit: 's',
      note: `${first[0]?.stopped} would be stopped; asked again ${again.seconds.toFixed(2)} s, all remembered`,
    };
  },
};

const policy = `package pregate.push

# METADATA
# custom:
#   rule: wide-commit
deny contains {"rule": "wide-commit", "msg": "too many files"} if {
	some commit in input.commits
	count(commit.paths) > 9
}
`;

/** A stream for `git fast-import`; the same every time. */
function history(): string {
  const below = generator(7);
  const out: string[] = [];
  const file = (path: string, text: string) => `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
  for (let index = 0; index < commits; index++) {
    const message = `Change ${index}`;
    const person = `Bench <bench@example.com> ${1_700_000_000 + index * 3600} +0000`;
    out.push(`commit refs/heads/main\nauthor ${person}\ncommitter ${person}\ndata ${message.length}\n${message}\n`);
    const touched = index === 0 ? 200 : index % 40 === 0 ? 12 : 1 + below(4);
    for (let at = 0; at < touched; at++)
      out.push(file(`src/part-${index === 0 ? at : below(200)}.ts`, source(index, at)));
    if (index % 25 === 0) out.push(file('package.json', manifest(index)), file('package-lock.json', lock(index)));
    if (index % 50 === 0) out.push(file('.github/workflows/ci.yml', workflow(index)));
  }
  return out.join('');
}

function source(index: number, at: number): string {
  const lines = Array.from(
    { length: 60 },
    (_, line) => `export const value${line} = compute(${index}, ${at}, ${line});`,
  );
  return `${lines.join('\n')}\n`;
}

const names = Array.from({ length: 300 }, (_, index) => `package-${index}`);

function manifest(index: number): string {
  const dependencies = Object.fromEntries(names.slice(0, 30).map((name) => [name, `1.0.${index}`]));
  return `${JSON.stringify({ name: 'bench', version: '1.0.0', dependencies }, null, 2)}\n`;
}

function lock(index: number): string {
  const packages: Record<string, unknown> = { '': JSON.parse(manifest(index)) };
  for (const name of names) {
    const integrity = `sha512-${Buffer.from(`${name}${index}`.padEnd(64, 'x')).toString('base64')}`;
    packages[`node_modules/${name}`] = {
      version: `1.0.${index}`,
      resolved: `https://registry.example/${name}/-/${name}-1.0.${index}.tgz`,
      integrity,
    };
  }
  return `${JSON.stringify({ name: 'bench', version: '1.0.0', lockfileVersion: 3, requires: true, packages }, null, 2)}\n`;
}

function workflow(index: number): string {
  return `on: push\npermissions: {}\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: echo ${index}\n`;
}
