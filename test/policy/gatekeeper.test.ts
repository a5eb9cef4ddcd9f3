/** Gatekeeper's templates and constraints over manifests. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matchObject, wildcard } from '../../agent/policy/gatekeeper/match.ts';
import type { KubeObject } from '../../agent/policy/gatekeeper/review.ts';
import { type Asked, decisionOf, type Files, gateIn, planOf, toldOf } from './foreign-support.ts';

const rego = (body: string, more = '') => `apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata: {name: rule}
spec:
  crd:
    spec:
      names: {kind: Rule}
  targets:
    - target: admission.k8s.gatekeeper.sh
      rego: |
        package rule

${body.replace(/^/gm, '        ')}
${more}`;

const named = rego('violation[{"msg": msg}] {\n  msg := sprintf("%v is here", [input.review.object.metadata.name])\n}');

const constraint = (spec: string) =>
  `apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: Rule\nmetadata: {name: one}\nspec:\n${spec.replace(/^/gm, '  ')}\n`;

const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\n  labels: {tier: front}\n';

function push(template: string, spec: string, files: Files = { 'pod.yaml': pod }, asked: Asked = {}): string[] {
  return toldOf(decisionOf({ 't.yaml': template, 'c.yaml': constraint(spec) }, files, asked), 'push');
}

describe('match', () => {
  const object = (kind: string, metadata: object, apiVersion = 'v1') => ({ apiVersion, kind, metadata }) as KubeObject;
  const nowhere = () => undefined;
  const matches = (match: object, one: KubeObject, namespaceOf: (name: string) => KubeObject | undefined = nowhere) =>
    matchObject(match as Record<string, unknown>, one, namespaceOf);
  const web = object('Deployment', { name: 'web', namespace: 'shop-eu', labels: { tier: 'front' } }, 'apps/v1');

  it('holds every field against the object', () => {
    const cases: [object, boolean][] = [
      [{}, true],
      [{ kinds: [{ apiGroups: ['apps'], kinds: ['Deployment'] }] }, true],
      [{ kinds: [{ apiGroups: ['*'], kinds: ['*'] }] }, true],
      [{ kinds: [{ apiGroups: [''], kinds: ['Deployment'] }] }, false],
      [{ scope: 'Namespaced' }, true],
      [{ scope: 'Cluster' }, false],
      [{ namespaces: ['shop-*'] }, true],
      [{ namespaces: ['*-us'] }, false],
      [{ namespaces: ['*op-e*'] }, true],
      [{ excludedNamespaces: ['shop-eu'] }, false],
      [{ labelSelector: { matchLabels: { tier: 'front' } } }, true],
      [{ labelSelector: { matchLabels: { tier: 'back' } } }, false],
      [{ labelSelector: { matchExpressions: [{ key: 'tier', operator: 'In', values: ['front', 'x'] }] } }, true],
      [{ labelSelector: { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['front'] }] } }, false],
      [{ labelSelector: { matchExpressions: [{ key: 'team', operator: 'Exists' }] } }, false],
      [{ labelSelector: { matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] } }, true],
      [{ name: 'w*' }, true],
      [{ name: 'api' }, false],
      [{ source: 'Original' }, true],
      [{ source: 'Generated' }, false],
    ];
    for (const [match, expected] of cases) {
      const field = expected ? {} : { field: Object.keys(match)[0] };
      assert.deepEqual(matches(match, web), { matches: expected, ...field }, JSON.stringify(match));
    }
    assert.ok(wildcard('*', 'x') && wildcard('a*', 'ab') && !wildcard('a*', 'ba') && !wildcard('a', 'ab'));
  });

  it('takes a namespace for itself, and labels of namespaces from their manifests', () => {
    const shop = object('Namespace', { name: 'shop-eu', labels: { env: 'prod' } });
    const selector = { namespaceSelector: { matchLabels: { env: 'prod' } } };
    assert.deepEqual(matches(selector, shop), { matches: true });
    assert.deepEqual(matches({ excludedNamespaces: ['shop-*'] }, shop), {
      matches: false,
      field: 'excludedNamespaces',
    });
    assert.deepEqual(
      matches(selector, web, () => shop),
      { matches: true },
    );
    assert.deepEqual(matches(selector, web), { unknown: 'the labels of the namespace shop-eu' });
    const byName = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop-eu' } } };
    assert.deepEqual(
      matches(byName, web, () => shop),
      { matches: true },
    );
    assert.deepEqual(matches(selector, object('ClusterRole', { name: 'x' })), { matches: true });
    assert.deepEqual(matches({ namespaces: ['a'] }, object('Pod', { name: 'x' })), {
      matches: true,
      approximate: true,
    });
    assert.deepEqual(matches({ name: 'job-*' }, object('Pod', { generateName: 'job-' })), { matches: true });
  });
});

describe('constraints', () => {
  it('point at the line of the manifest', () => {
    assert.deepEqual(push(named, 'match: {}'), ['deny gatekeeper/rule-one pod.yaml:4 [one] web is here']);
  });

  it('answer for the merge and for admission as their action says', () => {
    const both = (spec: string) => {
      const decision = decisionOf({ 't.yaml': named, 'c.yaml': constraint(spec) }, { 'pod.yaml': pod });
      return ['push', 'deploy'].map((gate) =>
        toldOf(decision, gate as 'push')
          .map((one) => one.split(' ')[0])
          .join(),
      );
    };
    assert.deepEqual(both('match: {}'), ['deny', 'deny']);
    assert.deepEqual(both('enforcementAction: warn'), ['warn', 'warn']);
    assert.deepEqual(both('enforcementAction: dryrun'), ['note', 'note']);
    const scoped = (point: string, action: string) =>
      `enforcementAction: scoped\nscopedEnforcementActions:\n  - action: ${action}\n    enforcementPoints: [{name: "${point}"}]`;
    assert.deepEqual(both(scoped('gator.gatekeeper.sh', 'deny')), ['deny', '']);
    assert.deepEqual(both(scoped('validation.gatekeeper.sh', 'warn')), ['', 'warn']);
    assert.deepEqual(both(scoped('*', 'deny')), ['deny', 'deny']);
    assert.deepEqual(both(scoped('audit.gatekeeper.sh', 'deny')), ['', '']);
    const two = `${scoped('*', 'warn')}\n  - action: deny\n    enforcementPoints: [{name: validation.gatekeeper.sh}]`;
    assert.deepEqual(both(two), ['warn', 'deny'], 'the strongest of several counts');
  });

  it('hand parameters over, with the defaults of the schema', () => {
    const body =
      'violation[{"msg": msg}] {\n  msg := sprintf("%v %v", [input.parameters.given, input.parameters.size])\n}';
    const schema =
      'names: {kind: Rule}\n      validation: {openAPIV3Schema: {properties: {size: {type: integer, default: 3}}}}';
    const template = rego(body).replace('names: {kind: Rule}', schema);
    assert.match(push(template, 'parameters: {given: yes}')[0] ?? '', /\[one\] true 3$/);
  });

  it('see libraries, v1 Rego in code, and the inventory of the repository', () => {
    const lib = rego(
      'import data.lib.names\nviolation[{"msg": "lib"}] {\n  names.bad(input.review.object.metadata.name)\n}',
      '      libs:\n        - |\n          package lib.names\n          bad(name) { name == "web" }',
    );
    assert.match(push(lib, 'match: {}')[0] ?? '', /\[one\] lib$/);
    const code = `${named.slice(0, named.indexOf('      rego: |'))}      code:
        - engine: Rego
          source:
            version: v1
            rego: |
              package rule

              violation contains {"msg": msg} if {
                msg := sprintf("%v is here", [input.review.object.metadata.name])
              }
`;
    assert.match(push(code, 'match: {}')[0] ?? '', /\[one\] web is here$/);
    const unique = rego(
      'violation[{"msg": msg}] {\n  other := data.inventory.namespace[ns][_]["Pod"][name]\n  ns != input.review.namespace\n  name == input.review.name\n  msg := sprintf("also in %v", [ns])\n}',
    );
    const related = { 'other.yaml': pod.replace('shop', 'bar') };
    assert.match(push(unique, 'match: {}', { 'pod.yaml': pod }, { related })[0] ?? '', /also in bar$/);
    const decision = decisionOf(
      { 't.yaml': unique, 'c.yaml': constraint('match: {}') },
      { 'pod.yaml': pod },
      { related },
    );
    assert.equal(gateIn(decision, 'push').exactness, 'snapshot');
  });

  it('judge each item of a list, and each YAML document', () => {
    const items = `apiVersion: v1\nkind: List\nitems:\n  - ${pod.trim().replaceAll('\n', '\n    ')}\n`;
    assert.equal(push(named, 'match: {}', { 'a.yaml': items }).length, 1);
    assert.equal(push(named, 'match: {}', { 'a.yaml': `${pod}---\n${pod}` }).length, 2);
  });

  it('see the base of an object as what the cluster has', () => {
    const template = rego(
      'violation[{"msg": msg}] {\n  input.review.operation == "UPDATE"\n  input.review.oldObject.spec.size != input.review.object.spec.size\n  msg := sprintf("from %v to %v", [input.review.oldObject.spec.size, input.review.object.spec.size])\n}',
    );
    const disk = (size: number, name = 'data') =>
      `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: ${name}}\nspec: {size: ${size}}\n`;
    const admission = (base: Files | undefined) => {
      const decision = decisionOf(
        { 't.yaml': template, 'c.yaml': constraint('enforcementAction: deny') },
        { 'moved.yaml': disk(2) },
        base ? { base } : {},
      );
      return gateIn(decision, 'deploy').reasons.filter((one) => one.rule.startsWith('gatekeeper/'));
    };
    const [refused] = admission({ 'disk.yaml': disk(1) });
    assert.deepEqual(
      [refused?.effect, refused?.message, refused?.exactness],
      ['deny', '[one] from 1 to 2', 'approximate'],
    );
    assert.deepEqual(admission({ 'disk.yaml': disk(2) }), []);
    assert.deepEqual(admission({ 'disk.yaml': disk(1, 'other') }), [], 'a new object has no old one');
    assert.match(admission(undefined)[0]?.message ?? '', /depends|only the cluster knows/);
  });

  it('depend on deletions where a template looks at them, and only for what is gone', () => {
    const keep = rego(
      'violation[{"msg": msg}] {\n  input.review.operation == "DELETE"\n  msg := sprintf("%v is kept", [input.review.oldObject.metadata.name])\n}',
    );
    const told = (changed: Files, related: Files = {}) =>
      toldOf(
        decisionOf({ 't.yaml': keep, 'c.yaml': constraint('match: {}') }, changed, {
          base: { 'pod.yaml': pod },
          related: { 'other.yaml': pod.replace('web', 'other'), ...related },
        }),
        'deploy',
      ).filter((one) => one.startsWith('d'));
    const [gone, ...more] = told({});
    assert.match(gone ?? '', /^depends gatekeeper\/rule-one .*Pod web be deleted.* web is kept$/);
    assert.deepEqual(more, []);
    assert.deepEqual(told({ 'pod.yaml': pod }), []);
    assert.deepEqual(told({}, { 'moved.yaml': pod }), []);
  });

  it('depend on policies that only an API server evaluates, and say so of templates with CEL beside Rego', () => {
    const vap = 'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: {name: cel}\n';
    const alone = decisionOf({ 'vap.yaml': vap }, { 'pod.yaml': pod });
    assert.match(toldOf(alone, 'deploy').join(), /^depends .*\[cel\] is a ValidatingAdmissionPolicy/);
    assert.equal(gateIn(alone, 'deploy').answer, 'depends');
    const rest = named.slice(named.indexOf('        package rule')).replace(/^/gm, '      ');
    const code = `${named.slice(0, named.indexOf('      rego: |'))}      code:
        - engine: K8sNativeValidation
          source: {validations: []}
        - engine: Rego
          source:
            rego: |
${rest}`;
    const both = toldOf(
      decisionOf({ 't.yaml': code, 'c.yaml': constraint('match: {}') }, { 'pod.yaml': pod }),
      'deploy',
    );
    assert.match(both.join('\n'), /deny gatekeeper\/rule-one pod\.yaml:4 \[one\] web is here/);
    assert.match(both.join('\n'), /note gatekeeper\/rule-one .*has Rego and CEL/);
  });

  it('depend on what only a cluster knows', () => {
    const who = rego('violation[{"msg": "who"}] {\n  input.review.userInfo.username == "root"\n}');
    const decision = decisionOf({ 't.yaml': who, 'c.yaml': constraint('match: {}') }, { 'pod.yaml': pod });
    assert.match(toldOf(decision, 'deploy').join(), /depends .*review\.userInfo, which only the cluster knows/);
    assert.match(
      push(named, 'match: {namespaceSelector: {matchLabels: {a: b}}}')[0] ?? '',
      /^depends .*labels of the namespace shop/,
    );
    const cel = named.replace(
      / {6}rego:[\s\S]*/,
      '      code:\n        - engine: K8sNativeValidation\n          source: {validations: []}\n',
    );
    assert.match(push(cel, 'match: {}')[0] ?? '', /^depends .*written in CEL/);
  });

  it('close the gates where a cluster would refuse the policy', () => {
    const problem = (template: string, spec = 'match: {}') =>
      planOf({ 't.yaml': template, 'c.yaml': constraint(spec) }).problems[0]?.message ?? '';
    assert.match(problem(named.replace('{name: rule}', '{name: other}')), /must be named as its kind in lower case/);
    assert.match(problem(named.replace('violation[', 'deny[')), /t\.yaml:11: .*no rule named violation/);
    assert.match(problem(named.replace('msg := ', 'msg = x +')), /t\.yaml:1\d: template of Rule/);
    assert.match(problem(rego('violation[{"msg": "x"}] {\n  data.other.x\n}')), /reads data\.other/);
    assert.match(problem(named, 'enforcementAction: block'), /enforcementAction block is none of/);
    const scoped =
      'enforcementAction: scoped\nscopedEnforcementActions: [{action: stop, enforcementPoints: [{name: "*"}]}]';
    assert.match(problem(named, scoped), /scoped action stop is none of/);
    assert.match(
      planOf({ 'c.yaml': constraint('match: {}') }).problems[0]?.message ?? '',
      /for which there is no template/,
    );
    assert.match(planOf({ 't.yaml': named }).problems[0]?.message ?? '', /no constraint, so nothing was judged/);
  });

  it('says of a repository without manifests that there is nothing to judge', () => {
    const decision = decisionOf({ 't.yaml': named, 'c.yaml': constraint('match: {}') }, { 'README.md': 'x' });
    for (const gate of ['push', 'deploy'] as const) {
      assert.equal(gateIn(decision, gate).answer, 'allow');
      assert.match(gateIn(decision, gate).summary, /; nothing to judge: no Kubernetes manifest in this repository$/);
    }
    assert.deepEqual(decision.problems, []);
  });
});
