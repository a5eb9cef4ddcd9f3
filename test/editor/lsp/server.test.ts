import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  type CodeAction,
  type Diagnostic,
  DiagnosticSeverity,
  type Hover,
  type TextEdit,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver-protocol/node';
import { diagnosticLimit, type PreviewData, type SbomData, type SuppressResult } from '../../../agent/protocol.ts';
import { generateSecret } from '../../support/secrets.ts';
import {
  gitEnvironment,
  makeSample,
  type SampleRepository,
  secretPath,
  secretText,
  unpinned,
} from '../support/repository.ts';
import { startClient, type TestClient } from './client.ts';

let folder: string;
let sample: SampleRepository;
let client: TestClient;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pregate-lsp-'));
  sample = makeSample(folder);
  sample.write(secretPath, secretText());
  sample.git('add', '.');
  client = await startClient(sample.root, { env: gitEnvironment(folder) });
});

after(async () => {
  await client?.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

const repository = () => ({ uri: pathToFileURL(sample.root).href });

async function eventually<T>(what: string, read: () => T | undefined | false, limit = 60_000): Promise<T> {
  const deadline = Date.now() + limit;
  while (Date.now() < deadline) {
    const value = read();
    if (value !== undefined && value !== false) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${what} did not come`);
}

function ofRule(diagnostics: readonly Diagnostic[], rule: string): Diagnostic {
  const found = diagnostics.find((one) => one.code === rule);
  assert.ok(found, `no ${rule} among ${diagnostics.map((one) => `${one.code}`).join(', ')}`);
  return found;
}

test('the state of a repository comes by itself: staged, outgoing, five gates', async () => {
  const state = await eventually('the state', () => {
    const one = client.state()?.repositories[0];
    return one && one.gates.length === 5 && one.outgoing.length === 2 && one;
  });
  assert.equal(state.title, 'feature/login → origin/main');
  assert.deepEqual(
    state.staged.map((file) => file.path),
    [secretPath],
  );
  assert.equal(state.staged[0]?.findings[0]?.weight, 'blocks');
  assert.deepEqual(
    state.outgoing.map((commit) => [commit.subject, commit.signature]),
    [
      ['Deploy from the pipeline', 'not signed'],
      ['Log in with a passkey', 'not signed'],
    ],
  );
  assert.deepEqual(
    state.gates.map((gate) => gate.gate),
    ['commit', 'push', 'build', 'publish', 'deploy'],
  );
  assert.equal(state.gates[0]?.answer, 'deny', 'the staged secret does not close the gate of commits');
});

test('an editor that never changes its folders gets the same state', async (t) => {
  const other = await startClient(sample.root, { env: gitEnvironment(folder), workspaceFolders: false });
  t.after(() => other.close());
  await eventually('the state', () => other.state()?.repositories[0]?.title === 'feature/login → origin/main');
  assert.doesNotMatch(other.traffic(), /failed with message/);
});

test('an opened file has its diagnostics at their ranges, with data and an offline page', async () => {
  const text = sample.git('show', `HEAD:${unpinned.path}`);
  const uri = client.open(join(sample.root, unpinned.path), text);
  const found = ofRule(await client.diagnostics(uri), 'unpinned-uses');
  const line = text.split('\n')[found.range.start.line] ?? '';
  assert.equal(line.slice(found.range.start.character, found.range.end.character), unpinned.reference);
  assert.match(String(found.codeDescription?.href), /^file:.*\/docs\/rules\/unpinned-uses\.md$/);
  assert.equal((found.data as { ruleId: string }).ruleId, 'unpinned-uses');
});

test('an unchanged document is answered with "unchanged"', async () => {
  const uri = pathToFileURL(join(sample.root, unpinned.path)).href;
  const ask = (previousResultId?: string) =>
    client.connection.sendRequest<{ kind: string; resultId: string }>('textDocument/diagnostic', {
      textDocument: { uri },
      ...(previousResultId ? { previousResultId } : {}),
    });
  const first = await ask();
  assert.equal((await ask(first.resultId)).kind, 'unchanged');
});

test('fixes are listed without their edits, resolved into them, and proven', async () => {
  const path = join(sample.root, '.github/workflows/greet.yml');
  const text = sample.git('show', 'HEAD:.github/workflows/greet.yml');
  const uri = client.open(path, text);
  const found = ofRule(await client.diagnostics(uri), 'template-injection');
  const actions: CodeAction[] = await client.connection.sendRequest('textDocument/codeAction', {
    textDocument: { uri },
    range: found.range,
    context: { diagnostics: [found] },
  });
  const fix = actions.find((action) => action.kind === 'quickfix' && action.data);
  assert.ok(fix, `no fix among ${actions.map((action) => action.title).join(' | ')}`);
  assert.equal(fix.edit, undefined);
  const resolved: CodeAction = await client.connection.sendRequest('codeAction/resolve', fix);
  const edits = resolved.edit?.changes?.[uri];
  assert.ok(edits && edits.length > 0);
  client.change(uri, applyEdits(text, edits), 2);
  const rest = await client.diagnostics(uri);
  assert.ok(!rest.some((one) => one.code === 'template-injection'));
  client.change(uri, text, 3);
});

test('fix all removes everything that is safe to fix and keeps comments', async () => {
  const uri = pathToFileURL(join(sample.root, '.github/workflows/greet.yml')).href;
  const text = sample.git('show', 'HEAD:.github/workflows/greet.yml');
  const actions: CodeAction[] = await client.connection.sendRequest('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    context: { diagnostics: [], only: ['source.fixAll.pregate'] },
  });
  assert.deepEqual(
    actions.map((action) => action.kind),
    ['source.fixAll.pregate'],
  );
  const resolved: CodeAction = await client.connection.sendRequest('codeAction/resolve', actions[0]);
  const edits = resolved.edit?.changes?.[uri];
  assert.ok(edits, 'nothing was fixed');
  assert.match(applyEdits(text, edits), /^# Greets whoever opens/);
});

test('a hover says why and what to do in at most six lines', async () => {
  const uri = pathToFileURL(join(sample.root, unpinned.path)).href;
  const found = ofRule(await client.diagnostics(uri), 'unpinned-uses');
  const hover: Hover = await client.connection.sendRequest('textDocument/hover', {
    textDocument: { uri },
    position: found.range.start,
  });
  const { value } = hover.contents as { value: string };
  assert.ok(value.split('\n').length <= 6, value);
  assert.match(value, /\*\*Fix:\*\*/);
});

test('a suppression is written as a comment above its line, with the reason', async () => {
  const uri = pathToFileURL(join(sample.root, unpinned.path)).href;
  const found = ofRule(await client.diagnostics(uri), 'unpinned-uses');
  const { fingerprint } = found.data as { fingerprint: string };
  const result: SuppressResult = await client.connection.sendRequest('pregate/suppress', {
    uri,
    rule: 'unpinned-uses',
    fingerprint,
    line: found.range.start.line,
    reason: 'pinned by the runner image',
    expires: '2999-01-31',
  });
  assert.equal(result.edits[0]?.range.start.line, found.range.start.line);
  assert.match(result.edits[0]?.newText ?? '', /unpinned-uses.*pinned by the runner image.*2999-01-31/);
  const text = sample.git('show', `HEAD:${unpinned.path}`);
  client.change(uri, applyEdits(text, result.edits), 2);
  assert.ok(!(await client.diagnostics(uri)).some((one) => one.code === 'unpinned-uses'));
  client.change(uri, text, 3);
});

test('a cell of a notebook has its findings, and every fix that is offered mends it in the language of the cell', async () => {
  const book = pathToFileURL(join(sample.root, 'notebooks/explore.ipynb')).href;
  const openCell = (id: string, languageId: string, text: string) => {
    const uri = `${book.replace(/^file:/, 'vscode-notebook-cell:')}#${id}`;
    void client.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
    return uri;
  };
  const cases = [
    ['python', `import requests\n\ntoken = "${generateSecret('github-token', 31)}"\n`, 'token = os.environ["'],
    ['javascript', `const githubToken = "${generateSecret('github-token', 32)}";\n`, 'process.env.'],
  ] as const;
  for (const [language, text, expected] of cases) {
    const uri = openCell(`W${language}`, language, text);
    const found = ofRule(await client.diagnostics(uri), 'github-token');
    const actions: CodeAction[] = await client.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri },
      range: found.range,
      context: { diagnostics: [found] },
    });
    const titles = actions.map((action) => action.title);
    const fix = actions.find((action) => action.data && action.kind === 'quickfix');
    assert.ok(fix, `no fix among ${titles.join(' | ')}`);
    const { edit }: CodeAction = await client.connection.sendRequest('codeAction/resolve', fix);
    assert.ok(edit, `${fix.title} does nothing`);
    const own = (edit.documentChanges ?? []).flatMap((one) =>
      'textDocument' in one && one.textDocument.uri === uri ? (one.edits as TextEdit[]) : [],
    );
    const edits = edit.changes?.[uri] ?? own;
    const mended = applyEdits(text, edits);
    assert.ok(mended.includes(expected), mended.replace(/ghp_\w+/g, '…'));
    client.change(uri, mended, 2);
    assert.deepEqual(await client.diagnostics(uri), []);
    client.change(uri, text, 3);
    // Its checksum is valid, so that a comment would not hide it: no fix is offered that does nothing.
    assert.ok(!titles.some((title) => title.startsWith('Suppress ')), titles.join(' | '));
    const refused: SuppressResult = await client.connection.sendRequest('pregate/suppress', suppression(uri, found));
    assert.deepEqual(refused.edits, []);
    assert.match(refused.message ?? '', /a comment does not hide it\. .*pregate suppress notebooks\/explore\.ipynb/);
  }
  const uri = openCell('Wpassword', 'python', `db_password = "${generateSecret('password', 5)}"\n`);
  const found = ofRule(await client.diagnostics(uri), 'generic-password');
  const written: SuppressResult = await client.connection.sendRequest('pregate/suppress', suppression(uri, found));
  assert.match(
    written.edits[0]?.newText ?? '',
    new RegExp(`^# ${'pregate'}-ignore-next-line generic-password -- a sample`),
    written.message,
  );
});

