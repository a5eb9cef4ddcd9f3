/** What `schemas` in the METADATA of a rule, its document or its packages says about input and data. */
import type { Annotations } from '../ast.ts';
import { RegoFailure } from '../errors.ts';
import type { Program } from './program.ts';
import { typeOfSchema } from './schema-type.ts';
import type { CompiledRule } from './tree.ts';
import { type Check, newNode, type TypeNode } from './type-env.ts';
import { ANY, type Field, fieldKey, objectOf, type Type } from './types.ts';

/** The name of the schema of input, where only one was given. */
const INPUT_SCHEMA = 'schema';

/** The type of input, where one schema was given for it. */
export function inputNode({ schemas }: Program): TypeNode | undefined {
  const schema = schemas?.get(INPUT_SCHEMA);
  return schema === undefined ? undefined : { ...newNode('input'), type: typeOfSchema(schema) };
}

/** Annotations that name schemas; policies without any need not be asked rule by rule. */
export function schemaAnnotations({ modules }: Program): Annotations[] {
  return modules.flatMap((m) => m.annotations.filter((a) => Array.isArray(a.fields['schemas'])));
}

/** The check as this rule sees it; a schema that is not there is an error of the rule. */
export function withSchemas(check: Check, annotations: readonly Annotations[], rule: CompiledRule): Check {
  let { root } = check;
  for (const a of annotations.filter((one) => concerns(one, rule, check.program)).sort(widestFirst)) {
    for (const [path, given] of entriesOf(a)) {
      const type = typeNamed(check, given, rule);
      if (type !== undefined) root = replaced(root, path, type);
    }
  }
  if (root === check.root) return check;
  const input = root.children.get(fieldKey('input'));
  return { ...check, root, ...(input ? { input } : {}) };
}

const WIDTH = ['subpackages', 'package', 'document', 'rule'];

function widestFirst(a: Annotations, b: Annotations): number {
  return WIDTH.indexOf(a.scope) - WIDTH.indexOf(b.scope);
}

function concerns(a: Annotations, rule: CompiledRule, { modules }: Program): boolean {
  if (a.scope === 'rule') return rule.source.annotations === a;
  const home = modules.find((m) => m.annotations.includes(a))?.package ?? [];
  const own = rule.module.package;
  const within = home.every((part, i) => own[i] === part);
  if (a.scope === 'subpackages') return within;
  if (!within || home.length !== own.length) return false;
  if (a.scope === 'package') return true;
  const [name] = a.target?.head.ref ?? [];
  return name?.kind === 'var' && name.name === rule.fixed[own.length];
}

function entriesOf({ fields }: Annotations): [string[], unknown][] {
  return (fields['schemas'] as unknown[]).flatMap((one) =>
    Object.entries((one ?? {}) as object).map(([path, given]): [string[], unknown] => [partsOf(path), given]),
  );
}

/** `input.a["b c"]` as its parts. */
function partsOf(path: string): string[] {
  return [...path.matchAll(/[A-Za-z_]\w*|\["([^"\]]*)"\]/g)].map(([part, quoted]) => quoted ?? part);
}

function typeNamed({ program, errors }: Check, given: unknown, rule: CompiledRule): Type | undefined {
  if (typeof given !== 'string') return typeOfSchema(given);
  // Without any schemas their names mean nothing.
  if (program.schemas === undefined) return undefined;
  const schema = program.schemas.get(partsOf(given).join('\0'));
  if (schema !== undefined) return typeOfSchema(schema);
  errors.push(new RegoFailure('rego_type_error', `undefined schema: ${given}`, rule.pos));
  return undefined;
}

/** A copy of the tree with the type at the path; the tree itself belongs to all rules. */
function replaced(node: TypeNode, path: readonly string[], type: Type): TypeNode {
  const [key, ...rest] = path;
  if (key === undefined) return { key: node.key, type, children: new Map() };
  if (node.type !== undefined) return { ...node, type: typeWith(node.type, path, type) };
  const children = new Map(node.children);
  const before = children.get(fieldKey(key)) ?? (key === 'input' ? { ...newNode(key), type: ANY } : newNode(key));
  children.set(fieldKey(key), replaced(before, rest, type));
  return { ...node, children };
}

/** The type of an object of which one part is known otherwise. */
function typeWith(t: Type, path: readonly string[], type: Type): Type {
  const [key, ...rest] = path;
  if (key === undefined) return type;
  const object = t.kind === 'object' ? t : (objectOf(ANY, ANY) as Type & { kind: 'object' });
  const fields = new Map<string, Field>(object.fields);
  fields.set(fieldKey(key), { key, type: typeWith(fields.get(fieldKey(key))?.type ?? ANY, rest, type) });
  return { kind: 'object', fields, key: object.key, of: object.of };
}
