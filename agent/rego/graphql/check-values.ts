/** Values against the type of the place they stand in (GraphQL October 2021 §5.6). */
import type { Node } from './cursor.ts';
import { fail, list, type Schema, typeText } from './types.ts';

const VARIABLE = 0;
const INT = 1;
const FLOAT = 2;
const STRING = 3;
const BLOCK = 4;
const BOOLEAN = 5;
const NULL = 6;
const ENUM = 7;
const LIST = 8;
const OBJECT = 9;

export function checkValue(s: Schema, value: Node, type: Node): void {
  const kind = value.Kind;
  if (kind === VARIABLE) return;
  if (kind === NULL) {
    if (type.NonNull === true) fail(s.places, value, `Expected value of type "${typeText(type)}", found null.`);
    return;
  }
  if (type.Elem !== undefined) {
    // A single value stands for a list of one.
    const items = kind === LIST ? list(value, 'Children').map((c) => c.Value as Node) : [value];
    for (const item of items) checkValue(s, item, type.Elem as Node);
    return;
  }
  const definition = s.types.get(String(type.NamedType));
  if (definition === undefined) return;
  if (definition.Kind === 'INPUT_OBJECT') {
    checkObject(s, value, definition, type);
    return;
  }
  if (definition.Kind === 'ENUM') {
    const known = kind === ENUM && list(definition, 'EnumValues').some((v) => v.Name === value.Raw);
    if (!known) wrong(s, value, type);
    return;
  }
  if (!fitsScalar(String(type.NamedType), Number(kind))) wrong(s, value, type);
}

function fitsScalar(name: string, kind: number): boolean {
  switch (name) {
    case 'Int':
      return kind === INT;
    case 'Float':
      return kind === INT || kind === FLOAT;
    case 'String':
      return kind === STRING || kind === BLOCK;
    case 'Boolean':
      return kind === BOOLEAN;
    case 'ID':
      return kind === INT || kind === STRING || kind === BLOCK;
    default:
      return true;
  }
}

function checkObject(s: Schema, value: Node, definition: Node, type: Node): void {
  if (value.Kind !== OBJECT) wrong(s, value, type);
  const given = list(value, 'Children');
  const fields = list(definition, 'Fields');
  const seen = new Set<unknown>();
  for (const g of given) {
    const field = fields.find((f) => f.Name === g.Name);
    if (field === undefined) fail(s.places, g, `Field "${g.Name}" is not defined by type "${definition.Name}".`);
    if (seen.has(g.Name)) fail(s.places, g, `There can be only one input field named "${g.Name}".`);
    seen.add(g.Name);
    checkValue(s, g.Value as Node, field.Type as Node);
  }
  for (const f of fields) {
    if ((f.Type as Node).NonNull !== true || f.DefaultValue !== undefined || seen.has(f.Name)) continue;
    fail(
      s.places,
      value,
      `Field "${definition.Name}.${f.Name}" of required type "${typeText(f.Type as Node)}" was not provided.`,
    );
  }
}

function wrong(s: Schema, value: Node, type: Node): never {
  const raw = value.Kind === STRING || value.Kind === BLOCK ? JSON.stringify(value.Raw) : String(value.Raw);
  return fail(s.places, value, `Expected value of type "${typeText(type)}", found ${raw}.`);
}
