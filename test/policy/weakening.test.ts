import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FeedSetting } from '../../agent/config/feeds.ts';
import { readPatterns } from '../../agent/config/patterns.ts';
import { type Config, defaultConfig } from '../../agent/config.ts';
import type { Collected } from '../../agent/gate/types.ts';
import { placesOf } from '../../agent/policy/places.ts';
import { weakeningOf } from '../../agent/policy/weakening.ts';
import { changeOf, collectedOf, file } from './support.ts';

const base: Config = {
  ...defaultConfig,
  path: 'pregate.yaml',
  policy: { bundle: 'policy', key: 'SHA256:a', maxAgeSeconds: 60 },
  signing: { required: true },
  rules: { 'unpinned-uses': 'warn', 'template-injection': 'enforce' },
};

function changed(parts: Partial<Config>, collected: Partial<Collected> = {}): string[] {
  const places = placesOf();
  const all = collectedOf({ config: base, proposedConfig: { ...base, ...parts }, ...collected });
  return weakeningOf(all, places).map((one) => one.setting);
}

describe('weakening', () => {
  it('is every setting that is turned down', () => {
    assert.deepEqual(changed({ rules: { 'unpinned-uses': 'shadow', 'template-injection': 'enforce' } }), [
      'rules.unpinned-uses',
    ]);
    assert.deepEqual(changed({ rules: { 'unpinned-uses': 'warn' } }), ['rules.template-injection']);
    assert.deepEqual(changed({ exclude: ['src/**'] }), ['exclude']);
    assert.deepEqual(changed({ signing: {} }), ['signing.required']);
    assert.deepEqual(changed({ policy: {} }), ['policy.bundle', 'policy.key', 'policy.max-age']);
    assert.deepEqual(changed({ policy: { ...base.policy, maxAgeSeconds: 61 } }), ['policy.max-age']);
    assert.deepEqual(changed({ baseline: 'other.jsonl' }), ['baseline']);
  });

  it('is another input for the policy, and other or older rules of the forge', () => {
    const feed: FeedSetting = { decision: 'data.main', input: 'files', files: ['**/*.yaml'], gate: 'push' };
    const policy = { ...base.policy, feeds: [feed], forge: '.pregate/forge.json', forgeMaxAgeSeconds: 60 };
    const from = (to: Partial<Config['policy']>) =>
      changed({ policy: { ...policy, ...to } }, { config: { ...base, policy } });
    assert.deepEqual(from({}), []);
    assert.deepEqual(from({ feeds: [{ ...feed, files: ['none/*.yaml'] }] }), ['policy.feeds']);
    assert.deepEqual(from({ forge: 'other.json' }), ['policy.forge']);
    assert.deepEqual(from({ forgeMaxAgeSeconds: 61 }), ['policy.forge-max-age']);
    assert.deepEqual(from({ forgeMaxAgeSeconds: 59 }), []);
    const { feeds: _f, forge: _g, forgeMaxAgeSeconds: _m, ...without } = policy;
    assert.deepEqual(changed({ policy: without }, { config: { ...base, policy } }), [
      'policy.feeds',
      'policy.forge',
      'policy.forge-max-age',
    ]);
  });

  it('is a pattern for secrets that is removed or changed, not one that is added', () => {
    const { patterns } = readPatterns([{ id: 'acme-token', regex: 'acme_[a-z]+' }]);
    const { patterns: other } = readPatterns([{ id: 'acme-token', regex: 'acme_[a-z]{90}' }]);
    const from = (config: Config, to: typeof patterns) => changed({ secrets: { patterns: to } }, { config });
    const with1 = { ...base, secrets: { patterns } };
    assert.deepEqual(from(with1, []), ['secrets.patterns']);
    assert.deepEqual(from(with1, other), ['secrets.patterns']);
    assert.deepEqual(from(with1, patterns), []);
    assert.deepEqual(from(base, patterns), []);
  });

  it('is not what makes the gate stricter', () => {
    const rules = { 'unpinned-uses': 'enforce', 'template-injection': 'enforce', new: 'enforce' } as const;
    assert.deepEqual(changed({ rules, policy: { ...base.policy, maxAgeSeconds: 30 } }), []);
  });

  it('is removing the configuration', () => {
    const { path: _, ...without } = defaultConfig as Config;
    const all = collectedOf({ config: { ...defaultConfig, path: 'pregate.yaml' }, proposedConfig: without });
    assert.deepEqual(
      weakeningOf(all, placesOf()).map((one) => one.msg),
      ['pregate.yaml is removed'],
    );
  });

  it('is not setting a repository up', () => {
    const all = collectedOf({
      config: defaultConfig,
      proposedConfig: { ...base, exclude: ['vendor/**'] },
      targets: [file('.pregate/baseline.jsonl', '{}\n'), file('.pregate/allowed_signers', 'a b c\n')],
    });
    assert.deepEqual(weakeningOf(all, placesOf()), []);
  });

  it('is a baseline or a list of signers that grows', () => {
    const targets = [file('.pregate/baseline.jsonl', '{"a":1}\n{"b":2}\n'), file('.github/allowed_signers', 'x y z\n')];
    const before = [file('.pregate/baseline.jsonl', '{"a":1}\n{"old":0}\n')];
    assert.deepEqual(changed({}, { targets, base: before }), ['baseline', 'allowed-signers']);
    assert.deepEqual(changed({}, { targets: before, base: targets.slice(0, 1) }), ['baseline']);
    assert.deepEqual(changed({}, { targets: [file('.pregate/baseline.jsonl', '{"a":1}\n')], base: before }), []);
  });

  it('is a change to the policy inside the repository', () => {
    assert.deepEqual(changed({}, { changes: [changeOf('policy/push.rego')] }), ['policy']);
    assert.deepEqual(changed({}, { changes: [changeOf('policy-notes.md')] }), []);
  });
});
