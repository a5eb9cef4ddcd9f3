import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { generateSecret } from '../../test/support/secrets.ts';
import { dist, generator, median, peer, type Row, root, scratch, times } from '../row.ts';

const commits = 10_000;

/** `pregate check --history` of 10,000 generated commits as a process of its own, without anything remembered. */
export const history: Row = {
  name: 'history of 10,000 commits',
  budgetText: '≤ gitleaks git',
  async measure() {
    const { folder, env } = scratch();
    const repo = join(folder, 'repo');
    const bytes = makeHistory(repo, env);
    const run = (...words: string[]) =>
      spawnSync(process.execPath, [join(dist, 'pregate.cjs'), 'check', '--history', '--json', ...words], {
        cwd: repo,
        env,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      });
    const first = run('--fresh');
    if (first.status !== 1) throw new Error(`exit code ${first.status}: ${first.stderr}`);
    const found = (JSON.parse(first.stdout) as { findings: unknown[] }).findings.length;
    const cold = await times(3, () => run('--fresh'));
    const warm = await times(3, () => run());
    const peak = peakMemory(repo, env);
    const gitleaks = peer('gitleaks');
    const theirs = gitleaks === undefined ? undefined : await measureGitleaks(gitleaks, repo, env);
    const compared =
      theirs === undefined
        ? 'gitleaks is not on the PATH'
        : `gitleaks ${theirs.toFixed(1)} s, ${(theirs / (median(cold) / 1000)).toFixed(1)} × as long`;
    const note = `${(bytes / 1e6).toFixed(0)} MB of blobs, ${found} findings, again ${(median(warm) / 1000).toFixed(1)} s, ${peak}; ${compared}`;
    const budget = theirs === undefined ? {} : { budget: theirs };
    return { figure: median(cold) / 1000, unit: 's', note, ...budget };
  },
};

/** A linear history of sources that grow and change, with a secret in every thousandth commit, through fast-import. */
function makeHistory(repo: string, env: NodeJS.ProcessEnv): number {
  rmSync(repo, { recursive: true, force: true });
  mkdirSync(repo);
  execFileSync('git', ['init', '-q', repo], { env });
  const next = generator(11);
  const words = ['const', 'value', 'return', 'request', 'handler', 'option', 'index', 'result', 'async', 'buffer'];
  const files = Array.from({ length: 200 }, (_, at) => ({
    path: `src/part-${at % 20}/file-${at}.ts`,
    lines: [] as string[],
  }));
  const parts: string[] = [];
  let bytes = 0;
  for (let at = 0; at < commits; at++) {
    parts.push(
      `commit refs/heads/main\nmark :${at + 1}\ncommitter Bench <bench@example.com> ${1700000000 + at} +0000\n`,
    );
    parts.push(data(`Change number ${at}\n`), at === 0 ? '' : `from :${at}\n`);
    for (let change = 0; change < 3; change++) {
      const file = files[next(files.length)] as (typeof files)[number];
      const line = `  ${words[next(10)]} ${words[next(10)]}${next(1000)} = ${words[next(10)]}(${next(100_000)});`;
      if (file.lines.length < 120) file.lines.push(line);
      else file.lines[next(120)] = line;
      const extra = at % 1000 === 500 && change === 0 ? `const token = '${generateSecret('github-token', at)}';\n` : '';
      const text = `${file.lines.join('\n')}\n${extra}`;
      bytes += text.length;
      parts.push(`M 100644 inline ${file.path}\n${data(text)}`);
    }
  }
  execFileSync('git', ['fast-import', '--quiet'], { cwd: repo, env, input: parts.join(''), maxBuffer: 1 << 28 });
  execFileSync('git', ['reset', '-q', '--hard', 'main'], { cwd: repo, env });
  return bytes;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

/** Largest resident size of a cold run, where `/usr/bin/time` can tell. */
function peakMemory(repo: string, env: NodeJS.ProcessEnv): string {
  const words = ['-f', '%M', process.execPath, join(dist, 'pregate.cjs'), 'check', '--history', '--fresh'];
  const { stderr } = spawnSync('/usr/bin/time', words, { cwd: repo, env, encoding: 'utf8', maxBuffer: 1 << 28 });
  const kilobytes = Number(/(\d+)\s*$/.exec(stderr ?? '')?.[1]);
  return Number.isFinite(kilobytes) && kilobytes > 0 ? `${Math.round(kilobytes / 1024)} MB peak` : 'peak not measured';
}

async function measureGitleaks(gitleaks: string, repo: string, env: NodeJS.ProcessEnv): Promise<number> {
  const words = ['git', repo, '--no-banner', '--exit-code', '0', '--log-level', 'error'];
  const spent = await times(1, () => execFileSync(gitleaks, words, { cwd: root, env, stdio: 'ignore' }), 1);
  return median(spent) / 1000;
}
