/** What the editor is told of a central policy: on the line that caused it, an error only where a gate refuses. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { check } from '../../agent/gate/check.ts';
import { reasonsByPath } from '../../agent/lsp/reasons.ts';
import { previewData, type RepositoryFacts } from '../../agent/lsp/state.ts';
import { sandbox } from '../git/support.ts';

const box = sandbox();
const policy = `package pregate.push

# METADATA
# custom:
#   rule: floating
#   remedy: Name a commit.
deny contains {"rule": "floating", "msg": "not pinned", "at": sprintf("/pipelines/%d/jobs/%d/uses/%d", [p, j, u])} if {
	some p, pipeline in input.pipelines
	some j, job in pipeline.jobs
	some u, use in job.uses
	use.pinned == "tag"
}

# METADATA
# custom:
#   rule: named
#   rollout: {level: warn, owner: docs team}
deny contains {"rule": "named", "msg": "bad name", "at": "/changes/0"} if input.changes[0]

# METADATA
# custom:
#   rule: quiet
#   rollout: shadow
deny contains {"rule": "quiet", "msg": "tried out", "at": "/changes/0"} if input.changes[0]
`;

describe('reasons of a central policy in the editor', async () => {
  const repo = box.repository('editor');
  box.repository('editor-remote', '--bare');
  repo.commit('readme.md', 'hello\n');
  repo.git('remote', 'add', 'origin', box.at('editor-remote'));
  repo.git('push', '-q', '-u', 'origin', 'main');
  const workflow = '.github/workflows/ci.yml';
  repo.commit(
    workflow,
    'on: push\npermissions: {}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: acme/a@v1\n',
  );
  const bundle = box.at('editor-policy');
  mkdirSync(bundle);
  writeFileSync(`${bundle}/push.rego`, policy);
  const outgoing = await check({ kind: 'outgoing' }, { cwd: repo.dir, env: repo.env, bundle });

  it('stand where a part of the input comes from, here the use; only what refuses is an error', () => {
    const drawn = reasonsByPath(undefined, outgoing).get(workflow) ?? [];
    const told = drawn.map(({ code, severity, range }) => [code, severity, range.start.line]);
    assert.deepEqual(told.sort(), [
      ['push/floating', DiagnosticSeverity.Error, 6],
      ['push/named', DiagnosticSeverity.Warning, 0],
    ]);
    assert.match(
      String(drawn.find((one) => one.code === 'push/floating')?.message),
      /Name a commit\.\nRefused by the gate push/,
    );
  });

  it('are drawn on the first line where they are about more', () => {
    const push = outgoing.decision.gates.find((gate) => gate.gate === 'push');
    const [reason] = push?.reasons ?? [];
    const span = { line: 2, column: 3, endLine: 9, endColumn: 1 };
    assert.ok(push && reason);
    const { finding: _, ...rest } = reason;
    const whole = { ...rest, effect: 'deny' as const, rule: 'main/deny', place: { path: workflow, span } };
    const gates = [{ ...push, reasons: [whole] }];
    const drawn = reasonsByPath(undefined, { ...outgoing, decision: { ...outgoing.decision, gates } }).get(workflow);
    assert.deepEqual(drawn?.[0]?.range, { start: { line: 1, character: 2 }, end: { line: 1, character: 2 ** 31 - 1 } });
  });

  it('are told from the index where a file is staged', () => {
    const staged = { ...outgoing, decision: { gates: [], problems: [] } };
    assert.equal(reasonsByPath(staged, outgoing).size, 0);
  });

  it('of the index and of the commits are counted together in the line of a gate that sees both', () => {
    const [reason] = outgoing.decision.gates.find(({ gate }) => gate === 'push')?.reasons ?? [];
    assert.ok(reason);
    const { finding: _, ...rest } = reason;
    const side = (...messages: string[]) => {
      const reasons = messages.map((message) => ({
        ...rest,
        gate: 'build' as const,
        effect: 'deny' as const,
        message,
      }));
      const gate = { gate: 'build' as const, answer: 'deny' as const, exactness: 'exact' as const };
      return { ...outgoing, decision: { gates: [{ ...gate, summary: messages[0] ?? '', reasons }], problems: [] } };
    };
    const data = previewData({ ...facts(), staged: side('three'), outgoing: side('one', 'two', 'three') });
    assert.equal(data.gates[0]?.summary, 'one', 'what both say is said once');
    const more = previewData({ ...facts(), staged: side('three', 'four'), outgoing: side('one', 'two') });
    assert.equal(more.gates[0]?.summary, 'one (and 3 more)');
  });

  it('leave the gates without rules open, which the page is told apart from what depends', () => {
    const { gates } = previewData(facts());
    assert.deepEqual(
      gates.map(({ gate, open }) => [gate, open]),
      ['commit', 'push', 'build', 'publish', 'deploy'].map((gate) => [gate, gate === 'push' ? undefined : 'unjudged']),
    );
  });

  it('have the same words on the page of gates as in the terminal', () => {
    const data = previewData(facts());
    const reasons = data.gates.find((gate) => gate.gate === 'push')?.reasons ?? [];
    assert.equal(
      reasons.find((one) => one.rule === 'push/quiet')?.kept,
      'in shadow, would refuse: the policy has it at shadow',
    );
    assert.equal(reasons.find((one) => one.rule === 'push/named')?.owner, 'docs team');
    assert.match(data.policy?.text ?? '', /^policy \S+ \(unsigned, own Rego engine\)$/);
  });

  function facts(): RepositoryFacts {
    return {
      root: repo.dir,
      staged: undefined,
      outgoing,
      hooks: 'installed',
      hooksNote: '',
      signing: 'missing',
      damage: { log: 0, memory: 0, notes: [] },
    };
  }
});
