import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compile } from '../../../agent/model/secrets/compile.ts';
import { entries, entryTexts, written } from '../../../agent/model/secrets/providers/index.ts';
import { readShape } from '../../../agent/model/secrets/providers/shape.ts';
import { isBeside, readEntry } from '../../../agent/model/secrets/providers/table.ts';
import { withoutPages } from '../../../scripts/vocabulary-plugin.ts';
import { randomFrom } from '../../support/random.ts';
import { shapes } from '../../support/secret-shapes.ts';
import { fromShape } from '../../support/secrets/from-shape.ts';
import { credentials } from '../../support/secrets/vendors.ts';
import { scan } from '../helpers.ts';

describe('the tables of providers', () => {
  it('hold more than 450 kinds of more than 250 vendors, each with a page and a way to make it useless', () => {
    const list = entries();
    const kinds = list.reduce((sum, entry) => sum + entry.kinds.length, 0);
    assert.ok(kinds + written.length >= 450, `${kinds} kinds`);
    assert.ok(new Set(list.map(({ vendor }) => vendor)).size >= 250);
    for (const entry of list) {
      assert.match(entry.id, /^[a-z0-9]+(-[a-z0-9]+)*$/, entry.id);
      assert.match(entry.source, /^https:\/\/[\w.-]+\.[a-z]{2,}(\/\S*)?$/, entry.id);
      assert.ok(entry.rotate.length > 10, entry.id);
      assert.ok(entry.kinds.length > 0, `${entry.id} has no kinds`);
      assert.ok(!isBeside(entry) || entry.names.length > 0, `${entry.id} is looked for beside no name`);
      for (const { word } of entry.names) assert.match(word, /^[a-z0-9][a-z0-9_. -]{2,}$/, `${entry.id}: ${word}`);
    }
  });

  it('rest on a page that was read for 450 kinds of 250 vendors, each with a value written from it', () => {
    const kinds = entries().flatMap((entry) => entry.kinds.map((kind) => ({ ...entry, ...kind, all: entry.read })));
    const read = [...kinds.filter((kind) => kind.all || kind.read), ...written.filter((row) => row.read)];
    assert.ok(read.length >= 450, `${read.length} kinds`);
    assert.ok(new Set(read.map(({ id }) => id.split('-')[0])).size >= 250);
    // Mapbox's tokens are JSON with a signature and made in a test of their own; Temporal's are reported as what they are, a JWT.
    const made = new Set([
      ...credentials.map(({ id }) => id),
      ...shapes.map(({ name }) => name),
      'mapbox-token',
      'temporal-key',
    ]);
    assert.deepEqual([...new Set(read.map(({ id }) => id).filter((id) => !made.has(id)))], []);
  });

  it('say one thing of an id', () => {
    const vendors = new Map<string, string>();
    for (const { id, vendor } of entries()) {
      assert.equal(vendors.get(id) ?? vendor, vendor, id);
      vendors.set(id, vendor);
    }
  });

  it('bound every repetition', () => {
    for (const { id, kinds } of entries()) {
      for (const shape of kinds.flatMap(({ shapes }) => shapes)) {
        const { source, most } = readShape(shape);
        assert.doesNotMatch(source.replace(/\\./g, '_').replace(/\[[^\]]*\]/g, '_'), /[*+]|\{\d+,\}/, `${id} ${shape}`);
        assert.ok(most <= 2400, `${id} ${shape}`);
      }
    }
  });

  it('reach every shape under the vendor’s first name, and no row takes another’s value', () => {
    const wrong: string[] = [];
    for (const entry of entries()) {
      for (const [index, shape] of entry.kinds.flatMap(({ shapes }) => shapes).entries()) {
        let reached = 0;
        const seen = new Set<string>();
        for (let seed = 1; seed <= 4; seed++) {
          const value = fromShape(shape, randomFrom(seed * 977 + index + entry.id.length));
          const text = `${variableOf(entry.names[0]?.word ?? 'x')}=${value}\n`;
          const hits = scan(text, 'src/app.env');
          if (hits.some(({ rule, range }) => rule === entry.id && text.slice(range[0], range[1]) === value)) reached++;
          else for (const { rule } of hits) seen.add(rule);
        }
        // A random value can be a stand-in by chance.
        if (reached < 3) wrong.push(`${entry.id} ${shape}: ${[...seen].join(' ') || 'nothing'}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('lack nothing but their pages in a hook', () => {
    for (const text of entryTexts()) {
      const { source, read, ...rest } = readEntry(text);
      const { source: none, read: unsaid, ...left } = readEntry(withoutPages(text));
      assert.deepEqual(left, rest);
      assert.deepEqual([none, unsaid], ['https://-', false], `${rest.id}: ${source} ${read}`);
    }
  });

  it('are compiled into one line of targets for each keyword', () => {
    const { keywords, targets, ids } = compile();
    assert.equal(targets.split('\n').length, keywords.words.split('\n').length);
    assert.equal(keywords.starts.length, keywords.lengths.length);
    assert.deepEqual(ids.split(' '), [...new Set(entries().map(({ id }) => id))]);
  });
});

function variableOf(word: string): string {
  const name = word.replace(/[ .-]/g, '_').toUpperCase();
  if (name.endsWith('_')) return `${name}KEY`;
  return /_(?:API|KEY|TOKEN|SECRET|AUTH|PAT|ACCESS|CLIENT)$/.test(name) ? `${name}_KEY` : `${name}_API_KEY`;
}
