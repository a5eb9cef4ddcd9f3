import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { type CollectOptions, collect } from '../../agent/gate/collect.ts';
import type { Collected, Scope } from '../../agent/gate/types.ts';

export interface Sandbox {
  /** Holds everything: home, repositories, state. */
  folder: string;
  env: NodeJS.ProcessEnv;
  /** A path below the folder. */
  at(...parts: string[]): string;
  /** Makes a repository with branch `main` and returns it. */
  repository(name?: string, ...options: string[]): Repo;
}

export interface Repo {
  dir: string;
  env: NodeJS.ProcessEnv;
  /** Runs git and returns its output without the last line end; throws when git fails. */
  git(...args: string[]): string;
  /** Runs git and returns exit code and all it printed. */
  /** Runs git, whatever comes of it; lines of progress, which only a slow machine prints, are left out. */
  tryGit(args: string[], options?: { env?: NodeJS.ProcessEnv; input?: string }): { code: number; output: string };
  write(file: string, content: string | Uint8Array): void;
  /** Writes, adds and commits. */
  commit(file: string, content: string | Uint8Array, message?: string): string;
  collect(scope: Scope, options?: Partial<CollectOptions>): Promise<Collected>;
}

/** A folder with its own home, git configuration and state, removed after the test file. */
export function sandbox(): Sandbox {
  const box = sandboxIn();
  after(() => rmSync(box.folder, { recursive: true, force: true, maxRetries: 10 }));
  return box;
}

/** What a hook said without the lines of progress that it prints after a second: a busy machine must not fail a test. */
export function withoutProgress(output: string): string {
  return output.replace(/^Pregate: [a-z][a-z ]*,? [\d,]+(?: of [\d,]+)?(?: KB)?\n/gm, '');
}

/** The same for a program that is no test: it takes the folder away itself. */
export function sandboxIn(): Sandbox {
  const folder = mkdtempSync(path.join(tmpdir(), 'pregate-test-'));
  mkdirSync(path.join(folder, 'home'));
  const config = path.join(folder, 'gitconfig');
  writeFileSync(
    config,
    '[user]\n\tname = Test Person\n\temail = person@example.com\n[init]\n\tdefaultBranch = main\n[protocol "file"]\n\tallow = always\n[advice]\n\tdetachedHead = false\n',
  );
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: path.join(folder, 'home'),
    XDG_STATE_HOME: path.join(folder, 'state'),
    GIT_CONFIG_GLOBAL: config,
    GIT_CONFIG_NOSYSTEM: '1',
    // A daemon for each sandbox would outlive it; tests of the daemon switch it on.
    PREGATE_DAEMON: 'off',
    GIT_EDITOR: 'true',
    LC_ALL: 'C.UTF-8',
  };
  const at = (...parts: string[]) => path.join(folder, ...parts);
  return {
    folder,
    env,
    at,
    repository(name = 'repo', ...options) {
      const dir = at(name);
      execFileSync('git', ['init', '-q', ...options, dir], { env, stdio: 'pipe' });
      return repo(dir, env);
    },
  };
}

export function repo(dir: string, env: NodeJS.ProcessEnv): Repo {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: dir, env, stdio: 'pipe' }).toString('utf8').replace(/\n$/, '');
  const write = (file: string, content: string | Uint8Array) => {
    mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
    writeFileSync(path.join(dir, file), content);
  };
  return {
    dir,
    env,
    git,
    tryGit(args, options = {}) {
      const result = spawnSync('git', args, {
        cwd: dir,
        env: { ...env, ...options.env },
        input: options.input ?? '',
        encoding: 'utf8',
        // With its hooks: what hangs shall fail its test, not hold the run.
        timeout: 120_000,
        killSignal: 'SIGKILL',
      });
      return { code: result.status ?? 128, output: withoutProgress(`${result.stdout}${result.stderr}`) };
    },
    write,
    commit(file, content, message = `change ${file}`) {
      write(file, content);
      git('add', '--', file);
      git('commit', '-qm', message);
      return git('rev-parse', 'HEAD');
    },
    collect: (scope, options = {}) => collect(scope, { cwd: dir, env, now: '2026-01-01T00:00:00.000Z', ...options }),
  };
}

/** Paths of the files among documents, sorted. */
export function filesOf(documents: Collected['targets']): string[] {
  return documents
    .filter((document) => document.kind === 'file' || document.kind === 'symlink')
    .map((document) => document.path)
    .sort();
}

export function textOf(documents: Collected['targets'], file: string): string | undefined {
  return documents.find((document) => document.path === file && document.kind !== 'path-name')?.text;
}

export function codesOf(collected: Collected): string[] {
  return collected.problems.map((problem) => problem.code).sort();
}
