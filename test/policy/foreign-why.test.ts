/** `--why` about rules that were not written for Pregate: what stopped each body, and of which input. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Decision } from '../../agent/policy/types.ts';
import { renderWhy } from '../../agent/report/why.ts';
import { type Asked, decisionOf, type Files } from './foreign-support.ts';

const object = (kind: string, name: string, spec = 'spec: {}') =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: shop\n${spec}\n`;

/** `rule file:line text = value`, or why it was not asked, of every body that was explained. */
function silent({ explanations = [] }: Decision): string[] {
  return explanations.map(({ rule, fired, stopped, unasked, place, inputs }) => {
    const where = place ? ` ${place.path}:${place.span?.line} of ${inputs}` : '';
    if (fired) return `${rule}${where} fired`;
    if (!stopped) return `${rule}${where} ${unasked ?? 'never reached'}`;
    return [
      `${rule}${where} ${stopped.text}`,
      ...stopped.values.map((one) => `${one.text}=${JSON.stringify(one.value)}`),
    ].join(' | ');
  });
}

function words(decision: Decision, asked: string): string {
  const style = { width: 100, bold: (text: string) => text, dim: (text: string) => text } as never;
  return renderWhy({ decision, findings: [] } as never, asked, style);
}

describe('rules for conftest', () => {
  const policy = {
    'p.rego': `package main

deny contains msg if {
	input.kind == "Service"
	input.spec.type == "NodePort"
	msg := sprintf("%s is open in %s", [input.metadata.name, data.conftest.file.name])
}

deny contains "labels" if {
	input.kind == "Pod"
	value := input.metadata.labels[key]
	startswith(key, value)
}

warn_name contains "short" if count(input.metadata.name) < 4
`,
  };
  const changed: Files = {
    'a.yaml': object('Pod', 'long-name'),
    'b.yaml': object('Service', 'cache', 'spec: {type: LoadBalancer}'),
  };
  const ask = (explain: string, files = changed, more: Asked = {}) => decisionOf(policy, files, { ...more, explain });

  it('are told with the input that came furthest, by every name a rule has', () => {
    const denied = [
      'main/deny b.yaml:1 of 2 input.spec.type == "NodePort" | input.spec.type="LoadBalancer"',
      'main/deny a.yaml:1 of 2 value := input.metadata.labels[key] | input.metadata.labels=undefined',
    ];
    for (const name of ['main/deny', 'data.main.deny', 'deny']) assert.deepEqual(silent(ask(name)), denied, name);
    const warned = 'main/warn-name a.yaml:1 of 2 count(input.metadata.name) < 4 | count(input.metadata.name)=9';
    for (const name of ['warn-name', 'main/warn_name']) assert.deepEqual(silent(ask(name)), [warned], name);
    for (const name of ['main', 'data.main'])
      assert.deepEqual(silent(ask(name)).sort(), [...denied, warned].sort(), name);
    assert.deepEqual(silent(ask('main/den')), []);
    assert.match(words(ask('main/den'), 'main/den'), /Did you mean main\/deny\?/);
  });

  it('say which body fired and which did not', () => {
    const open = { 'b.yaml': object('Service', 'cache', 'spec: {type: NodePort}') };
    const decision = ask('main/deny', open);
    assert.deepEqual(silent(decision), [
      'main/deny b.yaml:1 of 1 fired',
      'main/deny b.yaml:1 of 1 input.kind == "Pod" | input.kind="Service"',
    ]);
    assert.match(words(decision, 'data.main.deny'), /main\/deny {3}deny, approximate\n {6}cache is open in b\.yaml/);
  });

  it('say when they were asked about nothing', () => {
    const feeds = [{ decision: 'data.main', input: 'files', gate: 'push', files: ['deploy/**'] }] as never;
    const related = { 'deploy/x.yaml': object('Pod', 'x') };
    const decision = ask('main/warn-name', { 'a.txt': 'x' }, { feeds, related });
    assert.deepEqual(silent(decision), [
      'main/warn-name data.main was asked about nothing: no file of this change is fed to it (deploy/**)',
    ]);
    assert.match(words(decision, 'main/warn-name'), /was asked about nothing: no file of this change/);
  });
});

