/** Which rules are tests, and what has to be done to their modules so that each is told apart, as `opa test` does. */
import { type Expr, eachChild, type Term } from '../rego/ast.ts';
import { type Module, type Policy, parseModule, type RegoModule, type RegoVersion } from '../rego/index.ts';

/** A variable with the key of a parameterised test, put before its body. */
export const CASE = 'test_case_key_';

export interface TestRule {
  /** `data.app_test.test_low`, with `#01` where several rules have the name. */
  path: string;
  package: string;
  name: string;
  /** What evaluates it. */
  query: string;
  /** `test_cases[note]` has one. */
  keys: number;
  file: string;
  line: number;
  /** The line of the next rule of the file. */
  end: number;
}

/** Parses modules whose tests are to be run: a name that several rules have gets numbers, keys of heads get names. */
export function parseForTests(modules: readonly RegoModule[], version: RegoVersion): Module[] {
  const seen = new Map<string, number>();
  return modules.map((m) => {
    const module = parseModule(m.path, m.text, m.version ?? version);
    const rules = module.rules.map((rule) => {
      const [first, ...keys] = rule.head.ref;
      if (rule.default || first?.kind !== 'var' || !isTest(first.name)) return rule;
      const path = [...module.package, first.name].join('.');
      const times = seen.get(path) ?? 0;
      seen.set(path, times + 1);
      const name = times === 0 ? first.name : `${first.name}#${String(times).padStart(2, '0')}`;
      const body = [...rule.body];
      keys.forEach((right, i) => {
        if (right.kind === 'const') return;
        const left = { kind: 'var' as const, name: `${CASE}${i}`, pos: right.pos };
        // Right after what declares its variables; bodies are put in order by what is bound, so it is known early.
        const names = new Set<string>();
        variables(right, names);
        const after = body.findLastIndex((e) => declares(e, names)) + 1;
        const { pos } = right;
        body.splice(after, 0, { kind: 'assign', left, right, negated: false, with: [], pos, end: pos.offset });
      });
      return { ...rule, head: { ...rule.head, ref: [{ ...first, name }, ...keys] }, body };
    });
    return { ...module, rules };
  });
}

/** The tests of a policy, in the order of their files. */
export function testRules(policy: Policy): TestRule[] {
  const rules = policy.rules();
  const lines = Map.groupBy(rules, (rule) => rule.file);
  for (const inFile of lines.values()) inFile.sort((a, b) => a.line - b.line);
  const seen = new Set<string>();
  const found: TestRule[] = [];
  for (const rule of rules) {
    if (!isTest(rule.name)) continue;
    const name = rule.name;
    const of = `data.${rule.package.join('.')}`;
    const path = `${of}.${name}`;
    if (seen.has(path)) continue;
    seen.add(path);
    const query = `data${[...rule.package, name].map((part) => `[${JSON.stringify(part)}]`).join('')}`;
    const next = lines.get(rule.file)?.find((other) => other.line > rule.line);
    const end = next?.line ?? Number.POSITIVE_INFINITY;
    found.push({ path, package: of, name, query, keys: rule.keys, file: rule.file, line: rule.line, end });
  }
  const turns = new Map([...lines.keys()].map((file, turn) => [file, turn]));
  const turnOf = ({ file }: TestRule): number => turns.get(file) ?? 0;
  return found.sort((a, b) => turnOf(a) - turnOf(b) || a.line - b.line);
}

function declares(e: Expr, names: ReadonlySet<string>): boolean {
  if (e.kind === 'some') return e.vars.some(({ name }) => names.has(name));
  const found = new Set<string>();
  if (e.kind === 'assign') variables(e.left, found);
  if (e.kind === 'some-in') for (const t of [e.key, e.value]) if (t !== undefined) variables(t, found);
  return [...found].some((name) => names.has(name));
}

function variables(t: Term, into: Set<string>): void {
  if (t.kind === 'var') into.add(t.name);
  eachChild(t, (child) => variables(child, into));
}

function isTest(name: string): boolean {
  return /^(todo_)?test_/.test(name);
}
