import { BigNum, numberFromText, numberText } from '../../rego/values/number.ts';
import { RegoObject, RegoSet, type Value } from '../../rego/values/value.ts';

/**
 * Values as compiled policy hands them out and takes them (`opa_value_dump`, `opa_value_parse` of OPA's WebAssembly ABI):
 * JSON, and beside it sets `{1,2}`, `set()` and objects whose keys are any value.
 */
export function termText(v: Value): string {
  if (typeof v === 'string') return JSON.stringify(v);
  if (v === null || typeof v === 'boolean') return String(v);
  if (typeof v === 'number' || v instanceof BigNum) return numberText(v);
  if (v instanceof RegoSet) return v.size === 0 ? 'set()' : `{${v.items().map(termText).join()}}`;
  if (v instanceof RegoObject) {
    return `{${[...v.entries()].map(([key, value]) => `${termText(key)}:${termText(value)}`).join()}}`;
  }
  return `[${v.map(termText).join()}]`;
}

const token = /\s*([{}[\],:]|"(?:[^"\\]|\\.)*"|set\(\)|[^\s{}[\],:"]+)/gsy;

/** The value of such a text; throws an `Error` when it is none. */
export function termFromText(text: string): Value {
  token.lastIndex = 0;
  const words: string[] = [];
  for (let match = token.exec(text); match; match = token.exec(text)) words.push(match[1] as string);
  let at = 0;
  const value = (): Value => {
    const word = words[at++];
    if (word === undefined) throw new Error('the compiled policy handed out a value that is cut off');
    if (word === '[') return list(']');
    if (word === '{') return braces();
    if (word === 'set()') return new RegoSet();
    if (word.startsWith('"')) return JSON.parse(word) as string;
    if (word === 'null') return null;
    return word === 'true' || word === 'false' ? word === 'true' : numberFromText(word);
  };
  const list = (end: string): Value[] => {
    const items: Value[] = [];
    while (words[at] !== end) {
      items.push(value());
      if (words[at] === ',') at++;
    }
    at++;
    return items;
  };
  const braces = (): Value => {
    const object = new RegoObject();
    if (words[at] === '}') {
      at++;
      return object;
    }
    const first = value();
    if (words[at] !== ':') {
      if (words[at] === ',') at++;
      const set = new RegoSet();
      for (const item of [first, ...list('}')]) set.add(item);
      return set;
    }
    at++;
    object.set(first, value());
    while (words[at] === ',') {
      at++;
      const key = value();
      at++;
      object.set(key, value());
    }
    at++;
    return object;
  };
  return value();
}
