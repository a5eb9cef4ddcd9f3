/** What a foreign bundle does not say itself: its data, its namespaces, and why its rules were silent. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decisionOf, gateIn, toldOf } from './foreign-support.ts';

const deployment = (image: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: app\n      image: ${image}\n`;

describe('what a folder does not say itself', () => {
  const tags = {
    'tags.rego':
      'package main\n\nimport data.images\n\ndeny contains msg if {\n\t[_, tag] := split(input.spec.containers[_].image, ":")\n\ttag in images.forbidden\n\tmsg := sprintf("tag %s", [tag])\n}\n',
  };
  const changed = { 'a.yaml': deployment('nginx:edge') };

  it('takes data from the files beside the rules, where one alone has it', () => {
    const told = toldOf(
      decisionOf({ ...tags, 'data/i.yaml': 'images: {forbidden: [edge]}\nother: 1\n' }, changed),
      'push',
    );
    assert.ok(told.includes('deny main/deny a.yaml:1 tag edge'), told.join('\n'));
    assert.match(told.join('\n'), /note fed data\.images from data\/i\.yaml, as conftest --data reads it/);
  });

  it('depends on data that is nowhere, or in two files, and not on what a test brings', () => {
    const two = { 'i.json': '{"images": {}}', 'j.json': '{"images": {}}' };
    for (const more of [{}, two]) {
      const decision = decisionOf({ ...tags, ...more }, changed);
      assert.equal(gateIn(decision, 'push').answer, 'depends');
      assert.match(
        toldOf(decision, 'push').join('\n'),
        /depends missing-data The rules read data\.images\.forbidden \(tags\.rego:7\)/,
      );
    }
    const test = {
      't_test.rego': 'package main\n\ntest_x if count(deny) == 1 with data.images as {"forbidden": ["a"]}\n',
    };
    assert.match(toldOf(decisionOf({ ...tags, ...test }, changed), 'push').join(), /depends missing-data/);
    const outside = { 'o.rego': 'package other\n\nx := data.nowhere.y\n', 'images/data.json': '{"forbidden": []}' };
    assert.equal(gateIn(decisionOf({ ...tags, ...outside }, changed), 'push').answer, 'allow');
  });

  it('asks other namespaces beside main, and leaves open whether the gate does', () => {
    const other = {
      'main.rego': 'package main\n\ndeny contains "never" if input.kind == "Pod"\n',
      'b.rego':
        'package team.b\n\nimport data.lib\n\ndeny contains lib.deny(input.kind)\n\nwarn contains "b" if input.kind\n',
      'lib.rego': 'package lib\n\ndeny(kind) := sprintf("a %s", [kind]) if kind != "Pod"\n',
    };
    const decision = decisionOf(other, { 'x.yaml': deployment('a') });
    const told = toldOf(decision, 'push').join('\n');
    assert.equal(gateIn(decision, 'push').answer, 'depends');
    assert.match(
      told,
      /depends team\.b\/deny x\.yaml:2 a Deployment \(if the gate asks data\.team\.b: conftest asks main alone/,
    );
    assert.match(told, /note team\.b\/warn x\.yaml:1 b \(if the gate/);
    assert.doesNotMatch(told, /data\.lib/);
  });
});
