import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfig, type Enforcement } from '../../agent/config.ts';
import { canaryBucket } from '../../agent/policy/rollout.ts';
import type { GateDecision, PolicySource } from '../../agent/policy/types.ts';
import { bundleOf, changeOf, collectedOf, engineOf, gateOf, refOf, said } from './support.ts';

const policy: PolicySource = { name: 'acme/gates', revision: '41', kind: 'directory', signature: 'good', digest: 'd' };

/** A bundle with one rule `push/large` that always denies, its METADATA, and the bundle's data. */
function ask(options: {
  metadata?: string;
  rollout?: unknown;
  setting?: Enforcement;
  remote?: string;
  branch?: string;
  path?: string;
  now?: string;
}): GateDecision {
  const { metadata = '', rollout, setting, remote, branch = 'feature', path, now } = options;
  const text = `package pregate.push\n\n# METADATA\n# title: Large\n# custom:\n#   rule: large\n${metadata}deny contains {"rule": "large", "msg": "too large"${path ? `, "at": "/changes/0"` : ''}} if input.schema\n`;
  const base = collectedOf();
  const collected = collectedOf({
    push: { remote: 'origin', url: '', refs: [refOf({ dst: `refs/heads/${branch}` })] },
    changes: path ? [changeOf(path)] : [],
    ...(now ? { now } : {}),
    config: { ...defaultConfig, rules: setting ? { 'push/large': setting } : {} },
    repo: {
      ...base.repo,
      remote: remote
        ? { name: 'origin', url: '', provider: 'github', host: 'git.example', owner: 'acme', repository: remote }
        : null,
    },
  });
  const data = rollout === undefined ? {} : { pregate: { rollout } };
  return gateOf('push', collected, { engine: engineOf(bundleOf(text)), policy, data });
}

describe('rollout as the policy declares it', () => {
  it('is read from METADATA', () => {
    const decision = ask({ metadata: '#   rollout: shadow\n' });
    assert.deepEqual([decision.answer, ...said(decision)], ['allow', 'note push/large']);
    assert.deepEqual(decision.reasons[0]?.rollout, {
      level: 'shadow',
      would: 'deny',
      why: 'the policy has it at shadow',
    });
    assert.match(decision.summary, /1 rule in shadow would refuse/);
    for (const metadata of ['#   rollout: off\n', '#   rollout:\n#     level: off\n', '#   rollout: "off"\n'])
      assert.equal(ask({ metadata }).answer, 'allow', metadata);
    for (const level of ['on', 'false']) assert.equal(ask({ metadata: `#   rollout: ${level}\n` }).answer, 'deny');
  });

  it('is read from data, for a rule, its gate and all rules, the narrowest first', () => {
    assert.equal(ask({ rollout: { 'push/large': 'warn' } }).answer, 'warn');
    assert.equal(ask({ rollout: { 'push/*': { level: 'warn' } } }).answer, 'warn');
    assert.equal(ask({ rollout: { '*': 'shadow', 'push/*': 'warn', 'push/large': 'enforce' } }).answer, 'deny');
    assert.equal(
      ask({ metadata: '#   rollout: shadow\n', rollout: { 'push/*': 'off' } }).reasons[0]?.rollout?.level,
      'shadow',
    );
    assert.equal(ask({ metadata: '#   rollout: shadow\n', rollout: { 'push/large': 'enforce' } }).answer, 'deny');
  });

  it('warns until its day, by METADATA in both spellings', () => {
    for (const field of [
      '#   effective_on: 2026-12-01\n',
      '#   rollout:\n#     level: enforce\n#     effective_on: 2026-12-01\n',
    ]) {
      const before = ask({ metadata: field });
      assert.deepEqual([before.answer, before.reasons[0]?.effectiveOn], ['warn', '2026-12-01'], field);
      assert.equal(ask({ metadata: field, now: '2026-12-01T00:00:00.000Z' }).answer, 'deny', field);
    }
  });

  it('does not open the gate where it cannot be read, and says so', () => {
    for (const rollout of [
      { 'push/large': 'shaddow' },
      { 'push/large': { level: 'shadow ', share: 200 } },
      ['shadow'],
      { 'push/large': 7 },
    ]) {
      assert.equal(ask({ rollout }).answer, 'deny', JSON.stringify(rollout));
    }
    assert.equal(ask({ rollout: { 'push/large': { scope: { branch: ['x'] } } } }).answer, 'deny');
  });

  it('does not lend one rule’s METADATA to another that has no id', () => {
    const text =
      'package pregate.push\n\n# METADATA\n# custom:\n#   rule: a\n#   rollout: shadow\ndeny contains {"rule": "a", "msg": "a"} if input.schema\n\ndeny contains "b" if input.push\n';
    const decision = gateOf('push', collectedOf(), { engine: engineOf(bundleOf(text)), policy });
    assert.deepEqual(said(decision), ['deny push/deny', 'note push/a']);
  });
});

