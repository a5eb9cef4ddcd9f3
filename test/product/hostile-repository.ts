import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Repo, Sandbox } from '../git/support.ts';
import { generateSecret } from '../support/secrets.ts';

export interface Hostile {
  repo: Repo;
  /** Names of the canaries that were run since the last question: files that only running something can make. */
  ran(): string[];
  /** A file outside the repository, with a token in it, that links lead to. */
  outside: string;
  /** PATH with every folder first that the repository could fill. */
  env: NodeJS.ProcessEnv;
}

/** Settings that name a program, or an address that git would run one for (git-config(1), gitremote-helpers(7)). */
const programSettings = [
  'core.fsmonitor',
  'core.sshCommand',
  'core.pager',
  'core.editor',
  'core.askPass',
  'core.gitProxy',
  'core.alternateRefsCommand',
  'credential.helper',
  'diff.external',
  'diff.evil.command',
  'diff.evil.textconv',
  'filter.evil.clean',
  'filter.evil.smudge',
  'filter.evil.process',
  'merge.evil.driver',
  'gpg.program',
  'gpg.openpgp.program',
  'gpg.x509.program',
  'gpg.ssh.program',
  'gpg.ssh.defaultKeyCommand',
  'pager.log',
  'pager.diff-index',
  'alias.rev-parse',
  'alias.diff-index',
  'trailer.evil.command',
  'sequence.editor',
  'uploadpack.packObjectsHook',
  'remote.origin.uploadpack',
  'remote.origin.receivepack',
];

/** Files that some tool takes code or the name of a program from. */
const programFiles: Record<string, (canary: string) => string> = {
  '.secretlintrc.js': (canary) =>
    `require('child_process').execFileSync(${JSON.stringify(canary)}, ['secretlintrc-js']);\n`,
  '.secretlintrc.cjs': (canary) =>
    `require('child_process').execFileSync(${JSON.stringify(canary)}, ['secretlintrc-cjs']);\n`,
  '.secretlintrc.json': () => `${JSON.stringify({ rules: [{ id: 'evil-rule' }, { id: './evil.js' }] })}\n`,
  'evil.js': (canary) => `require('child_process').execFileSync(${JSON.stringify(canary)}, ['evil-js']);\n`,
  'node_modules/evil-rule/index.js': (canary) =>
    `require('child_process').execFileSync(${JSON.stringify(canary)}, ['evil-rule']);\n`,
  'node_modules/evil-rule/package.json': () => '{"name":"evil-rule","main":"index.js"}\n',
  '.npmrc': (canary) =>
    `script-shell=${canary}\nnode-options=--require ./evil.js\nignore-scripts=false\ngit=${canary}\n`,
  '.yarnrc.yml': () => 'yarnPath: ./evil.js\nplugins:\n  - ./evil.js\n',
  '.pnpmfile.cjs': () => "require('./evil.js');\n",
  '.husky/pre-commit': (canary) => `#!/bin/sh\n${canary} husky\n`,
  '.githooks/pre-commit': (canary) => `#!/bin/sh\n${canary} githooks\n`,
  'lefthook.yml': (canary) => `pre-commit:\n  commands:\n    evil:\n      run: ${canary} lefthook\n`,
  '.pre-commit-config.yaml': (canary) =>
    `repos:\n  - repo: local\n    hooks:\n      - id: evil\n        name: evil\n        language: system\n        entry: ${canary} pre-commit\n`,
  '.envrc': (canary) => `${canary} envrc\n`,
  'package.json': (canary) =>
    `${JSON.stringify({
      name: 'evil',
      version: '1.0.0',
      scripts: Object.fromEntries(
        ['preinstall', 'install', 'postinstall', 'prepare', 'prepack'].map((name) => [name, `${canary} ${name}`]),
      ),
      secretlint: { rules: [{ id: './evil.js' }] },
      dependencies: { a: '1.0.0' },
    })}\n`,
  'package-lock.json': () =>
    `${JSON.stringify({
      name: 'evil',
      version: '1.0.0',
      lockfileVersion: 3,
      packages: {
        '': { name: 'evil', version: '1.0.0', dependencies: { a: '1.0.0' } },
        'node_modules/a': { version: '1.0.0', hasInstallScript: true },
      },
    })}\n`,
};

/** Settings of a workspace that name a program: of ours, of VS Code's git, in both ways of writing them. */
export function programOfSettings(canary: string): Record<string, unknown> {
  return {
    'pregate.runtime': `${canary}`,
    pregate: { runtime: canary, bundle: canary, path: canary },
    'git.path': canary,
    git: { path: [canary] },
    'npm.scriptExplorerExclude': [],
    'terminal.integrated.env.linux': { NODE_OPTIONS: '--require ./evil.js', PATH: './node_modules/.bin' },
  };
}

/** A package for each one that we are made of, which runs the canary as soon as it is loaded. */
export function poisonedModules(folder: string, canary: string): string[] {
  const manifest = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8'));
  const names = [...Object.keys(manifest.devDependencies), 'vscode-jsonrpc', 'debug', '@secretlint/config-loader'];
  for (const name of names) {
    const place = path.join(folder, 'node_modules', name);
    mkdirSync(place, { recursive: true });
    const mark = `module-${name}`;
    writeFileSync(
      path.join(place, 'index.js'),
      `require('child_process').spawnSync(${JSON.stringify(canary)}, ['${mark}']);\n`,
    );
    writeFileSync(
      path.join(place, 'package.json'),
      `${JSON.stringify({ name, version: '99.0.0', main: 'index.js' })}\n`,
    );
  }
  return names;
}

