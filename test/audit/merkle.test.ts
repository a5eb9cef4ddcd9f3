import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  addLeaf,
  consistencyProof,
  inclusionProof,
  leafHash,
  type Peaks,
  rootOf,
  rootOfPeaks,
  verifyConsistency,
  verifyInclusion,
} from '../../agent/audit/merkle.ts';

/** The eight entries, and the roots of their first n, that implementations of RFC 6962 compare themselves by. */
const entries = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const leaves = entries.map((entry) => leafHash(Buffer.from(entry, 'hex')));

describe('the tree of RFC 6962', () => {
  it('has the roots that every implementation has', () => {
    assert.equal(rootOf([]).toString('hex'), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    for (const [index, root] of roots.entries()) {
      assert.equal(rootOf(leaves.slice(0, index + 1)).toString('hex'), root, `of ${index + 1} entries`);
    }
  });

  it('has the known proofs', () => {
    const hex = (proof: Buffer[]) => proof.map((hash) => hash.toString('hex'));
    assert.deepEqual(hex(inclusionProof(leaves, 0)), [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    assert.deepEqual(consistencyProof(leaves, 8), []);
    // The first four are a perfect subtree, so the rest of the tree is all that is needed.
    assert.deepEqual(consistencyProof(leaves.slice(0, 7), 4), [rootOf(leaves.slice(4, 7))]);
  });

  it('grows leaf by leaf to the same root', () => {
    let peaks: Peaks = { size: 0, hashes: [] };
    for (let size = 1; size <= 40; size++) {
      peaks = addLeaf(peaks, leafHash(Buffer.of(size)));
      const all = Array.from({ length: size }, (_, index) => leafHash(Buffer.of(index + 1)));
      assert.deepEqual(rootOfPeaks(peaks), rootOf(all));
    }
  });
});

describe('proofs', () => {
  const many = Array.from({ length: 33 }, (_, index) => leafHash(Buffer.from(`entry ${index}`)));

  it('of inclusion hold for every leaf of every size, and for no other leaf, index, size or root', () => {
    for (let size = 1; size <= many.length; size++) {
      const tree = many.slice(0, size);
      const root = rootOf(tree);
      for (let index = 0; index < size; index++) {
        const claim = { leaf: tree[index] as Buffer, index, size, proof: inclusionProof(tree, index), root };
        assert.ok(verifyInclusion(claim));
        assert.ok(!verifyInclusion({ ...claim, leaf: leafHash(Buffer.from('another')) }));
        assert.ok(!verifyInclusion({ ...claim, root: leafHash(Buffer.from('another')) }));
        assert.ok(!verifyInclusion({ ...claim, proof: [...claim.proof, root] }));
        if (size > 1) assert.ok(!verifyInclusion({ ...claim, proof: claim.proof.slice(1) }));
        if (size > 1) assert.ok(!verifyInclusion({ ...claim, index: (index + 1) % size }));
        assert.ok(!verifyInclusion({ ...claim, index: size }));
      }
    }
  });

  it('of consistency hold between every two sizes, and for no changed past', () => {
    for (let newSize = 1; newSize <= many.length; newSize++) {
      const newRoot = rootOf(many.slice(0, newSize));
      for (let oldSize = 1; oldSize <= newSize; oldSize++) {
        const proof = consistencyProof(many.slice(0, newSize), oldSize);
        const claim = { oldSize, oldRoot: rootOf(many.slice(0, oldSize)), newSize, newRoot, proof };
        assert.ok(verifyConsistency(claim), `${oldSize} to ${newSize}`);
        assert.ok(!verifyConsistency({ ...claim, oldRoot: leafHash(Buffer.from('forged')) }));
        assert.ok(!verifyConsistency({ ...claim, newRoot: leafHash(Buffer.from('forged')) }));
        if (oldSize < newSize) assert.ok(!verifyConsistency({ ...claim, proof: [] }) || proof.length === 0);
        assert.ok(!verifyConsistency({ ...claim, oldSize: newSize, newSize: oldSize }) || oldSize === newSize);
      }
    }
  });
});
