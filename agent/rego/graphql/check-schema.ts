/** Rules of the type system (GraphQL October 2021 §3), as far as gqlparser checks them. */
import type { Node } from './cursor.ts';
import { baseName, fail, list, names, type Schema, typeText } from './types.ts';

/** Throws `GraphqlError` at the first type or directive that breaks a rule. */
export function checkSchema(s: Schema): void {
  for (const type of s.types.values()) if (!s.own.has(type)) checkType(s, type);
  for (const directive of s.directives.values()) {
    checkName(s, directive);
    checkArguments(s, list(directive, 'Arguments'), `@${directive.Name}`);
  }
}

function checkName(s: Schema, node: Node): void {
  if (String(node.Name).startsWith('__')) {
    fail(s.places, node, `Name "${node.Name}" must not begin with "__", which is reserved by GraphQL introspection.`);
  }
}

const OUTPUT = ['SCALAR', 'OBJECT', 'INTERFACE', 'UNION', 'ENUM'];
const INPUT = ['SCALAR', 'ENUM', 'INPUT_OBJECT'];

function checkType(s: Schema, type: Node): void {
  const kind = String(type.Kind);
  checkName(s, type);
  for (const field of list(type, 'Fields')) {
    checkName(s, field);
    const used = typeOf(s, field.Type as Node, field);
    const allowed = kind === 'INPUT_OBJECT' ? INPUT : OUTPUT;
    // Of a field of an input gqlparser names the kind that is used and the field.
    const shown = kind === 'INPUT_OBJECT' ? `${used.Kind} ${field.Name}` : `${kind} ${type.Name}`;
    if (!allowed.includes(String(used.Kind)))
      fail(s.places, field, `${shown}: field must be one of ${allowed.join(', ')}.`);
    checkArguments(s, list(field, 'Arguments'), `${type.Name}.${field.Name}`);
    checkDirectives(s, field, kind === 'INPUT_OBJECT' ? 'INPUT_FIELD_DEFINITION' : 'FIELD_DEFINITION');
  }
  checkUnique(s, list(type, 'Fields'), (field) => `Field ${type.Name}.${field.Name}`);
  for (const member of names(type, 'Types')) {
    const target = s.types.get(member);
    if (target === undefined) fail(s.places, type, `Undefined type "${member}".`);
    if (target.Kind !== 'OBJECT') fail(s.places, type, `UNION type "${member}" must be OBJECT.`);
  }
  for (const name of names(type, 'Interfaces')) checkImplements(s, type, name);
  if (['OBJECT', 'INTERFACE', 'INPUT_OBJECT'].includes(kind) && list(type, 'Fields').length === 0) {
    fail(
      s.places,
      type,
      `${kind} ${type.Name}: must define one or more ${kind === 'INPUT_OBJECT' ? 'input fields' : 'fields'}.`,
    );
  }
  if (kind === 'UNION' && names(type, 'Types').length === 0)
    fail(s.places, type, `UNION ${type.Name}: must define one or more member types.`);
  if (kind === 'INPUT_OBJECT') checkCycle(s, type, type, []);
  if (kind === 'ENUM') checkEnum(s, type);
  checkDirectives(s, type, kind);
}

/** No value could be written for an input that needs itself. */
function checkCycle(s: Schema, root: Node, at: Node, path: Node[]): void {
  for (const field of list(at, 'Fields')) {
    const type = field.Type as Node;
    const next = type.NonNull === true && type.Elem === undefined ? s.types.get(String(type.NamedType)) : undefined;
    if (next?.Kind !== 'INPUT_OBJECT' || path.includes(field)) continue;
    const way = [...path, field];
    if (next === root) {
      const through = way.map((f) => f.Name).join('.');
      const message = `Cannot reference Input Object "${root.Name}" within itself through a series of non-null fields: "${through}".`;
      fail(s.places, way[0] as Node, message);
    }
    checkCycle(s, root, next, way);
  }
}

function checkEnum(s: Schema, type: Node): void {
  const values = list(type, 'EnumValues');
  if (values.length === 0) fail(s.places, type, `ENUM ${type.Name}: must define one or more unique enum values.`);
  for (const value of values) {
    if (['true', 'false', 'null'].includes(String(value.Name)))
      fail(s.places, value, `ENUM ${type.Name}: non-enum value ${value.Name}.`);
    checkName(s, value);
    checkDirectives(s, value, 'ENUM_VALUE');
  }
  checkUnique(s, values, (value) => `Enum value ${type.Name}.${value.Name}`);
}

function checkUnique(s: Schema, nodes: Node[], what: (node: Node) => string): void {
  const seen = new Set<unknown>();
  for (const node of nodes) {
    if (seen.has(node.Name)) fail(s.places, node, `${what(node)} can only be defined once.`);
    seen.add(node.Name);
  }
}

