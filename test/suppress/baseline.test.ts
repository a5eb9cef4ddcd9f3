import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { documentFromText, spanOf } from '../../agent/model/document.ts';
import type { Category, Document, Finding } from '../../agent/model/types.ts';
import {
  applySuppressions,
  type Baseline,
  baselineHash,
  type Candidate,
  newSalt,
  parseBaseline,
  type SuppressInput,
  writeBaseline,
} from '../../agent/suppress.ts';
import { generateSecret } from '../support/secrets.ts';

const file = '.pregate/baseline.jsonl';
const salt = Buffer.alloc(16, 7).toString('base64');
const options = { reason: 'rotated in March', author: 'ada@acme.example', salt };

function candidate(path: string, identity: string, rule = 'github-token', category: Category = 'secret'): Candidate {
  const document = documentFromText(path, `${identity}\n`);
  const finding: Finding = {
    rule,
    category,
    severity: 'critical',
    confidence: 'high',
    message: 'm',
    path,
    range: [0, identity.length],
    span: spanOf(document, [0, identity.length]),
    related: [],
    fingerprint: 'f',
  };
  return { finding, identity };
}

function read(text: string): Baseline {
  const { baseline, problems } = parseBaseline(text, file);
  assert.deepEqual(problems, []);
  assert.ok(baseline);
  return baseline;
}

function apply(candidates: Candidate[], text: string, more: Partial<SuppressInput> = {}) {
  const document = documentFromText(file, text);
  return applySuppressions({
    candidates,
    documents: [
      ...candidates.map(({ finding, identity }) => documentFromText(finding.path, `${identity}\n`)),
      document,
    ],
    base: [],
    baseline: parseBaseline(text, file).baseline,
    baselinePath: file,
    now: '2026-05-10T00:00:00Z',
    ran: ['github-token', 'generic-secret', 'npm-range'],
    ...more,
  });
}

