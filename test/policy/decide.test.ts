import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfig } from '../../agent/config.ts';
import { decide } from '../../agent/policy/decide.ts';
import { gates } from '../../agent/policy/types.ts';
import { bundleOf, collectedOf, commitOf, engineOf, file, findingOf, gateOf, refOf, said } from './support.ts';

const env = file('config/deploy.env', 'HOST=a\nTOKEN=made-up-value\n');
const secret = findingOf(env, 'made-up-value');
const excuse = { by: 'comment', reason: 'test value', path: env.path, introduced: true } as const;

describe('commit', () => {
  const staged = (parts = {}) => collectedOf({ scope: 'staged', push: null, targets: [env], ...parts });

  it('allows a clean change exactly', () => {
    const decision = gateOf('commit', staged());
    assert.deepEqual([decision.answer, decision.exactness, decision.reasons], ['allow', 'exact', []]);
  });

  it('denies a certain secret exactly, with its place, remedy and source', () => {
    const decision = gateOf('commit', staged(), { findings: [secret] });
    assert.deepEqual([decision.answer, decision.exactness], ['deny', 'exact']);
    const [reason] = decision.reasons;
    assert.equal(reason?.rule, 'commit/secret');
    assert.deepEqual(reason?.place?.span, { line: 2, column: 7, endLine: 2, endColumn: 20 });
    assert.equal(reason?.finding, secret.fingerprint);
    assert.match(reason?.remedy ?? '', /rotate/);
    assert.equal(reason?.source?.file, 'commit.rego');
    assert.equal(decision.summary, secret.message);
  });

  it('warns of a possible secret and passes one that was there before', () => {
    const possible = gateOf('commit', staged(), { findings: [{ ...secret, confidence: 'medium' }] });
    assert.equal(possible.answer, 'warn');
    assert.equal(gateOf('commit', staged(), { findings: [{ ...secret, introduced: false }] }).answer, 'allow');
  });

  it('denies a commit that would not get the signature it needs', () => {
    const signing = { required: true, configured: false, willSign: false, problem: 'no key is set' };
    const decision = gateOf('commit', staged({ signing }));
    assert.deepEqual([decision.answer, decision.summary], ['deny', 'The commit would not be signed: no key is set']);
    assert.equal(gateOf('commit', staged({ signing: { ...signing, required: false } })).answer, 'allow');
  });

  it('is not exact about a file that was not read in full', () => {
    const skipped = [{ path: 'big.bin', reason: 'too-large', detail: 'big.bin is 60 MB', partial: true }];
    const decision = gateOf('commit', staged({ skipped }));
    assert.deepEqual([decision.answer, decision.exactness], ['allow', 'approximate']);
    assert.deepEqual(said(decision), ['note commit/not-looked-at']);
  });
});

