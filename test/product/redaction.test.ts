import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { commandNames, main } from '../../agent/main.ts';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';
import { generateSecret } from '../support/secrets.ts';
import { found, needlesOf } from './needles.ts';
import { secretRepository } from './secret-repository.ts';
import { filesBelow, product, type Run, startServer } from './support.ts';

const box = sandbox();
const shipped = product(box);
const { repo, planted } = secretRepository(box, 'secrets');
const needles = needlesOf(planted);

const formats = [[], ['--json'], ['--sarif'], ['--markdown']];
const exports = ['json', 'opa', 'csv', 'otlp'];
const scopes = [['--staged'], ['--outgoing'], ['--range', 'origin/main..topic']];
/** They find in files what `--staged` finds in the same files, and a format knows nothing of where a file came from. */
const fileScopes = [['--all'], ['.']];

/**
 * How every command is run here. A command that is missing fails the test below: nobody can add one without deciding
 * how its output is looked through. What needs a repository of its own has a test of its own and says so.
 */
const lines: Record<string, readonly string[][]> = {
  init: [['init', '--dry-run']],
  check: [
    ...scopes.flatMap((scope) => formats.map((format) => ['check', ...scope, ...format])),
    ...fileScopes.flatMap((scope) => [[], ['--json']].map((format) => ['check', ...scope, ...format])),
    ['check', '--all', '--limit', '0'],
    ['check', '--all', '--archives', '--json'],
    ['check', '--history', '--reflog', '--limit', '0'],
    ['check', '--history', '--json'],
  ],
  preview: [
    ...formats.map((format) => ['preview', ...format]),
    ...['commit', 'push', 'build', 'publish', 'deploy'].map((gate) => ['preview', '--staged', '--why', gate]),
  ],
  overview: [['overview']],
  ci: formats.map((format) => ['ci', '--range', 'origin/main..topic', ...format]),
  sbom: [['sbom'], ['sbom', '--json'], ['sbom', '--markdown'], ['sbom', 'diff'], ['sbom', 'diff', '--json']],
  sign: [['sign', 'status']],
  attest: [['attest', 'show'], ['attest', 'show', '--json'], ['attest']],
  verify: [['verify'], ['verify', '--json']],
  log: [
    ['log'],
    ['log', 'show', '--json'],
    ['log', 'verify'],
    ['log', 'metrics'],
    ...exports.map((name) => ['log', 'export', '--format', name]),
  ],
  suppress: [
    ['suppress', 'kinds/github-token.txt:1'],
    ['suppress', 'kinds/github-token.txt:9', '--reason', 'x'],
  ],
  baseline: [
    ['baseline', 'list'],
    ['baseline', 'list', '--json'],
    ['baseline', 'prune', '--dry-run'],
    ['baseline', 'audit'],
  ],
  fix: ['.npmrc:2', 'src/client.ts:1', 'src/client.py:1', 'run.sh:2', '.github/workflows/a.yml:8'].map((place) => [
    'fix',
    place,
    '--list',
  ]),
  scrub: [['scrub'], ['scrub', '--all'], ['scrub', '--commit', 'HEAD']],
  policy: [['policy', 'eval', 'data']],
  explain: [['explain', 'github-token']],
  rules: [['rules', '--json']],
  doctor: [['doctor'], ['doctor', '--json']],
  runbook: [
    ['runbook'],
    ['runbook', 'secret-pushed', '--json'],
    ...['secret-committed', 'secret-pushed', 'key-stolen', 'hook-bypassed', 'log-forked'].map((name) => [
      'runbook',
      name,
    ]),
  ],
  daemon: [
    ['daemon', 'status'],
    ['daemon', 'status', '--json'],
  ],
  hook: [['hook', 'pre-commit']],
  // The language server has a test of its own.
  lsp: [],
};
const commandLines = Object.values(lines).flat();

test('every command there is takes part', () => {
  assert.deepEqual([...commandNames].sort(), Object.keys(lines).sort());
});

/** Commands that refuse with exit code 2 when nobody can be asked, or a place has nothing. */
const asksFirst = new Set(['suppress', 'baseline', 'fix', 'init', 'attest']);

/** Says what leaked where, by name: a test that fails must not print a value either. */
function assertClean(what: string, text: string): void {
  const hits = [...found(needles, text)].map(([name, at]) => `${name} (offset ${at})`);
  assert.deepEqual(hits, [], `${what} holds pieces of values`);
}

test('the search itself finds values, their pieces and their encodings', () => {
  const [{ value } = { value: '' }] = planted;
  const middle = value.slice(12, 22);
  for (const text of [
    value,
    middle,
    Buffer.from(`key ${value}`).toString('base64'),
    Buffer.from(value).toString('hex'),
  ]) {
    assert.equal(found(needles, `some text ${text} and more`).size, 1, 'a piece was not found');
  }
  assert.equal(found(needles, 'an ordinary sentence about tokens, ghp_ and sk_live_').size, 0);
});