function suppression(uri: string, found: Diagnostic) {
  const { ruleId: rule, fingerprint } = found.data as { ruleId: string; fingerprint: string };
  return { uri, rule, fingerprint, line: found.range.start.line, reason: 'a sample' };
}

test('the workspace report lists staged and outgoing files and nothing else', async () => {
  const report: WorkspaceDiagnosticReport = await client.connection.sendRequest('workspace/diagnostic', {
    previousResultIds: [],
  });
  const paths = report.items.map((item) => item.uri.slice(repository().uri.length + 1)).sort();
  assert.ok(paths.includes(secretPath), paths.join(', '));
  assert.ok(paths.includes(unpinned.path), paths.join(', '));
  assert.ok(paths.every((path) => !path.startsWith('src/')));
  const item = report.items.find((one) => one.uri.endsWith(secretPath));
  assert.ok(item?.kind === 'full');
  assert.equal(item.items[0]?.severity, DiagnosticSeverity.Error);
});

test('a file with a thousand findings is cut at the limit, and says so', async () => {
  const steps = Array.from({ length: 1000 }, (_, at) => `      - uses: acme/step-${at}@v1\n`).join('');
  const text = `name: Many\non: push\npermissions: {}\njobs:\n  many:\n    runs-on: ubuntu-24.04\n    steps:\n${steps}`;
  const uri = client.open(join(sample.root, '.github/workflows/many.yml'), text);
  const diagnostics = await client.diagnostics(uri);
  assert.equal(diagnostics.length, diagnosticLimit);
  assert.match(String(diagnostics.at(-1)?.message), /more findings in this file/);
});

