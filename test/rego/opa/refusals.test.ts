/**
 * Faulty modules through both engines: the errors of `opa check`, with code, message and place. Runs where `opa` is on PATH;
 * `PREGATE_WRITE=1` puts the table of what agrees into docs/rego.md.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import test from 'node:test';
import { compile, type RegoModule } from '../../../agent/rego/index.ts';
import { MEANING } from './faulty-meaning.ts';
import { MODES } from './faulty-modes.ts';
import { SCOPE } from './faulty-scope.ts';
import { SYNTAX } from './faulty-syntax.ts';
import { TYPES } from './faulty-types.ts';
import { opaCheck, opaVersion, type Refusal } from './opa.ts';

interface Agreement {
  programs: number;
  code: number;
  message: number;
  place: number;
}

type Field = (r: Pick<Refusal, 'code' | 'message' | 'line' | 'column'>) => string;

const FIELDS: [keyof Agreement, Field][] = [
  ['code', (r) => r.code],
  ['message', (r) => r.message],
  ['place', (r) => `${r.line}:${r.column}`],
];

/** Of a hundred programs this many agree at least; it is raised when more of them do. */
const WANTED: Record<keyof Agreement, number> = { programs: 100, code: 99, message: 98, place: 98 };

if (opaVersion === undefined) test('refusals against opa', { skip: 'no opa on PATH' }, () => {});
else {
  test(`faulty modules are refused as opa ${opaVersion} refuses them`, () => {
    const table = new Map<string, Agreement>();
    compare({ ...SYNTAX, ...MEANING }, [], table);
    compare({ ...SCOPE, ...TYPES }, [], table);
    compare({ '`--strict`': MODES.strict ?? [] }, ['--strict'], table);
    compare({ '`--v0-compatible`': MODES.v0 ?? [] }, ['--v0-compatible'], table);
    const all = [...table.values()].reduce(sum);
    table.set('all', all);
    if (process.env['PREGATE_WRITE'] === '1') writeTable(table);
    for (const [field] of FIELDS) {
      const share = Math.floor((all[field] / all.programs) * 100);
      assert.ok(share >= WANTED[field], `${field} agrees in ${all[field]} of ${all.programs}`);
    }
  });
}

function sum(a: Agreement, b: Agreement): Agreement {
  return {
    programs: a.programs + b.programs,
    code: a.code + b.code,
    message: a.message + b.message,
    place: a.place + b.place,
  };
}

function compare(
  kinds: Readonly<Record<string, readonly string[]>>,
  flags: string[],
  into: Map<string, Agreement>,
): void {
  const version = flags.includes('--v0-compatible') ? 'v0' : 'v1';
  const programs = Object.entries(kinds).flatMap(([kind, bodies]) => bodies.map((body) => ({ kind, body })));
  const modules = programs.map(({ body }, i): RegoModule => {
    return { path: `m${i}.rego`, text: `package m${i}\n${body}\n`, version };
  });
  const theirs = refusals(modules, flags);
  for (const [i, { kind, body }] of programs.entries()) {
    const module = modules[i] as RegoModule;
    const ours = compile([module], { strict: flags.includes('--strict') }).errors.map((e) => ({
      code: e.code,
      message: e.message,
      line: e.line ?? 0,
      column: e.column ?? 0,
    }));
    const row = into.get(kind) ?? { programs: 0, code: 0, message: 0, place: 0 };
    into.set(kind, row);
    row.programs++;
    const opa = theirs.get(module.path) ?? [];
    const differs = FIELDS.filter(([field, read]) => {
      const same = opa.map(read).join('\n') === ours.map(read).join('\n');
      if (same) row[field]++;
      return !same;
    });
    if (differs.length > 0 && process.env['PREGATE_SHOW'] === '1') show(body, opa, ours);
  }
}

function show(body: string, opa: Parameters<Field>[0][], ours: Parameters<Field>[0][]): void {
  const text = (r: Parameters<Field>[0]): string => `${r.line}:${r.column} ${r.code}: ${r.message}`;
  console.log(`${body}\n  opa:  ${opa.map(text).join('\n        ')}\n  ours: ${ours.map(text).join('\n        ')}`);
}

/** OPA stops at the first stage that finds something in any module, so it is asked until nothing is left to refuse. */
function refusals(modules: readonly RegoModule[], flags: readonly string[]): Map<string, Refusal[]> {
  const found = new Map<string, Refusal[]>();
  for (let left = [...modules]; left.length > 0; ) {
    const errors = opaCheck(left, flags);
    if (errors.length === 0) break;
    for (const e of errors) {
      const message = e.message.replaceAll(/\S*\/(m\d+\.rego)/g, '$1');
      found.set(e.file, [...(found.get(e.file) ?? []), { ...e, message }]);
    }
    const before = left.length;
    left = left.filter((m) => !found.has(m.path));
    assert.ok(left.length < before, `an error without a file: ${JSON.stringify(errors[0])}`);
  }
  return found;
}

function writeTable(table: ReadonlyMap<string, Agreement>): void {
  const rows = [...table].map(([kind, a]) => `| ${kind} | ${a.programs} | ${a.code} | ${a.message} | ${a.place} |`);
  const head = '| kind | programs | same code | same message | same place |\n|---|---|---|---|---|';
  const page = new URL('../../../docs/rego.md', import.meta.url);
  const text = readFileSync(page, 'utf8');
  const between = /(<!-- refusals -->\n)[\s\S]*(\n<!-- \/refusals -->)/;
  writeFileSync(page, text.replace(between, `$1${head}\n${rows.join('\n')}$2`));
}
