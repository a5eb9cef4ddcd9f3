/**
 * Random modules through both engines: what OPA refuses is refused, and what it evaluates has the same value. Runs where
 * `opa` is on PATH; `PREGATE_OPA_PROGRAMS=2000` asks for that many modules, `PREGATE_OPA_SEED` for others.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { compile, type RegoModule, toJson } from '../../../agent/rego/index.ts';
import { parseJson } from '../../../agent/rego/values/json.ts';
import type { RegoObject } from '../../../agent/rego/values/value.ts';
import { opaCheck, opaVersion } from './opa.ts';
import { DATA, INPUT, randomModule } from './programs.ts';
import { startOpa } from './server.ts';

const COUNT = Number(process.env['PREGATE_OPA_PROGRAMS'] ?? 150);
const SEED = Number(process.env['PREGATE_OPA_SEED'] ?? 1);

if (opaVersion === undefined) test('random programs against opa', { skip: 'no opa on PATH' }, () => {});
else {
  for (const version of ['v1', 'v0'] as const) {
    test(`${COUNT} random ${version} modules mean what opa ${opaVersion} says`, async () => {
      const modules = Array.from({ length: COUNT }, (_, i): RegoModule => {
        const name = `m${i}`;
        return { path: `${name}.rego`, text: randomModule(SEED * 100_000 + i, name, version === 'v0'), version };
      });
      const flags = version === 'v0' ? ['--v0-compatible'] : [];
      const wrong: string[] = [];
      const accepted = refuse(modules, flags, wrong);
      assert.ok(accepted.length > 0 && accepted.length < modules.length, 'some modules are good and some are not');
      const server = await startOpa(accepted, DATA, flags);
      try {
        for (const m of accepted) {
          const name = m.path.replace('.rego', '');
          const { status, text } = await server.ask(`t/${name}`, JSON.stringify(INPUT));
          const [theirs, ours] = [outcomeOf(status, text), evaluate(m, `data.t.${name}`)];
          if (theirs !== ours) wrong.push(`${m.text}\n  opa  ${theirs}\n  ours ${ours}`);
        }
      } finally {
        server.stop();
      }
      assert.deepEqual(wrong, []);
    });
  }
}

/** The modules OPA compiles. It stops at the first stage that finds something, so it is asked until it is content. */
function refuse(modules: readonly RegoModule[], flags: readonly string[], wrong: string[]): RegoModule[] {
  let left = [...modules];
  for (;;) {
    const errors = opaCheck(left, flags);
    if (errors.length === 0) return left;
    const refused = new Set(errors.map((e) => e.file));
    for (const m of left.filter((one) => refused.has(one.path))) {
      if (compile([m], { data: DATA }).errors.length > 0) continue;
      const own = errors.filter((e) => e.file === m.path);
      const said = own.map((e) => `${e.line}:${e.column} ${e.code}: ${e.message}`);
      wrong.push(`${m.text}\n  opa refuses: ${said.join('\n    ')}`);
    }
    left = left.filter((m) => !refused.has(m.path));
  }
}

function outcomeOf(status: number, text: string): string {
  const answer = parseJson(text) as RegoObject;
  const [error] = (answer.get('errors') as RegoObject[] | undefined) ?? [];
  if (status !== 200) return `error ${error?.get('code')}`;
  return toJson(answer.get('result') ?? null);
}

function evaluate(m: RegoModule, query: string): string {
  const { policy, errors } = compile([m], { data: DATA });
  if (policy === undefined) return `refused: ${JSON.stringify(errors)}`;
  const { results, errors: failed } = policy.evalExact(query, { inputJson: JSON.stringify(INPUT), nowNs: 0n });
  return failed[0] === undefined ? toJson(results[0]?.value ?? null) : `error ${failed[0].code}`;
}
