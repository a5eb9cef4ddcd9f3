/**
 * Every builtin of `opa capabilities` with thousands of operands through both engines. Runs where `opa` is on PATH;
 * `PREGATE_OPA_SWEEP=500` asks for that many calls of each builtin, `PREGATE_OPA_SEED` for others.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import test from 'node:test';
import { callsOf, type Declared } from './cases.ts';
import { type Answer, askOpa, askOurs, opaVersion } from './opa.ts';
import { generator } from './program-scope.ts';

const COUNT = Number(process.env['PREGATE_OPA_SWEEP'] ?? 12);
const SEED = Number(process.env['PREGATE_OPA_SEED'] ?? 1);
const BATCH = 2000;

/** Where the words of an error differ, or its place: an error is asked for, its text is not. */
const OWN_WORDS = /^(io\.jwt|graphql|rego\.parse_module|strings\.render_template|json\.(match|verify)_schema)/;

/** Differences that are known, each with its reason. */
const KNOWN: [builtin: RegExp, why: string][] = [
  [/^graphql\.parse/, 'OPA 1.22 shows empty descriptions of queries, which its own conformance suite does not have'],
  [/^sprintf$/, '%p and %w of big numbers show addresses'],
  [/^(to_number|urlquery\.decode_object)$/, 'text that is no JSON number, invalid UTF-8'],
  [/^(replace|strings\.replace_n)$/, 'OPA cuts characters into bytes where the pattern is empty'],
  [/^strings\.render_template$/, 'errors of template functions on operands of the wrong type'],
  [/^json\.(match|verify)_schema$/, 'remote references are not loaded'],
  [/^crypto\.x509\.parse_and_verify_certificates_with_options$/, 'keys of options that are no strings'],
  [/^rego\.parse_module$/, 'the order of keys in literals, and what errors quote'],
];

if (opaVersion === undefined) test('builtins against opa', { skip: 'no opa on PATH' }, () => {});
else {
  test(`builtins answer as opa ${opaVersion} does, ${COUNT} calls of each`, () => {
    const { stdout } = spawnSync('opa', ['capabilities', '--current'], { encoding: 'utf8', maxBuffer: 1 << 28 });
    const { builtins } = JSON.parse(stdout) as { builtins: Declared[] };
    const random = generator(SEED);
    const calls = builtins.flatMap((b) => callsOf(b, COUNT, random));
    const wrong: string[] = [];
    for (let at = 0; at < calls.length; at += BATCH) {
      const part = calls.slice(at, at + BATCH);
      const [theirs, ours] = [askOpa(part), askOurs(part)];
      part.forEach((call, i) => {
        const problem = difference(call, theirs[i] as Answer, ours[i] as Answer);
        if (problem !== undefined) wrong.push(problem);
      });
    }
    assert.deepEqual(wrong, []);
  });
}

function difference(call: string, theirs: Answer, ours: Answer): string | undefined {
  const name = nameOf(call);
  if (theirs.crashed || KNOWN.some(([known]) => known.test(name))) return undefined;
  const words = !OWN_WORDS.test(name) && theirs.error !== ours.error;
  const outcome = theirs.value !== ours.value || (theirs.error === undefined) !== (ours.error === undefined);
  if (!words && !outcome) return undefined;
  const show = (a: Answer): string => `${a.value ?? ''} ${a.error ?? ''}`;
  return `${call.replaceAll('object.get({}, 0, ', '§(')}\n  opa  ${show(theirs)}\n  ours ${show(ours)}`;
}

function nameOf(call: string): string {
  const name = /^[\w.]+/.exec(call)?.[0] ?? '';
  return name === 'object.get' && !call.startsWith('object.get(object.get') ? 'infix' : name;
}
