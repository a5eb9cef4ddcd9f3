import assert from 'node:assert/strict';
import { compile, type EvalOptions, type EvalResult, type Policy, type RegoVersion } from '../../agent/rego/index.ts';

/** Compiles one module of package `t`; fails the test when it does not compile. */
export function policyOf(body: string, options: { version?: RegoVersion; data?: unknown } = {}): Policy {
  const { policy, errors } = compile([{ path: 't.rego', text: `package t\n${body}` }], options);
  assert.deepEqual(errors, []);
  assert.ok(policy);
  return policy;
}

/** The value of `data.t.p`, undefined when there is none. */
export function ruleValue(
  body: string,
  options: EvalOptions & { data?: unknown; version?: RegoVersion } = {},
): unknown {
  const result = evaluate(body, options);
  assert.deepEqual(result.errors, []);
  return result.results[0]?.value;
}

export function evaluate(
  body: string,
  options: EvalOptions & { data?: unknown; version?: RegoVersion } = {},
): EvalResult {
  const { data, version, ...rest } = options;
  return policyOf(body, { ...(data === undefined ? {} : { data }), ...(version ? { version } : {}) }).eval(
    'data.t.p',
    rest,
  );
}

/** Codes of the errors of compiling one module of package `t`. */
export function errorsOf(body: string, version: RegoVersion = 'v1'): string[] {
  const { policy, errors } = compile([{ path: 't.rego', text: `package t\n${body}` }], { version });
  assert.equal(policy === undefined, errors.length > 0);
  return errors.map((e) => `${e.code}: ${e.message}`);
}
