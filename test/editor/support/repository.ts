import { execFileSync } from 'node:child_process';
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

const integrity = (seed: string) => `sha512-${Buffer.from(seed.repeat(64).slice(0, 64)).toString('base64')}`;

const lock = {
  name: 'shop',
  version: '1.0.0',
  lockfileVersion: 3,
  requires: true,
  packages: {
    '': {
      name: 'shop',
      version: '1.0.0',
      dependencies: { ms: '2.1.3', debug: '4.4.1' },
      devDependencies: { semver: '7.7.2' },
    },
    'node_modules/debug': {
      version: '4.4.1',
      resolved: 'https://packages.example.com/debug/-/debug-4.4.1.tgz',
      integrity: integrity('d'),
      license: 'MIT',
      dependencies: { ms: '^2.1.3' },
    },
    'node_modules/ms': {
      version: '2.1.3',
      resolved: 'https://packages.example.com/ms/-/ms-2.1.3.tgz',
      integrity: integrity('m'),
      license: 'MIT',
    },
    'node_modules/semver': {
      version: '7.7.2',
      resolved: 'https://packages.example.com/semver/-/semver-7.7.2.tgz',
      integrity: integrity('s'),
      dev: true,
      license: 'ISC',
    },
  },
};

const baseFiles: Record<string, string> = {
  'README.md': '# Shop\n',
  'src/shop.js': "export const name = 'shop';\n",
  'package.json': `${JSON.stringify({ name: 'shop', version: '1.0.0', private: true, dependencies: { ms: '2.1.3', debug: '4.4.1' }, devDependencies: { semver: '7.7.2' } }, null, 2)}\n`,
  'package-lock.json': `${JSON.stringify(lock, null, 2)}\n`,
  [unpinned.path]: workflow,
};
