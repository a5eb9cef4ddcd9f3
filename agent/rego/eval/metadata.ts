/** Annotations as `rego.metadata.chain` and `rego.metadata.rule` give them. */
import type { Annotations } from '../ast.ts';
import type { Program } from '../compile/program.ts';
import type { CompiledRule } from '../compile/tree.ts';
import { fromJs } from '../values/json.ts';
import { RegoObject, type Value } from '../values/value.ts';

/** From the rule outwards: rule, document, package, subpackages. An element without annotations has its path only. */
export function metadataOf(program: Program, rule: CompiledRule | undefined): { chain: Value; rule: Value } {
  if (rule === undefined) return { chain: [], rule: new RegoObject() };
  const path = [...rule.fixed, ...rule.keys.map((k) => (k.kind === 'const' ? k.value : '_'))] as Value[];
  const chain: Value[] = [element(path, rule.source.annotations)];
  const own: Value = rule.source.annotations === undefined ? new RegoObject() : fromJs(rule.source.annotations.fields);
  for (const a of documentAnnotations(program, rule)) chain.push(element(path, a));
  for (const { path: at, annotations } of packagesAbove(program, rule.module.package)) {
    for (const a of annotations) chain.push(element(at, a));
  }
  return { chain, rule: own };
}

function element(path: Value[], a: Annotations | undefined): Value {
  const made = new RegoObject().set('path', path);
  if (a !== undefined) made.set('annotations', fromJs(a.fields));
  return made;
}

function documentAnnotations(program: Program, rule: CompiledRule): Annotations[] {
  const name = headName(rule.source.head.ref);
  const found: Annotations[] = [];
  for (const module of program.modules) {
    if (module.package.join('.') !== rule.module.package.join('.')) continue;
    for (const a of module.annotations) {
      if (a.scope === 'document' && a.target !== undefined && headName(a.target.head.ref) === name) found.push(a);
    }
  }
  return found;
}

function headName(ref: CompiledRule['source']['head']['ref']): string {
  return ref.map((t) => (t.kind === 'var' ? t.name : t.kind === 'const' ? String(t.value) : '_')).join('.');
}

function packagesAbove(program: Program, path: string[]): { path: string[]; annotations: Annotations[] }[] {
  const found: { path: string[]; annotations: Annotations[] }[] = [];
  for (let length = path.length; length >= 0; length--) {
    const at = path.slice(0, length);
    const scopes = length === path.length ? ['package', 'subpackages'] : ['subpackages'];
    const annotations = scopes.flatMap((scope) =>
      program.modules
        .filter((m) => m.package.join('.') === at.join('.'))
        .flatMap((m) => m.annotations.filter((a) => a.scope === scope)),
    );
    if (annotations.length > 0) found.push({ path: at, annotations });
  }
  return found;
}
