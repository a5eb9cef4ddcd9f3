/** A policy about components, where some are listed in files that are not read: its gate depends, and the built-in ones do not. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decisionOf, gateIn } from './foreign-support.ts';
import { bundleOf, collectedOf, engineOf, file, gateOf, said } from './support.ts';

const licences =
  'package pregate.build\n\ndeny contains c.name if {\n\tsome c in input.sbom.components\n\tc.licence == "GPL-3.0"\n}\n';
const goMod = file('go.mod', 'module example.test/app\n');
const about = (rules: string, kind: 'built-in' | 'directory', targets = [goMod]) =>
  gateOf('build', collectedOf({ targets }), {
    engine: engineOf(bundleOf(rules)),
    policy: { ...bundleOf(rules).source, kind },
  });

describe('a policy that looks at components', () => {
  it('depends on those of languages that are not read, with the files that list them', () => {
    const gate = about(licences, 'directory');
    assert.deepEqual([gate.answer, ...said(gate)], ['depends', 'depends build/unread-components']);
    assert.match(
      gate.reasons[0]?.message ?? '',
      /looks at components \(policy\.rego:4\).*Go \(go\.mod\) are not read here/,
    );
  });

  it('keeps a refusal, and asks nothing of files that list no components', () => {
    const both = about(`${licences}\ndeny contains "never" if input.stage\n`, 'directory');
    assert.equal(both.answer, 'deny');
    assert.deepEqual(said(about(licences, 'directory', [file('main.go', 'package main\n')])), []);
  });

  it('is seen through a helper of another package, and not where nothing looks at components', () => {
    const helper = bundleOf('package lib\n\nnames contains c.name if some c in input.sbom.components\n', 'lib.rego');
    const main = bundleOf('package pregate.build\n\ndeny contains n if some n in data.lib.names\n');
    const bundle = {
      ...main,
      modules: [...main.modules, ...helper.modules],
      source: { ...main.source, digest: 'both' },
    };
    const asked = { engine: engineOf(bundle), policy: bundle.source };
    const gate = gateOf('build', collectedOf({ targets: [goMod] }), asked);
    assert.deepEqual(said(gate), ['depends build/unread-components']);
    const other = about('package pregate.build\n\ndeny contains "x" if input.stage == "none"\n', 'directory');
    assert.equal(other.answer, 'allow');
  });

  it('is one of the built-in gates: they ask only what concerns npm', () => {
    assert.deepEqual(said(about(licences, 'built-in')), []);
  });

  it('is told of a foreign policy that is fed the push as a whole', () => {
    const rules =
      'package main\n\ndeny contains c.name if {\n\tsome c in input.sbom_diff.added\n\tc.name == "left-pad"\n}\n';
    const feeds = [{ decision: 'data.main', input: 'gate.input', gate: 'push' } as const];
    const gate = gateIn(
      decisionOf({ 'a.rego': rules }, { 'requirements.txt': 'left-pad==1.0\n' }, { feeds: [...feeds] }),
      'push',
    );
    assert.ok(gate.reasons.some(({ effect, rule }) => effect === 'depends' && rule === 'unread-components'));
    assert.notEqual(gate.answer, 'allow');
  });
});
