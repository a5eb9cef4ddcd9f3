import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Collected } from '../../agent/gate/types.ts';
import { lockOf } from '../../agent/model/npm/lock.ts';
import { npmProjectsOf } from '../../agent/model/npm/project.ts';
import { pipelineOf } from '../../agent/model/pipeline/index.ts';
import type { Finding } from '../../agent/model/types.ts';
import { imageTagsOf, tagsIn } from '../../agent/policy/image-tags.ts';
import { type BuiltInput, gateInput, type InputExtra } from '../../agent/policy/input.ts';
import { sbomOf } from '../../agent/policy/sbom.ts';
import { substitute } from '../../agent/policy/unknown.ts';
import { collectedOf, commitOf, file, findingOf, refOf } from './support.ts';

const value = ['made', 'up', 'secret'].join('-');

function built(collected: Collected, findings: Finding[] = [], extra: InputExtra = {}): BuiltInput {
  return gateInput(collected, findings, extra);
}

describe('gate input', () => {
  it('never holds a secret: not of a manifest, not of a message, not of an address', () => {
    const manifest = file(
      'k8s/app.yaml',
      [
        'apiVersion: v1',
        'kind: Secret',
        'metadata:',
        '  name: db',
        'stringData:',
        `  password: ${value}`,
        '---',
        'apiVersion: v1',
        'kind: Pod',
        'spec:',
        '  containers:',
        '    - name: a',
        '      env:',
        '        - name: TOKEN',
        `          value: ${value}`,
        '',
      ].join('\n'),
    );
    const pod = findingOf(manifest, value, {
      range: [manifest.text.lastIndexOf(value), manifest.text.lastIndexOf(value) + value.length],
    });
    const message = findingOf(file(`commit:${'1'.repeat(40)}`, value), value);
    const { repo } = collectedOf();
    const remote = {
      name: 'origin',
      url: `https://ada:${value}@example.test/a.git`,
      provider: 'x',
      host: 'example.test',
      owner: 'a',
      repository: 'a',
    };
    const collected = collectedOf({
      targets: [manifest],
      commits: [{ ...commitOf('1', 'good', `Use ${value}`), body: `Token: ${value}` }],
      repo: { ...repo, remote },
    });
    const { input } = built(collected, [pod, message]);
    assert.equal(JSON.stringify(input).includes(value), false);
    assert.equal(input.manifests.length, 2);
    assert.deepEqual(input.manifests[0]?.plain_secrets, [{ path: 'stringData.password', index: 0 }]);
    assert.equal(input.commits[0]?.subject, '(redacted)');
  });

  it('holds no path of this machine', () => {
    const { input } = built(collectedOf());
    assert.equal(JSON.stringify(input).includes('/nowhere'), false);
  });

  it('knows the place of a leaf deep in a manifest', () => {
    const manifest = file(
      'k8s/a.yaml',
      'apiVersion: v1\nkind: Service\nspec:\n  ports:\n    - port: 80\n    - port: 443\n',
    );
    const { places } = built(collectedOf({ context: [manifest] }));
    assert.equal(places.at('/manifests/0/object/spec/ports/1/port')?.span?.line, 6);
    assert.equal(places.at('/manifests/0/object/spec/nothing')?.span?.line, 4);
    assert.equal(places.at('/reviews/state'), undefined);
  });

  it('lists what is not known here', () => {
    const push = { remote: 'origin', url: '', refs: [refOf({ force: null })] };
    const { input, unknown } = built(collectedOf({ push, commits: [commitOf('1', 'good')] }));
    assert.deepEqual(unknown, [
      '/push/refs/0/force',
      '/commits/0/signature/host_verified',
      '/sbom/components',
      '/sbom_diff/changes',
      '/actor/login',
      '/actor/roles',
      '/actor/signing_keys',
      '/attestations',
      '/checks',
      '/reviews/state',
      '/settings',
    ]);
    const worst = substitute(input, unknown, 'worst');
    assert.equal(worst.push?.refs[0]?.force, true);
    assert.equal(worst.commits[0]?.signature.host_verified, 'no');
    assert.equal(input.push?.refs[0]?.force, null, 'the input itself stays as it is');
  });

  it('reads trailers and code owners', () => {
    const body =
      'Why it is so.\nNot: a trailer\n\nSigned-off-by: Ada <ada@example.test>\nReviewed-by: B\nReviewed-by: C\n';
    const owners = file('.github/CODEOWNERS', '# all\n* @acme/all\n/agent/ @a @b # core\n');
    const { input } = built(collectedOf({ commits: [{ ...commitOf('1', 'good'), body }], context: [owners] }));
    assert.deepEqual(input.commits[0]?.trailers, {
      'Signed-off-by': ['Ada <ada@example.test>'],
      'Reviewed-by': ['B', 'C'],
    });
    assert.deepEqual(input.codeowners, [
      { pattern: '*', owners: ['@acme/all'] },
      { pattern: '/agent/', owners: ['@a', '@b'] },
    ]);
  });

  it('summarises pipelines with their places', () => {
    const workflow = file(
      '.github/workflows/ci.yml',
      'on: [push, issues]\njobs:\n  a:\n    runs-on: x\n    environment: prod\n    steps:\n      - uses: acme/a@v1\n',
    );
    const pipeline = pipelineOf(workflow);
    assert.ok(pipeline);
    const { input, places } = built(collectedOf({ targets: [workflow] }), [], { pipelines: [pipeline] });
    assert.deepEqual(input.pipelines, [
      {
        provider: 'github-workflow',
        path: workflow.path,
        source: 'local',
        triggers: ['push', 'issues'],
        privileged: true,
        unresolved_includes: [],
        jobs: [{ id: 'a', environment: 'prod', uses: [{ ref: 'acme/a@v1', kind: 'action', pinned: 'tag' }] }],
      },
    ]);
    assert.equal(places.at('/pipelines/0/jobs/0')?.span?.line, 3);
  });

  it('holds the components of the lock and what the change does to them', () => {
    const lock = (version: string) =>
      file(
        'package-lock.json',
        JSON.stringify({
          name: 'a',
          lockfileVersion: 3,
          packages: {
            '': { name: 'a', dependencies: { left: '*' } },
            'node_modules/left': { version, integrity: `sha512-${'A'.repeat(86)}==`, license: 'MIT' },
          },
        }),
      );
    const manifest = file('package.json', '{"name":"a","dependencies":{"left":"*"}}');
    const after = lock('2.0.0');
    const projects = npmProjectsOf([manifest, after], [manifest, lock('1.0.0')]);
    assert.ok(lockOf(after));
    const { input } = built(collectedOf({ targets: [after] }), [], { sbom: sbomOf(projects) });
    assert.deepEqual(
      input.sbom.components?.map((one) => [one.purl, one.direct, one.hash, one.licence]),
      [['pkg:npm/left@2.0.0', true, true, 'MIT']],
    );
    assert.deepEqual(
      input.sbom_diff.changes?.map((one) => [one.class, one.before, one.after, one.step]),
      [['updated', '1.0.0', '2.0.0', 'major']],
    );
    assert.equal(sbomOf(projects), sbomOf(projects), 'the same lists for the same lock');
  });

  it('does not unfold an alias bomb', () => {
    const rows = Array.from(
      { length: 9 },
      (_, level) =>
        `  l${level}: &l${level} [${Array(9)
          .fill(level === 0 ? 'x' : `*l${level - 1}`)
          .join(',')}]`,
    );
    const bomb = file('k8s/a.yaml', `apiVersion: v1\nkind: ConfigMap\ndata:\n${rows.join('\n')}\n`);
    const started = process.hrtime.bigint();
    const { input } = built(collectedOf({ targets: [bomb] }));
    assert.deepEqual([input.manifests.length, input.unread_manifests.length], [0, 1]);
    assert.ok(process.hrtime.bigint() - started < 2_000_000_000n);
  });
});