const tools = ['git', 'node', 'npm', 'npx', 'ssh-keygen', 'ssh-add', 'gpg', 'gpgsm', 'sh', 'opa', 'ps'];

/** Makes a repository in which everything that could be run, runs a canary. */
export function hostileRepository(box: Sandbox): Hostile {
  const repo = box.repository('hostile');
  const marks = box.at('ran');
  mkdirSync(marks);
  const canary = box.at('canary.sh');
  program(
    canary,
    `#!/bin/sh\n: > '${marks}/'"$(printf '%s' "\${1:-unnamed}" | tr -c 'a-z0-9\\n-' '_' | head -c 60)"\nexit 1\n`,
  );
  for (const [file, content] of Object.entries(programFiles)) repo.write(file, content(canary));
  chmodSync(path.join(repo.dir, '.husky/pre-commit'), 0o755);
  chmodSync(path.join(repo.dir, '.githooks/pre-commit'), 0o755);
  repo.write('.vscode/settings.json', `${JSON.stringify(programOfSettings(canary))}\n`);
  poisonedModules(repo.dir, canary);
  const outside = linksOut(box, repo);
  repo.write('.gitattributes', '* filter=evil diff=evil merge=evil\n');
  repo.git('add', '-f', '-A');
  // Signed, so that there is something to verify: with a program of the repository's choice, if we let it choose.
  commitSigned(repo, '-----BEGIN PGP SIGNATURE-----\n\niHUEABYKAB0=\n-----END PGP SIGNATURE-----');
  commitSigned(repo, '-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----');
  commitSigned(repo, '-----BEGIN SIGNED MESSAGE-----\nMIIB\n-----END SIGNED MESSAGE-----');
  repo.write('staged.txt', 'a change\n');
  repo.git('add', 'staged.txt');
  // The traps come last: from here on no git of ours may run in this repository without the product's care.
  for (const name of tools) {
    for (const folder of ['node_modules/.bin', '.', 'bin']) {
      const file = path.join(repo.dir, folder, name);
      if (!existsSync(file)) program(file, `#!/bin/sh\nexec '${canary}' path-${name}\n`);
    }
  }
  for (const key of programSettings) {
    execFileSync('git', ['config', '--file', path.join(repo.dir, '.git/config'), key, `${canary} ${key}`], {
      env: box.env,
    });
  }
  for (const [key, value] of [
    ['core.hooksPath', '.githooks'],
    ['remote.origin.url', `ext::${canary} ext-remote`],
    ['gpg.format', 'ssh'],
    ['commit.gpgsign', 'true'],
    ['user.signingkey', 'key.pub'],
    ['extensions.partialClone', 'origin'],
    ['remote.origin.promisor', 'true'],
  ] as const) {
    execFileSync('git', ['config', '--file', path.join(repo.dir, '.git/config'), key, value], { env: box.env });
  }
  const bins = [path.join(repo.dir, 'node_modules/.bin'), './node_modules/.bin', '.', path.join(repo.dir, 'bin'), ''];
  return {
    repo,
    ran: () => {
      const names = readdirSync(marks).sort();
      for (const name of names) rmSync(path.join(marks, name));
      return names;
    },
    outside,
    env: { ...box.env, PATH: [...bins, box.env['PATH']].join(path.delimiter) },
  };
}

/** Links to a file and a folder outside, to a device, to itself; and a pipe, which blocks whoever opens it. */
function linksOut(box: Sandbox, repo: Repo): string {
  const folder = box.at('outside');
  mkdirSync(folder);
  const outside = path.join(folder, 'private.env');
  writeFileSync(outside, `TOKEN=${generateSecret('github-token', 501)}\n`);
  mkdirSync(path.join(repo.dir, 'links'));
  const links: Record<string, string> = {
    'links/file.env': outside,
    'links/folder': folder,
    'links/zero': '/dev/zero',
    'links/self': 'self',
    'links/up': '..',
    'links/relative.env': '../../outside/private.env',
  };
  for (const [name, target] of Object.entries(links)) symlinkSync(target, path.join(repo.dir, name));
  execFileSync('mkfifo', [path.join(repo.dir, 'links', 'pipe.env')]);
  return outside;
}

function commitSigned(repo: Repo, armour: string): void {
  const tree = repo.git('write-tree');
  const parent = repo.tryGit(['rev-parse', '-q', '--verify', 'HEAD']).output.trim();
  const person = 'Test Person <person@example.com> 1767225600 +0000';
  const lines = [
    `tree ${tree}`,
    ...(parent === '' ? [] : [`parent ${parent}`]),
    `author ${person}`,
    `committer ${person}`,
    `gpgsig ${armour.replaceAll('\n', '\n ')}`,
    '',
    'signed',
    '',
  ];
  const oid = execFileSync('git', ['hash-object', '-w', '-t', 'commit', '--stdin'], {
    cwd: repo.dir,
    env: repo.env,
    input: lines.join('\n'),
  });
  repo.git('update-ref', 'refs/heads/main', oid.toString().trim());
}

function program(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, 0o755);
}