test('a document above one megabyte is not checked while typing, and that is said', async () => {
  const uri = client.open(join(sample.root, 'large.txt'), 'x'.repeat(1_100_000));
  const [only] = await client.diagnostics(uri);
  assert.match(String(only?.message), /larger than 1 MB/);
});

test('a message that git opened an editor for is looked at as git will keep it', async () => {
  const secret = generateSecret('github-token', 3);
  const scissors = `# ${'-'.repeat(24)} >8 ${'-'.repeat(24)}`;
  const text = `Use ${secret}\n\n# ${secret}\n${scissors}\n+TOKEN=${secret}\n`;
  const uri = client.open(join(sample.root, '.git', 'COMMIT_EDITMSG'), text);
  const found = (await client.diagnostics(uri)).filter((one) => one.code === 'github-token');
  assert.deepEqual(
    found.map((one) => one.range.start),
    [{ line: 0, character: 4 }],
  );
});

test('the commit message is checked as it is typed', async () => {
  const secret = generateSecret('github-token', 3);
  const uri = `vscode-scm:git/scm0/input?rootUri=${encodeURIComponent(repository().uri)}`;
  const said = new Promise<Diagnostic[]>((resolve) => {
    client.connection.onNotification(
      'textDocument/publishDiagnostics',
      (params: { uri: string; diagnostics: Diagnostic[] }) => {
        if (params.uri === uri && params.diagnostics.length > 0) resolve(params.diagnostics);
      },
    );
  });
  await client.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'scminput', version: 1, text: `Use ${secret}\n` },
  });
  const [first] = await said;
  assert.equal(first?.range.start.line, 0);
});