function typeOf(s: Schema, type: Node, at: Node): Node {
  const found = s.types.get(baseName(type));
  let named = type;
  while (named.Elem !== undefined) named = named.Elem as Node;
  return found ?? fail(s.places, s.places.has(named) ? named : at, `Undefined type ${baseName(type)}.`);
}

function checkArguments(s: Schema, args: Node[], owner: string): void {
  for (const arg of args) {
    checkName(s, arg);
    const type = typeOf(s, arg.Type as Node, arg);
    if (!INPUT.includes(String(type.Kind))) {
      const name = typeText(arg.Type as Node);
      fail(s.places, arg, `cannot use ${name} as argument ${arg.Name} because ${type.Kind} is not a valid input type`);
    }
    checkDirectives(s, arg, 'ARGUMENT_DEFINITION');
  }
  checkUnique(s, args, (arg) => `Argument ${owner}(${arg.Name}:)`);
}

function checkDirectives(s: Schema, node: Node, location: string): void {
  for (const used of list(node, 'Directives')) {
    const directive = s.directives.get(String(used.Name));
    if (directive === undefined) fail(s.places, used, `Undefined directive ${used.Name}.`);
    if (!names(directive, 'Locations').includes(location)) {
      fail(s.places, used, `Directive ${used.Name} is not applicable on ${location}.`);
    }
    const known = list(directive, 'Arguments');
    const given = list(used, 'Arguments');
    for (const arg of given) {
      if (!known.some((k) => k.Name === arg.Name))
        fail(s.places, arg, `Undefined argument ${arg.Name} for directive ${used.Name}.`);
    }
    for (const arg of known) {
      const required = (arg.Type as Node).NonNull === true && arg.DefaultValue === undefined;
      const value = given.find((g) => g.Name === arg.Name)?.Value as Node | undefined;
      if (required && (value === undefined || value.Kind === 6)) {
        fail(s.places, used, `Argument ${arg.Name} for directive ${used.Name} cannot be null.`);
      }
    }
  }
}

function checkImplements(s: Schema, type: Node, name: string): void {
  const target = s.types.get(name);
  if (target === undefined) fail(s.places, type, `Undefined type "${name}".`);
  if (target.Kind !== 'INTERFACE') fail(s.places, type, `"${name}" is a non interface type ${target.Kind}.`);
  for (const required of list(target, 'Fields')) {
    const field = list(type, 'Fields').find((f) => f.Name === required.Name);
    if (field === undefined) {
      fail(s.places, type, `For ${type.Name} to implement ${name} it must have a field called ${required.Name}.`);
    }
    if (!isCovariant(s, required.Type as Node, field.Type as Node)) {
      const want = typeText(required.Type as Node);
      fail(s.places, field, `For ${type.Name} to implement ${name} the field ${field.Name} must have type ${want}.`);
    }
    checkFieldArguments(s, type, name, required, field);
  }
  for (const above of names(target, 'Interfaces')) {
    if (!names(type, 'Interfaces').includes(above)) {
      fail(s.places, type, `Type ${type.Name} must implement ${above} because it is implemented by ${name}.`);
    }
  }
}

function checkFieldArguments(s: Schema, type: Node, name: string, required: Node, field: Node): void {
  for (const arg of list(required, 'Arguments')) {
    const own = list(field, 'Arguments').find((a) => a.Name === arg.Name);
    const same = `For ${type.Name} to implement ${name} the field ${field.Name} must have the same arguments but`;
    if (own === undefined) fail(s.places, field, `${same} it is missing ${arg.Name}.`);
    if (typeText(own.Type as Node) !== typeText(arg.Type as Node))
      fail(s.places, own, `${same} ${arg.Name} has the wrong type.`);
  }
  for (const own of list(field, 'Arguments')) {
    const extra = !list(required, 'Arguments').some((a) => a.Name === own.Name);
    if (extra && (own.Type as Node).NonNull === true && own.DefaultValue === undefined) {
      const what = `any additional arguments on ${field.Name} must be optional or have a default value`;
      fail(s.places, own, `For ${type.Name} to implement ${name} ${what} but ${own.Name} is required.`);
    }
  }
}

function isCovariant(s: Schema, wanted: Node, given: Node): boolean {
  if (wanted.NonNull === true && given.NonNull !== true) return false;
  if (wanted.Elem !== undefined || given.Elem !== undefined) {
    return (
      wanted.Elem !== undefined && given.Elem !== undefined && isCovariant(s, wanted.Elem as Node, given.Elem as Node)
    );
  }
  return isSubtype(s, String(given.NamedType), String(wanted.NamedType));
}

/** A type is a subtype of itself, of the interfaces it implements, and of the unions that name it. */
export function isSubtype(s: Schema, name: string, of: string): boolean {
  if (name === of) return true;
  const target = s.types.get(of);
  return (
    names(s.types.get(name), 'Interfaces').includes(of) ||
    (target?.Kind === 'UNION' && names(target, 'Types').includes(name))
  );
}
