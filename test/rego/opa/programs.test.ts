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
import { typedModule } from './typed-programs.ts';

const COUNT = Number(process.env['PREGATE_OPA_PROGRAMS'] ?? 100);
const SEED = Number(process.env['PREGATE_OPA_SEED'] ?? 1);

/** OPA's index leaves rules out whose bodies ask for what the input has not; we meet the conflicts in them. */
const CONFLICT = 'error eval_conflict_error';

if (opaVersion === undefined) test('random programs against opa', { skip: 'no opa on PATH' }, () => {});
else {
  for (const [kind, version, make] of [
    ['random', 'v1', randomModule],
    ['random', 'v0', randomModule],
    ['typed', 'v1', typedModule],
    ['typed', 'v0', typedModule],
  ] as const) {
    test(`${COUNT} ${kind} ${version} modules mean what opa ${opaVersion} says`, async () => {
      const modules = Array.from({ length: COUNT }, (_, i): RegoModule => {
        const name = `m${i}`;
        return { path: `${name}.rego`, text: make(SEED * 100_000 + i, name, version === 'v0'), version };
      });
      const flags = version === 'v0' ? ['--v0-compatible'] : [];
      const wrong: string[] = [];
      const accepted = refuse(modules, flags, wrong);
      assert.ok(accepted.length > 0 && accepted.length < modules.length, 'some modules are good and some are not');
      let [asked, eager] = [0, 0];
      const server = await startOpa(accepted, DATA, flags);
      try {
        for (const m of accepted) {
          const name = m.path.replace('.rego', '');
          // Each rule on its own: a conflict in one would hide the others.
          for (const rule of new Set([...m.text.matchAll(/^(?:default )?(r\d+)/gm)].map(([, one]) => one))) {
            const { status, text } = await server.ask(`t/${name}/${rule}`, JSON.stringify(INPUT));
            const [theirs, ours] = [outcomeOf(status, text), evaluate(m, `data.t.${name}.${rule}`)];
            asked++;
            if (ours === CONFLICT && !theirs.startsWith('error')) eager++;
            else if (theirs !== ours) wrong.push(`${m.text}\n${rule}\n  opa  ${theirs}\n  ours ${ours}`);
          }
        }
      } finally {
        server.stop();
      }
      assert.deepEqual(wrong, []);
      assert.ok((eager - 1) * 50 <= asked, `${eager} of ${asked} rules meet a conflict that OPA leaves out`);
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
  // A function that is asked for as a document.
  if (status !== 200) return error === undefined ? 'error rego_type_error' : `error ${error.get('code')}`;
  const result = answer.get('result');
  return result === undefined ? 'undefined' : toJson(result);
}

function evaluate(m: RegoModule, query: string): string {
  const { policy, errors } = compile([m], { data: DATA });
  if (policy === undefined) return `refused: ${JSON.stringify(errors)}`;
  const { results, errors: failed } = policy.evalExact(query, { inputJson: JSON.stringify(INPUT), nowNs: 0n });
  if (failed[0] !== undefined) return `error ${failed[0].code}`;
  return results[0] === undefined ? 'undefined' : toJson(results[0].value);
}
