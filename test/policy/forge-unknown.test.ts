/** What a snapshot of a forge does not tell is said to be unknown; it never counts as passed. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decide } from '../../agent/policy/decide.ts';
import { forgeJudge } from '../../agent/policy/forge/judge.ts';
import { snapshotFrom } from '../../agent/policy/forge/snapshot.ts';
import { collectedOf, commitOf, engineOf, now, refOf } from './support.ts';

const ofDefault = { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } };

/** Reasons of the gate *push*, with how sure they are, for a push of one commit to `main`. */
function reasons(ruleset: object, { answers = [] as object[], clone = 'main' as string | null } = {}) {
  const value = {
    id: 7,
    name: 'central',
    target: 'branch',
    source_type: 'Repository',
    enforcement: 'active',
    current_user_can_bypass: 'never',
    conditions: ofDefault,
    rules: [{ type: 'pull_request' }],
    ...ruleset,
  };
  const saved = [value, ...answers].map((one, index) => ({ name: `${index}.json`, value: one }));
  const { snapshot } = snapshotFrom(saved, { now, source: 'file', repository: null });
  assert.ok(snapshot);
  const commit = commitOf('b', 'good');
  const refs = [refOf({ dst: 'refs/heads/main', create: false, old: 'a'.repeat(40), commits: [commit.oid] })];
  const { repo } = collectedOf();
  const paths = ['deploy/key'];
  const collected = collectedOf({
    repo: { ...repo, defaultBranch: clone },
    commits: [{ ...commit, paths }],
    push: { remote: 'origin', url: '', refs },
  });
  const further = [forgeJudge(snapshot, { maxAgeSeconds: 86_400, strict: false, name: 'test' })];
  const gate = decide({ collected, findings: [], engine: engineOf(), further }).gates.find(
    (one) => one.gate === 'push',
  );
  return (gate?.reasons ?? [])
    .filter((one) => one.rule.startsWith('forge/'))
    .map((one) => `${one.effect} ${one.rule} ${one.exactness}`);
}

describe('a snapshot that does not tell everything', () => {
  it('takes the default branch from the clone where the answers name none, and is less sure of it', () => {
    assert.deepEqual(reasons({}), ['deny forge/pull-request approximate']);
    assert.deepEqual(reasons({}, { clone: 'trunk' }), []);
    const project = { full_name: 'acme/app', default_branch: 'main' };
    assert.deepEqual(reasons({}, { answers: [project], clone: 'trunk' }), ['deny forge/pull-request snapshot']);
  });

  it('does not know whether a rule for the default branch is about this one when nobody says which that is', () => {
    assert.deepEqual(reasons({}, { clone: null }), ['depends forge/pull-request unknowable']);
    const both = { ref_name: { include: ['~DEFAULT_BRANCH', 'refs/heads/main'], exclude: [] } };
    assert.deepEqual(reasons({ conditions: both }, { clone: null }), ['deny forge/pull-request approximate']);
    const others = { ref_name: { include: ['~ALL'], exclude: ['~DEFAULT_BRANCH'] } };
    assert.deepEqual(reasons({ conditions: others }, { clone: null }), ['depends forge/pull-request unknowable']);
    assert.deepEqual(reasons({ conditions: others }), []);
  });

  it('does not know what a ruleset refuses that is listed without its rules', () => {
    assert.deepEqual(reasons({ rules: undefined }), ['depends forge/not-listed unknowable']);
    assert.deepEqual(reasons({ rules: [] }), []);
  });

  it('does not pass patterns it cannot read, or limits that are missing', () => {
    const broken = { ref_name: { include: ['refs/heads/[z-a]'], exclude: [] } };
    assert.deepEqual(reasons({ conditions: broken }), ['depends forge/pull-request unknowable']);
    const path = { type: 'file_path_restriction', parameters: { restricted_file_paths: ['[z-a]', 'deploy/*'] } };
    assert.deepEqual(reasons({ target: 'push', rules: [path] }), [
      'deny forge/file-path-restriction snapshot',
      'depends forge/file-path-restriction unknowable',
    ]);
    for (const type of ['max_file_size', 'max_file_path_length']) {
      const said = reasons({ target: 'push', rules: [{ type, parameters: {} }] });
      assert.equal(said.length, 1);
      assert.match(said[0] ?? '', /^depends .* unknowable$/);
    }
  });
});
