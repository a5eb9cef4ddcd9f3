import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from '../git/support.ts';
import { type Random, randomFrom } from '../support/random.ts';
import { generateSecret } from '../support/secrets.ts';
import { type Keys, makeKeys, type SignerName, sign } from './keys.ts';
import { commitPayload, type Files, type TreeFile, withSignature, writeObject, writeTree } from './objects.ts';

/** How a world asks for signatures: the developer's own git configuration, `pregate.yaml` on main, or not at all. */
export type Signing = 'git-config' | 'pregate-yaml' | 'none';

/** A developer's repository. The other developer's pushes reach it only when it fetches. */
export interface Clone {
  dir: string;
  gitDir: string;
  /** Commits that are here. */
  known: Set<string>;
}

/** Settings of a commit's `pregate.yaml` and its neighbours, as the generator wrote them. */
export interface Settings {
  required: boolean;
  rules: Record<string, 'off' | 'warn' | 'enforce'>;
  exclude: string[];
  baseline: string[];
  signers: string[];
}

/** What the generator knows about an object it made. */
export interface Made {
  type: 'commit' | 'note' | 'tag' | 'blob';
  /** For a tag, what it names. */
  parents: string[];
  files: Files;
  settings: Settings;
  /** Why the gate must refuse whatever brings this object; empty for a harmless one. */
  planted: string[];
  /** Its tree ends in conflict markers. */
  conflicted: boolean;
  /** The blob of a workflow in its tree that uses an action which is not pinned. */
  unpinned: string | undefined;
}

export interface World {
  seed: number;
  random: Random;
  signing: Signing;
  env: NodeJS.ProcessEnv;
  keys: Keys;
  server: string;
  clones: Clone[];
  /** Commits, annotated tags and blobs that were made, by id. */
  made: Map<string, Made>;
  /** Refs of the server. */
  refs: Map<string, string>;
  /** A token that was on main before there was a gate. */
  legacy: string;
  /** Seconds since 1970; every commit is a minute later than the one before. */
  clock: number;
  /** Counts names and values, so that each is new. */
  count: number;
}

/** Makes a server with its gate, and two clones of what was there before the gate came. */
export function makeWorld(box: Sandbox, seed: number): World {
  const folder = box.at(`world-${seed}`);
  mkdirSync(folder);
  const env = { ...box.env, TZ: 'UTC' };
  const server = path.join(folder, 'server.git');
  git(folder, env, 'init', '-q', '--bare', server);
  for (const [name, value] of Object.entries(serverSettings)) git(server, env, 'config', name, value);
  const keys = makeKeys(folder, env);
  const world: World = {
    seed,
    random: randomFrom(seed),
    signing: (['git-config', 'pregate-yaml', 'git-config', 'none'] as const)[seed % 4] as Signing,
    env,
    keys,
    server,
    clones: [],
    made: new Map(),
    refs: new Map(),
    legacy: generateSecret('github-token', 1000 + seed),
    clock: 1_767_225_600,
    count: 0,
  };
  const first = foundation(world);
  world.refs.set('refs/heads/main', first);
  for (const name of ['one', 'two']) world.clones.push(makeClone(world, path.join(folder, name), first));
  installGate(world);
  return world;
}

const serverSettings = {
  'receive.fsckObjects': 'true',
  'receive.autogc': 'false',
  'gpg.format': 'ssh',
  'core.fsync': 'none',
};

/** The commit that everything begins with: it is on the server before the gate, with an old token in it. */
function foundation(world: World): string {
  const gitDir = world.server;
  const settings: Settings = {
    required: world.signing === 'pregate-yaml',
    rules: { 'npm-range': 'enforce', 'unpinned-images': 'warn' },
    exclude: ['generated/**'],
    baseline: [],
    signers: [`erin@example.com ${world.keys.signers.bob.publicKey}`],
  };
  const files = new Map<string, TreeFile>();
  putSettings(gitDir, files, settings);
  put(gitDir, files, 'README.md', '# Example\n');
  put(gitDir, files, 'legacy/service.env', `# moved here in 2019\nTOKEN=${world.legacy}\nRETRIES=3\n`);
  const oid = makeCommit(world, gitDir, { parents: [], files, settings, message: 'Begin\n', signer: 'alice' });
  git(world.server, world.env, 'update-ref', 'refs/heads/main', oid);
  return oid;
}

