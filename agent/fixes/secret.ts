import { posix } from 'node:path';
import type { Document, Edit, Finding, Fix } from '../model/types.ts';
import { languages, type Replacement } from './languages.ts';
import { literalAt } from './literal.ts';
import { nameFor } from './name.ts';

/**
 * Edits that move a secret's value out of the file: to an environment variable, or to the secret of the platform, in the
 * language at hand; and its name into `.env.example`. Nothing where we are not sure: a wrong fix costs more than none.
 * They are proposals: `proveFixes` applies and judges them, and a person accepts them, since the value must then be set
 * where the program runs. The value itself is in no edit.
 */
export function secretFixes(document: Document, finding: Finding, documents: readonly Document[]): Fix[] {
  const [start, end] = finding.range;
  const known = documents.includes(document) && document.kind === 'file' && !document.partial;
  if (!known || document.encoding === 'binary' || document.text.slice(start, end).includes('\n')) return [];
  const language = languages.find((one) => one.files.test(document.path) || one.text?.test(document.text));
  if (!language) return [];
  const name = nameFor(document, finding);
  const literal = literalAt(document.text, finding.range);
  const made = language.replace({ document, literal, name });
  if (!made) return [];
  const edits = [...editsOf(document, made), ...(made.environment ? exampleEdits(document, name, documents) : [])];
  return [{ title: made.title, edits, safe: false }];
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
