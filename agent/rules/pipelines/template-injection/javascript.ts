import type { ExpressionSpan } from '../../../model/pipeline/spans.ts';
import type { Replacement } from './fix.ts';

/**
 * How `actions/github-script` reads the variable at the place of an expression: inside a template literal, as a whole
 * string literal, or as the JSON that `toJSON` gave. Undefined for every other place.
 */
export function scriptReplacement(script: string, span: ExpressionSpan, name: string): Replacement | undefined {
  const reference = `process.env.${name}`;
  const state = stateAt(script, span.start);
  if (state.kind === 'template') return { from: span.start, to: span.end, text: `\${${reference}}`, safe: true };
  if (state.kind === 'string') {
    const whole = state.start === span.start - 1 && script.charAt(span.end) === state.quote;
    return whole ? { from: span.start - 1, to: span.end + 1, text: reference, safe: true } : undefined;
  }
  const isJson = span.expression?.kind === 'call' && span.expression.name === 'tojson';
  if (state.kind !== 'code' || !isJson) return undefined;
  return { from: span.start, to: span.end, text: `JSON.parse(${reference})`, safe: true };
}

type State = { kind: 'code' | 'comment' } | { kind: 'template' } | { kind: 'string'; quote: string; start: number };

/** What is not code, from where it begins: it reaches up to `until`, and reading goes on at `next`. */
interface Part {
  state: State;
  until: number;
  next: number;
}

/** What stands around a place of JavaScript. Regular expressions with quotes in them are not told apart from division. */
function stateAt(script: string, index: number): State {
  /** How deep in braces each template was left for code of its own, the outermost first. */
  const left: number[] = [];
  let depth = 0;
  let at = 0;
  while (at < index) {
    const character = script.charAt(at);
    const returns = character === '}' && left.at(-1) === depth;
    if (returns) left.pop();
    const part = returns ? templateAt(script, at) : partAt(script, at);
    if (part && part.until >= index) return part.state;
    if (part?.state.kind === 'template' && script.charAt(part.until) === '$') left.push(depth);
    if (!part && character === '{') depth += 1;
    if (!part && character === '}') depth -= 1;
    at = part?.next ?? at + 1;
  }
  return { kind: 'code' };
}

/** The comment, string or template that begins here. */
function partAt(script: string, at: number): Part | undefined {
  const character = script.charAt(at);
  if (script.startsWith('//', at)) return commentAt(script, at, '\n');
  if (script.startsWith('/*', at)) return commentAt(script, at, '*/');
  if (character === '`') return templateAt(script, at);
  if (character !== '"' && character !== "'") return undefined;
  const until = closing(script, at, character);
  return { state: { kind: 'string', quote: character, start: at }, until, next: until + 1 };
}

function commentAt(script: string, at: number, end: string): Part {
  const found = script.indexOf(end, at + 2);
  const until = found === -1 ? Number.POSITIVE_INFINITY : found;
  return { state: { kind: 'comment' }, until, next: until + end.length };
}

/** The text of a template, from its backtick or from the brace that ends code in it. */
function templateAt(script: string, at: number): Part {
  const until = templateEnd(script, at + 1);
  return { state: { kind: 'template' }, until, next: until + (script.charAt(until) === '$' ? 2 : 1) };
}

function closing(script: string, from: number, quote: string): number {
  let at = from + 1;
  while (at < script.length && script.charAt(at) !== quote && script.charAt(at) !== '\n') {
    at += script.charAt(at) === '\\' ? 2 : 1;
  }
  return at;
}

/** The closing backtick, or the `${` of an interpolation; `${{ … }}` of the pipeline is text here. */
function templateEnd(script: string, from: number): number {
  let at = from;
  while (at < script.length) {
    const character = script.charAt(at);
    if (character === '`') return at;
    if (script.startsWith('${{', at)) {
      const end = script.indexOf('}}', at);
      at = end === -1 ? script.length : end + 2;
    } else if (script.startsWith('${', at)) return at;
    else at += character === '\\' ? 2 : 1;
  }
  return at;
}
