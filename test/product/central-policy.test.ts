/** A policy folder of a platform team, as it is, in `policy.bundle`: preview, the hook git runs, and the editor. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { FullDocumentDiagnosticReport } from 'vscode-languageserver-protocol/node';
import { type Repo, sandbox } from '../git/support.ts';
import { remote } from '../hooks/support.ts';
import { product, startServer } from './support.ts';

const box = sandbox();
const shipped = product(box);

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: app
          image: registry.example.test/web:latest
`;

const conftest = `package main

deny contains msg if {
	input.kind == "Deployment"
	some container in input.spec.template.spec.containers
	endswith(container.image, ":latest")
	msg := sprintf("%s runs %s", [container.name, container.image])
}
`;

const template = `apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata:
  name: k8sowner
spec:
  crd:
    spec:
      names:
        kind: K8sOwner
      validation:
        openAPIV3Schema:
          type: object
          properties:
            label:
              type: string
              default: owner
  targets:
    - target: admission.k8s.gatekeeper.sh
      rego: |
        package k8sowner

        violation[{"msg": msg}] {
          not input.review.object.metadata.labels[input.parameters.label]
          msg := sprintf("%v has no label %v", [input.review.object.metadata.name, input.parameters.label])
        }
`;

const constraint = `apiVersion: constraints.gatekeeper.sh/v1beta1
kind: K8sOwner
metadata:
  name: owner-please
spec:
  enforcementAction: scoped
  scopedEnforcementActions:
    - action: deny
      enforcementPoints: [{name: gator.gatekeeper.sh}]
    - action: warn
      enforcementPoints: [{name: validation.gatekeeper.sh}]
  match:
    kinds:
      - apiGroups: ["apps"]
        kinds: ["Deployment"]
`;

/** A repository whose default branch is pushed, judged by a folder of these files, with the hooks installed. */
function judged(name: string, policy: Record<string, string>, config = ''): Repo {
  const repo = box.repository(name);
  for (const [file, text] of Object.entries(policy)) repo.write(`policy/${file}`, text);
  repo.write(
    'deploy/old.yaml',
    deployment.replace(':latest', ':1').replace('name: web\nspec', 'name: old\n  labels: {owner: a}\nspec'),
  );
  repo.write('pregate.yaml', `version: 1\npolicy:\n  bundle: policy/\n${config}`);
  repo.git('add', '-A');
  repo.git('commit', '-qm', 'Set up');
  remote(box, repo);
  repo.git('push', '-q', '-u', 'origin', 'main');
  repo.git('remote', 'set-head', 'origin', 'main');
  repo.git('checkout', '-q', '-b', 'topic');
  const installed = shipped.run(['init', '--yes'], { cwd: repo.dir });
  assert.equal(installed.code, 0, installed.err);
  return repo;
}

interface Preview {
  gates: {
    gate: string;
    answer: string;
    reasons: { rule: string; effect: string; path?: string; line?: number; message: string }[];
  }[];
}

function previewOf(repo: Repo): Preview {
  const run = shipped.run(['preview', '--json'], { cwd: repo.dir });
  return JSON.parse(run.out) as Preview;
}

function gate(preview: Preview, name: string) {
  const found = preview.gates.find((one) => one.gate === name);
  assert.ok(found, JSON.stringify(preview));
  return found;
}

async function editorSays(repo: Repo, file: string, text: string): Promise<string[]> {
  const server = await startServer(shipped, repo.dir, box.env);
  try {
    const uri = pathToFileURL(path.join(repo.dir, file)).href;
    await server.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: 1, text },
    });
    const report: FullDocumentDiagnosticReport = await server.connection.sendRequest('textDocument/diagnostic', {
      textDocument: { uri },
    });
    return report.items.map((item) => `${item.range.start.line + 1} ${item.code}`);
  } finally {
    await server.close();
  }
}

test('a conftest folder: preview, push and editor point at the same line', async () => {
  const repo = judged('conftest', { 'deploy.rego': conftest });
  repo.commit('deploy/web.yaml', deployment);
  const push = gate(previewOf(repo), 'push');
  assert.equal(push.answer, 'deny');
  const reason = push.reasons.find((one) => one.rule === 'main/deny');
  assert.match(JSON.stringify(reason), /deploy\/web\.yaml.*10|10.*deploy\/web\.yaml/);
  const refused = repo.tryGit(['push', 'origin', 'topic']);
  assert.notEqual(refused.code, 0);
  assert.match(
    refused.output,
    /Pregate stopped this push: app runs registry\.example\.test\/web:latest in deploy\/web\.yaml/,
  );
  assert.ok((await editorSays(repo, 'deploy/web.yaml', deployment)).includes('10 main/deny'));

  repo.commit('deploy/web.yaml', deployment.replace(':latest', ':2'));
  repo.git('reset', '-q', '--soft', 'origin/main');
  repo.git('commit', '-qm', 'Deploy web');
  const accepted = repo.tryGit(['push', 'origin', 'topic']);
  assert.equal(accepted.code, 0, accepted.output);
});