describe('a plain allow', () => {
  const policy = {
    'p.rego': `package acme.deploy

default allow := false

allow if {
	input.kind == "Deployment"
	input.spec.replicas >= 5
}

allow if input.kind == "Service"
`,
  };
  const changed = { 'a.yaml': object('Deployment', 'a', 'spec:\n  replicas: 3'), 'b.yaml': object('Service', 'b') };

  it('says what came nearest and where, and explains the refused inputs alone', () => {
    const decision = decisionOf(policy, changed, { explain: 'data.acme.deploy.allow' });
    const [reason] = decision.gates.flatMap((gate) => gate.reasons.filter((one) => one.effect === 'deny'));
    assert.equal(
      reason?.message,
      'The policy says that it is not allowed; nearest: input.spec.replicas >= 5 (input.spec.replicas is 3)',
    );
    assert.equal(reason?.place?.span?.line, 7);
    const every = { 'a.rego': 'package acme\n\nallow if {\n\tevery c in input.spec.parts {\n\t\tc.ok\n\t}\n}\n' };
    const [none] = decisionOf(every, { 'a.yaml': object('Deployment', 'a') }).gates.flatMap((gate) =>
      gate.reasons.filter((one) => one.effect === 'deny'),
    );
    assert.match(none?.message ?? '', /\(input\.spec\.parts is undefined\)$/);
    const bodies = silent(decision).filter((one) => !/fired|never reached/.test(one));
    assert.deepEqual(bodies, [
      'acme.deploy/allow a.yaml:1 of 1 input.spec.replicas >= 5 | input.spec.replicas=3',
      'acme.deploy/allow a.yaml:1 of 1 input.kind == "Service" | input.kind="Deployment"',
    ]);
    assert.deepEqual(silent(decisionOf(policy, changed, { explain: 'acme.deploy' })), silent(decision));
  });
});

describe('constraints of Gatekeeper', () => {
  const template = (rego: string, schema = '') => `apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata: {name: rule}
spec:
  crd:
    spec:
      names: {kind: Rule}
${schema}  targets:
    - target: admission.k8s.gatekeeper.sh
      rego: |
        package rule
${rego.replace(/^/gm, '        ')}
`;
  const constraint = (spec: string) =>
    `apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: Rule\nmetadata: {name: one}\nspec: ${spec}\n`;
  const few = template('violation[{"msg": "few"}] {\n  input.review.object.spec.replicas < input.parameters.least\n}');
  const changed = { 'a.yaml': object('Thing', 'a', 'spec: {replicas: 3}'), 'b.yaml': object('Pod', 'b') };
  const ask = (spec: string, explain: string, from = few) =>
    decisionOf({ 't.yaml': from, 'c.yaml': constraint(spec) }, changed, { explain });

  it('say what stopped the template, or what of the match did not fit', () => {
    const asked = ask('{parameters: {least: 2}, match: {kinds: [{kinds: [Thing]}]}}', 'one');
    const said =
      'gatekeeper/rule-one a.yaml:1 of 1 input.review.object.spec.replicas < input.parameters.least | input.review.object.spec.replicas=3 | input.parameters.least=2';
    assert.deepEqual(silent(asked), [said, said]);
    assert.equal(asked.explanations?.[0]?.stopped?.line, 13);
    assert.equal(words(asked, 'one').split('stopped').length, 2, 'said once for both gates');
    const nobody = ask('{match: {kinds: [{kinds: [Thing]}], excludedNamespaces: ["sho*"]}}', 'Rule');
    assert.deepEqual(silent(nobody).slice(0, 1), [
      'gatekeeper/rule-one [one] is not about Thing a: its match.excludedNamespaces is ["sho*"]',
    ]);
  });

  it('depend on providers of external data, and are refused where the schema refuses their parameters', () => {
    const external = template(
      'violation[{"msg": "x"}] {\n  external_data({"provider": "p", "keys": ["k"]}).errors[_]\n}',
    );
    const open = ask('{match: {kinds: [{kinds: [Thing]}]}}', 'push', external);
    assert.match(JSON.stringify(open.gates), /asks a provider of external data, so its answer is not known here/);
    const schema =
      '      validation:\n        openAPIV3Schema: {type: object, required: [least], properties: {least: {type: integer, nullable: true}}}\n';
    const strict = template('violation[{"msg": "x"}] {\n  input.parameters.least > 1\n}', schema);
    const problem = (spec: string) =>
      decisionOf({ 't.yaml': strict, 'c.yaml': constraint(spec) }, changed)
        .problems.map((one) => one.message)
        .join();
    assert.match(
      problem('{parameters: {least: many}}'),
      /c\.yaml:2: constraint one: parameters\.least: .*integer.*by the schema of its template/,
    );
    assert.match(problem('{parameters: {}}'), /constraint one: parameters: least is required/);
    assert.equal(problem('{parameters: {least: null}}'), '');
    assert.equal(problem('{parameters: {least: 1}}'), '');
  });
});
