import { posix } from 'node:path';
import type { Document, Edit, Finding, Fix } from '../model/types.ts';
import type { Language, Replacement } from './language.ts';
import { languages } from './languages/index.ts';
import { nameFor } from './name.ts';
import { notebook } from './notebook.ts';

/**
 * Edits that move a secret's value out of the file: to an environment variable, or to the secret of the platform, in the
 * language at hand; and its name into `.env.example`. Nothing where we are not sure: a wrong fix costs more than none.
 * They are proposals: `proveFixes` applies and judges them, and a person accepts them, since the value must then be set
 * where the program runs. The value itself is in no edit.
 */
export function secretFixes(document: Document, finding: Finding, documents: readonly Document[]): Fix[] {
  const [start, end] = finding.range;
  const known = documents.includes(document) && document.kind === 'file' && !document.partial;
  if (!known || document.encoding !== 'utf-8' || document.text.slice(start, end).includes('\n')) return [];
  const place = { document, value: finding.range, name: nameFor(document, finding), rule: finding.rule };
  const made = languageOf(document)?.replace(place);
  if (!made) return [];
  const { environment } = made;
  const edits = [...editsOf(document, made), ...(environment ? exampleEdits(document, environment, documents) : [])];
  return [{ title: made.title, edits, safe: false }];
}

/** The language of a file: by its name, else by its text. */
function languageOf({ path, text }: Document): Language | undefined {
  if (notebook.files.test(path)) return notebook;
  return languages.find((one) => one.files.test(path)) ?? languages.find((one) => one.text?.test(text));
}

function editsOf(document: Document, { range, text, more = [] }: Replacement): Edit[] {
  return [{ path: document.path, range, text }, ...more.map((one) => ({ path: document.path, ...one }))];
}

const examples = ['.env.example', '.env.sample', '.env.template'];

/** A line `NAME=` in the nearest example file; one is made in the root where there is none. */
function exampleEdits(document: Document, name: string, documents: readonly Document[]): Edit[] {
  for (let folder = posix.dirname(document.path); ; folder = posix.dirname(folder)) {
    const found = documents.find((one) => examples.some((file) => one.path === posix.join(folder, file)));
    if (found) {
      if (new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=`, 'm').test(found.text)) return [];
      const { length } = found.text;
      const gap = found.text === '' || found.text.endsWith('\n') ? '' : '\n';
      return [{ path: found.path, range: [length, length], text: `${gap}${name}=\n` }];
    }
    if (folder === '.' || folder === '/') break;
  }
  return [{ path: '.env.example', range: [0, 0], text: `${name}=\n`, create: true }];
}
