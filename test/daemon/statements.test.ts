/** A push that is to be followed by statements is not the daemon's: see `answerTo` of agent/daemon/worker.ts. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { notesRef } from '../../agent/attest/types.ts';
import { teamwork } from '../attest/support.ts';
import { world } from './support.ts';

const w = world();

test('a remote that takes longer than the daemon gives a thread is sent one set of statements', async () => {
  const { repo, remote } = teamwork(w.box, 'slow');
  repo.git('config', 'pregate.attest', 'true');
  writeFileSync(`${remote}/hooks/pre-receive`, '#!/bin/sh\nsleep 2.5\n', { mode: 0o755 });
  await w.start();
  const tip = repo.git('rev-parse', 'topic').trim();
  const input = `refs/heads/topic ${tip} refs/heads/topic ${'0'.repeat(40)}\n`;
  const told = w.hook(repo, ['pre-push', 'origin', remote], { input });
  assert.deepEqual(told, { code: 0, err: '' });
  const sent = repo.git('--git-dir', remote, 'notes', `--ref=${notesRef}`, 'show', tip);
  assert.equal(sent.trim().split('\n').length, 2, 'a result and a decision');
});
