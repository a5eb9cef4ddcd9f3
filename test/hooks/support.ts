import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyInstall, planInstall } from '../../hooks/install.ts';
import { type Repo, type Sandbox, sandbox } from '../git/support.ts';

export const source = fileURLToPath(new URL('../..', import.meta.url));

/** One run of the stand-in for the built bundle. */
export interface Call {
  args: string[];
  input: string;
  cwd: string;
  index: string | undefined;
  nodeOptions: string | undefined;
}

export interface Recorder {
  folder: string;
  /** The runs since it was asked the last time. */
  calls: () => Call[];
  answer: (code: number) => void;
}

/**
 * A build folder whose program writes down how it was called and answers with the code in `answer`: what is under test
 * here is everything between git and the bundle.
 */
export function recorder(box: Sandbox): Recorder {
  const folder = box.at('build');
  const log = box.at('calls.jsonl');
  const code = box.at('answer');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, 'pregate.cjs'),
    `const fs = require('fs');
if (process.env.PREGATE_VERDICT) process.once('exit', (code) => fs.writeSync(1, code + '\\n'));
let input = '';
try { input = fs.readFileSync(0, 'utf8'); } catch {}
// What the shell has asked git about is no input of git's.
if (process.env.PREGATE_AHEAD) input = '';
const call = { args: process.argv.slice(2), input, cwd: process.cwd(), index: process.env.GIT_INDEX_FILE, nodeOptions: process.env.NODE_OPTIONS };
fs.appendFileSync(${JSON.stringify(log)}, JSON.stringify(call) + '\\n');
const code = fs.existsSync(${JSON.stringify(code)}) ? Number(fs.readFileSync(${JSON.stringify(code)}, 'utf8')) : 0;
if (code) console.error('Pregate stopped this: test');
process.exit(code);
`,
  );
  writeFileSync(path.join(folder, 'hook.cjs'), '');
  copyFileSync(path.join(source, 'hooks/dispatch'), path.join(folder, 'dispatch'));
  return {
    folder,
    calls() {
      const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
      writeFileSync(log, '');
      return text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Call);
    },
    answer: (value) => writeFileSync(code, String(value)),
  };
}

/** A sandbox with a recorder in the place of the build, and repositories that have one commit and no hooks yet. */
export function recorded(): { box: Sandbox; build: Recorder; fresh: () => Repo } {
  const box = sandbox();
  const build = recorder(box);
  let made = 0;
  return {
    box,
    build,
    fresh() {
      const r = box.repository(`r${++made}`);
      r.commit('first', '1');
      build.answer(0);
      build.calls();
      return r;
    },
  };
}

export async function install(r: Repo, folder: string, env: NodeJS.ProcessEnv = r.env) {
  const options = { cwd: r.dir, env, bundle: folder };
  const plan = await planInstall(options);
  applyInstall(plan, options);
  return plan;
}

/** Path, mode and content of every file below a folder: what "byte for byte" is measured by. */
export function snapshot(folder: string, skip: (name: string) => boolean = () => false): Record<string, string> {
  const out: Record<string, string> = {};
  const walk = (at: string) => {
    for (const name of readdirSync(at).sort()) {
      const file = path.join(at, name);
      const relative = path.relative(folder, file);
      if (skip(relative)) continue;
      const stat = lstatSync(file);
      if (stat.isDirectory()) {
        out[`${relative}/`] = '';
        walk(file);
      } else if (stat.isSymbolicLink()) out[relative] = `-> ${readlinkSync(file)}`;
      else out[relative] = `${(stat.mode & 0o777).toString(8)} ${readFileSync(file).toString('base64')}`;
    }
  };
  walk(folder);
  return out;
}

/** Writes an executable shell script. */
export function script(file: string, text: string, mode = 0o755): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, mode);
}

/** A bare remote `origin` for a repository. */
export function remote(box: Sandbox, r: Repo): void {
  const dir = `${r.dir}-remote.git`;
  execFileSync('git', ['init', '-q', '--bare', dir], { env: box.env });
  r.git('remote', 'add', 'origin', dir);
}
