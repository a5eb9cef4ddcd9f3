import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { openCheckpoint, readCheckpoint, signCheckpoint } from '../../agent/audit/checkpoint.ts';
import { noteKeyOf, openNote, parseNote, parseVerifierKey, signNote, verifierKey } from '../../agent/audit/note.ts';

const pem = () => generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
const key = noteKeyOf('pregate-audit-1', pem());
const origin = 'pregate-audit-1/repository';
const root = Buffer.alloc(32, 7);

describe('signed notes', () => {
  it('opens the note that the documentation of the format shows', () => {
    const shown = parseVerifierKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
    assert.ok(shown);
    const text =
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    const line =
      '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
    assert.equal(openNote(`${text}\n${line}`, shown), text);
    assert.equal(openNote(`${text.replace('answer', 'Answer')}\n${line}`, shown), undefined);
  });

  it('opens what it signed, and nothing else', () => {
    const note = signNote('hello\n', key);
    assert.equal(openNote(note, key), 'hello\n');
    assert.equal(openNote(note, noteKeyOf('pregate-audit-1', pem())), undefined);
    assert.equal(openNote(note, { ...key, name: 'another' }), undefined);
    for (let at = 0; at < note.length - 1; at++) {
      const changed = `${note.slice(0, at)}${note[at] === 'A' ? 'B' : 'A'}${note.slice(at + 1)}`;
      assert.equal(openNote(changed, key), undefined, `character ${at} was changed`);
    }
    assert.equal(parseNote('no signature\n'), undefined);
  });

  it('tells a verifier its key', () => {
    const read = parseVerifierKey(verifierKey(key));
    assert.deepEqual(read, { name: key.name, publicKey: Buffer.from(key.publicKey) });
    assert.equal(parseVerifierKey(verifierKey(key).replace('pregate', 'Pregate')), undefined);
  });
});

describe('checkpoints', () => {
  it('are opened by the key and the origin that made them', () => {
    const note = signCheckpoint({ origin, size: 12, root }, key);
    assert.deepEqual(openCheckpoint(note, key, origin), { origin, size: 12, root });
    assert.equal(openCheckpoint(note, key, 'another/origin'), undefined);
    assert.deepEqual(readCheckpoint(note), { origin, size: 12, root });
  });

  it('are refused when size or root are not written in the one way there is', () => {
    for (const [size, text] of [
      ['012', root.toString('base64')],
      ['-1', root.toString('base64')],
      ['1', 'AAAA'],
    ]) {
      assert.equal(openCheckpoint(signNote(`${origin}\n${size}\n${text}\n`, key), key, origin), undefined);
    }
  });
});
