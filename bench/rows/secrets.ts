import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { documentFromBytes } from '../../agent/model/document.ts';
import { textSubjects } from '../../agent/model/subjects-text.ts';
import { textRules } from '../../agent/rules/registry.ts';
import { runRules } from '../../agent/rules/run.ts';
import { dist, median, peer, type Row, root, scratch, times } from '../row.ts';

/** `PREGATE_BENCH_TREE=folder` measures another tree, up to 500 MB of it. */
const given = process.env['PREGATE_BENCH_TREE'];
const base = given ?? root;
const most = given === undefined ? 50e6 : 500e6;

/** Every rule that reads plain text, on real code: what the packages of this repository hold. One core. */
export const secrets: Row = {
  name: 'secret scan of a tree',
  budgetText: '≥ 3 × gitleaks',
  async measure() {
    const files = sources();
    const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
    const rules = await textRules();
    const scan = () =>
      runRules({
        targets: files.map((file) => documentFromBytes(file.path, file.bytes)),
        context: [],
        base: [],
        rules,
        subjectsOf: textSubjects,
        fingerprintKey: new Uint8Array(32),
        hasBase: false,
      });
    let found = 0;
    const spent = await times(
      3,
      async () => {
        found = (await scan()).findings.length;
      },
      1,
    );
    const own = bytes / 1e6 / (median(spent) / 1000);
    const theirs = await measureGitleaks(files, bytes);
    const compared =
      theirs === undefined
        ? 'gitleaks is not on the PATH'
        : `gitleaks ${theirs.speed.toFixed(1)} MB/s, ratio ${(own / theirs.speed).toFixed(1)}, ${theirs.findings} findings`;
    const lint = measureSecretlint(files);
    const linted = `secretlint’s command ${lint.toFixed(1)} MB/s on the first ${lintBytes / 1e6} MB, ratio ${(own / lint).toFixed(0)}`;
    const command = measureCommand(files, bytes);
    const memory = `${(process.memoryUsage().rss / 1e6).toFixed(0)} MB resident with the tree in memory`;
    const note = `${(bytes / 1e6).toFixed(0)} MB in ${files.length} files, ${found} findings; ${memory}; ${command}; ${compared}; ${linted}`;
    return { figure: own, unit: 'MB/s', note };
  },
};

interface Source {
  path: string;
  bytes: Buffer;
}

/** JavaScript and declarations as published, in the order of their names, up to 50 MB; files over 1 MB are left out. */
function sources(): Source[] {
  const out: Source[] = [];
  let total = 0;
  for (const path of globSync(`${given === undefined ? 'node_modules/' : ''}**/*.{js,cjs,mjs,ts,json,md}`, {
    cwd: base,
  }).sort()) {
    const file = join(base, path);
    const { size } = statSync(file);
    if (size > 1e6 || total + size > most || !statSync(file).isFile()) continue;
    total += size;
    out.push({ path, bytes: readFileSync(file) });
  }
  return out;
}

/** The files under other names: gitleaks and secretlint leave node_modules out by themselves. */
function writeTree(files: readonly Source[]): string {
  const tree = join(scratch().folder, 'tree');
  for (const file of files) {
    const target = join(tree, file.path.replaceAll('node_modules', 'packages'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, file.bytes);
  }
  return tree;
}

/** `pregate check` of the folder as a user runs it, on all cores: its start, reading, judging and printing count. */
function measureCommand(files: readonly Source[], bytes: number): string {
  const words = ['-f', '%e %U %S %M', process.execPath, join(dist, 'pregate.cjs'), 'check', writeTree(files), '--json'];
  const run = () => spawnSync('/usr/bin/time', words, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  run();
  const said = /([\d.]+) ([\d.]+) ([\d.]+) (\d+)\s*$/.exec(run().stderr ?? '');
  if (!said) return 'the command was not measured';
  const [wall, user, system, kilobytes] = said.slice(1).map(Number) as [number, number, number, number];
  return `as a command ${(bytes / 1e6 / wall).toFixed(1)} MB/s, ${(user + system).toFixed(1)} s of processor time, ${Math.round(kilobytes / 1000)} MB peak`;
}

/** One run on one core, as ours, with its number of findings. */
async function measureGitleaks(
  files: readonly Source[],
  bytes: number,
): Promise<{ speed: number; findings: number } | undefined> {
  const gitleaks = peer('gitleaks');
  if (gitleaks === undefined) return undefined;
  const tree = writeTree(files);
  const report = join(tree, '..', 'report.json');
  const words = ['dir', tree, '--no-banner', '--exit-code', '0', '--log-level', 'error'];
  words.push('--report-format', 'json', '--report-path', report);
  const one = { ...process.env, GOMAXPROCS: '1' };
  const [spent] = await times(1, () => execFileSync(gitleaks, words, { env: one, stdio: 'ignore' }));
  const findings = (JSON.parse(readFileSync(report, 'utf8')) as unknown[]).length;
  return { speed: bytes / 1e6 / ((spent as number) / 1000), findings };
}

/** It needs minutes for what takes us a second, so it sees the beginning only. Its start counts, as it does for its users. */
const lintBytes = 10e6;

function measureSecretlint(files: readonly Source[]): number {
  const some: Source[] = [];
  let bytes = 0;
  for (const file of files) {
    if (bytes >= lintBytes) break;
    some.push(file);
    bytes += file.bytes.length;
  }
  const tree = writeTree(some);
  const config = join(tree, '..', 'secretlint.json');
  const preset = join(root, 'node_modules/@secretlint/secretlint-rule-preset-recommend');
  writeFileSync(config, JSON.stringify({ rules: [{ id: preset }] }));
  const before = performance.now();
  const program = join(root, 'node_modules/secretlint/bin/secretlint.js');
  const run = spawnSync(process.execPath, [program, '--secretlintrc', config, `${tree}/**/*`], { cwd: root });
  if (run.status === null || run.status > 1) throw new Error(`secretlint failed: ${run.stderr}`);
  return bytes / 1e6 / ((performance.now() - before) / 1000);
}
