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

/** Annotations with `schemas` of more than one rule, by the package they stand in; a rule has its own at hand. Undefined where there are none. */
export type SchemaAnnotations = ReadonlyMap<string, readonly Annotations[]>;

/** Kept by package, because a policy may have one in each of a thousand files. Undefined where nothing names schemas. */
export function schemaAnnotations({ modules }: Program): SchemaAnnotations | undefined {
  const found = new Map<string, Annotations[]>();
  let any = false;
  for (const { package: home, annotations } of modules) {
    const own = annotations.filter(namesSchemas);
    any ||= own.length > 0;
    const wider = own.filter(({ scope }) => scope !== 'rule');
    if (wider.length === 0) continue;
    const key = keyOf(home);
    const known = found.get(key);
    if (known) known.push(...wider);
    else found.set(key, wider);
  }
  return any ? found : undefined;
}

function namesSchemas({ fields }: Annotations): boolean {
  return Array.isArray(fields['schemas']);
}

function keyOf(home: readonly string[]): string {
  return home.join('\0');
}

/** The check as this rule sees it; a schema that is not there is an error of the rule. */
export function withSchemas(check: Check, all: SchemaAnnotations, rule: CompiledRule): Check {
  let { root } = check;
  for (const a of concerning(all, rule)) {
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

/** What concerns a rule, the widest first: a narrower one has the last word. */
function concerning(all: SchemaAnnotations, rule: CompiledRule): Annotations[] {
  const own = rule.module.package;
  const found = own.flatMap((_, depth) =>
    (all.get(keyOf(own.slice(0, depth))) ?? []).filter((a) => a.scope === 'subpackages'),
  );
  found.push(...(all.get(keyOf(own)) ?? []).filter((a) => concerns(a, rule)));
  const { annotations } = rule.source;
  if (annotations?.scope === 'rule' && namesSchemas(annotations)) found.push(annotations);
  return found.sort((a, b) => WIDTH.indexOf(a.scope) - WIDTH.indexOf(b.scope));
}

/** Whether an annotation of the rule's own package, or of a document in it, concerns it. */
function concerns(a: Annotations, rule: CompiledRule): boolean {
  if (a.scope !== 'document') return true;
  const [name] = a.target?.head.ref ?? [];
  return name?.kind === 'var' && name.name === rule.fixed[rule.module.package.length];
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
