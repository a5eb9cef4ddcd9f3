import { type Context, onLine } from './expression.ts';

type Insertion = { range: [number, number]; text: string };

function insert(at: number, text: string): Insertion[] {
  return [{ range: [at, at], text }];
}

/** `import os`, before the first import, or behind the head of the file where there is none. */
export function pythonImport({ text }: Pick<Context, 'text'>): Insertion[] | undefined {
  if (/^import\s+(?:[\w.]+\s*,\s*)*os\b(?!\.)(?!\s+as)/m.test(text)) return [];
  // The name means something else here.
  if (/^\s*os\s*=|\bas\s+os\b/m.test(text)) return undefined;
  const first = /^(?:import|from)\s+(?!__future__)\w/m.exec(text);
  const at = first?.index ?? headOf(text);
  return insert(at, first ? 'import os\n' : 'import os\n\n');
}

/** Where code may begin: behind comments, a docstring, and imports from the future. */
function headOf(text: string): number {
  const head =
    /^(?:[ \t]*(?:#[^\n]*)?\n)*(?:[rR]?("""|''')[\s\S]*?\1[ \t]*\n)?(?:[ \t]*\n|from __future__[^\n]*\n)*/.exec(text);
  return head?.[0].length ?? 0;
}

/** `"os"` among the imports, in their order; undefined where they cannot be found, or `os` means something else. */
export function goImport({ text }: Context): Insertion[] | undefined {
  if (/^\s*(?:import\s+)?"os"\s*$/m.test(text)) return [];
  if (/\bos\s*:?=|\bos\s+"/.test(text)) return undefined;
  const list = /^import \(\n((?:\t"[^"\n]*"\n)*)/m.exec(text);
  if (list) {
    const lines = (list[1] as string).split(/(?<=\n)/);
    const after = lines.findIndex((line) => line > '\t"os"');
    const before = after === -1 ? lines : lines.slice(0, after);
    return insert(list.index + 'import (\n'.length + before.join('').length, '\t"os"\n');
  }
  const head = /^package\s+\w+[^\n]*\n/m.exec(text);
  return head ? insert(head.index + head[0].length, '\nimport "os"\n') : undefined;
}

/** A line before the first that looks like it, else behind the comments with which the file begins. */
export function lineBeforeFirst({ text }: Context, line: string, present: RegExp, like: RegExp): Insertion[] {
  if (present.test(text)) return [];
  const first = like.exec(text);
  if (first) return insert(first.index, `${line}\n`);
  const head =
    /^(?:#!.*\n|\s*\/\/.*\n|\s*\/\*[\s\S]*?\*\/[ \t]*\n|#pragma once.*\n|library\b.*\n)*/.exec(text)?.[0] ?? '';
  return insert(head.length, `${line}\n\n`);
}

/** A whole statement `const name = "…"` of Go made a variable, which may be set by a call; undefined where it must stay constant. */
export function goVariable(context: Context): Insertion[] | undefined {
  const line = onLine(context);
  const name = /^(\s*)const(\s+(\w+)(?:\s+string)?\s*=\s*)$/.exec(line);
  if (!name) return undefined;
  const { text, where } = context;
  const others = text.match(new RegExp(`\\bconst\\b[^\\n]*=[^\\n]*\\b${name[3]}\\b|^\\s*${name[3]}\\s*=`, 'gm')) ?? [];
  if (others.length > 0) return undefined;
  const at = where.outer[0] - line.length + (name[1] as string).length;
  return [{ range: [at, at + 'const'.length], text: 'var' }];
}
