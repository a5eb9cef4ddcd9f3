import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfig } from '../../agent/config.ts';
import { compile } from '../../agent/rego/index.ts';
import { bundleOf, collectedOf, engineOf, gateOf, said } from './support.ts';

const request = 'http.send({"method": "get", "url": "http://x"})';
const push = (rules: string, parts = {}) =>
  gateOf('push', collectedOf(parts), { engine: engineOf(bundleOf(`package pregate.push\n\n${rules}\n`)) });

describe('a policy that asks the network', () => {
  it('makes the gate depend, with a reason that names the call and its line', () => {
    const decision = push(`deny contains msg if {\n\tc := ${request}\n\tmsg := c.status\n}`);
    assert.deepEqual([decision.answer, decision.exactness], ['depends', 'unknowable']);
    assert.deepEqual(said(decision), ['depends push/asks-network']);
    const [reason] = decision.reasons;
    assert.match(reason?.message ?? '', /http\.send, policy\.rego:4\b/);
    assert.deepEqual(reason?.source, { file: 'policy.rego', line: 4 });
    assert.match(decision.summary, /^depends on: .*http\.send/);
  });

  it('is not fooled by a negated call, a helper, a loop or another builtin', () => {
    const negated = push(`ok if ${request}.body\n\nwarn contains "odd" if not ok`);
    assert.deepEqual(said(negated), ['depends push/asks-network', 'warn push/warn']);
    const helper = push(
      `ask(x) := ${request}.body\n\ndeny contains x if {\n\tsome x in numbers.range(1, 500)\n\task(x)\n}`,
    );
    assert.deepEqual(said(helper), ['depends push/asks-network']);
    const lookup = push('deny contains "no" if count(net.lookup_ip_addr("example.test")) > 1');
    assert.match(lookup.summary, /net\.lookup_ip_addr, policy\.rego:3\b/);
  });

  it('does not take a missing allow for a refusal, and keeps a denial', () => {
    assert.deepEqual(said(push(`allow if ${request}.status_code == 200`)), ['depends push/asks-network']);
    const both = push(`deny contains "never" if input.stage\n\ndeny contains "x" if ${request}.body`);
    assert.equal(both.answer, 'deny');
    assert.deepEqual(said(both).sort(), ['deny push/deny', 'depends push/asks-network']);
    const refused = push(`allow if input.stage == "x"\n\nwarn contains "x" if ${request}.body`);
    assert.equal(refused.answer, 'deny');
  });

  it('cannot be turned off by a setting', () => {
    const config = { ...defaultConfig, rules: { 'push/asks-network': 'off' } as const };
    assert.equal(push(`deny contains "x" if ${request}.body`, { config }).answer, 'depends');
  });

  it('passes exactly where the call is not reached, stands for a test, or fails for another reason', () => {
    for (const rule of [
      `deny contains "x" if {\n\tinput.stage == "x"\n\t${request}.body\n}`,
      `ask := ${request}.body\n\ndeny contains "x" if {\n\task == "no" with http.send as {"body": "yes"}\n}`,
      'deny contains "x" if to_number("x") == 1',
    ]) {
      const decision = push(rule);
      assert.deepEqual([decision.answer, decision.exactness], ['allow', 'exact'], rule);
    }
  });

  it('is told by the engine, once per place', () => {
    const text = `package a\n\nb contains x if {\n\tsome x in [1, 2, 3]\n\t${request}.body == x\n}\n`;
    const { policy } = compile([{ path: 'a.rego', text }]);
    assert.deepEqual(policy?.eval('data.a.b').offline, [{ builtin: 'http.send', path: 'a.rego', line: 5, column: 2 }]);
    assert.equal(policy?.eval('1 + 1').offline, undefined);
    const given = compile([{ path: 'a.rego', text }], { providers: { 'http.send': () => 1 } }).policy;
    assert.equal(given?.eval('data.a.b').offline, undefined);
  });
});
