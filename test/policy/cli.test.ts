import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, describe, it } from 'node:test';
import { type Io, parseArguments, UsageError } from '../../agent/cli/command.ts';
import { command } from '../../agent/cli/policy.ts';

const folder = mkdtempSync(join(tmpdir(), 'pregate-policy-'));
after(() => rmSync(folder, { recursive: true }));
writeFileSync(
  join(folder, 'a.rego'),
  'package a\n\ndeny contains "no" if input.x == 1\n\ntest_ok if deny == set() with input as {}\n',
);
writeFileSync(join(folder, 'input.json'), '{"x": 1}');

async function run(words: string[], stdin = ''): Promise<{ code: number; out: string; err: string }> {
  const result = { code: 0, out: '', err: '' };
  const io: Io = {
    cwd: folder,
    env: {},
    stdin: Readable.from([Buffer.from(stdin)]),
    out: (text) => (result.out += text),
    err: (text) => (result.err += text),
    width: 100,
    terminal: false,
    color: false,
  };
  result.code = await command.run(parseArguments(command, words), io);
  return result;
}

describe('pregate policy', () => {
  it('evaluates a query against a bundle and an input', async () => {
    assert.deepEqual(await run(['eval', '--bundle', '.', '--input', 'input.json', '-f', 'pretty', 'data.a.deny']), {
      code: 0,
      out: '[\n  "no"\n]\n',
      err: '',
    });
    const piped = await run(['eval', '--bundle', '.', '--input', '-', '--json', 'x := data.a.deny[_]'], '{"x": 1}');
    assert.deepEqual(JSON.parse(piped.out).results[0].bindings, { x: 'no' });
  });

  it('asks the built-in gates without a bundle', async () => {
    const { out } = await run(['eval', '--input', '-', '-f', 'pretty', 'data.pregate.commit.deny'], '{"findings": []}');
    assert.equal(out, '[]\n');
  });

  it('says undefined, and exits 3 where nothing could be evaluated', async () => {
    assert.deepEqual(await run(['eval', '--bundle', '.', 'data.a.nothing']), { code: 0, out: '{}\n', err: '' });
    assert.equal((await run(['eval', '--bundle', '.', '-fpretty', 'data.a.nothing'])).out, 'undefined\n');
    assert.equal((await run(['eval', '--bundle', 'nowhere', 'data'])).code, 3);
    assert.equal((await run(['eval', '--bundle', '.', 'data.a['])).code, 3);
    assert.equal((await run(['eval', '--bundle', '.', '--input', '-', 'data.a.deny'], 'no json')).code, 3);
  });

  it('names a call that only the network could answer, and exits 3', async () => {
    const bundle = join(folder, 'online');
    mkdirSync(bundle);
    writeFileSync(
      join(bundle, 'net.rego'),
      'package net\n\ndeny contains msg if {\n\tmsg := http.send({"method": "get", "url": "http://x"}).status\n}\n',
    );
    const answer = await run(['eval', '--bundle', 'online', '-f', 'raw', 'data.net.deny']);
    assert.deepEqual([answer.code, answer.out], [3, '']);
    assert.match(
      answer.err,
      /^pregate: net\.rego:4: http\.send asks the network, .*not answered \[policy-offline\]\n$/,
    );
    const json = await run(['eval', '--bundle', 'online', '--json', 'data.net.deny']);
    assert.equal(json.code, 3);
    assert.equal(JSON.parse(json.out).problems[0].code, 'policy-offline');
    const query = await run(['eval', '--bundle', 'online', '-f', 'raw', 'net.lookup_ip_addr("example.test")']);
    assert.equal(query.code, 3);
    assert.match(query.err, /net\.lookup_ip_addr asks the network/);
    rmSync(bundle, { recursive: true });
  });

  it('leaves an ordinary error of a builtin undefined, as OPA does', async () => {
    const answer = await run(['eval', '--bundle', '.', 'to_number("x")']);
    assert.deepEqual([answer.code, answer.out], [0, '{}\n']);
  });

  it('runs tests', async () => {
    assert.deepEqual(await run(['test', '.']), { code: 0, out: 'PASS: 1/1\n', err: '' });
    writeFileSync(join(folder, 'b_test.rego'), 'package b\n\ntest_bad if 1 == 2\n');
    const failed = await run(['test', '.']);
    assert.equal(failed.code, 1);
    assert.match(
      failed.out,
      /^b_test\.rego:3:\ndata\.b\.test_bad: FAIL \([^)]+\)\n {2}b_test\.rego:3 {2}1 == 2\n-{80}\nPASS: 1\/2\nFAIL: 1\/2\n$/,
    );
    rmSync(join(folder, 'b_test.rego'));
  });

  it('refuses what it does not understand', async () => {
    for (const words of [[], ['x'], ['eval'], ['eval', 'a', 'b'], ['eval', '--at', 'soon', 'data'], ['test']]) {
      await assert.rejects(run(words), UsageError, words.join(' '));
    }
  });
});
