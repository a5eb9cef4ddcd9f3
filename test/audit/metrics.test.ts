import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AuditEvent, Entry, Verdict } from '../../agent/audit/events.ts';
import { exportLog } from '../../agent/audit/export.ts';
import { metricsOf } from '../../agent/audit/metrics.ts';
import { none } from './counts.ts';

const counts = { ...none, documents: 1 };

function verdict(over: Omit<Partial<Verdict>, 'counts'> & { counts?: Partial<Verdict['counts']> } = {}): Verdict {
  return {
    event: 'verdict',
    hook: 'pre-push',
    gate: 'push',
    verdict: 'pass',
    rules: [],
    policy: { name: 'built-in gates', revision: '1', digest: 'd' },
    ms: 10,
    by: 'cold',
    ...over,
    counts: { ...counts, ...over.counts },
  };
}

function log(...events: AuditEvent[]): Entry[] {
  return events.map((event, seq) => ({
    v: 1,
    seq,
    ts: new Date(Date.UTC(2026, 10, 1 + seq)).toISOString(),
    id: `${seq}`,
    prev: '',
    ...event,
  }));
}

const value = (entries: Entry[], id: string) => metricsOf(entries).find((one) => one.id === id);

describe('metrics', () => {
  it('are all there, and unknown is never good', () => {
    const metrics = metricsOf([]);
    assert.deepEqual(
      metrics.map((one) => one.id),
      Array.from({ length: 10 }, (_, index) => `M${index + 1}`),
    );
    for (const metric of metrics) assert.deepEqual([metric.value, metric.good], ['unknown', null], metric.id);
  });

  it('count signed commits over all pushes', () => {
    const entries = log(verdict({ counts: { commits: 3, signed: 3 } }), verdict({ counts: { commits: 1, signed: 0 } }));
    assert.deepEqual([value(entries, 'M1')?.number, value(entries, 'M1')?.good], [0.75, false]);
  });

  it('count what was sent, and each commit once', () => {
    const push = (verdictOf: Verdict['verdict'], commits: string[], signed: number) =>
      verdict({ verdict: verdictOf, commits, counts: { commits: commits.length, signed } });
    // Refused and mended, sent, sent again after the network failed, then with one more that is signed.
    const entries = log(
      push('refused', ['x', 'y'], 0),
      push('pass', ['a', 'b'], 1),
      push('pass', ['a', 'b'], 1),
      push('pass', ['c', 'b', 'a'], 2),
      { event: 'bypass', how: 'no-verify', commit: 'x' },
    );
    // Three left. Which of the last push's commits were signed is not known, so none of them counts.
    assert.equal(value(entries, 'M1')?.note, '1 of 3 commits of pushes that passed');
    assert.equal(value(entries, 'M10')?.note.slice(0, 14), '3 of 3 commits');
    assert.equal(value(entries, 'M4')?.number, 0.25);
  });

  it('never round a missed share up to a whole one', () => {
    const entries = log(verdict({ counts: { commits: 10_000, signed: 9_999 } }));
    assert.equal(value(entries, 'M1')?.value, '99.9 %');
  });

  it('tell refused from not checked', () => {
    const entries = log(verdict(), verdict({ verdict: 'refused' }), verdict({ verdict: 'could-not-check' }), verdict());
    assert.equal(value(entries, 'M2')?.number, 0.75);
    assert.equal(value(entries, 'M4')?.number, 0.25);
  });

  it('count a gate without rules for no answer', () => {
    const entries = log(verdict(), verdict({ verdict: 'not-judged' }));
    assert.equal(value(entries, 'M2')?.number, 0.5);
  });

  it('measure latency by rank and detection by its median', () => {
    const times = [1, 2, 3, 4, 5000];
    const entries = log(...times.map((ms) => verdict({ ms, detectedAfterMs: ms * 1000 })));
    assert.deepEqual([value(entries, 'M8')?.number, value(entries, 'M8')?.good], [5000, false]);
    assert.equal(value(entries, 'M5')?.number, 3000);
  });

  it('count commits that went past the hooks, and those of them that were pushed', () => {
    const entries = log(
      { event: 'bypass', how: 'no-verify', commit: 'a' },
      verdict({ commits: ['a', 'b'], counts: { commits: 2 } }),
    );
    assert.equal(value(entries, 'M9')?.number, 1);
    assert.equal(value(entries, 'M10')?.number, 0.5);
  });

  it('count stated commits, each of which has a statement of every kind', () => {
    const of = (commit: string, sbom: boolean): AuditEvent => ({ event: 'statement', commit, statement: 's', sbom });
    const entries = log(of('a', false), of('a', true), of('a', false), of('b', false));
    assert.equal(value(entries, 'M7')?.note, '1 of 2 stated commits');
    assert.equal(value(entries.slice(0, 3), 'M7')?.good, true);
  });

  it('have a course with gaps where nothing happened', () => {
    const entries = log(verdict({ verdict: 'refused' }), { event: 'skip', rule: 'r', reason: 'x' }, verdict());
    assert.deepEqual(metricsOf(entries, { slices: 3 }).find((one) => one.id === 'M4')?.course, [1, null, 0]);
  });
});

describe('exports', () => {
  const selected = [
    {
      repository: 'f'.repeat(32),
      entries: log(verdict({ rules: ['a', 'b'] }), { event: 'skip', rule: '=1+1', reason: 'say "no", twice' }),
    },
  ];

  it('are decision log events for verdicts only', () => {
    const [event, ...more] = JSON.parse(exportLog(selected, 'opa'));
    assert.equal(more.length, 0);
    assert.equal(event.path, 'pregate/push');
    assert.equal(event.labels.simulated, 'true');
    assert.equal(event.bundles['built-in gates'].revision, '1');
    assert.equal(event.metrics.timer_server_handler_ns, 10_000_000);
  });

  it('are CSV with one row for each entry, and no cell is a formula', () => {
    const rows = exportLog(selected, 'csv').trimEnd().split('\r\n');
    assert.equal(rows.length, 3);
    assert.match(rows[1] as string, /,refused|,pass,a b,built-in gates,/);
    assert.ok(!rows.some((row) => /(^|,)"?[=+@]/.test(row)));
  });
});
