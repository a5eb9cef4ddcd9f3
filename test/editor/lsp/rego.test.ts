/** `.rego` documents in the editor: our compiler's errors across the folder, and what its tests say. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { CodeLens } from 'vscode-languageserver-protocol/node';
import { gitEnvironment } from '../support/repository.ts';
import { startClient, type TestClient } from './client.ts';

let folder: string;
let client: TestClient;

const rules = 'package app\n\ndeny contains "low" if input.port < data.lowest\n\nlimit(x) := x + 1\n';
const tests =
  'package app_test\n\nimport data.app\n\ntest_low if app.deny == {"low"} with input.port as 80\n\ntest_high if {\n  found := app.deny with input.port as 9000\n  found == {"low"}\n}\n';

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pregate-lsp-rego-'));
  mkdirSync(join(folder, 'policy'));
  writeFileSync(join(folder, 'policy', 'app.rego'), rules);
  writeFileSync(join(folder, 'policy', 'app_test.rego'), tests);
  writeFileSync(join(folder, 'policy', 'data.json'), '{"lowest": 1024}');
  client = await startClient(folder, { env: gitEnvironment(folder) });
});

after(async () => {
  await client?.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

const found = async (uri: string): Promise<[number, number, number, string | number | undefined, string][]> =>
  (await client.diagnostics(uri))
    .filter((d) => d.source === 'pregate rego')
    .map((d) => [d.range.start.line, d.range.start.character, d.range.end.character, d.code, String(d.message)]);

test('an error stands at its place, and goes when the text is mended', async () => {
  const path = join(folder, 'policy', 'app.rego');
  const uri = client.open(path, `${rules}\nallow if input.x == nobody\n`);
  assert.deepEqual(await found(uri), [[6, 20, 26, 'rego_unsafe_var_error', 'var nobody is unsafe']]);
  client.change(uri, `${rules}\nallow if {\n`, 2);
  assert.equal((await found(uri))[0]?.[3], 'rego_parse_error');
  client.change(uri, rules, 3);
  assert.deepEqual(await found(uri), []);
});

test('what another open file says counts before it is saved', async () => {
  const uri = client.open(join(folder, 'policy', 'more.rego'), 'package app\n\nx := limit(1, 2, 3)\n');
  const [[line, start, , code]] = (await found(uri)) as [[number, number, number, string, string]];
  assert.deepEqual([line, start, code], [2, 5, 'rego_type_error']);
  client.change(uri, 'package app\n\nx := limit(1)\n', 2);
  assert.deepEqual(await found(uri), []);
});

test('a failed test shows the expression with its values; every test has a lens', async () => {
  const uri = client.open(join(folder, 'policy', 'app_test.rego'), tests);
  assert.deepEqual(await found(uri), [[8, 2, 7, 'rego-test', 'test_high fails: found == {"low"}   {found: []}']]);
  const lenses: CodeLens[] = await client.connection.sendRequest('textDocument/codeLens', { textDocument: { uri } });
  assert.deepEqual(
    lenses.map((lens) => [lens.range.start.line, lens.command?.title.replace(/ \(.*/, '')]),
    [
      [4, '✓ passes'],
      [6, '✗ fails'],
    ],
  );
  client.change(uri, `${tests}\n# not saved\n`, 2);
  assert.deepEqual(await found(uri), [], 'tests run on what is saved');
});

test('nothing of a folder that nobody trusts is evaluated until somebody does', async () => {
  const strange = await startClient(folder, { env: gitEnvironment(folder), initialization: { trusted: false } });
  try {
    const alone = 'package alone_test\n\ntest_wrong if 1 == 2\n';
    const path = join(folder, 'alone_test.rego');
    writeFileSync(path, alone);
    const uri = strange.open(path, alone);
    const messages = async (): Promise<string[]> =>
      (await strange.diagnostics(uri)).filter((d) => d.source === 'pregate rego').map((d) => String(d.code));
    assert.deepEqual(await messages(), []);
    strange.change(uri, `${alone}\nallow if nobody\n`, 2);
    assert.deepEqual(await messages(), ['rego_unsafe_var_error']);
    strange.change(uri, alone, 3);
    assert.deepEqual(await strange.connection.sendRequest('textDocument/codeLens', { textDocument: { uri } }), []);
    await strange.connection.sendNotification('pregate/trusted');
    assert.deepEqual(await messages(), ['rego-test']);
  } finally {
    await strange.close();
  }
});
