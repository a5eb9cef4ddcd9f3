import { effective } from './effective.ts';
import type { Command, Script, Word } from './types.ts';

/**
 * How the shell reads the place `index` of a script's view.
 * `code`: it is part of a program in another language or of a string that a second shell reads. `unknown`: a comment, a
 * pattern, an arithmetic expression, or nothing we understand.
 */
export type QuoteState = 'bare' | 'assignment' | 'double' | 'single' | 'heredoc' | 'code' | 'unknown';

/** Programs whose arguments are programs. */
const interpreters =
  /^(?:awk|gawk|mawk|sed|jq|yq|perl|python[\d.]*|ruby|node|deno|bun|php|lua|eval|ssh|psql|mysql|sqlite3|sh|bash|dash|zsh|ksh|ash|pwsh|powershell|cmd|xargs|parallel|watch|trap|envsubst|iex|invoke-expression|su)$/i;

/** The state of quoting at a place of a script. */
export function quoteAt(script: Script, index: number): QuoteState {
  let best: { word: Word; command: Command; assigned: boolean } | undefined;
  for (const command of script.commands) {
    for (const word of command.words)
      if (contains(word, index)) best = smaller(best, { word, command, assigned: false });
    for (const { value } of command.assignments) {
      if (contains(value, index)) best = smaller(best, { word: value, command, assigned: true });
    }
    for (const { target } of command.redirects) {
      if (contains(target, index)) best = smaller(best, { word: target, command, assigned: false });
    }
  }
  if (!best) return heredocState(script, index);
  if (isFed(script, index, best.word)) return 'code';
  if (!best.assigned && feedsInterpreter(best.command)) return 'code';
  const before = script.view.text.slice(best.word.start, index);
  if (before.includes('$((')) return 'unknown';
  const state = scan(before, script.dialect === 'pwsh' ? '`' : '\\');
  return state === 'bare' && best.assigned ? 'assignment' : state;
}

function contains(word: Word, index: number): boolean {
  return word.start <= index && index < word.end;
}

function smaller<T extends { word: Word }>(best: T | undefined, next: T): T {
  return best && best.word.end - best.word.start <= next.word.end - next.word.start ? best : next;
}

/** Another word around it has no substitution there, so its text is handed to a shell a second time. */
function isFed(script: Script, index: number, word: Word): boolean {
  for (const command of script.commands) {
    for (const other of command.words) {
      if (other !== word && contains(other, index) && other.substitutions.length === 0) return true;
    }
    if (feedsInterpreter(command) && command.heredocs.some(({ start, end }) => start <= index && index < end))
      return true;
  }
  return false;
}

function feedsInterpreter(command: Command): boolean {
  const name = effective(command)?.name ?? command.name;
  return (
    interpreters.test(name) ||
    (command.pipeTo !== undefined && /^(?:sh|bash|zsh|dash|ksh)$/.test(effective(command.pipeTo)?.name ?? ''))
  );
}

function heredocState(script: Script, index: number): QuoteState {
  for (const command of script.commands) {
    for (const heredoc of command.heredocs) {
      if (index < heredoc.start || index >= heredoc.end) continue;
      return feedsInterpreter(command) ? 'code' : heredoc.expands ? 'heredoc' : 'unknown';
    }
  }
  return 'unknown';
}

function scan(text: string, mark: string): 'bare' | 'double' | 'single' {
  let state: 'bare' | 'double' | 'single' = 'bare';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === mark && state !== 'single') at += 1;
    else if (character === '"' && state !== 'single') state = state === 'double' ? 'bare' : 'double';
    else if (character === "'" && state !== 'double') state = state === 'single' ? 'bare' : 'single';
  }
  return state;
}