/** A clone of the server as it is; `options` are git clone's own, such as a depth. */
export function makeClone(world: World, dir: string, first: string, ...options: string[]): Clone {
  git(path.dirname(dir), world.env, 'clone', '-q', '--no-checkout', ...options, `file://${world.server}`, dir);
  const allowed = path.join(path.dirname(dir), 'allowed-signers');
  writeFileSync(allowed, world.keys.allowed);
  const settings: Record<string, string> = {
    'gpg.ssh.allowedSignersFile': allowed,
    'gpg.format': 'ssh',
    'gc.auto': '0',
    'core.fsync': 'none',
    ...(world.signing === 'git-config'
      ? { 'commit.gpgsign': 'true', 'user.signingkey': world.keys.signers.alice.file }
      : {}),
  };
  for (const [name, value] of Object.entries(settings)) git(dir, world.env, 'config', name, value);
  return { dir, gitDir: path.join(dir, '.git'), known: new Set([first]) };
}

function installGate(world: World): void {
  const gate = path.join(world.server, 'gate');
  mkdirSync(gate);
  writeFileSync(path.join(gate, 'allowed-signers'), world.keys.allowed);
  if (world.signing !== 'none') writeFileSync(path.join(gate, 'require-signatures'), '');
  const hook = path.join(world.server, 'hooks', 'pre-receive');
  copyFileSync(fileURLToPath(new URL('pre-receive.sh', import.meta.url)), hook);
  chmodSync(hook, 0o755);
}

export interface CommitPlan {
  parents: string[];
  files: Files;
  settings: Settings;
  message: string;
  /** Whose key signs; undefined leaves the commit without a signature. */
  signer?: SignerName | undefined;
  /** Who commits; the signer when absent. */
  committer?: string;
  author?: string;
  /** Seconds since 1970, instead of the world's clock. */
  time?: number;
  /** Changes the payload after it was signed, or signs for another purpose than git's. */
  forged?: 'tampered' | 'namespace' | undefined;
  /** A note has a history of its own, which no branch is built on. */
  type?: 'commit' | 'note';
  planted?: string[];
}

/** Makes a commit in a repository and remembers what is true of it. */
export function makeCommit(world: World, gitDir: string, plan: CommitPlan): string {
  world.clock += 60;
  const { signers } = world.keys;
  const email = plan.committer ?? signers[plan.signer ?? 'alice'].email;
  const time = plan.time ?? world.clock;
  const payload = commitPayload({
    tree: writeTree(gitDir, plan.files),
    parents: plan.parents,
    author: `${plan.author ?? 'Some Author <author@example.net>'} ${time} +0000`,
    committer: `Committer <${email}> ${time} +0000`,
    message: plan.message,
  });
  const namespace = plan.forged === 'namespace' ? 'file' : 'git';
  const armour = plan.signer === undefined ? undefined : sign(world.keys, signers[plan.signer], payload, namespace);
  const sent = plan.forged === 'tampered' ? payload.replace('\n\n', '\n\nNot ') : payload;
  const oid = writeObject(gitDir, 'commit', withSignature(sent, armour));
  world.made.set(oid, {
    type: plan.type ?? 'commit',
    parents: plan.parents,
    files: plan.files,
    settings: plan.settings,
    planted: plan.planted ?? [],
    conflicted: [...plan.files.keys()].some((name) => name.endsWith('.conflict')),
    unpinned: plan.files.get('.github/workflows/build.yml')?.oid,
  });
  return oid;
}

/** Puts a file into a tree that is being made. */
export function put(
  gitDir: string,
  files: Map<string, TreeFile>,
  name: string,
  content: string | Buffer,
  mode = '100644',
) {
  files.set(name, { oid: writeObject(gitDir, 'blob', content), mode });
}

/** Writes the settings as `pregate.yaml`, baseline and list of signers. */
export function putSettings(gitDir: string, files: Map<string, TreeFile>, settings: Settings): void {
  const lines = ['version: 1'];
  if (settings.required) lines.push('signing:', '  required: true');
  const rules = Object.entries(settings.rules);
  if (rules.length > 0) lines.push('rules:', ...rules.map(([name, level]) => `  ${name}: ${level}`));
  if (settings.exclude.length > 0) lines.push('exclude:', ...settings.exclude.map((glob) => `  - ${glob}`));
  put(gitDir, files, 'pregate.yaml', `${lines.join('\n')}\n`);
  for (const [name, list] of [
    ['.pregate/baseline.jsonl', settings.baseline],
    ['.pregate/allowed_signers', settings.signers],
  ] as const) {
    files.delete(name);
    if (list.length > 0) put(gitDir, files, name, `${list.join('\n')}\n`);
  }
}

export function git(cwd: string, env: NodeJS.ProcessEnv, ...args: string[]): string {
  return execFileSync('git', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    .toString()
    .trim();
}

/** Runs git where a refusal is an answer and not a mistake. */
export function tryGit(cwd: string, env: NodeJS.ProcessEnv, args: readonly string[]): { code: number; output: string } {
  const result = spawnSync('git', args, { cwd, env, encoding: 'utf8' });
  return { code: result.status ?? 128, output: `${result.stdout}${result.stderr}` };
}
