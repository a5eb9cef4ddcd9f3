/** A policy about a kind of file that the repository has none of. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decisionOf, gateIn } from './foreign-support.ts';

describe('a policy that was concluded to be about other files', () => {
  it('has nothing to judge in a repository of another kind, where no pattern promises such files', () => {
    const images = 'package main\n\ndeny contains "x" if input[_].Cmd == "from"';
    const gate = gateIn(decisionOf({ 'p.rego': images }, { 'README.md': 'x' }), 'push');
    assert.deepEqual([gate.answer, gate.exactness], ['allow', 'approximate']);
    assert.match(gate.summary, /; nothing to judge: data\.main is about Dockerfiles, and this repository has none$/);
  });
});
