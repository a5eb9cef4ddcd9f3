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

/** What stands around a place of JavaScript. Regular expressions with quotes in them are not told apart from division. */
function stateAt(script: string, index: number): State {
  const templates: number[] = [];
  let depth = 0;
  let at = 0;
  while (at < index) {
    const character = script.charAt(at);
    const two = script.slice(at, at + 2);
    if (two === '//' || two === '/*') {
      const end = script.indexOf(two === '//' ? '\n' : '*/', at + 2);
      if (end === -1 || end >= index) return { kind: 'comment' };
      at = end + (two === '//' ? 1 : 2);
    } else if (character === '"' || character === "'") {
      const end = closing(script, at, character);
      if (end >= index) return { kind: 'string', quote: character, start: at };
      at = end + 1;
    } else if (character === '`' || (character === '}' && templates.at(-1) === depth)) {
      if (character === '}') templates.pop();
      const end = templateEnd(script, at + 1);
      if (end >= index) return { kind: 'template' };
      if (script.charAt(end) === '$') templates.push(depth);
      at = script.charAt(end) === '$' ? end + 2 : end + 1;
    } else {
      if (character === '{') depth += 1;
      if (character === '}') depth -= 1;
      at += 1;
    }
  }
  return { kind: 'code' };
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
