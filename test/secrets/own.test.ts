/** `secrets.patterns`: searched in a real thread, and as built by hooks and commands that start in an empty folder. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readPatterns } from '../../agent/config/patterns.ts';
import { check } from '../../agent/gate/check.ts';
import { createTextChecker } from '../../agent/lsp/text-check.ts';
import { documentFromText } from '../../agent/model/document.ts';
import { startPatterns } from '../../agent/patterns/search.ts';
import { world } from '../daemon/support.ts';
import { remote } from '../hooks/support.ts';

const w = world();
const zero = '0'.repeat(40);
const value = ['zq4', 'm8x', 'w1t', 'k7v', 'b2n'].join('');
const acme = { id: 'acme-token', regex: '\\bacme_([a-z0-9]{15})\\b', keywords: ['acme_'], entropy: 3 };
const endless = { id: 'never-ends', regex: '^(a+)+$' };
const trap = `${'a'.repeat(60)}!\n`;
const config = (...patterns: object[]) => `version: 1\nsecrets: ${JSON.stringify({ patterns })}\n`;

function patternsOf(...list: object[]) {
  const { patterns, mistakes } = readPatterns(list);
  assert.deepEqual(mistakes, []);
  return patterns;
}

test('a pattern finds the value of its group, and only a value that is random and long enough', async () => {
  const { search, close } = startPatterns(patternsOf(acme));
  const text = `a acme_${value}\nb acme_${'a'.repeat(15)}\n`;
  const { drafts, problems } = await search(documentFromText('a.txt', text));
  close();
  assert.deepEqual(problems, []);
  assert.deepEqual(
    drafts.map(({ range }) => text.slice(...range)),
    [value],
  );
  assert.ok(!drafts.some(({ message }) => message.includes(value)));
});

test('a pattern that does not end is killed and named, and the others go on', async () => {
  const { search, close } = startPatterns(patternsOf(endless, acme), 300);
  const first = await search(documentFromText('a.txt', `${trap}acme_${value}\n`));
  const second = await search(documentFromText('b.txt', 'nothing\n'));
  close();
  assert.deepEqual([first.drafts.length, second.drafts.length], [1, 0]);
  for (const { problems } of [first, second]) {
    assert.deepEqual(
      problems.map(({ code, fatal }) => [code, fatal]),
      [['pattern-stopped', true]],
    );
    assert.match(problems[0]?.message ?? '', /never-ends/);
  }
});

test('mistakes are told and leave no pattern', () => {
  for (const wrong of [{ id: 'A b' }, { regex: '(' }, { keywords: ['x'] }, { entropy: 9 }, { other: 1 }]) {
    const { patterns, mistakes } = readPatterns([{ ...acme, ...wrong }]);
    assert.deepEqual([patterns.length, mistakes.length], [0, 1], JSON.stringify(wrong));
  }
  assert.equal(readPatterns([acme, acme]).mistakes.length, 1);
});

test('the schema knows the same keys', () => {
  const schema = JSON.parse(readFileSync(new URL('../../media/pregate.schema.json', import.meta.url), 'utf8'));
  for (const key of Object.keys(schema.properties.secrets.properties.patterns.items.properties)) {
    const told = readPatterns([{ ...acme, [key]: [[]] }]).mistakes.join();
    assert.ok(told !== '' && !told.includes('unknown'), key);
  }
});

test('a directive may name the rule', async () => {
  const r = w.box.repository('named');
  r.write('pregate.yaml', config(acme));
  r.write('a.txt', `# pregate-ignore-next-line custom-secret -- an example of the handbook\nacme_${value}\n`);
  r.git('add', '-A');
  const report = await check({ kind: 'staged' }, { cwd: r.dir, env: r.env });
  assert.deepEqual(
    [report.findings, report.suppressed].map((list) => list.map(({ rule }) => rule)),
    [[], ['custom-secret']],
  );
});

test('a search that is under way when the thread is closed still has its answer', async () => {
  const { search, close } = startPatterns(patternsOf(acme));
  const searching = search(documentFromText('a.txt', `acme_${value}\n`));
  close();
  const { drafts, problems } = await searching;
  assert.deepEqual([drafts.length, problems.length], [1, 0]);
});

test('in the editor a keystroke is judged by the patterns of its own repository', async () => {
  const [mine, other] = ['mine', 'other'].map((name) => w.box.repository(name));
  mine?.commit('pregate.yaml', config(acme));
  other?.commit('pregate.yaml', config({ id: 'else', regex: 'else_([a-z]{9})' }));
  const checker = createTextChecker(w.box.folder);
  const rules = async (root: string | undefined) => {
    const { report } = await checker.check({ root, path: 'a.txt', text: `acme_${value}\n`, kind: 'file' });
    return report.findings.map(({ rule }) => rule);
  };
  assert.deepEqual(await Promise.all([mine?.dir, other?.dir, mine?.dir, undefined].map(rules)), [
    ['custom-secret'],
    [],
    ['custom-secret'],
    [],
  ]);
  mine?.commit('pregate.yaml', 'version: 1\n');
  checker.forget(mine?.dir);
  assert.deepEqual(await rules(mine?.dir), []);
  checker.forget();
});

test('as built: a push is judged by the patterns of the protected branch, which it cannot take away', async () => {
  const r = w.box.repository('protected');
  remote(w.box, r);
  r.commit('pregate.yaml', config(acme));
  r.git('push', '-q', 'origin', 'HEAD:main');
  r.git('remote', 'set-head', 'origin', 'main');
  r.git('checkout', '-q', '-b', 'feature');
  r.commit('pregate.yaml', 'version: 1\n');
  r.commit('a.txt', `acme_${value}\n`);
  const input = `refs/heads/feature ${r.git('rev-parse', 'HEAD')} refs/heads/feature ${zero}\n`;
  const words = ['pre-push', 'origin', r.git('remote', 'get-url', 'origin')];
  const cold = w.hook(r, words, { input, warm: false });
  const before = await w.start();
  const warm = w.hook(r, words, { input });
  assert.equal((await w.status())?.served, before.served + 1, 'the daemon was asked');
  for (const { code, err } of [cold, warm]) {
    assert.equal(code, 1, err);
    assert.match(err, /acme-token/);
    assert.ok(!err.includes(value));
  }
});

test('as built: commit, push and whole history find it, and nothing prints the value', async () => {
  const r = w.box.repository('built');
  r.commit('a.txt', `acme_${value}\n`);
  r.commit('a.txt', 'nothing\n');
  const oid = r.git('rev-parse', 'HEAD');
  const push = () =>
    w.hook(r, ['pre-push', 'origin', '../none.git'], {
      input: `refs/heads/main ${r.git('rev-parse', 'HEAD')} refs/heads/main ${zero}\n`,
      warm: false,
    });
  assert.equal(push().code, 0, 'no pattern yet; the blob is known from now on');
  const history = () => w.shipped.run(['check', '--history', '--json'], { cwd: r.dir });
  assert.ok(!history().out.includes('custom-secret'));
  r.commit('pregate.yaml', config(acme));
  assert.notEqual(r.git('rev-parse', 'HEAD'), oid);
  r.write('b.txt', `acme_${value}\n`);
  r.git('add', '-A');
  await w.start();
  for (const [what, told] of [
    ['commit', w.hook(r, ['pre-commit'], { warm: false })],
    ['push', push()],
    ['commit with the daemon', w.hook(r, ['pre-commit'])],
  ] as const) {
    assert.equal(told.code, 1, `${what}: ${told.err}`);
    assert.match(told.err, /acme-token/, what);
    assert.ok(!told.err.includes(value), what);
  }
  const { out, err } = history();
  assert.match(out, /custom-secret/);
  assert.ok(!`${out}${err}`.includes(value));
});

test('as built: a pattern that does not end closes commit and history by name', () => {
  const r = w.box.repository('endless');
  r.commit('pregate.yaml', config(endless));
  r.commit('a.txt', trap);
  r.write('b.txt', trap);
  r.git('add', '-A');
  const told = w.hook(r, ['pre-commit'], { warm: false });
  assert.notEqual(told.code, 0);
  assert.match(told.err, /never-ends/);
  const history = w.shipped.run(['check', '--history'], { cwd: r.dir });
  assert.notEqual(history.code, 0);
  assert.match(`${history.out}${history.err}`, /never-ends/);
});
