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
import { processorTime } from '../support/processor-time.ts';
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
      '/sbom/edges',
      '/sbom_diff/changes',
      '/sbom_diff/added',
      '/sbom_diff/removed',
      '/sbom_diff/changed',
      '/sbom_diff/license_changed',
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
    assert.equal(places.at('/pipelines/0/jobs/0/uses/0/ref')?.span?.line, 7);
    assert.deepEqual(
      [places.at('/pipelines/0/triggers/1')?.span?.column, places.at('/pipelines/0/path')?.span],
      [12, undefined],
    );
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

  it('sorts what the lock changes by kind, says who asks for what, and where it stands', () => {
    const lock = (packages: Record<string, object>) =>
      file(
        'package-lock.json',
        JSON.stringify(
          { name: 'a', lockfileVersion: 3, packages: { '': { name: 'a', dependencies: { left: '*' } }, ...packages } },
          null,
          1,
        ),
      );
    const entry = (version: string, license: string, dependencies = {}) => ({ version, license, dependencies });
    const manifest = file('package.json', '{"name":"a","dependencies":{"left":"*"}}');
    const before = lock({ 'node_modules/left': entry('1.0.0', 'MIT'), 'node_modules/old': entry('1.0.0', 'MIT') });
    const after = lock({
      'node_modules/left': entry('1.0.0', 'BUSL-1.1', { right: '*' }),
      'node_modules/right': entry('3.0.0', 'MIT'),
    });
    const sbom = sbomOf(npmProjectsOf([manifest, after], [manifest, before]));
    const { input, places } = built(collectedOf({ targets: [after] }), [], { sbom });
    const names = (list: readonly { name: string }[] | null) => list?.map((one) => one.name);
    const { added, removed, changed, license_changed: licences } = input.sbom_diff;
    assert.deepEqual([added, removed, changed, licences].map(names), [['right'], ['old'], [], ['left']]);
    assert.deepEqual(input.sbom.edges, [[1], []]);
    const line = (text: string) => after.text.slice(0, after.text.indexOf(text)).split('\n').length;
    assert.equal(places.at('/sbom/components/1/licence')?.span?.line, line('"node_modules/right"'));
    assert.equal(places.at('/sbom_diff/license_changed/0')?.span?.line, line('"node_modules/left"'));
    assert.deepEqual(places.at('/sbom_diff/removed/0'), { path: 'package-lock.json' });
  });

  it('gives every leaf that a file, a commit or git says its place', () => {
    const config = file('pregate.yaml', 'version: 1\npolicy:\n  bundle: gates/\nsigning:\n  required: true\n');
    const owners = file('CODEOWNERS', '# all\n\n/agent/ @a\n');
    const source = { name: 'gates', revision: '1', kind: 'directory', signature: 'unsigned', digest: 'x' } as const;
    const collected = collectedOf({
      context: [config, owners],
      commits: [commitOf('1', 'good')],
      config: {
        ...collectedOf().config,
        path: 'pregate.yaml',
        signing: { required: true },
        policy: { bundle: 'gates/' },
      },
    });
    const { places } = built(collected, [], { policy: source });
    const line = (at: string) => `${places.at(at)?.path}:${places.at(at)?.span?.line ?? ''}`;
    assert.deepEqual(
      [
        '/signing/required',
        '/bundles/0/name',
        '/codeowners/0/owners/0',
        '/repo/branch',
        '/repo/default_branch',
        '/actor/email',
      ].map(line),
      ['pregate.yaml:5', 'pregate.yaml:3', 'CODEOWNERS:3', '.git/HEAD:', '.git/config:', `commit:${'1'.repeat(40)}:`],
    );
    assert.deepEqual(
      ['/time/now', '/schema', '/checks'].map((at) => places.at(at)),
      [undefined, undefined, undefined],
    );
  });

  it('names the lines of a change, and where a moved file came from', () => {
    const change = (path: string, status: 'A' | 'M' | 'D') =>
      ({ path, status, mode: '100644', oid: null, size: 1, binary: false, lfs: false, submodule: false }) as const;
    const long = Array.from({ length: 20 }, (_, index) => `line ${index}`);
    const text = (lines: readonly string[]) => `${lines.join('\n')}\n`;
    const moved = file('new/b.txt', text(long.toSpliced(4, 1, 'another')));
    const edited = file('a.txt', text(['a', 'x', 'c', 'd', 'e']));
    const collected = collectedOf({
      targets: [edited, moved, file('n.txt', 'one\ntwo\n'), file('same.txt', 'kept\n')],
      base: [file('a.txt', text(['a', 'b', 'c'])), file('old/b.txt', text(long)), file('was.txt', 'kept\n')],
      changes: [
        change('a.txt', 'M'),
        change('new/b.txt', 'A'),
        change('old/b.txt', 'D'),
        change('n.txt', 'A'),
        change('same.txt', 'A'),
        change('was.txt', 'D'),
      ],
    });
    const { input, places } = built(collected, [], { lines: true });
    assert.deepEqual(
      input.changes.map((one) => [one.path, one.old_path, one.lines]),
      [
        [
          'a.txt',
          null,
          [
            [2, 2],
            [4, 5],
          ],
        ],
        ['new/b.txt', 'old/b.txt', [[5, 5]]],
        ['old/b.txt', null, []],
        ['n.txt', null, [[1, 2]]],
        ['same.txt', 'was.txt', []],
        ['was.txt', null, []],
      ],
    );
    assert.deepEqual(places.at('/changes/0/lines/1')?.span, { line: 4, column: 1, endLine: 5, endColumn: 2 });
    assert.equal(built(collected).input.changes[0]?.lines, null, 'only when a policy may look at it');
  });

  it('names each finding by an id of its own', () => {
    const document = file('a.txt', 'x y');
    const found = [findingOf(document, 'x'), findingOf(document, 'y'), findingOf(document, 'x', { rule: 'other' })];
    const { input } = built(collectedOf(), found);
    assert.deepEqual(
      input.findings.map((one) => one.id),
      ['a.txt:1', 'a.txt:1-2', 'a.txt:1-3'],
    );
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
    const started = processorTime();
    const { input } = built(collectedOf({ targets: [bomb] }));
    assert.deepEqual([input.manifests.length, input.unread_manifests.length], [0, 1]);
    assert.ok(processorTime() - started < 2_000);
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
