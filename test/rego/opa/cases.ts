/** Expressions that call one builtin each, of the operands in `pools.ts` and of operands of the wrong type. */
import { composed } from './composed.ts';
import { BY_BUILTIN, BY_TYPE, poolNamed } from './pools.ts';
import type { Random } from './program-scope.ts';

interface TypeOf {
  type: string;
  of?: TypeOf[];
}

export interface Declared {
  name: string;
  infix?: string;
  deprecated?: boolean;
  decl: { args?: TypeOf[] };
}

/** Random, of the moment, of the network, or no function of its operands. */
const NOT_COMPARED = new Set([
  'http.send',
  'net.lookup_ip_addr',
  'rand.intn',
  'uuid.rfc4122',
  'time.now_ns',
  'opa.runtime',
  'rego.metadata.chain',
  'rego.metadata.rule',
  'walk',
  'assign',
  'eq',
  'print',
  'trace',
  'internal.print',
  'internal.test_case',
  'internal.member_2',
  'internal.member_3',
  'internal.template_string',
]);

/** A wrong number here would ask for gigabytes. */
const ONLY_STRINGS = /^(bits\.[lr]sh|numbers\.range)/;

/** At most `count` calls of the builtin, and some with one operand of any type. Types are hidden from the compiler. */
export function callsOf(builtin: Declared, count: number, random: Random): string[] {
  const types = builtin.decl.args ?? [];
  if (NOT_COMPARED.has(builtin.name) || builtin.deprecated || types.length === 0) return [];
  const pools = types.map((t, i) => poolOf(builtin.name, t, i));
  const rows = rowsOf(builtin.name, pools, count, random);
  const wrong = ONLY_STRINGS.test(builtin.name) ? (BY_TYPE.string ?? []) : Object.values(BY_TYPE).flat();
  for (let i = 0; i < Math.max(4, count >> 3); i++) {
    const row = pools.map((pool) => pool[random(pool.length)] as string);
    row[random(row.length)] = wrong[random(wrong.length)] as string;
    rows.push(row);
  }
  return [...new Set(rows.map((row) => callText(builtin, row)))];
}

function poolOf(name: string, type: TypeOf, index: number): readonly string[] {
  const own = BY_BUILTIN[name]?.[index];
  return own === undefined ? typeNames(type).flatMap((t) => BY_TYPE[t] ?? []) : poolNamed(own);
}

function typeNames(t: TypeOf): string[] {
  if (t.type !== 'any') return [t.type];
  return t.of === undefined ? Object.keys(BY_TYPE) : t.of.flatMap(typeNames);
}

function rowsOf(name: string, pools: readonly (readonly string[])[], count: number, random: Random): string[][] {
  const whole = composed(name);
  if (whole !== undefined) return whole.length <= count ? [...whole] : sample(whole, count, random);
  const total = pools.reduce((product, pool) => product * pool.length, 1);
  if (total <= count) {
    return pools.reduce((rows: string[][], pool) => rows.flatMap((row) => pool.map((v) => [...row, v])), [[]]);
  }
  return Array.from({ length: count }, () => pools.map((pool) => pool[random(pool.length)] as string));
}

function sample<T>(list: readonly T[], count: number, random: Random): T[] {
  return Array.from({ length: count }, () => list[random(list.length)] as T);
}

function callText(builtin: Declared, row: readonly string[]): string {
  const hidden = row.map((v) => `object.get({}, 0, ${v})`);
  const infix = builtin.infix !== undefined && row.length === 2;
  return infix ? `${hidden[0]} ${builtin.infix} ${hidden[1]}` : `${builtin.name}(${hidden.join(', ')})`;
}
