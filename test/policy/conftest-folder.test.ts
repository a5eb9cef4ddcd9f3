/** Verdicts on a folder as a platform team keeps it, beside those of the real conftest where there is one on PATH. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { sandbox } from '../git/support.ts';
import { decisionOf, type Files, toldOf } from './foreign-support.ts';

const box = sandbox();
const missing = spawnSync('conftest', ['--version']).error ? 'there is no conftest on PATH' : false;
if (missing) console.log(`skipped conftest: ${missing}`);

const policy: Files = {
  'kubernetes.rego': `package main

import data.lib.kubernetes

deny_privileged contains msg if {
	some container in kubernetes.containers
	container.securityContext.privileged
	msg := sprintf("%s is privileged", [container.name])
}

deny contains msg if {
	input.kind == "Deployment"
	not input.spec.template.spec.securityContext.runAsNonRoot
	msg := sprintf("%s runs as root", [input.metadata.name])
}

violation_labels contains {"msg": msg, "details": {"missing": missing}} if {
	missing := {"app", "team"} - object.keys(object.get(input.metadata, "labels", {}))
	count(missing) > 0
	msg := sprintf("%s lacks %v", [input.metadata.name, sort(missing)])
}

warn_tag contains msg if {
	some container in kubernetes.containers
	[_, tag] := split(container.image, ":")
	tag in data.images.forbidden
	msg := sprintf("%s uses %s", [container.name, tag])
}

exception contains ["privileged"] if input.metadata.name in data.excused
`,
  'lib/kubernetes.rego': `package lib.kubernetes

containers contains container if some container in input.spec.template.spec.containers
`,
  'team/a.rego':
    'package team.a\n\ndeny contains sprintf("%s has no namespace", [input.metadata.name]) if not input.metadata.namespace\n',
  'team/b.rego': 'package team.b\n\nwarn contains {"msg": "a service", "code": "b"} if input.kind == "Service"\n',
  'combined.rego': `package combined

deny contains msg if {
	some file in input
	file.contents.kind == "Deployment"
	name := file.contents.metadata.name
	not name in {one.contents.metadata.name | some one in input; one.contents.kind == "Service"}
	msg := sprintf("%s has no service", [name])
}
`,
};
const data = { 'settings/images.yaml': 'images: {forbidden: [latest]}\nexcused: [old]\n' };

const deployment = (name: string, labels: string, more: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, labels: ${labels}}\nspec:\n  template:\n    spec:\n      securityContext: {runAsNonRoot: ${name === 'web'}}\n      containers:\n        - {name: ${name}-c, image: "x:latest"${more}}\n`;
const service = (name: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: shop}\nspec: {}\n`;
const files: Files = {
  'conf/a.yaml': `${deployment('web', '{app: a, team: t}', '')}---\n${service('web')}`,
  'conf/b.yaml': deployment('old', '{app: a}', ', securityContext: {privileged: true}'),
  'conf/c.yaml': deployment('new', '{}', ', securityContext: {privileged: true}'),
  'conf/d.json': '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "new"}}',
};

/** `namespace effect message` of every failure and warning, sorted. */
function ours(decisions: string[], combine: boolean): string[] {
  const feeds = decisions.map((decision) => ({
    decision,
    input: 'files',
    gate: 'push',
    files: ['conf/**'],
    combine,
  })) as never;
  return toldOf(decisionOf({ ...policy, ...data }, files, { feeds }), 'push')
    .flatMap((one) => {
      const [, effect, rule, message] = /^(deny|warn) (\S+) conf\/\S+ (.*)$/.exec(one) ?? [];
      return effect ? [`${rule?.includes('/') ? rule.replace(/\/.*/, '') : 'team.b'} ${effect} ${message}`] : [];
    })
    .sort();
}

interface Result {
  namespace: string;
  failures?: { msg: string }[];
  warnings?: { msg: string }[];
}

function theirs(...args: string[]): string[] {
  const { stdout, stderr } = spawnSync(
    'conftest',
    ['test', 'conf', '-p', 'policy', '-d', 'policy/settings', '-o', 'json', ...args],
    {
      cwd: box.at('run'),
      env: { ...box.env, NO_COLOR: '1' },
      encoding: 'utf8',
    },
  );
  assert.notEqual(stdout, '', stderr);
  return (JSON.parse(stdout) as Result[])
    .flatMap(({ namespace, failures = [], warnings = [] }) => [
      ...failures.map(({ msg }) => `${namespace} deny ${msg}`),
      ...warnings.map(({ msg }) => `${namespace} warn ${msg}`),
    ])
    .sort();
}

const expected = {
  main: [
    'main deny new lacks ["app", "team"]',
    'main deny new lacks ["app", "team"]',
    'main deny new runs as root',
    'main deny new-c is privileged',
    'main deny old lacks ["team"]',
    'main deny old runs as root',
    'main deny web lacks ["app", "team"]',
    'main warn new-c uses latest',
    'main warn old-c uses latest',
    'main warn web-c uses latest',
  ],
  teams: [
    'team.a deny new has no namespace',
    'team.a deny new has no namespace',
    'team.a deny old has no namespace',
    'team.a deny web has no namespace',
    'team.b warn a service',
    'team.b warn a service',
  ],
  combined: ['combined deny old has no service'],
};

test('a folder with namespaces, exceptions, data and combined files gives the expected verdicts', () => {
  assert.deepEqual(ours(['data.main'], false), expected.main);
  assert.deepEqual(ours(['data.team.*'], false), expected.teams);
  assert.deepEqual(ours(['data.main', 'data.team.*'], false), [...expected.main, ...expected.teams]);
  assert.deepEqual(ours(['data.combined'], true), expected.combined);
});

test('that rules go through a list of files is seen however they do it', () => {
  const combined = policy['combined.rego'] as string;
  for (const text of [combined, combined.replace('some file in input\n', 'file := input[_]\n')]) {
    const changed = { 'a.yaml': deployment('old', '{}', '') };
    assert.match(
      toldOf(decisionOf({ 'c.rego': text }, changed), 'push').join('\n'),
      /deny combined\/deny \S+ old has no service/,
    );
  }
});

test('conftest gives the same verdicts', { skip: missing }, () => {
  for (const [name, text] of Object.entries({ ...policy, ...data })) write(`policy/${name}`, text);
  for (const [name, text] of Object.entries(files)) write(name, text);
  assert.deepEqual(theirs(), expected.main);
  assert.deepEqual(theirs('-n', 'team.a', '-n', 'team.b'), expected.teams);
  assert.deepEqual(theirs('-n', 'team.*'), expected.teams);
  assert.deepEqual(theirs('--combine', '-n', 'combined'), expected.combined);
});

function write(name: string, text: string): void {
  const file = path.join(box.at('run'), name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
