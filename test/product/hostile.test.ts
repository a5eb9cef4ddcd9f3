import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { sandbox } from '../git/support.ts';
import { generateSecret } from '../support/secrets.ts';
import { bombs } from './hostile-bombs.ts';
import { hostileRepository, poisonedModules } from './hostile-repository.ts';
import { product, startServer } from './support.ts';

const box = sandbox();
const shipped = product(box);
const hostile = hostileRepository(box);
const { repo } = hostile;

test('the canaries sing when somebody does run them', () => {
  const git = (...words: string[]) => spawnSync('git', words, { cwd: repo.dir, env: hostile.env });
  git('status');
  assert.ok(hostile.ran().length > 0, 'a plain git status in the hostile repository runs nothing');
  git('-c', 'core.fsmonitor=false', 'log', '--format=%G?');
  assert.ok(hostile.ran().length > 0, 'git log runs no program that verifies');
});

const commandLines: string[][] = [
  ['check'],
  ['check', '--staged'],
  ['check', '--outgoing'],
  ['check', '--all', '--json'],
  ['check', '--range', 'HEAD~2..HEAD'],
  ['check', '.'],
  ['check', '.', '--fix'],
  ['preview'],
  ['overview'],
  ['sbom'],
  ['sbom', '--json'],
  ['sbom', 'diff'],
  ['sign', 'status'],
  ['sign', 'setup', '--yes'],
  ['verify'],
  ['verify', '--range', 'HEAD~2..HEAD'],
  ['doctor'],
  ['hook', 'pre-commit'],
  ['suppress', '--all', '--reason', 'known'],
  ['init', '--yes'],
];

for (const words of commandLines) {
  test(`threats 1 to 6: pregate ${words.join(' ')} runs nothing of the repository and follows no link out of it`, () => {
    hostile.ran();
    const run = shipped.run(words, { cwd: repo.dir, env: hostile.env });
    assert.deepEqual(hostile.ran(), []);
    assert.doesNotMatch(run.err, /something broke/);
    assert.doesNotMatch(run.out + run.err, /private\.env:1|links\/(folder|up)\/|links\/(file|relative)\.env:\d/);
  });
}

test('threats 1 to 6: a push hook and the language server run nothing of the repository either', async () => {
  const head = readFileSync(path.join(repo.dir, '.git/refs/heads/main'), 'utf8').trim();
  const input = `refs/heads/main ${head} refs/heads/main ${'0'.repeat(40)}\n`;
  const push = shipped.run(['hook', 'pre-push', 'origin', 'ext::x'], { cwd: repo.dir, env: hostile.env, input });
  assert.ok(push.code === 1 || push.code === 3 || push.code === 0, push.err);
  assert.deepEqual(hostile.ran(), []);
  const server = await startServer(shipped, repo.dir, hostile.env);
  try {
    await server.connection.sendRequest('workspace/diagnostic', { previousResultIds: [] });
    for (const name of ['check', 'preview', 'sbom', 'commands'])
      await server.connection.sendRequest(`pregate/${name}`, {});
    const uri = pathToFileURL(path.join(repo.dir, 'links/file.env')).href;
    await server.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
  } finally {
    await server.close();
  }
  assert.deepEqual(hostile.ran(), []);
});

test('threat 20: no package is loaded from above the bundles, from the folder or from the home, whatever its name', async () => {
  const canary = box.at('canary.sh');
  const names = [box.folder, box.at('home')].map((folder) => poisonedModules(folder, canary))[0] ?? [];
  try {
    // They do sing: anything that resolves one of these names from here gets them.
    spawnSync(process.execPath, ['-e', "require('yaml')"], { cwd: box.folder });
    assert.deepEqual(hostile.ran(), ['module-yaml']);
    const own = box.repository('modules');
    own.write('package.json', '{"name":"a","version":"1.0.0","dependencies":{"yaml":"99.0.0"}}\n');
    own.write('.github/workflows/a.yml', 'on: push\n');
    own.write('a.env', `TOKEN=${generateSecret('github-token', 20)}\n`);
    own.commit('pyproject.toml', '[project]\nname = "a"\n');
    poisonedModules(own.dir, canary);
    const env = { ...box.env, NODE_PATH: path.join(own.dir, 'node_modules') };
    const lines = [
      ['check', '.'],
      ['check', '--all'],
      ['preview'],
      ['sbom'],
      ['sbom', '--json'],
      ['sign', 'status'],
      ['verify'],
    ];
    for (const words of [
      ...lines,
      ['policy', 'eval', 'data.pregate'],
      ['log', 'verify'],
      ['doctor'],
      ['hook', 'pre-commit'],
    ]) {
      shipped.run(words, { cwd: own.dir, env });
      assert.deepEqual(hostile.ran(), [], words.join(' '));
    }
    const server = await startServer(shipped, own.dir, env);
    try {
      for (const name of ['check', 'preview', 'sbom'])
        await server.connection.sendRequest(`pregate/${name}`, {}).catch(() => {});
    } finally {
      await server.close();
    }
    assert.deepEqual(hostile.ran(), []);
  } finally {
    for (const folder of [box.folder, box.at('home')]) rmSync(path.join(folder, 'node_modules'), { recursive: true });
  }
  assert.ok(names.length > 20);
});

