import type { Range } from '../model/types.ts';
import type { Place } from './languages.ts';

type Insertion = { range: Range; text: string };

/** `import os`, before the first import, or behind the head of the file where there is none. */
export function pythonImport({ document: { text } }: Place): Insertion[] {
  if (/^import\s+(?:[\w.]+\s*,\s*)*os\b(?!\.)(?!\s+as)/m.test(text)) return [];
  const first = /^(?:import|from)\s+(?!__future__)\w/m.exec(text);
  const at = first?.index ?? headOf(text);
  return [{ range: [at, at], text: first ? 'import os\n' : 'import os\n\n' }];
}

/** Where code may begin: behind comments, a docstring, and imports from the future. */
function headOf(text: string): number {
  const head =
    /^(?:[ \t]*(?:#[^\n]*)?\n)*(?:[rR]?("""|''')[\s\S]*?\1[ \t]*\n)?(?:[ \t]*\n|from __future__[^\n]*\n)*/.exec(text);
  return head?.[0].length ?? 0;
}

/** `"os"` among the imports; undefined where the package's imports cannot be found, or `os` means something else. */
export function goImport({ document: { text }, literal }: Place): Insertion[] | undefined {
  // In a block of constants nothing may be called.
  const block = text.lastIndexOf('const (', literal.value[0]);
  if (block !== -1 && text.indexOf('\n)', block) > literal.value[0]) return undefined;
  if (/^\s*(?:import\s+)?"os"\s*$/m.test(text)) return [];
  if (/\bos\s*:?=/.test(text)) return undefined;
  const list = /^import \(\n/m.exec(text);
  if (list) {
    const at = list.index + list[0].length;
    return [{ range: [at, at], text: '\t"os"\n' }];
  }
  const head = /^package\s+\w+[^\n]*\n/m.exec(text);
  if (!head) return undefined;
  const at = head.index + head[0].length;
  return [{ range: [at, at], text: '\nimport "os"\n' }];
}
