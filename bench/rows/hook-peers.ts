import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { git, peer, root } from '../row.ts';

/** Another hook manager or scanner, with the least it can be asked to do; gitleaks scans what is staged, as we do. */
export interface Peer {
  name: string;
  /** Path of its program, undefined when it is not here: on the PATH, or in `node_modules/.bin` of $PREGATE_PEERS. */
  find: () => string | undefined;
  install: (repo: string, env: NodeJS.ProcessEnv) => void;
}

export const peers: Peer[] = [
  {
    name: 'husky',
    find: () => inFolder(join(root, 'node_modules/husky/bin.js')),
    install(repo, env) {
      execFileSync(process.execPath, [join(root, 'node_modules/husky/bin.js')], { cwd: repo, env, stdio: 'pipe' });
      mkdirSync(join(repo, '.husky'), { recursive: true });
      writeFileSync(join(repo, '.husky/pre-commit'), ':\n');
    },
  },
  {
    name: 'lefthook',
    find: () => program('lefthook'),
    install(repo, env) {
      writeFileSync(
        join(repo, 'lefthook.yml'),
        'output: false\npre-commit:\n  commands:\n    one:\n      run: "true"\n',
      );
      execFileSync(program('lefthook') as string, ['install'], { cwd: repo, env, stdio: 'pipe' });
    },
  },
  {
    name: 'lint-staged',
    find: () => program('lint-staged'),
    install(repo) {
      writeFileSync(join(repo, '.lintstagedrc.json'), '{"*.ts":"true"}\n');
      hook(repo, `exec '${process.execPath}' '${program('lint-staged')}' --quiet`);
    },
  },
  {
    name: 'pre-commit framework',
    find: () => program('pre-commit'),
    install(repo, env) {
      const local = '      - id: one\n        name: one\n        entry: "true"\n        language: system\n';
      writeFileSync(join(repo, '.pre-commit-config.yaml'), `repos:\n  - repo: local\n    hooks:\n${local}`);
      git(repo, env, 'add', '-A');
      execFileSync(program('pre-commit') as string, ['install'], { cwd: repo, env, stdio: 'pipe' });
    },
  },
  {
    name: 'gitleaks',
    find: () => program('gitleaks'),
    install: (repo) =>
      hook(repo, `exec '${program('gitleaks')}' git --pre-commit --staged --no-banner --log-level error`),
  },
];

/** What the tests of hook managers have fetched (test/hooks/tools.ts). */
const cache = join(root, 'node_modules/.cache/pregate-hook-managers');
const cached: Record<string, string[]> = {
  lefthook: ['lefthook-2.2.2/package/bin/lefthook'],
  'pre-commit': ['pre-commit/bin/pre-commit'],
};

function program(name: string): string | undefined {
  const folder = process.env['PREGATE_PEERS'];
  const own = folder === undefined ? undefined : inFolder(join(folder, 'node_modules/.bin', name));
  return peer(name) ?? own ?? cached[name]?.map((file) => inFolder(join(cache, file))).find((file) => file);
}

function inFolder(file: string): string | undefined {
  return existsSync(file) ? file : undefined;
}

function hook(repo: string, line: string): void {
  const file = join(repo, '.git/hooks/pre-commit');
  writeFileSync(file, `#!/bin/sh\n${line}\n`);
  chmodSync(file, 0o755);
}
