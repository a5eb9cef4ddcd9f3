import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfig, type Enforcement } from '../../agent/config.ts';
import { bundleOf, collectedOf, commitOf, engineOf, file, findingOf, gateOf, refOf, said } from './support.ts';

const document = file(
  '.github/workflows/ci.yml',
  'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: acme/a@v1\n',
);
const unpinned = findingOf(document, 'acme/a@v1', { rule: 'unpinned-uses', category: 'pipeline', severity: 'medium' });

function withRule(rule: string, setting: Enforcement, trusted = true) {
  const config = { ...defaultConfig, rules: { [rule]: setting } };
  return said(gateOf('build', collectedOf({ config, targets: [document] }), { findings: [unpinned], trusted }));
}

describe('rollout of a rule', () => {
  it('raises a warning to a denial with enforce, by finding rule or policy rule', () => {
    assert.deepEqual(withRule('unpinned-uses', 'enforce'), ['deny build/weak-build']);
    assert.deepEqual(withRule('build/weak-build', 'enforce', false), ['deny build/weak-build']);
  });

  it('keeps what is in shadow as a note', () => {
    assert.deepEqual(withRule('unpinned-uses', 'shadow'), ['note build/weak-build']);
  });

  it('lowers only where the configuration is the base’s', () => {
    assert.deepEqual(withRule('unpinned-uses', 'shadow', false), ['warn build/weak-build']);
  });

  it('turns a denial into a warning', () => {
    const config = { ...defaultConfig, rules: { 'push/unsigned-commit': 'warn' } as const };
    const signing = { required: true, configured: true, willSign: null };
    const parts = { config, signing, commits: [commitOf('1', 'none')] };
    assert.equal(gateOf('push', collectedOf(parts)).answer, 'warn');
    assert.equal(gateOf('push', collectedOf(parts), { trusted: false }).answer, 'deny');
  });
});

describe('effective_on', () => {
  const answer = (date: string, now: string) => {
    const engine = engineOf(
      bundleOf(`package pregate.push\n\ndeny contains {"msg": "m", "rule": "r", "effective_on": "${date}"}\n`),
    );
    return gateOf('push', collectedOf({ now }), { engine });
  };

  it('warns until its day and denies from then on', () => {
    const before = answer('2026-12-01', '2026-11-23T12:00:00.000Z');
    assert.deepEqual([before.answer, before.reasons[0]?.effectiveOn], ['warn', '2026-12-01']);
    assert.equal(answer('2026-12-01', '2026-12-01T00:00:00.000Z').answer, 'deny');
  });

  it('counts a date that cannot be read as past', () => {
    assert.equal(answer('next week', '2026-11-23T12:00:00.000Z').answer, 'deny');
  });
});

describe('time', () => {
  it('is the frozen instant of the run', () => {
    const engine = engineOf(bundleOf('package pregate.push\n\ndeny contains sprintf("%d", [time.now_ns()])\n'));
    const decision = gateOf('push', collectedOf(), { engine });
    assert.equal(decision.summary, '1795435200000000000');
  });
});

describe('unknown leaves', () => {
  const push = { remote: 'origin', url: '', refs: [refOf({ force: null, create: false, old: 'c'.repeat(40) })] };
  const ask = (body: string) =>
    gateOf('push', collectedOf({ push, commits: [commitOf('1', 'good')] }), {
      engine: engineOf(bundleOf(`package pregate.push\n\n${body}\n`)),
    });

  it('depends where best and worst case differ', () => {
    const decision = ask(
      'deny contains {"msg": "forced", "rule": "forced", "at": "/push/refs/0"} if input.push.refs[_].force',
    );
    assert.deepEqual([decision.answer, decision.exactness], ['depends', 'unknowable']);
    assert.deepEqual(decision.reasons[0]?.unknown, ['/push/refs/0/force']);
  });

  it('decides where they agree', () => {
    assert.equal(ask('deny contains "always" if count(input.push.refs) == 1').answer, 'deny');
    assert.equal(ask('deny contains "never" if input.push.refs[_].dst == "x"').answer, 'allow');
  });

  it('turns a denial of the unknown value itself into depends', () => {
    const decision = ask('deny contains "not verified" if input.commits[_].signature.host_verified != "yes"');
    assert.equal(decision.answer, 'depends');
  });

  it('depends on what only a forge knows, and only when the policy asks', () => {
    const decision = ask('deny contains "red" if input.checks[_].state == "failure"');
    assert.deepEqual(said(decision), ['depends push/unknown-input']);
    assert.deepEqual(decision.reasons[0]?.unknown, ['/checks']);
  });
});

describe('bundles that were not written for us', () => {
  it('understands a plain allow', () => {
    const allow = (body: string) =>
      gateOf('push', collectedOf(), { engine: engineOf(bundleOf(`package pregate.push\n\n${body}\n`)) }).answer;
    assert.equal(allow('default allow := false\n\nallow if input.stage == "pre-push"'), 'allow');
    assert.equal(allow('default allow := false\n\nallow if input.stage == "ci"'), 'deny');
    assert.equal(allow('allow if input.stage == "ci"'), 'deny');
  });
});
