/** Which trees of a push are judged, and how often. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitScope } from '../../agent/gate/split.ts';
import type { PushRef } from '../../agent/gate/types.ts';

const zero = '0'.repeat(40);
const ref = (remoteRef: string, id: string, remote = zero): PushRef => ({
  localRef: remoteRef,
  localOid: id === zero ? zero : id.repeat(40),
  remoteRef,
  remoteOid: remote,
});
const split = (...refs: PushRef[]) =>
  splitScope({ kind: 'outgoing', refs }).map((scope) =>
    ('refs' in scope ? scope.refs : [])?.map((one) => one.remoteRef),
  );

test('point 15: each tree is judged once, branches before tags, everything else with the first', () => {
  const tags = Array.from({ length: 200 }, (_, at) => ref(`refs/tags/v${at}`, 'a'));
  assert.deepEqual(split(...tags, ref('refs/heads/main', 'a'), ref('refs/notes/commits', 'b')), [
    ['refs/heads/main', ...tags.map((tag) => tag.remoteRef), 'refs/notes/commits'],
  ]);
  assert.deepEqual(split(ref('refs/tags/v1', 'b'), ref('refs/heads/x', 'a'), ref('refs/heads/gone', zero)), [
    ['refs/heads/x', 'refs/heads/gone'],
    ['refs/tags/v1'],
  ]);
  // What the remote has is what a branch is compared with.
  assert.equal(split(ref('refs/heads/x', 'a'), ref('refs/heads/main', 'a', 'c'.repeat(40))).length, 2);
  assert.deepEqual(split(ref('refs/notes/commits', 'b')), [['refs/notes/commits']]);
});
