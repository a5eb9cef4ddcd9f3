/** Literals of constants only, read with a loop: neither their depth nor their size touches the stack. */
import type { Token } from '../lexer.ts';
import { negate } from '../values/arithmetic.ts';
import { numberFromText } from '../values/number.ts';
import { RegoObject, RegoSet, type Value } from '../values/value.ts';
import type { State } from './state.ts';

interface Open {
  start: number;
  kind: 'array' | 'set' | 'object' | 'unknown';
  items: Value[];
  /** Keys of an object, one for each item; one more while its value is read. */
  keys: Value[];
}

const WORDS = new Map<string, Value>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/**
 * Reads the literal that begins at the current `[` or `{`, or answers undefined and stays where it was when anything
 * but constants is in it.
 */
export function constantLiteral(s: State): Value | undefined {
  if (s.notConstant.has(s.at)) return undefined;
  const stack: Open[] = [];
  let at = s.at;
  for (;;) {
    const token = s.tokens[at] as Token;
    const top = stack.at(-1);
    let value: Value | undefined;
    if (token.type === 'punct' && (token.text === '[' || token.text === '{')) {
      stack.push({ start: at, kind: token.text === '[' ? 'array' : 'unknown', items: [], keys: [] });
      at++;
      const first = s.tokens[at] as Token;
      if (first.type !== 'punct' || (first.text !== ']' && first.text !== '}')) continue;
    } else if (top === undefined || closes(token)) {
      return giveUp(s, stack);
    } else {
      const scalar = constantScalar(s, at);
      if (scalar === undefined) return giveUp(s, stack);
      value = scalar.value;
      at = scalar.next;
    }
    const done = settle(s, stack, value, at);
    if (done === undefined) return undefined;
    at = done.at;
    if (stack.length === 0) {
      s.at = at;
      return done.value;
    }
  }
}

/** Puts a finished value into what holds it, and closes everything that closes here. */
function settle(
  s: State,
  stack: Open[],
  first: Value | undefined,
  from: number,
): { at: number; value: Value } | undefined {
  let value = first;
  let at = from;
  for (;;) {
    const top = stack.at(-1);
    if (top === undefined) return { at, value: value as Value };
    const token = s.tokens[at] as Token;
    if (value !== undefined) {
      if (token.type !== 'punct') return giveUp(s, stack);
      if (token.text === ':' && top.kind !== 'array' && top.kind !== 'set' && top.keys.length === top.items.length) {
        top.kind = 'object';
        top.keys.push(value);
        return { at: at + 1, value };
      }
      if (top.kind === 'unknown') {
        top.kind = 'set';
        if (inSets(stack) > MAX_SETS) return giveUp(s, stack);
      }
      if (top.kind === 'object' && top.keys.length !== top.items.length + 1) return giveUp(s, stack);
      top.items.push(value);
    }
    if (token.type === 'punct' && token.text === ',' && value !== undefined) {
      at++;
      if (!closes(s.tokens[at] as Token)) return { at, value };
    }
    const closing = s.tokens[at] as Token;
    if (!closes(closing) || (closing.text === ']') !== (top.kind === 'array')) return giveUp(s, stack);
    at++;
    // A bracket or dot directly after makes it a reference into the literal.
    const after = s.tokens[at];
    if (after !== undefined && !after.spaced && after.type === 'punct' && (after.text === '[' || after.text === '.')) {
      return giveUp(s, stack);
    }
    stack.pop();
    value = close(top);
  }
}

/** Sets are compared by what is in them, which takes time with the square of how deep they are in each other. */
const MAX_SETS = 400;

function inSets(stack: Open[]): number {
  if (stack.length <= MAX_SETS) return 0;
  return stack.filter((open) => open.kind === 'set' || open.kind === 'unknown').length;
}

function close(open: Open): Value {
  if (open.kind === 'array') return open.items;
  if (open.kind === 'set') return open.items.reduce((set: RegoSet, item) => set.add(item), new RegoSet());
  const object = new RegoObject();
  for (let i = 0; i < open.items.length; i++) object.set(open.keys[i] as Value, open.items[i] as Value);
  return object;
}

function constantScalar(s: State, at: number): { value: Value; next: number } | undefined {
  const token = s.tokens[at] as Token;
  if (token.type === 'string') return { value: token.text, next: at + 1 };
  if (token.type === 'number') return { value: numberFromText(token.text), next: at + 1 };
  if (token.type === 'ident') {
    const value = WORDS.get(token.text);
    return value === undefined ? undefined : { value, next: at + 1 };
  }
  const digits = s.tokens[at + 1];
  if (token.type === 'punct' && token.text === '-' && digits?.type === 'number' && !digits.spaced) {
    return { value: negate(numberFromText(digits.text)), next: at + 2 };
  }
  return undefined;
}

function closes(token: Token): boolean {
  return token.type === 'punct' && (token.text === ']' || token.text === '}');
}

function giveUp(s: State, stack: Open[]): undefined {
  for (const open of stack) s.notConstant.add(open.start);
  return undefined;
}
