/** The notation of the types of builtins: `string|array<number>`, `object<string,any>`, `object{op:string}<any,any>`, `[number,string]`. */
import { ANY, arrayOf, type Field, fieldKey, objectOf, type Type, unionOf } from './types.ts';

const parsed = new Map<string, Type>();

export function parseType(text: string): Type {
  let type = parsed.get(text);
  if (type === undefined) {
    type = readUnion({ text, at: 0 });
    parsed.set(text, type);
  }
  return type;
}

interface Reader {
  text: string;
  at: number;
}

function readUnion(r: Reader): Type {
  const types = [readOne(r)];
  while (r.text[r.at] === '|') {
    r.at++;
    types.push(readOne(r));
  }
  return unionOf(types) as Type;
}

function readOne(r: Reader): Type {
  if (r.text[r.at] === '[') return { kind: 'array', items: readList(r, ']'), of: undefined };
  const name = /^[a-z]+/.exec(r.text.slice(r.at))?.[0] ?? '';
  r.at += name.length;
  const fields = r.text[r.at] === '{' ? readFields(r) : undefined;
  const inside = r.text[r.at] === '<' ? readList(r, '>') : [];
  const of = inside.at(-1) ?? ANY;
  if (fields !== undefined) return { kind: 'object', fields, key: inside[0], of: inside[1] };
  switch (name) {
    case 'array':
      return arrayOf(of);
    case 'set':
      return { kind: 'set', of };
    case 'object':
      return objectOf(inside.length > 1 ? inside[0] : ANY, of);
    case 'any':
      return ANY;
    default:
      return { kind: name as 'string' };
  }
}

function readFields(r: Reader): Map<string, Field> {
  const fields = new Map<string, Field>();
  do {
    const key = /^\w+/.exec(r.text.slice(r.at + 1))?.[0] ?? '';
    r.at += key.length + 2;
    fields.set(fieldKey(key), { key, type: readUnion(r) });
  } while (r.text[r.at] === ',');
  r.at++;
  return fields;
}

function readList(r: Reader, close: string): Type[] {
  const types: Type[] = [];
  do {
    r.at++;
    types.push(readUnion(r));
  } while (r.text[r.at] === ',');
  if (r.text[r.at] === close) r.at++;
  return types;
}
