/** Policies written for conftest, asked as conftest asks them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { documentFromText } from '../../agent/model/document.ts';
import { type Parser, parseConfigs } from '../../agent/policy/conventions/parse.ts';
import { decisionOf, gateIn, planOf, toldOf } from './foreign-support.ts';

const deployment = (image: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: app\n      image: ${image}\n`;

const latest = `package main

# METADATA
# title: No latest
# custom:
#   remedy: Name a version.
deny_latest contains msg if {
	some container in input.spec.containers
	endswith(container.image, ":latest")
	msg := sprintf("%s uses %s", [container.name, container.image])
}

warn contains "no owner" if not input.metadata.labels.owner

exception contains ["latest"] if input.metadata.name == "old"
`;

describe('a conftest folder without any mapping', () => {
  it('is asked about the files its rules speak of, and points at the line', () => {
    const decision = decisionOf({ 'k8s.rego': latest }, { 'a.yaml': deployment('nginx:latest'), 'b.json': '{"x": 1}' });
    const told = toldOf(decision, 'push');
    assert.ok(told.includes('deny main/deny-latest a.yaml:8 app uses nginx:latest'), told.join('\n'));
    assert.ok(told.includes('warn main/warn a.yaml:1 no owner'), told.join('\n'));
    const reason = gateIn(decision, 'push').reasons[0];
    assert.deepEqual([reason?.source, reason?.remedy], [{ file: 'k8s.rego', line: 7 }, 'Name a version.']);
    assert.equal(gateIn(decision, 'push').exactness, 'approximate');
    assert.match(
      told.join('\n'),
      /note fed As detected: data\.main .*Kubernetes manifests, because data\.main\.\w+ reads input\.[\w.]+ \(k8s\.rego:\d+\)/,
    );
  });

  it('finds what rules are about from the fields they read', () => {
    const about = (body: string) => planOf({ 'p.rego': `package main\n\n${body}\n` }).told.join();
    assert.match(about('deny contains "x" if input[i].Cmd == "user"'), /Dockerfiles/);
    assert.match(about('deny contains "x" if input.jobs[_].steps'), /workflows of GitHub Actions/);
    assert.match(about('deny contains "x" if input.services.web'), /compose files/);
    assert.match(about('deny contains "x" if input.request.object.spec'), /an admission review of each manifest/);
    assert.match(about('deny contains "x" if count(input.commits) > 3'), /the push as a whole/);
    assert.match(about('deny contains "x" if input.zone == "a"'), /every file that conftest could read/);
    assert.match(about('deny contains "x" if input.stages'), /pipelines of GitLab CI/);
  });

  it('follows fields through variables and helpers, and takes no word for a field', () => {
    const about = (body: string) => planOf({ 'p.rego': `package main\n\n${body}\n` }).told.join();
    assert.match(about('deny contains "x" if { some line in input; line.Cmd == "user" }'), /Dockerfiles/);
    assert.match(
      about('jobs[n] := j if some n, j in input\n\ndeny contains "x" if { some j in jobs; j.allow_failure }'),
      /GitLab CI/,
    );
    assert.match(about('kind(o) := o.kind\n\ndeny contains "x" if kind(input) == "Pod"'), /Kubernetes manifests/);
    // Regular expressions over the text took each of these for a field of the input.
    for (const text of ['"input.jobs"', '`see input.kind`', 'data.conftest.Cmd == "x"'])
      assert.match(
        about(`deny contains "x" if { input.zone; ${text} != "a" }`),
        /every file that conftest could read/,
        text,
      );
    const combined = planOf({
      'p.rego': 'package main\n\ndeny contains "x" if { some f in input; f.contents.kind == "Pod" }\n',
    });
    assert.match(
      combined.told.join(),
      /Kubernetes manifests, because data\.main\.deny reads input\[_\]\.contents\.kind/,
    );
  });

  it('asks each package about what its own rules and helpers read', () => {
    const { told } = planOf({
      'a.rego': 'package a\n\nimport data.lib\n\ndeny contains "x" if { some s in lib.steps; s.uses }\n',
      'b.rego': 'package b\n\ndeny contains "x" if input.kind == "Pod"\n',
      'lib.rego': 'package lib\n\nsteps contains s if some s in input.jobs[_].steps\n',
    });
    assert.match(told.find((one) => one.startsWith('data.a ')) ?? '', /workflows of GitHub Actions/);
    assert.match(told.find((one) => one.startsWith('data.b ')) ?? '', /Kubernetes manifests/);
  });

  it('excuses a rule as a whole where an exception names it', () => {
    const old = deployment('nginx:latest').replace('name: web', 'name: old');
    const told = toldOf(decisionOf({ 'k8s.rego': latest }, { 'a.yaml': old }), 'push');
    assert.ok(told.some((one) => one.startsWith('note main/deny-latest') && one.includes('excused')));
    assert.ok(!told.some((one) => one.startsWith('deny')));
  });

  it('asks other packages when there is no main, and wildcards where they are named', () => {
    const two = {
      'a.rego': 'package team.a\n\ndeny contains "a" if input.kind',
      'b.rego': 'package team.b\n\ndeny contains "b" if input.kind',
    };
    const changed = { 'x.yaml': deployment('a') };
    assert.deepEqual(denied(decisionOf(two, changed)), ['team.a/deny', 'team.b/deny']);
    const feed = { input: 'files' as const, gate: 'push' as const, files: ['*.yaml'] };
    assert.deepEqual(denied(decisionOf(two, changed, { feeds: [{ ...feed, decision: 'data.team.*' }] })), [
      'team.a/deny',
      'team.b/deny',
    ]);
    assert.deepEqual(denied(decisionOf(two, changed, { feeds: [{ ...feed, decision: 'data.team.b' }] })), [
      'team.b/deny',
    ]);
  });
});

function denied(decision: ReturnType<typeof decisionOf>): string[] {
  return toldOf(decision, 'push')
    .filter((one) => one.startsWith('deny'))
    .map((one) => one.split(' ')[1] as string);
}

describe('a mapped decision', () => {
  const files = (decision: string, more = {}) =>
    [{ decision, input: 'files', gate: 'push', files: ['conf/**'], ...more }] as never;

  it('is exact, judges each YAML document, and says what conftest is told about the file', () => {
    const policy = {
      'p.rego':
        'package main\n\ndeny contains msg if {\n\tinput.a == 2\n\tmsg := sprintf("%s in %s", [data.conftest.file.name, data.conftest.file.dir])\n}\n',
    };
    const decision = decisionOf(policy, { 'conf/x.yaml': 'a: 1\n---\na: 2\n' }, { feeds: files('data.main') });
    assert.deepEqual(toldOf(decision, 'push'), ['deny main/deny conf/x.yaml:3 x.yaml in conf']);
    assert.equal(gateIn(decision, 'push').exactness, 'exact');
  });

  it('sees all files at once with combine, also those the change does not touch', () => {
    const policy = {
      'p.rego':
        'package main\n\ndeny contains msg if {\n\tcount({f.contents.id | some f in input}) < count(input)\n\tmsg := "an id is used twice"\n}\n',
    };
    const asked = { feeds: files('data.main', { combine: true }), related: { 'conf/b.json': '{"id": "same"}' } };
    assert.deepEqual(denied(decisionOf(policy, { 'conf/a.json': '{"id": "same"}' }, asked)), ['main/deny']);
    assert.deepEqual(denied(decisionOf(policy, { 'conf/a.json': '{"id": "other"}' }, asked)), []);
  });

  it('with combine, excuses by name and points into the file that _loc names', () => {
    const policy = {
      'p.rego':
        'package main\n\ndeny_twice contains {"msg": "twice", "_loc": {"file": "conf/b.yaml", "line": 2}} if count(input) > 1\n\ndeny_x contains "x" if count(input) > 1\n\nexception contains ["x"] if input[0].contents.old\n',
    };
    const asked = { feeds: files('data.main', { combine: true }) };
    const decision = decisionOf(policy, { 'conf/a.yaml': 'old: true\n', 'conf/b.yaml': '# b\na: 1\n' }, asked);
    assert.deepEqual(toldOf(decision, 'push'), [
      'deny main/deny-twice conf/b.yaml:2 twice',
      'note main/deny-x conf/a.yaml:1 main/deny-x is excused by an exception of the policy',
    ]);
  });

  it('points where _loc says', () => {
    const policy = {
      'p.rego': 'package main\n\ndeny contains {"msg": "bad", "_loc": {"file": "x", "line": 2}} if input.a',
    };
    const decision = decisionOf(policy, { 'conf/x.yaml': 'a: 1\nb: 2\n' }, { feeds: files('data.main') });
    assert.deepEqual(toldOf(decision, 'push'), ['deny main/deny conf/x.yaml:2 bad']);
  });

  it('understands one rule: a boolean, an object with reasons, a text', () => {
    const ask = (rule: string, body: string) => {
      const policy = { 'p.rego': `package authz\n\n${body}\n` };
      const decision = decisionOf(policy, { 'conf/x.json': '{"n": 1}' }, { feeds: files(`data.authz.${rule}`) });
      return toldOf(decision, 'push').map((one) => one.replace(' conf/x.json:1', ''));
    };
    assert.deepEqual(ask('allow', 'allow if input.n == 1'), []);
    assert.deepEqual(ask('allow', 'allow if input.n == 2'), [
      'deny authz/allow The policy does not allow it; nearest: input.n == 2 (input.n is 1)',
    ]);
    assert.deepEqual(ask('decision', 'decision := {"allow": false, "reasons": ["n is 1"]} if input.n == 1'), [
      'deny authz/decision n is 1',
    ]);
    assert.deepEqual(ask('decision', 'decision := {"allow": true}'), []);
    assert.deepEqual(ask('deny', 'deny := "no" if input.n == 1'), ['deny authz/deny no']);
  });

  it('lets pass what is no list, as conftest does, and says so', () => {
    const policy = { 'p.rego': 'package main\n\ndeny := "no" if input.n == 1\n' };
    const decision = decisionOf(policy, { 'conf/x.json': '{"n": 1}' }, { feeds: files('data.main') });
    assert.match(toldOf(decision, 'push').join(), /^note main\/deny .* no list of messages, so conftest stops nothing/);
  });

  it('asks about the push', () => {
    const policy = { 'p.rego': 'package org.push\n\ndeny contains "not yet" if input.schema == "gate.input/v1"' };
    const feeds = [{ decision: 'data.org.push', input: 'gate.input', gate: 'push' }] as never;
    assert.deepEqual(denied(decisionOf(policy, {}, { feeds })), ['org.push/deny']);
  });

  it('depends on what an admission review would hold and a manifest does not', () => {
    const feeds = [{ decision: 'data.kube', input: 'admission', gate: 'deploy' }] as never;
    const ask = (body: string) =>
      toldOf(
        decisionOf({ 'p.rego': `package kube\n\n${body}` }, { 'a.yaml': deployment('nginx:1') }, { feeds }),
        'deploy',
      );
    assert.deepEqual(ask('deny contains "image" if endswith(input.request.object.spec.containers[0].image, ":1")'), [
      'deny kube/deny a.yaml:8 image',
    ]);
    const [told] = ask('deny contains "who" if input.request.userInfo.username == "root"');
    assert.match(told ?? '', /^depends .*\/request\/userInfo/);
  });
});

describe('a policy that judges nothing', () => {
  const policy = { 'p.rego': 'package main\n\ndeny contains "x" if input.a' };
  const feeds = [{ decision: 'data.main', input: 'files', gate: 'push', files: ['conf/**'] }] as never;

  it('is no pass: no rule, no such file anywhere, a file that cannot be read', () => {
    const closed = (decision: ReturnType<typeof decisionOf>) => {
      const gate = gateIn(decision, 'push');
      assert.equal(gate.answer, 'depends');
      assert.ok(decision.problems.some((problem) => problem.fatal) || gate.summary.startsWith('not decided'));
      return gate.summary;
    };
    assert.match(
      closed(decisionOf(policy, { 'a.txt': 'x' }, { feeds })),
      /Nothing in this repository is fed to data\.main/,
    );
    assert.match(closed(decisionOf(policy, { 'conf/a.yaml': 'a: [' }, { feeds })), /not readable as YAML/);
    const other = [{ decision: 'data.nowhere', input: 'files', gate: 'push', files: ['conf/**'] }] as never;
    assert.match(closed(decisionOf(policy, { 'conf/a.yaml': 'b: 1' }, { feeds: other })), /data\.nowhere has no rule/);
    assert.match(
      planOf({ 'p.rego': 'package main\n\nhelper := 1' }).problems[0]?.message ?? '',
      /no rule that answers/,
    );
  });

  it('passes a change without such files, and says so', () => {
    const decision = decisionOf(policy, { 'README.md': 'x' }, { feeds, related: { 'conf/a.yaml': 'a: 1' } });
    assert.equal(gateIn(decision, 'push').answer, 'allow');
    assert.match(toldOf(decision, 'push').join(), /no file of this change is fed to it/);
  });

  it('reads feeds of .manifest, and closes on a mistake in them', () => {
    const manifest = (feeds: unknown) => JSON.stringify({ roots: [''], metadata: { pregate: { feeds } } });
    const good = { ...policy, '.manifest': manifest([{ decision: 'data.main', input: 'files', files: 'conf/**' }]) };
    assert.deepEqual(denied(decisionOf(good, { 'conf/a.yaml': 'a: 1' })), ['main/deny']);
    const bad = planOf({ ...policy, '.manifest': manifest([{ decision: 'data.main', input: 'file' }]) });
    assert.match(bad.problems[0]?.message ?? '', /metadata\.pregate\.feeds\[0\]\.input must be one of/);
  });
});

describe('the shapes of files', () => {
  const valuesIn = (path: string, text: string, parser: Parser) =>
    parseConfigs(documentFromText(path, text), parser).configs.map((config) => config.value);

  it('YAML 1.1, as Go programs read it', () => {
    assert.deepEqual(
      valuesIn('a.yaml', 'on: push\na: yes\nb: 0777\nc: 1_000\nd: "no"\ne: 0b11\nf: !!str 12\n', 'yaml'),
      [{ true: 'push', a: true, b: 511, c: 1000, d: 'no', e: 3, f: '12' }],
    );
    assert.deepEqual(valuesIn('a.yaml', 'base: &b {k: 1, l: 2}\nuse:\n  <<: *b\n  l: 3\n', 'yaml'), [
      { base: { k: 1, l: 2 }, use: { k: 1, l: 3 } },
    ]);
    assert.match(
      parseConfigs(documentFromText('a.yaml', 'a: .inf'), 'yaml').problem ?? '',
      /cannot be turned into JSON/,
    );
  });

  it('a YAML document without content is an input, too', () => {
    assert.deepEqual(valuesIn('a.yaml', '# c\n---\na: 1\n---\n', 'yaml'), [null, { a: 1 }, null]);
    assert.deepEqual(valuesIn('a.yaml', '---\na: 1\n', 'yaml'), [{ a: 1 }]);
    assert.deepEqual(valuesIn('a.yaml', 'a: 1\n--- # x\nb: 2\n', 'yaml'), [{ a: 1 }, { b: 2 }]);
    assert.deepEqual(valuesIn('a.yaml', '---\n- a: 1\n- b: 2\n', 'yaml'), [{ a: 1 }, { b: 2 }]);
  });

  it('lists at the top are several inputs', () => {
    assert.deepEqual(valuesIn('a.json', '[{"a": 1}, {"a": 2}]', 'json'), [{ a: 1 }, { a: 2 }]);
  });

  it('Dockerfiles, TOML, INI, dotenv', () => {
    const [docker] = valuesIn('Dockerfile', 'FROM a AS b\nENV K=v\nRUN ["x", "y"]\nFROM c\nUSER root\n', 'dockerfile');
    assert.deepEqual(
      (docker as { Cmd: string; Stage: number; Value: string[]; JSON: boolean }[]).map((one) => [
        one.Cmd,
        one.Stage,
        one.JSON,
        ...one.Value,
      ]),
      [
        ['from', 0, false, 'a', 'AS', 'b'],
        ['env', 0, false, 'K', 'v', '='],
        ['run', 0, true, 'x', 'y'],
        ['from', 1, false, 'c'],
        ['user', 1, false, 'root'],
      ],
    );
    assert.deepEqual(valuesIn('a.toml', 'a = 1\n[t]\nd = 2020-01-02\n', 'toml'), [
      { a: 1, t: { d: '2020-01-02T00:00:00Z' } },
    ]);
    assert.deepEqual(valuesIn('a.ini', 'top = 1\n[s]\na = 1\nb = "q r" ; c\n', 'ini'), [{ s: { a: 1, b: 'q r' } }]);
    assert.deepEqual(valuesIn('.env', 'A=1\nexport B="x $A"\nC=\'$A\'\n', 'dotenv'), [{ A: '1', B: 'x 1', C: '$A' }]);
  });

  it('HCL 2: blocks as lists below their labels, expressions as text', () => {
    const text = [
      'resource "aws_s3_bucket" "b" {',
      '  name  = "x-${var.n}"',
      '  count = 2',
      '  tags  = { Owner = var.owner, "a b" = -1 }',
      '  rule { days = 1 + 2 }',
      '  rule { days = 3 }',
      '}',
      'locals {',
      '  list = [1, "a$${b}", true, null, f(x)]',
      '  text = <<-E',
      '    one',
      '      two ${three}',
      '  E',
      '}',
      '',
    ].join('\n');
    assert.deepEqual(valuesIn('a.tf', text, 'hcl2'), [
      {
        resource: {
          aws_s3_bucket: {
            b: [
              {
                name: 'x-${var.n}',
                count: 2,
                tags: { Owner: '${var.owner}', 'a b': -1 },
                rule: [{ days: '${1 + 2}' }, { days: 3 }],
              },
            ],
          },
        },
        locals: [{ list: [1, 'a$${b}', true, null, '${f(x)}'], text: 'one\n  two ${three}\n' }],
      },
    ]);
    const problemOf = (source: string) => parseConfigs(documentFromText('a.tf', source), 'hcl2').problem;
    assert.match(problemOf('a = 1\nb = "${c"\n') ?? '', /^line 2 is not readable as HCL 2/);
    assert.match(problemOf(`a = ${'['.repeat(5000)}`) ?? '', /nests too deeply/);
    for (const wrong of ['a = 1 b = 2', 'a { b = 1 c = 2 }', 'a = <<E\nx', 'a = 1\na = 2', 'a = f(b...,)', 'a = 0.1.2'])
      assert.ok(problemOf(wrong), wrong);
  });

  it('XML: attributes, text beside elements, elements of one name as a list', () => {
    const text = '<?xml version="1.0"?>\n<p:a k="1">\n <b>x</b><b q="2"> y </b><c/>tail\n</p:a>\n';
    assert.deepEqual(valuesIn('a.xml', text, 'xml'), [
      { a: { '-k': '1', b: ['x', { '-q': '2', '#content': 'y' }], c: '', '#content': 'tail' } },
    ]);
    for (const wrong of ['', 'x', '<a><b></a>', '<a>&none;</a>', '<!DOCTYPE a [<!ENTITY e "v">]><a>&e;</a>'])
      assert.match(parseConfigs(documentFromText('a.xml', wrong), 'xml').problem ?? '', /not well-formed/, wrong);
  });

  it('CODEOWNERS, and JSON with comments where its name says so', () => {
    assert.deepEqual(valuesIn('.github/CODEOWNERS', '# all\n* @a @org/b  # why\n', 'codeowners'), [
      {
        rules: [
          {
            pattern: '*',
            owners: [
              { value: 'a', type: 'username' },
              { value: 'org/b', type: 'team' },
            ],
            comment: 'why',
            lineNumber: 2,
          },
        ],
      },
    ]);
    assert.deepEqual(valuesIn('a.jsonc', '{"a": 1} // c', 'jsonc'), [{ a: 1 }]);
    assert.match(
      parseConfigs(documentFromText('a.json', '{"a": 1} // c'), 'json').problem ?? '',
      /belong into \.jsonc/,
    );
  });
});

describe('the place of a finding', () => {
  const at = (path: string, text: string, body: string) => {
    const feeds = [{ decision: 'data.main', input: 'files', gate: 'push', files: ['conf/**'] }] as never;
    const policy = { 'p.rego': `package main\n\ndeny contains msg if {\n${body}\n}\n` };
    return toldOf(decisionOf(policy, { [`conf/${path}`]: text }, { feeds }), 'push').map((one) => one.split(' ')[2]);
  };

  it('is the line in every format, for short values too', () => {
    const text = 'some key, value in input\n\tmsg := sprintf("%s is %s", [key, value])\n\tvalue == "bad"';
    assert.deepEqual(at('x.env', 'A=1\nexport B = bad\n', text), ['conf/x.env:2']);
    assert.deepEqual(at('x.properties', 'a=1\n# b=bad\nb: bad\n', text), ['conf/x.properties:3']);
    const ini =
      'some section, values in input\n\tsome key, 7 in values\n\tmsg := sprintf("%s.%s is 7", [section, key])';
    assert.deepEqual(at('x.ini', '[a]\nk = 8\n[b]\nk = 7\n', ini), ['conf/x.ini:4']);
    const entry = 'some one in input\n\tone.Value == "*"\n\tmsg := sprintf("a wildcard: %s", [one.Value])';
    assert.deepEqual(at('.dockerignore', 'dist\n*\n', entry), ['conf/.dockerignore:2']);
    const tf = 'some name, b in input.resource.x\n\tb[0].acl == "public"\n\tmsg := sprintf("%s is public", [name])';
    assert.deepEqual(at('x.tf', 'resource "x" "y" {\n  a = 1\n  acl = "public"\n}\n', tf), ['conf/x.tf:3']);
    const xml = 'input.a.b == "bad"\n\tmsg := "b is bad"';
    assert.deepEqual(at('x.xml', '<a>\n  <c/>\n  <b>bad</b>\n</a>\n', xml), ['conf/x.xml:3']);
  });
});
