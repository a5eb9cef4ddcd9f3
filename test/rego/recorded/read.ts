/**
 * Records of what OPA 1.22.4 answers: an expression on a line, and on the next line, after two spaces, its value as JSON or
 * its error. `PREGATE_WRITE=1 node --test test/rego/opa/recorded.test.ts` asks the `opa` on PATH and writes them anew.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Recorded {
  expression: string;
  answer: string;
}

const FOLDER = new URL('./', import.meta.url);

/** The records by file, in order of their names. */
export function recordings(): { path: string; rows: Recorded[] }[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));
  return names.sort().map((name) => {
    const path = fileURLToPath(new URL(name, FOLDER));
    const rows: Recorded[] = [];
    for (const line of readFileSync(path, 'utf8').split('\n')) {
      const last = rows.at(-1);
      if (line.startsWith('  ') && last !== undefined) last.answer = line.slice(2);
      else if (line !== '') rows.push({ expression: line, answer: '' });
    }
    return { path, rows };
  });
}

/** How an answer is recorded: one line, without the value's second form. */
export function answerText(answer: { value?: string; error?: string }): string {
  return JSON.stringify(answer.error ?? answer.value ?? 'undefined').slice(1, -1);
}