test('threat 20: what we are made of is locked by content, and nothing is installed with the product', () => {
  const root = path.join(import.meta.dirname, '../..');
  const read = (name: string) => JSON.parse(readFileSync(path.join(root, name), 'utf8'));
  const { dependencies = {}, devDependencies, allowScripts } = read('package.json');
  assert.deepEqual(dependencies, {}, 'everything is bundled');
  for (const [name, version] of Object.entries(devDependencies)) assert.match(String(version), /^\d+\.\d+\.\d+$/, name);
  const packages = Object.entries<{ integrity?: string; hasInstallScript?: boolean; link?: boolean }>(
    read('package-lock.json').packages,
  ).filter(([name]) => name !== '');
  assert.ok(packages.length > 100);
  for (const [name, { integrity, hasInstallScript }] of packages) {
    assert.match(integrity ?? '', /^sha512-/, name);
    const short = name.replace(/^.*node_modules\//, '');
    if (hasInstallScript) assert.ok(short in allowScripts || short === 'fsevents', `${name} runs a script`);
  }
});

test('threat 7: what a repository says cannot move the cursor, forge a line or start an annotation', () => {
  const own = box.repository('names');
  const sequence = '\u001b]0;owned\u0007\u001b[2J';
  const names = [
    `esc${sequence}.env`,
    'new\nline::error::forged.env',
    'bidi\u202etxt.env',
    '--output=x.env',
    '-n.env',
    '$(touch pwned).env',
    '`touch pwned`.env',
    'quote\'".env',
    'tab\t.env',
  ].map((name) => Buffer.from(name));
  names.push(Buffer.from([0xe9, 0x1b, 0x5b, 0x32, 0x4a, 0xff, 0x2e, 0x65, 0x6e, 0x76]));
  for (const [index, name] of names.entries()) {
    writeFileSync(
      Buffer.concat([Buffer.from(`${own.dir}/`), name]),
      `TOKEN=${generateSecret('github-token', 600 + index)}\n`,
    );
  }
  const evil = `x${sequence}\u202e`;
  own.write(
    'package.json',
    `${JSON.stringify({ name: evil, dependencies: { [evil]: `^1.0.0${sequence}` } }, null, 2)}\n`,
  );
  own.write('Dockerfile', `FROM evil${sequence}:latest\n`);
  own.write(
    '.github/workflows/a.yml',
    `on: push\njobs:\n  "${evil.replaceAll('\u001b', '\\e').replaceAll('\u0007', '\\a')}":\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: "acme/\\e[2J\\n::error::x@v2"\n`,
  );
  own.write(
    'src/a.ts',
    `// pregate-ignore-next-line github-token -- ${sequence}\nconst t = '${generateSecret('github-token', 650)}';\n`,
  );
  own.git('add', '-A');
  const sandboxed = { cwd: own.dir };
  const runs = [
    shipped.run(['check', '--staged', '--limit', '0'], sandboxed),
    shipped.run(['check', '--staged', '--markdown'], sandboxed),
    shipped.run(['check', '.', '--limit', '0'], sandboxed),
    shipped.run(['hook', 'pre-commit'], sandboxed),
    shipped.run(['preview', '--staged', '--why', 'commit'], sandboxed),
    shipped.run(['sbom'], sandboxed),
  ];
  own.git('commit', '-qm', `subject ${sequence}\n\nbody ${sequence}`, '--author', `Evil ${sequence} <e@example.com>`);
  runs.push(
    shipped.run(['check', '--outgoing', '--limit', '0'], sandboxed),
    shipped.run(['preview', '--why', 'push'], sandboxed),
    shipped.run(['verify'], sandboxed),
    shipped.run(['overview'], sandboxed),
    shipped.run(['check', `no such${sequence}`], sandboxed),
    shipped.run([`cmd${sequence}`], sandboxed),
    shipped.run(['check', `--flag${sequence}`], sandboxed),
  );
  for (const [index, { out, err }] of runs.entries()) {
    assert.doesNotMatch(
      out + err,
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
      `run ${index}`,
    );
    assert.doesNotMatch(out + err, /^::/m, `run ${index}`);
  }
  const report = JSON.parse(shipped.run(['check', '--all', '--json'], sandboxed).out) as {
    findings: { rule: string }[];
  };
  assert.ok(
    report.findings.filter((one) => one.rule === 'github-token').length >= names.length,
    'a file was not looked at',
  );
});

test('threat 8: with threat 9, content that is made to be slow is answered in time', () => {
  const own = box.repository('bombs');
  for (const [file, make] of Object.entries(bombs)) own.write(file, make());
  own.git('add', '-A');
  const together = shipped.run(['check', '.', '--json'], { cwd: own.dir });
  assert.ok([0, 1, 3].includes(together.code), `${together.code} ${together.err.slice(0, 500)}`);
  assert.doesNotMatch(together.err, /something broke/);
  if (together.took >= 20_000) assert.fail(`it took ${together.took} ms: ${slowest(own.dir)}`);
  const hook = shipped.run(['hook', 'pre-commit'], { cwd: own.dir });
  assert.doesNotMatch(hook.err, /something broke/);
  assert.ok(hook.took < 20_000, `the hook took ${hook.took} ms`);
});

/** Which file it was, asked only when the answer took too long. */
function slowest(cwd: string): string {
  const times = Object.keys(bombs).map((file) => [shipped.run(['check', file], { cwd }).took, file] as const);
  const [took, file] = times.sort(([a], [b]) => b - a)[0] as readonly [number, string];
  return `${file} alone took ${took} ms`;
}

test('threat 3: a bare repository inside the tree is not taken for the repository', () => {
  const own = box.repository('embedded');
  own.commit('a.txt', 'a\n');
  const inner = path.join(own.dir, 'fixtures', 'evil.git');
  execFileSync('git', ['init', '-q', '--bare', inner], { env: box.env });
  for (const key of ['core.fsmonitor', 'core.pager', 'diff.external']) {
    execFileSync('git', ['config', '--file', path.join(inner, 'config'), key, `${box.at('canary.sh')} bare`], {
      env: box.env,
    });
  }
  for (const words of [['check'], ['check', '.'], ['preview'], ['hook', 'pre-commit'], ['doctor']]) {
    shipped.run(words, { cwd: inner });
    assert.deepEqual(hostile.ran(), []);
  }
  // Not opened at all, so that nothing depends on which of its settings would have run something.
  const { code, err } = shipped.run(['hook', 'pre-commit'], { cwd: inner });
  assert.equal(code, 3);
  assert.match(err, /This is a bare repository, which is opened only when GIT_DIR names it/);
});

test('threat 10: nothing is written through a link that leads out', () => {
  const own = box.repository('writes');
  const away = box.at('away');
  mkdirSync(away);
  own.write('Dockerfile', 'FROM node:22\n');
  symlinkSync(away, path.join(own.dir, '.pregate'));
  symlinkSync(path.join(away, 'bom.json'), path.join(own.dir, 'bom.json'));
  own.write('package.json', '{"name":"a","version":"1.0.0"}\n');
  own.write(
    'package-lock.json',
    '{"name":"a","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"a","version":"1.0.0"}}}\n',
  );
  own.git('add', 'Dockerfile', 'package.json', 'package-lock.json');
  const suppress = shipped.run(['suppress', 'Dockerfile:1', '--reason', 'x'], { cwd: own.dir });
  assert.notEqual(suppress.code, 0, suppress.out);
  // A link in the place of the file may be refused or replaced, and not followed.
  shipped.run(['sbom', '--export', 'bom.json'], { cwd: own.dir });
  shipped.run(['sbom', '--export', '.pregate/bom.json'], { cwd: own.dir });
  shipped.run(['check', '.', '--fix'], { cwd: own.dir });
  assert.deepEqual(readdirSync(away), []);
});