/**
 * A command's first line is run by the program as it is shipped. Its others go to the same `main` in this process: they
 * differ in what is looked at and how it is printed, and starting a program costs more than either.
 */
async function runLine(words: readonly string[]): Promise<Pick<Run, 'code' | 'out' | 'err'>> {
  const first = lines[words[0] ?? '']?.[0] === words;
  return first ? shipped.run(words, { cwd: repo.dir }) : runCli(words, { cwd: repo.dir, env: box.env });
}

for (const words of commandLines) {
  test(`pregate ${words.join(' ')} prints no piece of a secret`, async () => {
    const run = await runLine(words);
    // It must have worked: a command that did nothing prints nothing either.
    assert.ok([0, 1, 3].includes(run.code) || asksFirst.has(words[0] ?? ''), `exit code ${run.code}`);
    assert.doesNotMatch(run.err, /something broke/);
    assertClean('the output', run.out);
    assertClean('the error output', run.err);
  });
}

test('the scopes found what was planted, so that their silence means something', async () => {
  const report = JSON.parse((await runLine(['check', '--staged', '--json'])).out) as {
    findings: { rule: string }[];
    suppressed: { rule: string }[];
  };
  const rules = new Set([...report.findings, ...report.suppressed].map((one) => one.rule));
  assert.ok(rules.size > 100, `${rules.size} rules found something`);
});

test('hooks print no piece of a secret', () => {
  const file = path.join(repo.dir, '.git', 'COMMIT_EDITMSG');
  repo.write('.git/COMMIT_EDITMSG', `Add ${planted[0]?.value}\n`);
  const head = repo.git('rev-parse', 'HEAD');
  const lines = `refs/heads/topic ${head} refs/heads/topic ${'0'.repeat(40)}\nrefs/tags/v1 ${repo.git('rev-parse', 'v1')} refs/tags/v1 ${'0'.repeat(40)}\n`;
  const runs: Run[] = [
    shipped.run(['hook', 'commit-msg', file], { cwd: repo.dir }),
    shipped.run(['hook', 'pre-push', 'origin', repo.git('config', 'remote.origin.url')], {
      cwd: repo.dir,
      input: lines,
    }),
  ];
  for (const run of runs) {
    assert.equal(run.code, 1, run.err);
    assertClean('the hook', run.out + run.err);
  }
});

test('bad configuration, bad policy input and wrong usage quote no piece of a secret', () => {
  const value = planted[0]?.value as string;
  const own = box.repository('bad configuration');
  own.commit(
    'pregate.yaml',
    `version: 1\n${value}: true\npolicy:\n  bundle: https://a:${value}@policy.example/x.tar.gz\nrules:\n  ${value}: off\n`,
  );
  own.write('input.json', `{"token": "${value}" oops}`);
  own.write('policy/a.rego', `package a\nx := "${value}" := 3\n`);
  const lines = [
    ['check', '--all'],
    ['preview'],
    ['doctor'],
    ['hook', 'pre-commit'],
    ['policy', 'eval', 'input', '--input', 'input.json'],
    ['policy', 'eval', 'data', '--bundle', 'policy'],
    ['check', '--all', '--bundle', 'policy'],
  ];
  for (const words of lines) {
    const run = shipped.run(words, { cwd: own.dir });
    assert.notEqual(run.code, -1);
    assertClean(words.join(' '), run.out + run.err);
  }
});

test('the language server sends no piece of a secret', async () => {
  const server = await startServer(shipped, repo.dir, box.env);
  const ask = (method: string, params: unknown) => server.connection.sendRequest(method, params).catch(() => undefined);
  try {
    await ask('workspace/diagnostic', { previousResultIds: [] });
    const kinds = readdirSync(path.join(repo.dir, 'kinds')).map((name) => `kinds/${name}`);
    const quoting = ['.github/workflows/a.yml', 'package.json', 'Dockerfile', '.npmrc', 'requirements.txt'];
    const fixable = ['src/client.ts', 'src/client.py', 'run.sh'];
    let resolved = 0;
    for (const file of [...quoting, ...fixable, ...kinds]) {
      const uri = pathToFileURL(path.join(repo.dir, file)).href;
      const text = readFileSync(path.join(repo.dir, file), 'utf8');
      void server.connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'plaintext', version: 1, text },
      });
      const report = (await ask('textDocument/diagnostic', { textDocument: { uri } })) as { items: { range: never }[] };
      // A key store is no text, and a publishable key is no problem.
      assert.ok(report.items.length > 0 || kinds.includes(file), `${file} was not looked at`);
      for (const { range } of report.items.slice(0, kinds.includes(file) ? 1 : 4)) {
        await ask('textDocument/hover', { textDocument: { uri }, position: (range as { start: unknown }).start });
        const context = { diagnostics: report.items };
        const actions = (await ask('textDocument/codeAction', { textDocument: { uri }, range, context })) as unknown[];
        for (const action of kinds.includes(file) ? [] : actions) {
          const done = (await ask('codeAction/resolve', action)) as { edit?: unknown } | undefined;
          if (done?.edit) resolved++;
        }
      }
      void server.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    }
    assert.ok(resolved >= fixable.length, `${resolved} edits were made`);
    for (const name of ['state', 'check', 'preview', 'sbom', 'lastBlock', 'commands']) {
      assert.notEqual(await ask(`pregate/${name}`, {}), undefined, name);
    }
  } finally {
    await server.close();
  }
  assert.ok(server.traffic().length > 50_000);
  assertClean('the traffic', server.traffic());
});

