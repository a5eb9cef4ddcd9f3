import { documentFromText } from '../model/document.ts';
import { asText, get, itemsOf, parseJson } from '../model/tree/index.ts';
import type { Document, Node, Range, ScalarNode } from '../model/types.ts';
import type { Language, Place, Replacement } from './language.ts';
import { languages } from './languages/index.ts';

/** Endings of the languages that kernels speak. */
const endings: Record<string, string> = {
  python: 'py',
  r: 'R',
  julia: 'jl',
  javascript: 'js',
  typescript: 'ts',
  ruby: 'rb',
};

/** A notebook: the code of a cell is replaced as a file of its language, and written as the JSON that it stands in. */
export const notebook: Language = {
  files: /\.ipynb$/i,
  replace: (place) => {
    const [root] = parseJson(place.document).roots;
    const metadata = get(root, 'metadata');
    const language =
      asText(get(get(metadata, 'kernelspec'), 'language')) ?? asText(get(get(metadata, 'language_info'), 'name'));
    const ending = endings[(language ?? 'python').toLowerCase()];
    const cell = itemsOf(get(root, 'cells')).find(
      ({ range }) => range[0] <= place.value[0] && range[1] >= place.value[1],
    );
    if (!cell || ending === undefined || asText(get(cell, 'cell_type')) !== 'code') return undefined;
    return inCell(place, get(cell, 'source'), ending);
  },
};

function inCell(place: Place, source: Node | undefined, ending: string): Replacement | undefined {
  const lines = itemsOf(source).filter((item): item is ScalarNode => item.kind === 'scalar');
  const text = lines.map((line) => line.text).join('');
  // Its first line says that it is written in something else.
  if (text.startsWith('%%')) return undefined;
  const start = offsetIn(lines, place.value[0]);
  const end = offsetIn(lines, place.value[1]);
  const language = languages.find((one) => one.files.test(`cell.${ending}`));
  if (start === undefined || end === undefined || !language) return undefined;
  const document: Document = documentFromText(`${place.document.path}.${ending}`, text);
  const made = language.replace({ ...place, document, value: [start, end] });
  if (!made) return undefined;
  const rangeOf = ([from, to]: Range): Range | undefined => {
    const [first, last] = [outside(lines, from, false), outside(lines, to, to > from)];
    return first === undefined || last === undefined ? undefined : [first, last];
  };
  const written = (value: string) => JSON.stringify(value).slice(1, -1);
  const range = rangeOf(made.range);
  const more = (made.more ?? []).map((one) => ({ range: rangeOf(one.range), text: written(one.text) }));
  if (!range || more.some((one) => one.range === undefined)) return undefined;
  return { ...made, range, text: written(made.text), more: more as { range: Range; text: string }[] };
}

/** The offset in the cell's code of an offset in the file. */
function offsetIn(lines: readonly ScalarNode[], at: number): number | undefined {
  let before = 0;
  for (const line of lines) {
    if (at >= line.range[0] && at <= line.range[1]) {
      for (let index = 0; index <= line.text.length; index++) {
        if (line.offsetAt(index) >= at) return before + index;
      }
    }
    before += line.text.length;
  }
  return undefined;
}

/** The offset in the file of one in the cell's code; of an end, behind the character before it. */
function outside(lines: readonly ScalarNode[], at: number, isEnd: boolean): number | undefined {
  let before = 0;
  for (const line of lines) {
    const index = at - before;
    if (isEnd ? index > 0 && index <= line.text.length : index >= 0 && index < line.text.length) {
      return line.offsetAt(index);
    }
    before += line.text.length;
  }
  return undefined;
}
