/** The four ways in which a repository meets us: the command line, git's hooks, a trusted window, Restricted Mode. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { World } from '../daemon/support.ts';
import type { Repo } from '../git/support.ts';
import { type Server, startServer } from './support.ts';

export const doors = ['the command line', 'hooks', 'a trusted window', 'Restricted Mode'] as const;
export type Door = (typeof doors)[number];

export interface Visit {
  /** Files that are opened, saved as they are. Default: all text of the working tree, which is no link. */
  files?: string[];
  /** Command lines. */
  lines?: string[][];
  /** Our own requests that the editor sends. */
  requests?: string[];
  env?: NodeJS.ProcessEnv;
  /** What git would push. Default: the branch, to `origin`. */
  push?: { argv: string[]; input: string };
}

/** What one door has said to the person, in the strings that are shown. */
export interface Said {
  text: string;
  /** Rules of what was found. */
  rules: string[];
  /** Exit codes of commands, and of the hooks, cold and with the daemon. */
  codes: Record<string, number>;
  /** Milliseconds of processor time of the language server. */
  took: number;
}

const usual = [
  ['check', '--staged', '--limit', '0'],
  ['check', '--outgoing', '--limit', '0'],
  ['check', '--all', '--json'],
  ['preview', '--why', 'push'],
  ['overview'],
  ['verify'],
  ['sbom'],
  ['doctor'],
];

/** Goes through one door with everything that a person may do there. */
export async function enter(w: World, door: Door, repo: Repo, visit: Visit = {}): Promise<Said> {
  if (door === 'the command line') return byCommands(w, repo, visit);
  if (door === 'hooks') return byHooks(w, repo, visit);
  return byEditor(w, repo, visit, door === 'a trusted window');
}

function byCommands(w: World, repo: Repo, { lines = usual, env = {} }: Visit): Said {
  const said: Said = { text: '', rules: [], codes: {}, took: 0 };
  for (const words of lines) {
    const run = w.shipped.run(words, { cwd: repo.dir, env: { ...w.env, ...env } });
    assert.doesNotMatch(run.err, /something broke/, words.join(' '));
    said.codes[words.join(' ')] = run.code;
    said.text += `${run.out}${run.err}\n`;
    if (words.includes('--json') && words[0] !== 'sbom')
      said.rules.push(...valuesOf(JSON.parse(run.out).findings, 'rule'));
  }
  return said;
}

async function byHooks(w: World, repo: Repo, { env = {}, push }: Visit): Promise<Said> {
  const head = repo.tryGit(['-c', 'core.fsmonitor=false', 'rev-parse', '-q', '--verify', 'HEAD']).output.trim();
  const sent = push ?? {
    argv: ['origin', 'ext::x'],
    input: `refs/heads/main ${head} refs/heads/main ${'0'.repeat(40)}\n`,
  };
  const message = path.join(repo.dir, '.git/COMMIT_EDITMSG');
  writeFileSync(message, 'A message\n');
  const hooks: Record<string, { argv: string[]; input?: string }> = {
    'pre-commit': { argv: [] },
    'commit-msg': { argv: [message] },
    'post-commit': { argv: [] },
    'pre-push': sent,
  };
  const said: Said = { text: '', rules: [], codes: {}, took: 0 };
  for (const warm of [false, true]) {
    if (warm) await w.start();
    const before = warm ? ((await w.status())?.served ?? 0) : 0;
    for (const [name, { argv, input = '' }] of Object.entries(hooks)) {
      const given = { ...env, GIT_INDEX_FILE: '.git/index' };
      const { code, err } = w.hook(repo, [name, ...argv], { env: given, input, warm });
      said.codes[`${name}, ${warm ? 'daemon' : 'cold'}`] = code;
      said.text += `${err}\n`;
      assert.doesNotMatch(err, /something broke/, name);
    }
    // A daemon that is not asked would prove nothing.
    if (warm) assert.ok(((await w.status())?.served ?? 0) > before, 'the daemon has answered');
  }
  return said;
}