describe('push', () => {
  const signing = { required: true, configured: true, willSign: null };

  it('allows signed commits exactly', () => {
    const decision = gateOf('push', collectedOf({ signing, commits: [commitOf('1', 'good')] }));
    assert.deepEqual([decision.answer, decision.exactness], ['allow', 'exact']);
  });

  it('denies unsigned commits and counts them in one line', () => {
    const commits = [commitOf('9', 'none'), commitOf('1', 'good'), commitOf('2', 'none')];
    const decision = gateOf('push', collectedOf({ signing, commits }));
    assert.deepEqual([decision.answer, decision.exactness], ['deny', 'exact']);
    assert.equal(decision.summary, '2 of 3 commits are not signed: 9999999, 2222222');
    assert.equal(decision.reasons[0]?.place?.path, `commit:${decision.reasons[0]?.place?.commit}`);
  });

  it('shows no character of a subject that a terminal would obey', () => {
    const commits = [commitOf('1', 'bad', 'a\u001b[2Jb\u202ec')];
    const decision = gateOf('push', collectedOf({ signing, commits }));
    assert.match(decision.summary, /a\\x1b\[2Jb\\u202ec$/);
  });

  it('does not let the push excuse its own certain secret', () => {
    const findings = [{ ...secret, suppressed: excuse }];
    assert.deepEqual(said(gateOf('push', collectedOf(), { findings })), ['deny push/unreviewed-suppression']);
    const { repo } = collectedOf();
    const first = collectedOf({ repo: { ...repo, mergeBase: null, upstreamBase: null } });
    assert.equal(gateOf('push', first, { findings }).answer, 'allow');
  });

  it('judges what weakens the gate by where it goes', () => {
    const config = { ...defaultConfig, rules: { 'unpinned-uses': 'enforce' } as const, path: 'pregate.yaml' };
    const proposed = file('pregate.yaml', 'version: 1\nrules:\n  unpinned-uses: off\n');
    const parts = {
      config,
      proposedConfig: { ...defaultConfig, rules: { 'unpinned-uses': 'off' } as const, path: 'pregate.yaml' },
      targets: [proposed],
    };
    const push = (ref = {}) => ({ remote: 'origin', url: '', refs: [refOf(ref)] });
    const main = gateOf(
      'push',
      collectedOf({ ...parts, push: push({ protected: true, create: false, old: 'c'.repeat(40) }) }),
    );
    assert.deepEqual(said(main), ['deny push/weakened-gate', 'warn push/direct-push']);
    assert.equal(main.reasons[0]?.place?.span?.line, 3);
    assert.match(main.summary, /unpinned-uses down from enforce to off/);
    assert.deepEqual(said(gateOf('push', collectedOf({ ...parts, push: push() }))), ['warn push/weakened-gate']);
  });

  it('denies moving a tag and allows a new one', () => {
    const tag = (old: string | null) =>
      collectedOf({
        push: {
          remote: 'origin',
          url: '',
          refs: [refOf({ kind: 'tag', dst: 'refs/tags/v1', old, create: old === null })],
        },
      });
    assert.deepEqual(said(gateOf('push', tag('c'.repeat(40)))), ['deny push/tag-moved']);
    assert.equal(gateOf('push', tag(null)).answer, 'allow');
  });
});

describe('build', () => {
  const workflow = (trigger: string) =>
    file(
      '.github/workflows/ci.yml',
      `on: ${trigger}\njobs:\n  test:\n    runs-on: x\n    steps:\n      - run: echo "\${{ github.event.issue.title }}"\n`,
    );
  const injected = (trigger: string) => {
    const document = workflow(trigger);
    const finding = findingOf(document, 'github.event.issue.title', {
      rule: 'template-injection',
      category: 'pipeline',
      severity: 'high',
    });
    return gateOf('build', collectedOf({ targets: [document] }), { findings: [finding] });
  };

  it('allows a pipeline without findings exactly', () => {
    const decision = gateOf('build', collectedOf({ targets: [workflow('push')] }));
    assert.deepEqual([decision.answer, decision.exactness, decision.summary], ['allow', 'exact', '1 pipeline passes']);
  });

  it('denies injection where strangers start the workflow, and warns elsewhere', () => {
    const denied = injected('issue_comment');
    assert.deepEqual(said(denied), ['deny build/pipeline-takeover']);
    assert.equal(denied.reasons[0]?.remedy, 'Pass the value through an environment variable.');
    assert.deepEqual(said(injected('pull_request')), ['warn build/weak-build']);
  });

  it('denies a broken lock, and lets nobody write one again whose hash has changed', () => {
    const lock = file('package-lock.json', '{ "lockfileVersion": 3, "integrity": "sha512-" }\n');
    const broken = (rule: string) => {
      const finding = findingOf(lock, 'integrity', { rule, category: 'dependency', severity: 'high' });
      return gateOf('build', collectedOf({ targets: [lock] }), { findings: [finding] });
    };
    for (const rule of ['lock-out-of-sync', 'lock-missing-integrity', 'lock-conflict-markers']) {
      assert.deepEqual(said(broken(rule)), ['deny build/broken-lock'], rule);
      assert.match(broken(rule).reasons[0]?.remedy ?? '', /npm install --package-lock-only/, rule);
    }
    assert.match(
      broken('lock-integrity-changed').reasons[0]?.remedy ?? '',
      /^Take the old hash back, and find out why/,
    );
  });

  it('follows a call from a privileged workflow to a local action', () => {
    const caller = file(
      '.github/workflows/a.yml',
      'on: issue_comment\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: ./tools/greet\n',
    );
    const action = file(
      'tools/greet/action.yml',
      'name: g\nruns:\n  using: composite\n  steps:\n    - run: echo "${{ github.event.comment.body }}"\n      shell: bash\n',
    );
    const finding = findingOf(action, 'github.event.comment.body', {
      rule: 'template-injection',
      category: 'pipeline',
      severity: 'high',
    });
    const decision = gateOf('build', collectedOf({ targets: [caller, action] }), { findings: [finding] });
    assert.deepEqual(said(decision), ['deny build/pipeline-takeover']);
    const checkout = { ...finding, rule: 'untrusted-checkout' };
    const other = gateOf('build', collectedOf({ targets: [caller, action] }), { findings: [checkout] });
    assert.match(other.reasons[0]?.remedy ?? '', /^Check out strangers' code only in/);
  });

  it('depends on what another repository completes', () => {
    const document = file(
      '.github/workflows/ci.yml',
      'on: push\njobs:\n  a:\n    uses: acme/ci/.github/workflows/build.yml@v1\n',
    );
    const decision = gateOf('build', collectedOf({ targets: [document] }));
    assert.deepEqual([decision.answer, decision.exactness], ['depends', 'unknowable']);
    assert.deepEqual(decision.reasons[0]?.unknown, ['/pipelines/0/unresolved_includes/0']);
    assert.equal(decision.reasons[0]?.place?.span?.line, 4);
  });
});

describe('publish', () => {
  const release = (step: string, permissions = '') =>
    file(
      '.github/workflows/release.yml',
      `on: push\n${permissions}jobs:\n  publish:\n    runs-on: x\n    steps:\n${step}`,
    );
  const answer = (document: ReturnType<typeof file>) => gateOf('publish', collectedOf({ targets: [document] }));

  it('allows exactly where nothing is published', () => {
    const decision = answer(release('      - run: npm test\n'));
    assert.deepEqual(
      [decision.answer, decision.exactness, decision.summary],
      ['allow', 'exact', 'this change touches no release step'],
    );
  });

  it('warns of a release without provenance and SBOM, at the command', () => {
    const decision = answer(release('      - run: |\n          npm ci\n          npm publish\n'));
    assert.deepEqual(said(decision).sort(), ['warn publish/missing-provenance', 'warn publish/missing-sbom']);
    assert.equal(decision.reasons[0]?.place?.span?.line, 8);
  });

  it('allows a release that proves itself', () => {
    const decision = answer(
      release(
        '      - run: npx @cyclonedx/cyclonedx-npm -o sbom.json\n      - run: npm publish\n',
        'permissions:\n  id-token: write\n',
      ),
    );
    assert.deepEqual([decision.answer, decision.exactness], ['allow', 'exact']);
  });

  it('denies an image under a moving tag only', () => {
    const tags = (...list: string[]) =>
      answer(
        release(
          `      - uses: docker/build-push-action@v6\n        with:\n          push: true\n          provenance: true\n          sbom: true\n          tags: ${list.join(',')}\n`,
        ),
      );
    assert.deepEqual(said(tags('acme/app:latest')), ['deny publish/mutable-tag']);
    assert.equal(tags('acme/app:latest', 'acme/app:1.2.3').answer, 'allow');
    assert.equal(tags('acme/app:${{ github.sha }}').answer, 'allow');
    const unknown = tags('acme/app:${{ inputs.tag }}');
    assert.deepEqual(said(unknown), ['depends publish/unknown-tag']);
    assert.deepEqual(unknown.reasons[0]?.unknown, ['/publish/0/tags/0/mutable']);
  });

  it('denies a long-lived token where trusted publishing exists', () => {
    const document = release('      - run: npm publish --provenance\n');
    const finding = findingOf(document, 'npm publish', {
      rule: 'use-trusted-publishing',
      category: 'pipeline',
      severity: 'low',
    });
    const decision = gateOf('publish', collectedOf({ targets: [document] }), { findings: [finding] });
    assert.deepEqual([decision.answer, decision.exactness], ['deny', 'exact']);
  });
});

describe('deploy', () => {
  const deployment = (path: string, image: string) =>
    file(
      path,
      `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app\nspec:\n  template:\n    spec:\n      containers:\n        - name: app\n          image: ${image}\n`,
    );
  const digest = `registry.example/app@sha256:${'a'.repeat(64)}`;
  const answer = (...targets: ReturnType<typeof file>[]) => gateOf('deploy', collectedOf({ targets }));

  it('allows exactly where there is no manifest', () => {
    const decision = answer(file('compose.yaml', 'services: {}\n'));
    assert.deepEqual(
      [decision.answer, decision.exactness, decision.summary],
      ['allow', 'exact', 'no manifest in this change'],
    );
  });

  it('allows a manifest without images exactly', () => {
    const decision = answer(
      file('k8s/cm.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: b\n'),
    );
    assert.deepEqual([decision.answer, decision.exactness, decision.summary], ['allow', 'exact', '1 manifest passes']);
  });

  it('denies a plain secret exactly, at its line', () => {
    const decision = answer(
      file(
        'k8s/secret.yaml',
        'apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  password: not-hidden\n',
      ),
    );
    assert.deepEqual([decision.answer, decision.exactness], ['deny', 'exact']);
    assert.equal(decision.reasons[0]?.place?.span?.line, 6);
    assert.equal(JSON.stringify(decision).includes('not-hidden'), false);
  });

  it('denies an image by tag in production and depends on signatures elsewhere', () => {
    const production = answer(deployment('overlays/production/app.yaml', 'registry.example/app:1.2'));
    assert.equal(production.answer, 'deny');
    assert.equal(production.reasons[0]?.place?.span?.line, 10);
    const pinned = answer(deployment('overlays/production/app.yaml', digest));
    assert.deepEqual(said(pinned), ['depends deploy/unknown-signature']);
    assert.deepEqual(said(answer(deployment('base/app.yaml', 'app:1'))).sort(), [
      'depends deploy/unknown-signature',
      'warn deploy/image-by-tag',
    ]);
  });

  it('depends on a template', () => {
    const decision = answer(
      file('chart/templates/a.yaml', 'apiVersion: v1\nkind: Secret\nstringData:\n  a: {{ .Values.a }}\n'),
    );
    assert.deepEqual(said(decision), ['depends deploy/unread-manifest']);
  });
});

describe('what could not be decided', () => {
  it('is never a pass: no engine', () => {
    const decision = decide({ collected: collectedOf(), findings: [] });
    assert.deepEqual(
      decision.gates.map((gate) => gate.answer),
      gates.map(() => 'depends'),
    );
    assert.equal(decision.problems[0]?.fatal, true);
  });

  it('is never a pass: a policy without rules for any gate', () => {
    const engine = engineOf(bundleOf('package other\n\nallow := true\n'));
    const decision = decide({ collected: collectedOf(), findings: [], engine });
    assert.equal(decision.problems[0]?.code, 'policy-missing');
    assert.ok(decision.gates.every((gate) => gate.answer === 'depends' && gate.exactness === 'unknowable'));
  });

  it('is never a pass: an error while a gate is evaluated', () => {
    const text =
      'package pregate.push\n\nx := 1 if input.stage\n\nx := 2 if input.stage\n\ndeny contains "no" if x == 3\n';
    const decision = decide({
      collected: collectedOf(),
      findings: [],
      engine: engineOf(bundleOf(text)),
      gates: ['push'],
    });
    assert.equal(decision.gates[0]?.answer, 'depends');
    assert.deepEqual([decision.problems[0]?.gate, decision.problems[0]?.fatal], ['push', true]);
  });

  it('is never a pass: a fatal problem of the check itself', () => {
    const problems = [{ code: 'rule-failed', message: 'Rule x broke', fatal: true }];
    const decision = gateOf('commit', collectedOf(), { problems });
    assert.deepEqual([decision.answer, decision.summary], ['depends', 'not decided: Rule x broke']);
    assert.equal(gateOf('commit', collectedOf(), { problems, findings: [secret] }).answer, 'deny');
  });

  it('does not say that a gate passed which the policy has no rules for', () => {
    const engine = engineOf(bundleOf('package pregate.push\n\ndeny contains "never" if input.stage == "x"\n'));
    const decision = decide({ collected: collectedOf(), findings: [], engine });
    assert.deepEqual(
      decision.gates.map((gate) => `${gate.gate} ${gate.answer}`),
      ['commit depends', 'push allow', 'build depends', 'publish depends', 'deploy depends'],
    );
    assert.deepEqual(decision.problems, []);
  });

  it('is never a pass: a value that is no statement', () => {
    const engine = engineOf(bundleOf('package pregate.push\n\ndeny contains 7\n'));
    const decision = decide({ collected: collectedOf(), findings: [], engine, gates: ['push'] });
    assert.deepEqual([decision.gates[0]?.answer, decision.problems[0]?.code], ['depends', 'policy-value']);
  });
});
