import { compile, type RegoModule } from '../rego/index.ts';
import type { PolicyBundle, PolicyFile } from './types.ts';

export interface RegoTest {
  /** `data.pregate.push_test.test_unsigned_commit` */
  path: string;
  file: string;
  line: number;
  /** `skip` for rules named `todo_test_…`, as in `opa test`. */
  outcome: 'pass' | 'fail' | 'error' | 'skip';
  /** Why it is an error. */
  detail?: string;
}

export interface RegoTestResult {
  tests: RegoTest[];
  /** Compile errors, one line each; no test has run then. */
  errors: string[];
}

/**
 * Runs the `test_` rules of a bundle together with `tests`, as `opa test` does: a test passes when its rule is defined
 * and neither false nor an error. `nowNs` is the instant they run at.
 */
export function runRegoTests(
  bundle: Pick<PolicyBundle, 'modules' | 'data' | 'regoVersion'>,
  tests: readonly PolicyFile[],
  nowNs: bigint,
): RegoTestResult {
  const modules: RegoModule[] = [...bundle.modules, ...tests].map(({ path, text }) => ({ path, text }));
  const version = bundle.regoVersion === 0 ? 'v0' : 'v1';
  const { policy, errors } = compile(modules, { version, data: bundle.data });
  if (!policy) {
    return { tests: [], errors: errors.map((error) => `${error.path ?? ''}:${error.line ?? 0}: ${error.message}`) };
  }
  const seen = new Set<string>();
  const results: RegoTest[] = [];
  for (const rule of policy.rules()) {
    const name = rule.path.slice(rule.path.lastIndexOf('.') + 1);
    if (!/^(todo_)?test_/.test(name) || seen.has(rule.path)) continue;
    seen.add(rule.path);
    const { path, file, line } = rule;
    if (name.startsWith('todo_')) {
      results.push({ path, file, line, outcome: 'skip' });
      continue;
    }
    const result = policy.eval(path, { nowNs });
    const [error] = result.errors;
    if (error) results.push({ path, file, line, outcome: 'error', detail: error.message });
    else results.push({ path, file, line, outcome: isPass(result.results) ? 'pass' : 'fail' });
  }
  return { tests: results, errors: [] };
}

function isPass(results: readonly { value: unknown }[]): boolean {
  return results.length > 0 && results.every((result) => result.value !== false);
}
