import assert from 'node:assert/strict';
import { it } from 'node:test';
import { documentFromText } from '../../agent/model/document.ts';
import { followEdit, scanSecrets } from '../../agent/model/secrets/index.ts';
import type { Document } from '../../agent/model/types.ts';
import { makeCorpus } from '../../bench/quality/corpus.ts';
import { randomFrom } from '../support/random.ts';
import { stallingTexts } from '../support/stalling.ts';

const paths = [
  'src/app.ts',
  'app.yaml',
  '.env',
  'README.md',
  'a.py',
  'main.go',
  'x.tf',
  'k.json',
  'dump.sql',
  '.npmrc',
];

/** The scan of a text that was edited, and that of the same text seen for the first time. */
function both(path: string, text: string, previous: Document | undefined) {
  const document = documentFromText(path, text);
  followEdit(document, previous);
  return { document, after: scanSecrets(document), fresh: scanSecrets(documentFromText(path, text)) };
}

it('finds after each of hundreds of edits what a scan of the whole text finds', () => {
  const corpus = makeCorpus(1);
  const stalling = Object.values(stallingTexts);
  let found = 0;
  for (let round = 0; round < 30; round++) {
    const random = randomFrom(900 + round);
    const piece = (): string => {
      const kind = random.below(24);
      if (kind === 0)
        return (stalling[random.below(stalling.length)] as string).repeat(1 + random.below(20)).slice(0, 2000);
      if (kind < 14) return 'const areaOf = (shape) => shape.width * shape.height; // nothing here\n'.repeat(10);
      return `${corpus[random.below(corpus.length)]?.text}\n`;
    };
    let text = '';
    while (text.length < 16_000 + 300 * round) text += piece();
    const path = paths[round % paths.length] as string;
    let previous: Document | undefined;
    for (let edit = 0; edit < 21; edit++) {
      const { document, after, fresh } = both(path, text, previous);
      assert.deepEqual(after, fresh, `round ${round}, edit ${edit}, ${path}`);
      found += fresh.hits.length;
      previous = document;
      const at = random.below(text.length);
      const hit = fresh.hits[random.below(Math.max(1, fresh.hits.length))];
      // A letter typed, some taken away, a piece pasted, a piece cut, and the same inside or in front of a secret.
      const [from, to, typed] = [
        [at, at, 'abz09 =:"\'\n{}_-'.charAt(random.below(15))],
        [at, at + 1 + random.below(4), ''],
        [at, at, piece()],
        [at, at + random.below(600), ''],
        [hit?.range[0] ?? at, hit?.range[0] ?? at, 'x'],
        [(hit?.range[1] ?? at + 1) - 1, hit?.range[1] ?? at + 1, ''],
        [Math.max(0, (hit?.range[0] ?? at) - 1 - random.below(12)), hit?.range[0] ?? at, 'q'],
      ][random.below(7)] as [number, number, string];
      text = text.slice(0, from) + typed + text.slice(to);
    }
  }
  assert.ok(found > 5000, `${found} findings were compared`);
});

it('sees an edit far from where a key begins', () => {
  const dashes = '-'.repeat(5);
  const body = Array.from({ length: 150 }, (_, line) => randomFrom(line).text('ABCDefgh0123+/', 64)).join('\n');
  const key = `${dashes}BEGIN RSA PRIVATE KEY${dashes}\nMII${body}\n${dashes}END RSA PRIVATE KEY${dashes}\n`;
  const filler = 'nothing stands here\n'.repeat(600);
  const first = both('a.txt', `${filler}${key}${filler}`, undefined);
  for (const end of [filler.length + key.length - 40, filler.length + key.length - 4]) {
    const text = `${filler}${key}${filler}`;
    const { after, fresh } = both('a.txt', `${text.slice(0, end)}!${text.slice(end)}`, first.document);
    assert.deepEqual(after, fresh);
  }
});

it('keeps nothing of a text whose secrets nobody asked for', () => {
  const first = documentFromText('a.env', 'nothing');
  const second = documentFromText('a.env', `API_TOKEN=${randomFrom(3).text('abcdef0123456789', 40)}`);
  followEdit(first, undefined);
  followEdit(second, first);
  assert.deepEqual(
    scanSecrets(second).hits.map(({ rule }) => rule),
    ['generic-secret'],
  );
});