test('an audit shows every secret with its lines and no piece of any', async () => {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  stdin.end(`${'ms'.repeat(3)}${'s'.repeat(1000)}`);
  let out = '';
  const say = (text: string) => {
    out += text;
  };
  const io = {
    cwd: repo.dir,
    env: box.env,
    stdin: stdin as never,
    out: say,
    err: say,
    width: 90,
    terminal: true,
    color: false,
  };
  assert.equal(await main(['baseline', 'audit'], io), 0);
  assert.match(out, /100 of \d{3}/);
  assertClean('the audit', out);
});

test('scrub shows and does its work without a piece of a secret, and nothing is left in what it makes', () => {
  const copy = box.at('scrubbed');
  repo.git('clone', '-q', '--no-hardlinks', repo.dir, copy);
  const git = (...words: string[]) =>
    repo.git('-C', copy, '-c', 'user.name=x', '-c', 'user.email=x@y.example', ...words);
  for (const name of ['main', 'topic']) repo.tryGit(['-C', copy, 'update-ref', '-d', `refs/remotes/origin/${name}`]);
  repo.tryGit(['-C', copy, 'update-ref', '-d', 'refs/remotes/origin/HEAD']);
  git('remote', 'remove', 'origin');
  for (const words of [['scrub'], ['scrub', '--all', '--yes'], ['check', '--history', '--fresh']]) {
    const run = shipped.run(words, { cwd: copy });
    assert.ok([0, 1].includes(run.code), run.err);
    assertClean(words.join(' '), run.out + run.err);
  }
  const objects = git('rev-list', '--objects', 'HEAD').split('\n');
  const content = objects.map((line) => git('cat-file', '-p', line.split(' ')[0] as string)).join('\n');
  for (const { name, value } of planted.filter((one) => /message|history/.test(one.name) && !/tag/.test(one.name)))
    assert.ok(!content.includes(value), `${name} is still there`);
});

test('a crash tells where and never what', async () => {
  const [{ value } = { value: '' }] = planted;
  const broken = {
    cwd: repo.dir,
    env: { ...box.env, PREGATE_DEBUG: '1' },
    stdin: new PassThrough() as never,
    width: 90,
    terminal: false,
    color: false,
  };
  let said = '';
  const io = {
    ...broken,
    // Printing fails with a message that quotes what was printed: the worst exception there is.
    out: () => {
      JSON.parse(`{"key": "${value}" oops}`);
    },
    err: (text: string) => {
      said += text;
    },
  };
  assert.equal(await main(['check', '--staged'], io), 3);
  assert.match(said, /something broke \(SyntaxError\)/);
  assert.match(said, /redaction\.test\.ts/);
  assertClean('the crash', said);
});

test('nothing that is kept on disk holds a piece of a secret', () => {
  const run = shipped.run(['suppress', '--all', '--reason', 'known'], { cwd: repo.dir });
  assert.equal(run.code, 0, run.err);
  assertClean('suppress', run.out + run.err);
  const kept = [...filesBelow(box.at('state')), ...filesBelow(path.join(repo.dir, '.pregate'))];
  assert.ok(kept.some(({ file }) => file.endsWith('installation-key')));
  assert.ok(kept.some(({ file }) => file.endsWith('baseline.jsonl')));
  for (const { file, bytes } of kept) {
    const text = bytes.toString('latin1');
    // A code cache is megabytes of our own program, in which six characters of anything stand by chance; the key of the
    // audit log is a PEM file of its own, which shares its head with every PEM file.
    if (file.includes('/code/') || file.endsWith('/audit-key'))
      assert.ok(!planted.some(({ value }) => text.includes(value)), file);
    // The keys of a baseline are hashes of 32 random characters: six of anything stand in hundreds of them.
    else assertClean(path.relative(box.folder, file), text.replace(/"key":"[sh]:[\w-]{32}"/g, ''));
  }
});

test('a file whose name is a secret is pointed at without its name', () => {
  const own = box.repository('names');
  own.write(`keys/${planted[0]?.value}.txt`, 'empty\n');
  own.write(`keys/${generateSecret('npm-token', 77)}.env`, `TOKEN=${planted[1]?.value}\n`);
  own.git('add', '-A');
  for (const words of [
    ['check', '--staged'],
    ['check', '--staged', '--json'],
    ['hook', 'pre-commit'],
  ]) {
    const run = shipped.run(words, { cwd: own.dir });
    assert.equal(run.code, 1, run.err);
    assertClean(words.join(' '), run.out + run.err);
  }
});
