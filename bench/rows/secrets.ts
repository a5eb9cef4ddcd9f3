import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { documentFromBytes } from '../../agent/model/document.ts';
import { textSubjects } from '../../agent/model/subjects-text.ts';
import { textRules } from '../../agent/rules/registry.ts';
import { runRules } from '../../agent/rules/run.ts';
import { dist, median, peer, type Row, root, scratch, times } from '../row.ts';

/** `PREGATE_BENCH_TREE=folder` measures another tree, up to 500 MB of it; peers see a part of those. */
const given = process.env['PREGATE_BENCH_TREE'];
const base = given ?? root;
const most = given === undefined ? 50e6 : 500e6;

/**
 * Every rule that reads plain text, on real code: what the packages of this repository hold. One core. Peers see every so-and-so
 * many-th file, so that all of them end: the same mix, and no more than `peerBytes`. Beside the time on the clock stands that of
 * the processor, which other work on the machine leaves alone.
 */
export const secrets: Row = {
  name: 'secret scan of a tree',
  budgetText: '≥ 3 × gitleaks',
  async measure() {
    const files = sources();
    const bytes = sizeOf(files);
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
    const busy: number[] = [];
    const spent = await times(
      3,
      async () => {
        const before = process.cpuUsage();
        found = (await scan()).findings.length;
        const { user, system } = process.cpuUsage(before);
        busy.push((user + system) / 1000);
      },
      1,
    );
    const own = { speed: speedOf(bytes, median(spent)), busy: speedOf(bytes, median(busy.slice(1))) };
    const memory = `${(process.memoryUsage().rss / 1e6).toFixed(0)} MB resident with the tree in memory`;
    const parts = [
      `${(bytes / 1e6).toFixed(0)} MB in ${files.length} files, ${found} findings, ${own.busy.toFixed(1)} MB for each second of processor time`,
      memory,
      measureCommand(files, bytes),
      compare('gitleaks', own, measureGitleaks(sampleOf(files, peerBytes.gitleaks))),
      compare('secretlint’s command', own, measureSecretlint(sampleOf(files, peerBytes.secretlint))),
    ];
    return { figure: own.speed, unit: 'MB/s', note: parts.join('; ') };
  },
};

/** They need minutes for what takes us seconds. */
const peerBytes = { gitleaks: 20e6, secretlint: 10e6 };

/** MB in a second, of the clock and of processor time. */
interface Speed {
  speed: number;
  busy: number;
}

interface Peer extends Speed {
  bytes: number;
  files: number;
  findings?: number;
}

function speedOf(bytes: number, milliseconds: number): number {
  return bytes / 1000 / milliseconds;
}

function compare(name: string, own: Speed, theirs: Peer | undefined): string {
  if (theirs === undefined) return `${name} is not on the PATH`;
  const found = theirs.findings === undefined ? '' : `, ${theirs.findings} findings`;
  return (
    `${name} ${theirs.speed.toFixed(1)} MB/s on ${(theirs.bytes / 1e6).toFixed(0)} MB in ${theirs.files} files${found}, ` +
    `ratio ${(own.speed / theirs.speed).toFixed(1)}, of processor time ${(own.busy / theirs.busy).toFixed(1)}`
  );
}

function sizeOf(files: readonly Source[]): number {
  return files.reduce((sum, file) => sum + file.bytes.length, 0);
}

/** Every so-and-so many-th file: about `most` bytes of the same mix. */
function sampleOf(files: readonly Source[], most: number): Source[] {
  const step = Math.max(1, Math.round(sizeOf(files) / most));
  return files.filter((_, index) => index % step === 0);
}

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

/** Runs a peer to its end, which may be exit code 1; its start counts, as it does for its users. */
function timePeer(files: readonly Source[], words: readonly string[], env: NodeJS.ProcessEnv): Peer {
  const before = performance.now();
  const run = spawnSync('/usr/bin/time', ['-f', '%U %S', ...words], {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const spent = performance.now() - before;
  const said = /([\d.]+) ([\d.]+)\s*$/.exec(run.stderr ?? '');
  if (!said || run.status === null || run.status > 1) throw new Error(`${words[0]} failed: ${run.stderr}`);
  const bytes = sizeOf(files);
  const busy = 1000 * (Number(said[1]) + Number(said[2]));
  return { speed: speedOf(bytes, spent), busy: speedOf(bytes, busy), bytes, files: files.length };
}

/** One run on one core, as ours, with its number of findings. */
function measureGitleaks(files: readonly Source[]): Peer | undefined {
  const gitleaks = peer('gitleaks');
  if (gitleaks === undefined) return undefined;
  const tree = writeTree(files);
  const report = join(tree, '..', 'report.json');
  const words = [gitleaks, 'dir', tree, '--no-banner', '--exit-code', '0', '--log-level', 'error'];
  words.push('--report-format', 'json', '--report-path', report);
  const run = timePeer(files, words, { ...process.env, GOMAXPROCS: '1' });
  return { ...run, findings: (JSON.parse(readFileSync(report, 'utf8')) as unknown[]).length };
}

function measureSecretlint(files: readonly Source[]): Peer {
  const tree = writeTree(files);
  const config = join(tree, '..', 'secretlint.json');
  const preset = join(root, 'node_modules/@secretlint/secretlint-rule-preset-recommend');
  writeFileSync(config, JSON.stringify({ rules: [{ id: preset }] }));
  const program = join(root, 'node_modules/secretlint/bin/secretlint.js');
  return timePeer(files, [process.execPath, program, '--secretlintrc', config, `${tree}/**/*`], process.env);
}