test('preview and SBOM have what the page shows', async () => {
  const preview: PreviewData = await client.connection.sendRequest('pregate/preview', repository());
  assert.equal(preview.commits, 2);
  assert.equal(preview.gates.length, 5);
  assert.ok(preview.policy?.name);
  const sbom: SbomData = await client.connection.sendRequest('pregate/sbom', repository());
  assert.equal(sbom.lock, 'package-lock.json');
  assert.match(sbom.summary, /^3 components \(3 direct, 1 development\)$/);
  const ms = sbom.components.find((one) => one.name === 'ms');
  assert.deepEqual(ms?.why, ['ms 2.1.3']);
  assert.match(ms?.place?.label ?? '', /^package-lock\.json:\d+$/);
});

test('parameters of the wrong kind are answered, not obeyed', async () => {
  assert.equal(await client.connection.sendRequest('pregate/explain', { rule: '../../package' }), null);
  assert.equal(await client.connection.sendRequest('pregate/lastBlock', { uri: 'https://example.com' }), null);
  const refused: SuppressResult = await client.connection.sendRequest('pregate/suppress', {
    uri: pathToFileURL(join(sample.root, 'src/shop.js')).href,
    rule: 'unpinned-uses',
    fingerprint: 'none',
    line: 0,
    reason: 'because',
  });
  assert.deepEqual(refused.edits, []);
});

test('in all that was sent there is no secret and no part of one', () => {
  const token = /TOKEN=(\S+)/.exec(secretText())?.[1] ?? '';
  const typed = generateSecret('github-token', 3);
  assert.ok(token.length > 20);
  const traffic = client.traffic();
  assert.ok(traffic.length > 10_000, 'the canary looked at nothing');
  for (const secret of [token, typed]) {
    for (const part of [secret, secret.slice(6, 18), secret.slice(-12)]) assert.ok(!traffic.includes(part));
  }
});

function applyEdits(text: string, edits: readonly { range: Diagnostic['range']; newText: string }[]): string {
  const lines = text.split('\n');
  const offset = ({ line, character }: { line: number; character: number }) =>
    lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  const ordered = [...edits].sort((a, b) => offset(b.range.start) - offset(a.range.start));
  return ordered.reduce(
    (now, edit) => now.slice(0, offset(edit.range.start)) + edit.newText + now.slice(offset(edit.range.end)),
    text,
  );
}
