/** `media/gate.input.schema.json` says what policies see; real changes are held against it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { compile } from '../../agent/rego/index.ts';
import { sandbox } from '../git/support.ts';
import { remote } from '../hooks/support.ts';
import { runCli } from '../support/cli.ts';
import { generateSecret } from '../support/secrets.ts';

const schema: unknown = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../media/gate.input.schema.json'), 'utf8'),
);
const box = sandbox();

/** What our own `json.match_schema` objects to. */
function objections(document: unknown): unknown[] {
  const text = 'package p\n\nfound := json.match_schema(input.document, input.schema)';
  const { policy } = compile([{ path: 'p.rego', text }]);
  const [result] = policy?.eval('data.p.found', { input: { document, schema } }).results ?? [];
  assert.ok(result);
  const [matches, errors] = result.value as [boolean, unknown[]];
  return matches ? [] : errors;
}

/** A repository with something for every part of the input. */
function repository() {
  const repo = box.repository('input');
  repo.commit('README.md', '# a\n');
  repo.commit('package.json', '{"name": "a", "version": "1.0.0", "dependencies": {"left-pad": "1.3.0"}}\n');
  repo.commit('package-lock.json', lock('1.2.0'));
  remote(box, repo);
  repo.git('push', '-q', '-u', 'origin', 'main');
  repo.git('remote', 'set-head', 'origin', 'main');
  repo.commit('package-lock.json', lock('1.3.0'), 'Raise it\n\nReviewed-by: Ada <ada@example.test>');
  repo.commit(
    '.github/workflows/ci.yml',
    'on: [push, pull_request_target]\njobs:\n  a:\n    runs-on: x\n    environment: prod\n    steps:\n      - uses: acme/a@v1\n      - run: npm publish\n',
  );
  repo.commit(
    'deploy/prod/a.yaml',
    'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {k: v}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers: [{name: c, image: "a:b"}]\n',
  );
  repo.commit('chart/templates/a.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .x }}}\n');
  repo.commit('CODEOWNERS', '* @acme/all\n');
  repo.commit('a.env', `TOKEN=${generateSecret('github-token', 11)}\n`);
  return repo;
}

function lock(version: string): string {
  const entry = {
    version,
    resolved: `https://registry.example.test/left-pad-${version}.tgz`,
    integrity: 'sha512-AAAA',
  };
  const packages = {
    '': { name: 'a', version: '1.0.0', dependencies: { 'left-pad': '1.3.0' } },
    'node_modules/left-pad': entry,
  };
  return `${JSON.stringify({ name: 'a', version: '1.0.0', lockfileVersion: 3, packages }, null, 2)}\n`;
}

test('policy input prints a document that fits its schema, and places of its parts', async () => {
  const repo = repository();
  const run = await runCli(['policy', 'input'], { cwd: repo.dir, env: repo.env });
  assert.equal(run.code, 0, run.err);
  const input = JSON.parse(run.out) as Record<string, unknown[]> & { sbom_diff: { changes: unknown[] } };
  assert.deepEqual(objections(input), []);
  for (const key of [
    'commits',
    'changes',
    'findings',
    'pipelines',
    'publish',
    'manifests',
    'unread_manifests',
    'images',
    'codeowners',
    'unknown',
  ]) {
    assert.ok((input[key] as unknown[]).length > 0, `${key} is empty, so the schema of its elements was not tried`);
  }
  assert.ok(input.sbom_diff.changes.length > 0);
  assert.ok(!run.out.includes(generateSecret('github-token', 11)));

  const part = await runCli(['policy', 'input', '/images/0/ref'], { cwd: repo.dir, env: repo.env });
  assert.deepEqual([part.out, part.err], ['"a:b"\n', 'from deploy/prod/a.yaml:10:33\n']);
  const none = await runCli(['policy', 'input', '/nothing'], { cwd: repo.dir, env: repo.env });
  assert.equal(none.code, 2);
});

test('the schema refuses what is not there', async () => {
  const repo = box.repository('small');
  repo.write('a.txt', 'a\n');
  repo.git('add', '-A');
  const run = await runCli(['policy', 'input', '--staged'], { cwd: repo.dir, env: repo.env });
  const input = JSON.parse(run.out) as object;
  assert.deepEqual(objections(input), []);
  assert.equal(objections({ ...input, more: 1 }).length, 1);
  const { unknown: _, ...less } = input as { unknown: unknown };
  assert.equal(objections(less).length, 1);
});