describe('pregate.yaml against a central policy', () => {
  it('cannot turn down what the policy calls blocking', () => {
    for (const setting of ['off', 'shadow', 'warn'] as const) {
      const decision = ask({ setting });
      assert.equal(decision.answer, 'deny');
      assert.match(
        decision.reasons[0]?.rollout?.why ?? '',
        new RegExp(`asks for ${setting}, which this policy does not permit`),
      );
    }
  });

  it('can where the policy permits it, and can always raise', () => {
    assert.equal(ask({ setting: 'warn', rollout: { 'push/large': { soften: true } } }).answer, 'warn');
    assert.equal(ask({ setting: 'enforce', rollout: { 'push/large': 'warn' } }).answer, 'deny');
    assert.equal(ask({ setting: 'enforce', metadata: '#   effective_on: 2026-12-01\n' }).answer, 'deny');
  });

  it('does not bring back what the policy has in shadow, unless it enforces', () => {
    assert.equal(
      ask({ setting: 'warn', rollout: { 'push/large': { level: 'shadow', soften: true } } }).answer,
      'allow',
    );
  });
});

describe('canary share', () => {
  it('is the same for a repository and a rule each time, and near the share over many', () => {
    assert.equal(
      canaryBucket('git.example/acme/shop', 'push/large'),
      canaryBucket('git.example/acme/shop', 'push/large'),
    );
    const buckets = Array.from({ length: 4000 }, (_, index) =>
      canaryBucket(`git.example/acme/repo-${index}`, 'push/large'),
    );
    const below20 = buckets.filter((bucket) => bucket < 20).length;
    assert.ok(below20 > 700 && below20 < 900, String(below20));
    assert.ok(buckets.every((bucket) => Number.isInteger(bucket) && bucket >= 0 && bucket < 100));
    const moved = buckets.filter(
      (bucket, index) => bucket !== canaryBucket(`git.example/acme/repo-${index}`, 'push/other'),
    );
    assert.ok(moved.length > 3800, 'rules do not share one list of repositories');
  });

  it('enforces inside and keeps the others in shadow, with the reason', () => {
    const bucket = canaryBucket('git.example/acme/shop', 'push/large');
    const inside = ask({ remote: 'shop', rollout: { 'push/large': { share: bucket + 1 } } });
    const outside = ask({ remote: 'shop', rollout: { 'push/large': { share: bucket } } });
    assert.deepEqual([inside.answer, outside.answer], ['deny', 'allow']);
    assert.match(outside.reasons[0]?.rollout?.why ?? '', new RegExp(`in ${bucket} of 100 repositories`));
    assert.equal(ask({ remote: 'shop', rollout: { 'push/large': { share: bucket, rest: 'warn' } } }).answer, 'warn');
  });
});

describe('scope and owner', () => {
  const scoped = (scope: unknown, rest: Parameters<typeof ask>[0] = {}) =>
    ask({ ...rest, rollout: { 'push/large': { scope } } }).answer;

  it('limits a rule to repositories, branches and paths', () => {
    assert.equal(scoped({ repositories: ['acme/*'] }, { remote: 'shop' }), 'deny');
    assert.equal(scoped({ repositories: ['git.example/acme/shop'] }, { remote: 'shop' }), 'deny');
    assert.equal(scoped({ repositories: ['acme/bank'] }, { remote: 'shop' }), 'allow');
    assert.equal(scoped({ branches: ['release/*'] }, { branch: 'release/2' }), 'deny');
    assert.equal(scoped({ branches: ['release/*'] }), 'allow');
    assert.equal(scoped({ paths: ['deploy/**'] }, { path: 'deploy/a.yaml' }), 'deny');
    assert.equal(scoped({ paths: ['deploy/**'] }, { path: 'src/a.ts' }), 'allow');
  });

  it('names the owner beside a refusal', () => {
    assert.equal(
      ask({ rollout: { 'push/large': { owner: 'platform team' } } }).reasons[0]?.rollout?.owner,
      'platform team',
    );
  });
});
