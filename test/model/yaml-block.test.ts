/**
 * The block reader must read exactly what the full parser reads, or leave the text to it. Both run on every YAML file of
 * the rules' fixtures and on seeded mutations of them.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { documentFromText } from '../../agent/model/document.ts';
import { readFullYaml } from '../../agent/model/tree/yaml.ts';
import { readBlockYaml } from '../../agent/model/tree/yaml-block.ts';
import type { Node } from '../../agent/model/types.ts';

const rounds = Number(process.env['PREGATE_FUZZ'] ?? 6000);
const folder = join(import.meta.dirname, '../rules');
const seeds = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.ya?ml$/.test(name))
  .sort()
  .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r', ''));

/** A node as text: kind, place, value and the places of its characters. */
function shape(node: Node | undefined): string {
  if (!node) return '-';
  const range = node.range.join('-');
  if (node.kind === 'seq') return `[${range} ${node.flow} ${node.items.map(shape).join(',')}]`;
  if (node.kind === 'map') {
    return `{${range} ${node.flow} ${node.entries.map((entry) => `${shape(entry.key)}:${shape(entry.value)}`).join(',')}}`;
  }
  const places = Array.from({ length: Math.min(node.text.length, 40) + 1 }, (_, index) => node.offsetAt(index));
  return `${node.style} ${range} ${typeof node.value} ${JSON.stringify(node.text)} ${String(node.value)} ${places.join(' ')}`;
}

/** True when the block reader read it; fails when it read it differently. */
function agrees(text: string): boolean {
  const fast = readBlockYaml(text);
  if (!fast) return false;
  const full = readFullYaml(documentFromText('a.yml', text));
  assert.deepEqual(full.problems, [], JSON.stringify(text));
  assert.equal(full.roots.length, 1, JSON.stringify(text));
  assert.equal(shape(fast), shape(full.roots[0]), JSON.stringify(text));
  return true;
}

describe('block reader', () => {
  it('agrees with the full parser on every fixture, and reads most of them', () => {
    const read = seeds.filter(agrees).length;
    assert.ok(read > seeds.length * 0.7, `${read} of ${seeds.length}`);
  });

  it(`agrees on ${rounds} mutations`, () => {
    let state = Number(process.env['PREGATE_SEED'] ?? 7);
    const random = (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const bits = [
      ' ',
      '  ',
      '\n',
      '\n\n',
      ': ',
      ':',
      '- ',
      '-',
      '#',
      ' #',
      '"',
      "'",
      '|',
      '|-',
      '>',
      '>-',
      '|+',
      '[',
      ']',
      '{',
      '}',
      ',',
      '&a ',
      '*a',
      '!',
      '\t',
      '---\n',
      '...\n',
      '? ',
      '%',
      '@',
      '`',
      '\\',
      '~',
      'null',
      'true',
      '1.0',
      '0x1',
      'é',
      '😀',
      '<<: ',
      'a:\n',
      '- - ',
      '|2',
    ];
    let read = 0;
    for (let round = 0; round < rounds; round++) {
      let text = seeds[random(seeds.length)] as string;
      const lines = text.split('\n');
      const from = random(lines.length);
      text = lines.slice(from, from + 3 + random(12)).join('\n');
      if (random(3) > 0) text = text.replace(new RegExp(`^ {${/^ */.exec(text)?.[0].length ?? 0}}`, 'gm'), '');
      for (let count = random(4); count > 0; count--) {
        const at = random(text.length + 1);
        const cut = random(3) === 0 ? random(6) : 0;
        text = text.slice(0, at) + (random(4) === 0 ? '' : bits[random(bits.length)]) + text.slice(at + cut);
      }
      if (agrees(text)) read += 1;
    }
    assert.ok(read > rounds / 10, `${read} of ${rounds} were read`);
  });
});