test('a Gatekeeper folder: refused before the merge, warned of at admission', async () => {
  const repo = judged('gatekeeper', { 'templates/owner.yaml': template, 'constraints/owner.yaml': constraint });
  repo.commit('deploy/web.yaml', deployment);
  const preview = previewOf(repo);
  const rules = (name: string) =>
    gate(preview, name)
      .reasons.filter((one) => one.rule.startsWith('gatekeeper/'))
      .map((one) => `${one.effect} ${one.rule} ${one.message}`);
  const said = 'gatekeeper/k8sowner-owner-please [owner-please] web has no label owner';
  assert.deepEqual(rules('push'), [`deny ${said}`]);
  assert.deepEqual(rules('deploy'), [`warn ${said}`]);
  const refused = repo.tryGit(['push', 'origin', 'topic']);
  assert.notEqual(refused.code, 0);
  assert.match(refused.output, /web has no label owner/);
  assert.ok((await editorSays(repo, 'deploy/web.yaml', deployment)).includes('4 gatekeeper/k8sowner-owner-please'));
});

test('a plain decision about mapped files', () => {
  const policy = { 'a.rego': 'package org.release\n\nallow if input.approved == true\n' };
  const feeds =
    '  feeds:\n    - decision: data.org.release.allow\n      input: files\n      files: [release.json, deploy/*.json]\n';
  const repo = judged('plain', { ...policy }, feeds);
  repo.commit('release.json', '{"approved": false}\n');
  const refused = repo.tryGit(['push', 'origin', 'topic']);
  assert.notEqual(refused.code, 0);
  assert.match(refused.output, /The policy does not allow it; nearest: input\.approved.* in release\.json/);
  repo.commit('release.json', '{"approved": true}\n');
  const accepted = repo.tryGit(['push', 'origin', 'topic']);
  assert.equal(accepted.code, 0, accepted.output);
});

test('a policy that is fed nothing stops the push', () => {
  const feeds = '  feeds:\n    - decision: data.main\n      input: files\n      files: [nowhere/**]\n';
  const repo = judged('nothing', { 'deploy.rego': conftest }, feeds);
  repo.commit('a.txt', 'a\n');
  const refused = repo.tryGit(['push', 'origin', 'topic']);
  assert.notEqual(refused.code, 0);
  assert.match(refused.output, /Nothing in this repository is fed to data\.main \(nowhere\/\*\*\)/);
});

test('a commit that the policy has no rules for is not judged, and neither hook nor log says that it passed', () => {
  const repo = judged('push-only', { 'push.rego': 'package pregate.push\n\ndeny contains "no" if false\n' }, '');
  repo.write('b.txt', 'b\n');
  repo.git('add', '-A');
  const made = repo.tryGit(['commit', '-m', 'Add b']);
  assert.equal(made.code, 0, made.output);
  assert.equal(
    made.output.match(/Pregate did not judge this commit: the policy has no rules for the gate commit/g)?.length,
    1,
  );
  const pushed = repo.tryGit(['push', 'origin', 'topic']);
  assert.equal(pushed.code, 0, pushed.output);
  assert.ok(!pushed.output.includes('did not judge'), pushed.output);
  const log = shipped.run(['log', '--json'], { cwd: repo.dir });
  const verdicts = (JSON.parse(log.out) as { entries: { hook?: string; verdict?: string }[] }).entries;
  assert.deepEqual(
    verdicts
      .filter(({ verdict }) => verdict)
      .slice(-3)
      .map(({ hook, verdict }) => `${hook} ${verdict}`),
    ['pre-commit not-judged', 'commit-msg not-judged', 'pre-push pass'],
  );
  assert.match(shipped.run(['log'], { cwd: repo.dir }).out, /\? pre-commit not judged/);
});

test('the rules of the forge, from a saved answer: preview and the push', () => {
  const repo = box.repository('forge');
  repo.commit('a.txt', 'a\n', 'Begin');
  remote(box, repo);
  repo.git('push', '-q', '-u', 'origin', 'main');
  repo.git('remote', 'set-head', 'origin', 'main');
  const ruleset = {
    id: 1,
    name: 'messages',
    target: 'branch',
    enforcement: 'active',
    bypass_actors: [],
    conditions: { ref_name: { include: ['~ALL'], exclude: [] } },
    rules: [
      {
        type: 'commit_message_pattern',
        parameters: { operator: 'regex', pattern: '^[A-Z]{2,}-[0-9]+: ', negate: false },
      },
    ],
  };
  repo.write('answers.json', JSON.stringify([ruleset]));
  const kept = shipped.run(['policy', 'snapshot', '--from', 'answers.json'], { cwd: repo.dir });
  assert.equal(kept.code, 0, kept.err);
  assert.match(kept.out, /1 rule of .*kept in your state folder/);
  assert.equal(shipped.run(['init', '--yes'], { cwd: repo.dir }).code, 0);
  repo.git('checkout', '-q', '-b', 'topic');
  repo.commit('b.txt', 'b\n', 'Add b');
  const reasons = gate(previewOf(repo), 'push').reasons.map((one) => `${one.effect} ${one.rule}`);
  assert.ok(reasons.includes('deny forge/commit-message-pattern'), reasons.join());
  const refused = repo.tryGit(['push', 'origin', 'topic']);
  assert.notEqual(refused.code, 0);
  assert.match(refused.output, /the commit message must match/);
  assert.match(refused.output, /ruleset\s+"messages"/);
  repo.git('commit', '-q', '--amend', '-m', 'AB-1: Add b');
  const accepted = repo.tryGit(['push', 'origin', 'topic']);
  assert.equal(accepted.code, 0, accepted.output);
});