const allRequests = ['state', 'check', 'preview', 'sbom', 'metrics', 'lastBlock', 'commands'];

async function byEditor(w: World, repo: Repo, visit: Visit, trusted: boolean): Promise<Said> {
  const { files, env = {}, requests = allRequests } = visit;
  const server = await startServer(w.shipped, repo.dir, { ...w.env, ...env }, { trusted });
  const results: unknown[] = [];
  const refused: string[] = [];
  let took = 0;
  const ask = async (method: string, params: unknown) => {
    const answer = await server.connection.sendRequest(method, params).catch((error: Error) => {
      refused.push(error.message);
    });
    results.push(answer);
    return answer;
  };
  try {
    for (const file of files ?? textFiles(repo.dir)) await openFile(server, ask, path.join(repo.dir, file));
    // Without git there is nothing to report, and an editor's question is held until there is.
    const report = ask('workspace/diagnostic', { previousResultIds: [] });
    if (trusted) await report;
    for (const name of requests) await ask(`pregate/${name}`, {});
    assert.ok(await server.connection.sendRequest('pregate/rules', {}), 'it still answers');
    took = server.took();
  } finally {
    await server.close();
  }
  assert.equal(refused.filter((why) => /Restricted Mode/.test(why)).length > 0, !trusted, refused.join('\n'));
  const text = [...strings(results), ...refused].join('\n');
  return { text, rules: [...valuesOf(results, 'code'), ...valuesOf(results, 'rule')], codes: {}, took };
}

/** Opens a file as the editor does, and asks all that it would about the first of its findings. */
async function openFile(server: Server, ask: (method: string, params: unknown) => Promise<unknown>, file: string) {
  const uri = pathToFileURL(file).href;
  const bytes = readFileSync(file);
  // As an editor reads it that is told the encoding.
  const text = bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8');
  const textDocument = { uri, languageId: 'plaintext', version: 1, text };
  await server.connection.sendNotification('textDocument/didOpen', { textDocument });
  const report = (await ask('textDocument/diagnostic', { textDocument: { uri } })) as { items?: { range: Range }[] };
  // What is large costs a person's question as much as a keystroke, which is measured by `bench`.
  for (const { range } of (text.length < 100_000 && report?.items?.slice(0, 2)) || []) {
    await ask('textDocument/hover', { textDocument: { uri }, position: range.start });
    const context = { diagnostics: report.items };
    const actions = (await ask('textDocument/codeAction', { textDocument: { uri }, range, context })) as unknown[];
    for (const action of actions?.slice(0, 4) ?? []) await ask('codeAction/resolve', action);
  }
  await server.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
}

interface Range {
  start: unknown;
}

function textFiles(root: string, below = ''): string[] {
  return readdirSync(path.join(root, below), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(below, entry.name);
    if (entry.isDirectory()) return ['.git', 'node_modules'].includes(entry.name) ? [] : textFiles(root, name);
    // What an editor could not name in a URI, it cannot open.
    return entry.isFile() && statSync(path.join(root, name)).size < 1 << 20 && !name.includes('\ufffd') ? [name] : [];
  });
}

/** Every string that is shown: not addresses, which are URIs and encoded, nor what an edit would write. */
function strings(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return /^(uri|href|newText|fingerprint)$/i.test(key) ? [] : [value];
  if (Array.isArray(value)) return value.flatMap((one) => strings(one, key));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, one]) => [
    ...(/^file:/.test(name) ? [] : [name]),
    ...strings(one, name),
  ]);
}

function valuesOf(value: unknown, wanted: string): string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, one]) =>
    key === wanted && typeof one === 'string' ? [one] : valuesOf(one, wanted),
  );
}

/** True when a file that only a program could have made is there. */
export function sang(repo: Repo, name: string): boolean {
  return [repo.dir, path.dirname(repo.dir)].some((folder) => existsSync(path.join(folder, name)));
}
