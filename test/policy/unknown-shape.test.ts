/** Policies whose fields nobody knows here: they are not asked about files that have none of them, and that is said. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decisionOf, type Files, gateIn } from './foreign-support.ts';

const dockerfile: Files = { Dockerfile: 'FROM scratch\nUSER root\n' };
const said = (policy: Files, changed: Files): string[] =>
  gateIn(decisionOf(policy, changed), 'push')
    .reasons.filter(({ effect }) => effect !== 'note')
    .map(({ effect, message }) => `${effect} ${message}`);

/** A rule that refuses what has no stage with a health check, about a document of a scanner's own making. */
const about = (name: string) =>
  `package ${name}\n\ndeny contains "no health check" if not checked\n\nchecked if {\n\tsome stage in input.Stages\n\tstage.Health\n}\n`;

describe('a policy about something that is not known here', () => {
  it('does not refuse what merely lacks its fields, and does not pass either', () => {
    const decision = decisionOf({ 'a.rego': about('scan.a') }, dockerfile);
    const gate = gateIn(decision, 'push');
    assert.equal(gate.answer, 'depends');
    assert.match(
      said({ 'a.rego': about('scan.a') }, dockerfile).join(),
      /^depends The rules of data\.scan\.a read input\.Stages \(a\.rego:6\), which no file here has/,
    );
    assert.ok(gate.reasons.some(({ remedy }) => /policy\.feeds/.test(remedy ?? '')));
  });

  it('is not taken for one about what another package of the bundle is about', () => {
    const pods = 'package kube\n\nimport rego.v1\n\nwarn contains "no owner" if not input.metadata.owner\n';
    const both = { 'a.rego': about('scan.a'), 'kube.rego': pods };
    const [only, ...others] = said(both, dockerfile);
    assert.match(only ?? '', /^depends The rules of data\.scan\.a read input\.Stages/);
    assert.deepEqual(others, []);
  });

  it('is told once for all packages that read the same', () => {
    const many = Object.fromEntries(['a', 'b', 'c'].map((name) => [`${name}.rego`, about(`scan.${name}`)]));
    const told = said(many, dockerfile);
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /data\.scan\.a and 2 more read input\.Stages/);
  });

  it('is asked where a file has such a field, or the mapping says so', () => {
    const files = { 'scan.json': '{"Stages": [{"Health": false}]}' };
    assert.deepEqual(said({ 'a.rego': about('scan.a') }, files), ['deny no health check']);
    const feeds = [{ decision: 'data.scan.a', input: 'files', gate: 'push', files: ['Dockerfile'] } as const];
    const mapped = gateIn(
      decisionOf({ 'a.rego': about('scan.a') }, dockerfile, {
        feeds: [...feeds].map((one) => ({ ...one, files: [...one.files] })),
      }),
      'push',
    );
    assert.equal(mapped.answer, 'deny');
  });
});