describe('image tags', () => {
  const cases: [string, boolean | null][] = [
    ['acme/app', true],
    ['acme/app:latest', true],
    ['host:5000/acme/app', true],
    ['acme/app:1', true],
    ['acme/app:v1.2', true],
    ['acme/app:1.2.3', false],
    ['acme/app:v1.2.3-alpine', false],
    ['acme/app:${{ github.sha }}', false],
    ['acme/app:$GITHUB_SHA', false],
    ['acme/app:0123abc', false],
    ['acme/app:${{ inputs.tag }}', null],
    ['${{ steps.meta.outputs.tags }}', null],
    ['acme/app:blue', null],
    ['ghcr.io/${{ github.repository }}:latest', true],
  ];
  for (const [ref, mutable] of cases) it(`${ref}: ${mutable}`, () => assert.deepEqual(tagsIn(ref), [{ ref, mutable }]));

  it('are found in commands', () => {
    assert.deepEqual(
      imageTagsOf('docker push --quiet acme/app:1.2.3').map((tag) => tag.ref),
      ['acme/app:1.2.3'],
    );
    assert.deepEqual(
      imageTagsOf('docker build --push -t a:latest --tag=b:1.0.0 .').map((tag) => tag.ref),
      ['a:latest', 'b:1.0.0'],
    );
  });
});
