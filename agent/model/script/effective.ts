import type { Command, Word } from './types.ts';

export interface Effective {
  /** Base name of the program that really runs. */
  name: string;
  program: Word;
  args: Word[];
}

/** Options of wrappers that take the next word as their value. */
const wrappers: Record<string, { values: string; words?: number; query?: string }> = {
  sudo: { values: '-u -g -h -p -C -r -t -T -U -D --user --group --host --prompt --chdir' },
  doas: { values: '-u -C' },
  env: { values: '-u -C -S --unset --chdir' },
  nice: { values: '-n --adjustment' },
  ionice: { values: '-c -n -p' },
  time: { values: '-f -o' },
  timeout: { values: '-s -k --signal --kill-after', words: 1 },
  exec: { values: '-a' },
  command: { values: '', query: '-v -V' },
  builtin: { values: '' },
  nohup: { values: '' },
  stdbuf: { values: '-i -o -e' },
  setsid: { values: '' },
  chroot: { values: '', words: 1 },
  'xvfb-run': { values: '-n -s -e -f -p -w' },
  eatmydata: { values: '' },
  travis_retry: { values: '' },
  winpty: { values: '' },
};

/**
 * The command that really runs behind `sudo`, `env A=b`, `time`, `exec` and the like.
 * Undefined when there is none, or when only the run can tell which.
 */
export function effective(command: Command): Effective | undefined {
  let words = command.words;
  for (let guard = 0; guard < 8; guard++) {
    const program = words[0];
    if (!program) return undefined;
    const name = baseName(program);
    const wrapper = Object.hasOwn(wrappers, name) ? wrappers[name] : undefined;
    if (!wrapper) return { name, program, args: words.slice(1) };
    const rest = unwrap(words, wrapper);
    if (!rest) return { name, program, args: words.slice(1) };
    words = rest;
  }
  return undefined;
}

/** Base name of a word's program, without `.exe`; empty when the word is known only at run time. */
export function baseName(word: Word): string {
  const slash = Math.max(word.text.lastIndexOf('/'), word.text.lastIndexOf('\\'));
  const base = word.text.slice(slash + 1);
  if (word.dynamic && (slash === -1 || /[$`]/.test(base))) return '';
  return base.replace(/\.exe$/i, '');
}

function unwrap(words: Word[], wrapper: { values: string; words?: number; query?: string }): Word[] | undefined {
  const values = wrapper.values.split(' ');
  const queries = wrapper.query?.split(' ') ?? [];
  let skip = wrapper.words ?? 0;
  for (let at = 1; at < words.length; at++) {
    const text = (words[at] as Word).text;
    if (queries.includes(text)) return undefined;
    if (text === '--') continue;
    if (values.includes(text)) at += 1;
    else if (text.startsWith('-') || /^\w+=/.test(text)) continue;
    else if (skip > 0) skip -= 1;
    else return words.slice(at);
  }
  return undefined;
}
