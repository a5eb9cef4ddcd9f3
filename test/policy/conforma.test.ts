/** Rules and configuration of Conforma: include, exclude, volatile configuration, severity, and dates. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { decisionOf, type Files, toldOf } from './foreign-support.ts';

const policy = `package release.images

# METADATA
# title: By digest
# custom:
#   short_name: pinned
#   solution: Pin it.
#   collections: [minimal]
deny contains {"code": "images.pinned", "msg": sprintf("%s is not pinned", [image]), "term": image} if {
	some image in input.images
	not contains(image, "@")
}

# METADATA
# title: From our registry
# custom:
#   short_name: registry
#   severity: warning
deny contains {"code": "images.registry", "msg": sprintf("%s is foreign", [image]), "term": image} if {
	some image in input.images
	not startswith(image, "ours/")
}
`;

const changed = { 'a.json': '{"images": ["x"]}' };

/** `effect rule` of what was said, beside the note about detection. */
function said(config: object | undefined, files: Files = changed, rego = policy): string[] {
  const more = config ? { 'policy.yaml': JSON.stringify({ sources: [config] }) } : {};
  const told = toldOf(decisionOf({ 'r.rego': rego, ...more }, files), 'push').filter(
    (one) => !one.startsWith('note fed'),
  );
  return told.map((one) => one.replace(/ a\.json\S*/, '')).sort();
}

it('takes a severity of warning for one, and only of rules with METADATA of Conforma', () => {
  assert.deepEqual(said(undefined), ['deny images.pinned x is not pinned', 'warn images.registry x is foreign']);
  const plain = 'package main\n\ndeny contains {"code": "a.b", "msg": "x", "severity": "warning"} if input.images\n';
  assert.deepEqual(said({ config: { exclude: ['a.b'] } }, changed, plain), ['deny a.b x']);
});

it('leaves out what is excluded more narrowly than it is included', () => {
  const registry = 'warn images.registry x is foreign';
  const denied = 'deny images.pinned x is not pinned';
  const excluded = (rule: string, text: string) => `note ${rule} ${text} (excluded by policy.yaml)`;
  const pinned = excluded('images.pinned', 'x is not pinned');
  const cases: [object, string[]][] = [
    [{ exclude: ['images.pinned'] }, [pinned, registry]],
    [{ exclude: ['images.pinned:x'] }, [pinned, registry]],
    [{ exclude: ['images.pinned:y'] }, [denied, registry]],
    [{ exclude: ['images'] }, [pinned, excluded('images.registry', 'x is foreign')]],
    [{ include: ['images.pinned'], exclude: ['images'] }, [denied, excluded('images.registry', 'x is foreign')]],
    [{ include: ['@minimal'] }, [denied, excluded('images.registry', 'x is foreign')]],
    [{ include: ['*'], exclude: ['@minimal'] }, [pinned, registry]],
    [
      { include: ['images.pinned'], exclude: ['images.pinned:x'] },
      [pinned, excluded('images.registry', 'x is foreign')],
    ],
  ];
  for (const [config, expected] of cases) assert.deepEqual(said({ config }), expected.sort(), JSON.stringify(config));
});

it('counts volatile configuration between its dates, and not for images that nobody knows yet', () => {
  const volatile = (more: object) =>
    said({ volatileConfig: { exclude: [{ value: 'images.pinned', ...more }] } })[0]?.split(' ')[0];
  assert.equal(volatile({ effectiveUntil: '2999-01-01T00:00:00Z' }), 'note');
  assert.equal(volatile({ effectiveUntil: '2001-01-01T00:00:00Z' }), 'deny');
  assert.equal(volatile({ effectiveOn: '2999-01-01T00:00:00Z' }), 'deny');
  assert.equal(volatile({ effectiveOn: 'soon' }), 'deny');
  assert.equal(volatile({ imageRef: 'sha256:0' }), 'depends');
});

it('warns until a result’s own date', () => {
  const dated = (date: string) =>
    said(undefined, changed, policy.replace('"term": image', `"effective_on": "${date}"`))[0];
  assert.match(dated('2999-01-01T00:00:00Z') ?? '', /^warn images\.pinned/);
  assert.match(dated('2001-01-01T00:00:00Z') ?? '', /^deny images\.pinned/);
});
