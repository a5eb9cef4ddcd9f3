/** Literals of constants only, read with a loop: neither their depth nor their size touches the stack. */
import { textOf } from '../lexer.ts';
import { isPunctuation, KIND } from '../tokens.ts';
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

const WORDS = new Map<number, Value>([
  [KIND.true, true],
  [KIND.false, false],
  [KIND.null, null],
]);

/**
 * Reads the literal that begins at the current `[` or `{`, or answers undefined and stays where it was when anything
 * but constants is in it.
 */
export function constantLiteral(s: State): Value | undefined {
  const { kinds } = s;
  const first = kinds[s.at + 1] as number;
  if (first === KIND.ident || s.notConstant.has(s.at) || namesVariable(s)) return undefined;
  const stack: Open[] = [];
  let at = s.at;
  for (;;) {
    const kind = kinds[at] as number;
    let value: Value | undefined;
    if (kind === KIND['['] || kind === KIND['{']) {
      stack.push({ start: at, kind: kind === KIND['['] ? 'array' : 'unknown', items: [], keys: [] });
      at++;
      if (!closes(kinds[at] as number)) continue;
    } else if (stack.length === 0 || closes(kind)) {
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

/** How many tokens are looked at before a literal is tried: `["%s of %s", name` is how most lists in policies begin. */
const AHEAD = 8;

/** Whether a name stands near the beginning of what is open at the current token. */
function namesVariable({ kinds, at }: State): boolean {
  for (let i = at + 1; i < at + AHEAD; i++) {
    const kind = kinds[i] as number;
    if (kind === KIND.ident) return true;
    // Whatever closes may close the literal itself, and nothing behind the end is a token of this text.
    if (closes(kind) || kind === KIND.end) return false;
  }
  return false;
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
    const kind = s.kinds[at] as number;
    if (value !== undefined) {
      if (isKeyOf(top, kind)) {
        top.kind = 'object';
        top.keys.push(value);
        return { at: at + 1, value };
      }
      if (!isPunctuation(kind) || !takes(top, stack)) return giveUp(s, stack);
      top.items.push(value);
    }
    if (kind === KIND[','] && value !== undefined) {
      at++;
      if (!closes(s.kinds[at] as number)) return { at, value };
    }
    const closing = s.kinds[at] as number;
    if (!closes(closing) || (closing === KIND[']']) !== (top.kind === 'array')) return giveUp(s, stack);
    at++;
    // A bracket or dot directly after makes it a reference into the literal.
    const after = s.kinds[at];
    if ((after === KIND['['] || after === KIND['.']) && s.tokens.spaced[at] === 0) return giveUp(s, stack);
    stack.pop();
    value = close(top);
  }
}

/** Whether a value before a token of this kind is a key of what is open. */
function isKeyOf({ kind, keys, items }: Open, next: number): boolean {
  return next === KIND[':'] && kind !== 'array' && kind !== 'set' && keys.length === items.length;
}

/** Whether what is open takes another value: braces with a value that is no key are a set, and one in an object has a key. */
function takes(top: Open, stack: readonly Open[]): boolean {
  if (top.kind === 'unknown') {
    top.kind = 'set';
    return inSets(stack) <= MAX_SETS;
  }
  return top.kind !== 'object' || top.keys.length === top.items.length + 1;
}

/** Sets are compared by what is in them, which takes time with the square of how deep they are in each other. */
const MAX_SETS = 400;

function inSets(stack: readonly Open[]): number {
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
  const kind = s.kinds[at] as number;
  if (kind === KIND.string) return { value: textOf(s.tokens, at), next: at + 1 };
  if (kind === KIND.number) return { value: numberFromText(textOf(s.tokens, at)), next: at + 1 };
  if (kind === KIND['-']) {
    if (s.kinds[at + 1] !== KIND.number || s.tokens.spaced[at + 1] === 1) return undefined;
    return { value: numberFromText(`-${textOf(s.tokens, at + 1)}`), next: at + 2 };
  }
  const value = WORDS.get(kind);
  return value === undefined ? undefined : { value, next: at + 1 };
}

function closes(kind: number): boolean {
  return kind === KIND[']'] || kind === KIND['}'];
}

function giveUp(s: State, stack: Open[]): undefined {
  for (const open of stack) s.notConstant.add(open.start);
  return undefined;
}
