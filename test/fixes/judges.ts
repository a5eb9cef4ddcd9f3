import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';

const execFileOf = promisify(execFile);

/** A parser or compiler of a language, which knows nothing of us. */
interface Judge {
  files: RegExp;
  command: [program: string, ...words: string[]];
  /** It takes one file at a time. */
  single?: true;
  env?: Record<string, string>;
  /** Anything else that it needs beside the files. */
  beside?: Record<string, string>;
}

const declarations =
  'declare const Deno: { env: { get(name: string): string | undefined } };\n' +
  'declare namespace JSX { interface IntrinsicElements { [name: string]: unknown } }\n' +
  'declare const Login: (props: Record<string, unknown>) => JSX.Element;\n' +
  'declare namespace JSX { type Element = object }\n';
const tsc = join(import.meta.dirname, '../../node_modules/typescript/bin/tsc');
const types = join(import.meta.dirname, '../../node_modules/@types');
const python = 'import sys\nfor name in sys.argv[1:]: compile(open(name, encoding="utf-8").read(), name, "exec")';

const judges: readonly Judge[] = [
  { files: /\.m?js$/, command: [process.execPath, '--check'], single: true },
  {
    files: /\.tsx?$/,
    command: [
      process.execPath,
      tsc,
      '--noEmit',
      '--strict',
      '--jsx',
      'preserve',
      '--moduleDetection',
      'force',
      '--typeRoots',
      types,
      '--types',
      'node',
      '--skipLibCheck',
      '--ignoreConfig',
      'all.d.ts',
    ],
    beside: { 'all.d.ts': declarations },
  },
  { files: /\.py$/, command: ['python3', '-c', python] },
  { files: /\.rb$/, command: ['ruby', '-c'], single: true },
  { files: /\.php$/, command: ['php', '-l'], single: true },
  { files: /\.lua$/, command: ['luac', '-p'], single: true },
  { files: /\.pl$/, command: ['perl', '-c'], single: true },
  { files: /\.sh$/, command: ['bash', '-n'], single: true },
  { files: /\.fish$/, command: ['fish', '-n'], single: true },
  {
    files: /\.go$/,
    command: ['go', 'build', '-o', '/dev/null'],
    single: true,
    env: { GO111MODULE: 'off', GOFLAGS: '' },
  },
  { files: /\.java$/, command: ['javac', '-proc:none', '-d', '.'], single: true },
  { files: /\.rs$/, command: ['rustc', '--crate-type', 'bin', '--emit', 'metadata', '-o', 'a.rmeta'], single: true },
  { files: /\.c$/, command: ['gcc', '-fsyntax-only', '-Werror'] },
  { files: /\.cpp$/, command: ['g++', '-fsyntax-only', '-Werror'] },
  { files: /Makefile$/, command: ['make', '-n', '-f'], single: true, env: { DEPLOY_TOKEN: 'a', GITHUB_TOKEN: 'b' } },
  { files: /\.tf$|\.tfvars$/, command: ['terraform', 'fmt'], single: true },
];

/** A file that is to be judged. */
export interface Made {
  path: string;
  text: string;
}

/** What the languages' own programs say against files; nothing of those that are not on this machine. */
export async function complaints(folder: string, files: readonly Made[]): Promise<string[]> {
  const own = files.flatMap(({ path, text }) => (/\.(?:ya?ml|json)$/.test(path) ? complaintOfText(path, text) : []));
  const cells = files.filter(({ path }) => path.endsWith('.ipynb')).map(({ path, text }) => codeOf(path, text));
  const runs = judges.map(async (judge, index) => {
    const mine = [...files, ...cells].filter(({ path }) => judge.files.test(path));
    const groups = judge.single ? mine.map((one) => [one]) : [mine];
    const said: (string | undefined)[] = [];
    for (const [at, group] of groups.entries()) {
      // Each in a folder of its own: a compiler takes what lies beside a file for a part of it.
      if (group.length > 0) said.push(await run(judge, join(folder, `${index}-${at}`), group));
    }
    return said.filter((one) => one !== undefined);
  });
  return [...own, ...(await Promise.all(runs)).flat()];
}

async function run(judge: Judge, folder: string, files: readonly Made[]): Promise<string | undefined> {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(judge.beside ?? {})) writeFileSync(join(folder, name), content);
  const names = files.map(({ path }, at) => (judge.single ? basename(path) : `${at}-${basename(path)}`));
  for (const [at, { text }] of files.entries()) writeFileSync(join(folder, names[at] as string), text);
  const [program, ...words] = judge.command;
  const options = { cwd: folder, env: { ...process.env, ...judge.env } };
  return execFileOf(program, [...words, ...names], options).then(
    () => undefined,
    (error: { code: unknown; stdout: string; stderr: string }) =>
      error.code === 'ENOENT'
        ? undefined
        : `${program}: ${error.stdout}${error.stderr}${files.map(({ text }) => text).join('\n')}`,
  );
}

function complaintOfText(path: string, text: string): string[] {
  if (path.endsWith('.json')) return JSON.parse(text) === undefined ? [path] : [];
  return parseAllDocuments(text).flatMap(({ errors }) => errors.map((error) => `${path}: ${error}`));
}

function codeOf(path: string, text: string): Made {
  const { cells } = JSON.parse(text) as { cells: { source: string[] }[] };
  return { path: `${path}.py`, text: cells.map(({ source }) => source.join('')).join('\n') };
}
