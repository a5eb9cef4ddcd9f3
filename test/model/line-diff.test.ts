import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { changedLines } from '../../agent/model/line-diff.ts';
import { sandbox } from '../git/support.ts';

const box = sandbox();

describe('changed lines', () => {
  it('are as few as git finds, and what is left of the text is the text before', () => {
    const next = generator(5);
    const below = (most: number) => next() % most;
    for (let round = 0; round < 40; round++) {
      const before = Array.from({ length: below(30) }, () => `line ${below(6)}`);
      const after = [...before];
      for (let edit = 0; edit < below(8); edit++) {
        const added = Array.from({ length: below(3) }, () => `line ${below(8)}`);
        after.splice(below(after.length + 1), below(3), ...added);
      }
      const ranges = changedLines(before.join('\n'), after.join('\n'));
      const changed = new Set(ranges.flatMap(([first, last]) => range(first, last)));
      assert.equal(changed.size, addedByGit(before, after), `round ${round}`);
      const kept = after.filter((_, index) => !changed.has(index + 1));
      let at = 0;
      for (const line of before) if (line === kept[at]) at++;
      assert.equal(at, kept.length, `round ${round}`);
    }
  });

  it('take what is removed for no line, and texts that share little for one range', () => {
    assert.deepEqual(changedLines('a\nb\nc\n', 'a\nc\n'), []);
    assert.deepEqual(changedLines('a\r\nb\r\n', 'a\nb\n'), []);
    assert.deepEqual(changedLines('', 'a\nb'), [[1, 2]]);
    const many = (word: string) => Array.from({ length: 3_000 }, (_, index) => `${word} ${index}`).join('\n');
    assert.deepEqual(changedLines(`x\n${many('a')}`, `x\n${many('b')}`), [[2, 3_001]]);
  });
});

function addedByGit(before: readonly string[], after: readonly string[]): number {
  const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
  writeFileSync(box.at('before'), text(before));
  writeFileSync(box.at('after'), text(after));
  try {
    execFileSync('git', ['diff', '--no-index', '--minimal', '--numstat', 'before', 'after'], {
      cwd: box.at('.'),
      env: box.env,
    });
    return 0;
  } catch (error) {
    return Number(String((error as { stdout: Buffer }).stdout).split('\t')[0]);
  }
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state >>> 8;
  };
}
