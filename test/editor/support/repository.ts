import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generateSecret } from '../../support/secrets.ts';

export interface SampleRepository {
  /** Absolute path of the working tree. */
  root: string;
  /** Runs git in it and returns its output. Throws with git's own words. */
  git: (...args: string[]) => string;
  /** Writes a file of the working tree. */
  write: (path: string, text: string) => void;
}

/** Line and text of the action that is pinned to a tag in the sample's workflow. */
export const unpinned = { path: '.github/workflows/ci.yml', reference: 'acme/deploy@v2' };

/** Path of the file that a test stages with a token in it. */
export const secretPath = 'config/deploy.env';

/** Text with a token that nobody owns, made at run time so that no file of this project holds one. */
export function secretText(): string {
  return `# How the shop is deployed\nREGION=eu-central-1\nTOKEN=${generateSecret('github-token')}\n`;
}

/**
 * Makes a repository `shop` below a folder, with a bare remote `origin`: a workflow, a lockfile, and a branch
 * `feature/login` that is two commits ahead of `origin/main`.
 */
export function makeSample(folder: string): SampleRepository {
  const root = join(folder, 'shop');
  const remote = join(folder, 'origin.git');
  mkdirSync(root, { recursive: true });
  const env = gitEnvironment(folder);
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', remote], { env });
  git('init', '-q', '-b', 'main');
  git('config', 'user.name', 'Ada Example');
  git('config', 'user.email', 'ada@example.com');
  git('remote', 'add', 'origin', remote);
  for (const [path, text] of Object.entries(baseFiles)) write(path, text);
  git('add', '.');
  git('commit', '-q', '-m', 'Sell the first thing');
  git('push', '-q', '-u', 'origin', 'main');
  git('remote', 'set-head', 'origin', 'main');
  git('checkout', '-q', '-b', 'feature/login');
  write('src/login.js', "export const path = '/login';\n");
  git('add', '.');
  git('commit', '-q', '-m', 'Log in with a passkey');
  write(unpinned.path, `${workflow}${deployStep}`);
  write('.github/workflows/greet.yml', greeting);
  git('add', '.');
  git('commit', '-q', '-m', 'Deploy from the pipeline');
  return { root, git, write };
}

/** Git without the settings of the person who runs the tests. */
export function gitEnvironment(home: string): NodeJS.ProcessEnv {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(GIT_|XDG_)/.test(name)));
  return { ...env, HOME: home, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: join(home, '.gitconfig') };
}

const workflow = `name: CI
on:
  push:
    branches: [main]
  pull_request:
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: npm ci
      - run: npm test
`;

const deployStep = `  deploy:
    runs-on: ubuntu-24.04
    steps:
      - uses: ${unpinned.reference}
`;

const greeting = `# Greets whoever opens a pull request.
name: Greet
on: pull_request
permissions: {}
jobs:
  greet:
    runs-on: ubuntu-24.04
    steps:
      - run: echo "Hello \${{ github.event.pull_request.title }}"
`;

/** A workflow with several findings, each with its own answer. */
export const releaseWorkflow = `name: Release
on:
  pull_request_target:
    types: [opened, labeled]
permissions: write-all
jobs:
  publish:
    runs-on: ubuntu-24.04
    container: node:24
    steps:
      - uses: actions/checkout@v6
        with:
          ref: \${{ github.event.pull_request.head.sha }}
      - run: npm ci
      - name: Announce
        run: echo "Releasing \${{ github.event.pull_request.title }}"
      - uses: acme/publish@main
`;

/** Stages new versions in manifest and lock: a new direct dependency, what it brings, a downgrade, an install script. */
export function stageUpdate({ write, git }: SampleRepository): void {
  const dependencies = { ms: '2.1.3', debug: '4.4.1', vite: '7.1.0' };
  write('package.json', manifestText({ dependencies, devDependencies: { semver: '7.5.2' } }));
  write(
    'package-lock.json',
    lockText({ dependencies, devDependencies: { semver: '7.5.2' } }, [
      { name: 'debug', version: '4.4.1', licence: 'MIT', dependencies: { ms: '^2.1.3' }, content: 'other' },
      { name: 'esbuild', version: '0.28.2', licence: 'MIT', script: true },
      { name: 'ms', version: '2.1.3', licence: 'MIT' },
      { name: 'nanoid', version: '3.3.11', licence: 'MIT' },
      { name: 'picocolors', version: '1.1.1', licence: 'ISC' },
      { name: 'postcss', version: '8.5.6', licence: 'MIT', dependencies: { nanoid: '^3.3.11', picocolors: '^1.1.1' } },
      { name: 'semver', version: '7.5.2', licence: 'ISC', development: true },
      { name: 'vite', version: '7.1.0', licence: 'MIT', dependencies: { esbuild: '^0.28.0', postcss: '^8.5.6' } },
    ]),
  );
  git('add', '.');
}

interface Package {
  name: string;
  version: string;
  licence: string;
  dependencies?: Record<string, string>;
  development?: boolean;
  script?: boolean;
  /** What the package holds: another text makes another hash. */
  content?: string;
}

interface Wanted {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

function manifestText(wanted: Wanted): string {
  return `${JSON.stringify({ name: 'shop', version: '1.0.0', private: true, ...wanted }, null, 2)}\n`;
}

/** A lockfile as npm writes it (version 3). */
function lockText(wanted: Wanted, packages: readonly Package[]): string {
  const entries = packages.map(({ name, version, licence, dependencies, development, script, content = '' }) => [
    `node_modules/${name}`,
    {
      version,
      resolved: `https://packages.example.com/${name}/-/${name}-${version}.tgz`,
      integrity: `sha512-${createHash('sha512').update(`${name}@${version}${content}`).digest('base64')}`,
      ...(development ? { dev: true } : {}),
      ...(script ? { hasInstallScript: true } : {}),
      license: licence,
      ...(dependencies ? { dependencies } : {}),
    },
  ]);
  const root = { name: 'shop', version: '1.0.0', ...wanted };
  const lock = { name: 'shop', version: '1.0.0', lockfileVersion: 3, requires: true };
  return `${JSON.stringify({ ...lock, packages: { '': root, ...Object.fromEntries(entries) } }, null, 2)}\n`;
}

const wantedAtFirst: Wanted = { dependencies: { ms: '2.1.3', debug: '4.4.1' }, devDependencies: { semver: '7.7.2' } };

const baseFiles: Record<string, string> = {
  'README.md': '# Shop\n',
  'src/shop.js': "export const name = 'shop';\n",
  'package.json': manifestText(wantedAtFirst),
  'package-lock.json': lockText(wantedAtFirst, [
    { name: 'debug', version: '4.4.1', licence: 'MIT', dependencies: { ms: '^2.1.3' } },
    { name: 'ms', version: '2.1.3', licence: 'MIT' },
    { name: 'semver', version: '7.7.2', licence: 'ISC', development: true },
  ]),
  [unpinned.path]: workflow,
};