describe('a baseline', () => {
  it('takes out what it was written for, and nothing else', () => {
    const one = candidate('src/a.env', generateSecret('github-token', 1));
    const two = candidate('src/a.env', generateSecret('github-token', 2));
    const other = candidate('package.json', 'left-pad', 'npm-range', 'dependency');
    const text = writeBaseline(undefined, [one, other], options);
    const again = [
      candidate('src/a.env', one.identity),
      candidate('package.json', 'left-pad', 'npm-range', 'dependency'),
    ];
    const result = apply([...again, two], text);
    assert.deepEqual(result.kept, [two.finding]);
    assert.deepEqual(
      result.suppressed.map(({ suppressed }) => suppressed?.reason),
      Array(2).fill('rotated in March'),
    );
    assert.deepEqual(result.stale, []);
    const [start, end] = result.suppressed[0]?.suppressed?.range ?? [0, 0];
    assert.equal(JSON.parse(text.slice(start, end)).rule, result.suppressed[0]?.rule);
  });

  it('holds no value, no line number and no time', () => {
    const secrets = [1, 2, 3].map((seed) => candidate(`src/${seed}.env`, generateSecret('github-token', seed)));
    const text = writeBaseline(undefined, secrets, options);
    for (const { identity } of secrets) {
      for (let at = 0; at + 6 <= identity.length; at++) assert.ok(!text.includes(identity.slice(at, at + 6)));
    }
    assert.doesNotMatch(text, /"line"|"time"|"date"/);
  });

  it('does not take out the same value in another file, nor a changed value in the same', () => {
    const value = generateSecret('github-token', 1);
    const text = writeBaseline(undefined, [candidate('src/a.env', value)], options);
    assert.equal(apply([candidate('src/b.env', value)], text).kept.length, 1);
    assert.equal(apply([candidate('src/a.env', generateSecret('github-token', 9))], text).kept.length, 1);
    assert.equal(apply([candidate('src/a.env', value, 'generic-secret')], text).kept.length, 1);
  });

  it('counts for a glob of paths', () => {
    const value = generateSecret('github-token', 1);
    const text = writeBaseline(undefined, [candidate('src/a.env', value)], options).replace('"src/a.env"', '"test/**"');
    assert.deepEqual(apply([candidate('test/deep/x.env', value)], text).kept, []);
    assert.equal(apply([candidate('src/a.env', value)], text).kept.length, 1);
  });

  it('is sorted, the same whatever the order, and may be merged by union', () => {
    const all = [3, 1, 2].map((seed) => candidate(`src/${seed}.env`, generateSecret('github-token', seed)));
    const text = writeBaseline(undefined, all, options);
    assert.equal(writeBaseline(undefined, [...all].reverse(), options), text);
    const lines = text.trimEnd().split('\n');
    assert.deepEqual(
      lines.slice(1),
      [...lines.slice(1)].sort((a, b) => (JSON.parse(a).path < JSON.parse(b).path ? -1 : 1)),
    );
    const union = `${[...lines.slice(2), ...lines, lines[1]].join('\n')}\n`;
    assert.equal(read(union).entries.length, 3);
    assert.deepEqual(
      apply(
        all.map(({ finding, identity }) => candidate(finding.path, identity)),
        union,
      ).kept,
      [],
    );
  });

  it('grows by what is new and keeps what was there', () => {
    const first = writeBaseline(undefined, [candidate('a/1.env', generateSecret('github-token', 1))], options);
    const second = writeBaseline(read(first), [candidate('a/2.env', generateSecret('github-token', 2))], {
      ...options,
      reason: 'second',
      expires: '2027-01-01',
    });
    assert.ok(second.startsWith(first.split('\n')[0] as string));
    assert.deepEqual(
      read(second).entries.map(({ reason }) => reason),
      ['rotated in March', 'second'],
    );
    const pruned = writeBaseline(read(second), [], { ...options, drop: read(second).entries.slice(1) });
    assert.equal(read(pruned).entries.length, 1);
  });

  it('stops counting after its date, and says so', () => {
    const value = generateSecret('github-token', 1);
    const text = writeBaseline(undefined, [candidate('src/a.env', value)], { ...options, expires: '2026-05-09' });
    const result = apply([candidate('src/a.env', value)], text);
    assert.equal(result.kept.length, 1);
    assert.deepEqual(
      result.stale.map(({ rule, path }) => [rule, path]),
      [['suppression-expired', file]],
    );
    assert.deepEqual(apply([candidate('src/a.env', value)], text, { now: '2026-05-09T23:59:59Z' }).kept, []);
  });

  it('reports an entry for a file that was looked at and holds nothing any more', () => {
    const text = writeBaseline(undefined, [candidate('src/a.env', generateSecret('github-token', 1))], options);
    const clean: Document = documentFromText('src/a.env', 'clean\n');
    const baselineDocument = documentFromText(file, text);
    const result = apply([], text, { documents: [clean, baselineDocument] });
    assert.deepEqual(
      result.stale.map(({ rule }) => rule),
      ['suppression-unused'],
    );
    assert.deepEqual(apply([], text, { documents: [baselineDocument] }).stale, []);
    assert.equal(apply([], text, { documents: [baselineDocument], complete: true }).stale.length, 1);
  });

  it('tells an entry that the change itself brings', () => {
    const value = generateSecret('github-token', 1);
    const text = writeBaseline(undefined, [candidate('src/a.env', value)], options);
    const introduced = (base: Document[]) =>
      apply([candidate('src/a.env', value)], text, { base, hasBase: true }).suppressed[0]?.suppressed?.introduced;
    assert.equal(introduced([documentFromText(file, text)]), false);
    assert.equal(introduced([documentFromText(file, `${text.split('\n')[0]}\n`)]), true);
    assert.equal(introduced([]), true);
  });

  it('a damaged line suppresses nothing, is named, and leaves the others in force', () => {
    const value = generateSecret('github-token', 1);
    const good = writeBaseline(undefined, [candidate('src/a.env', value)], options);
    const entry = good.split('\n')[1] as string;
    for (const broken of [
      '<<<<<<< HEAD',
      '[]',
      '{}',
      entry.replace('"reason":"rotated in March"', '"reason":" "'),
      entry.replace('"s:', '"x:'),
    ]) {
      const { baseline, problems } = parseBaseline(`${good}${broken}\n`, file);
      assert.equal(baseline?.entries.length, 1, broken);
      assert.equal(problems.length, 1, broken);
      assert.match(problems[0]?.message ?? '', /^\.pregate\/baseline\.jsonl:3: /);
    }
    const { baseline, problems } = parseBaseline(`${entry}\n`, file);
    assert.equal(baseline, undefined);
    assert.equal(problems.length, 1);
    const foreign = parseBaseline(good.replace('"version":1', '"version":2'), file);
    assert.equal(foreign.baseline, undefined);
    assert.ok(foreign.problems.length > 0);
  });
});

describe('the hash', () => {
  it('depends on value and salt, is slow for secrets once, and quick the second time', () => {
    const other = newSalt();
    assert.notEqual(other, newSalt());
    assert.notEqual(baselineHash('a', salt, 'secret'), baselineHash('b', salt, 'secret'));
    assert.notEqual(baselineHash('a', salt, 'secret'), baselineHash('a', other, 'secret'));
    assert.notEqual(baselineHash('a', salt, 'other', 'r'), baselineHash('a', salt, 'other', 's'));
    assert.match(baselineHash('a', salt, 'secret'), /^s:[A-Za-z0-9_-]{32}$/);
    assert.match(baselineHash('a', salt, 'other'), /^h:[A-Za-z0-9_-]{32}$/);
    const cpu = (work: () => void): number => {
      const before = process.cpuUsage();
      work();
      return process.cpuUsage(before).user / 1000;
    };
    const first = cpu(() => baselineHash('never seen before', salt, 'secret'));
    const again = cpu(() => baselineHash('never seen before', salt, 'secret'));
    assert.ok(first > 3, `a guess costs ${first} ms`);
    assert.ok(again < 2, `a repetition costs ${again} ms`);
  });
});
