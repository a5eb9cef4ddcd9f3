/** What `with` cannot replace: parts of what rules make, and builtins that have no plain value. */
import type { Module } from '../ast.ts';
import type { Builtin } from '../builtins/types.ts';

/** The reason in OPA's words, for a path under `data` or the one name of a builtin; undefined where it can be replaced. */
export function targetRefuser(
  modules: readonly Module[],
  builtins: Readonly<Record<string, Builtin>>,
): (names: readonly string[]) => string | undefined {
  // Few policies have such targets, so the rules are not looked through before there is one.
  let rules: Set<string> | undefined;
  return (names) => {
    if (names[0] === 'data') {
      rules ??= rulePaths(modules);
      for (let end = 2; end < names.length; end++) {
        if (rules.has(names.slice(0, end).join('\0')))
          return 'with keyword cannot partially replace virtual document(s)';
      }
      return undefined;
    }
    const name = names.join('.');
    const builtin = Object.hasOwn(builtins, name) ? builtins[name] : undefined;
    const refused = builtin && builtinRefusal(name, builtin);
    return refused && `with keyword replacing built-in function: ${refused}`;
  };
}

function builtinRefusal(name: string, builtin: Builtin): string | undefined {
  if (name.startsWith('internal.')) return `replacement of internal function "${name}" invalid`;
  if (name === 'eq' || name.startsWith('rego.metadata.')) return `replacement of "${name}" invalid`;
  if (builtin.relation !== undefined) return 'target must not be a relation';
  return name === 'print' ? 'target must not be a void function' : undefined;
}

/** The constant beginning of the path of each rule. */
function rulePaths(modules: readonly Module[]): Set<string> {
  const paths = new Set<string>();
  for (const module of modules) {
    for (const { head } of module.rules) {
      const path = ['data', ...module.package];
      for (const [i, t] of head.ref.entries()) {
        if (i === 0 && t.kind === 'var') path.push(t.name);
        else if (t.kind === 'const' && typeof t.value === 'string') path.push(t.value);
        else break;
      }
      paths.add(path.join('\0'));
    }
  }
  return paths;
}
