import { BundleError } from '../bundles/limits.ts';
import { readUserConfig, userConfigFile } from '../bundles/user-config.ts';
import type { ChosenEngine, LoadedPolicy } from '../gate/check.ts';
import type { Problem } from '../model/types.ts';
import { defaultBundle } from '../policy/default.ts';
import type { PolicyBundle, PolicyEngine } from '../policy/types.ts';
import { crossCheckWithOpa } from './opa-program.ts';
import { opaServer } from './opa-server.ts';

interface Context {
  root: string;
  env: NodeJS.ProcessEnv;
}

/** The OPA server of the user's configuration answers instead of the bundle. */
export async function askServer(policy: LoadedPolicy, { env }: Context): Promise<ChosenEngine> {
  const changed = policy.problems.filter((problem) => problem.code === 'policy-changed');
  try {
    const user = readUserConfig(env);
    if (!user.opa) {
      const message = `--engine opa-server needs opa.url in your own configuration (${userConfigFile(env)})`;
      return closed(policy, { code: 'user-config', message, fatal: true });
    }
    const remote = await opaServer(user.opa.url, user, env);
    const source: PolicyBundle['source'] = {
      name: user.opa.url,
      revision: '',
      kind: 'server',
      signature: '',
      digest: 'server',
      ...(remote.engine ? { engine: remote.engine.name } : {}),
    };
    const engine = changed.length > 0 ? undefined : remote.engine;
    return {
      policy: { ...policy, bundle: { source }, engine, problems: [...changed, ...remote.problems] },
      settle: async () => {
        if (!remote.pending()) return false;
        await remote.settle();
        return true;
      },
    };
  } catch (error) {
    if (!(error instanceof BundleError)) throw error;
    return closed(policy, { code: error.code, message: error.message, fatal: true });
  }
}

/** The `opa` on the PATH is asked beside our own engine. */
export async function checkWithProgram(policy: LoadedPolicy, { root, env }: Context): Promise<ChosenEngine> {
  const { engine, bundle } = policy;
  if (!engine || !bundle.modules) return { policy };
  const whole: PolicyBundle = { data: {}, modules: [], ...bundle };
  const check = crossCheckWithOpa(engine, modulesBehind(engine, whole), { root, env });
  if (!check.engine)
    return { policy: { ...policy, engine: undefined, problems: [...policy.problems, ...check.problems] } };
  const closing = [check.close];
  // Rules that were written for other inputs ask an engine of their own, about files and not about the push.
  policy.foreign?.wrap((inner) => {
    const other = crossCheckWithOpa(inner, whole, { root, env });
    closing.push(other.close);
    return other.engine ?? inner;
  });
  const source = { ...bundle.source, engine: check.engine.name };
  const partial: Problem[] = whole.documents?.length ? [uncheckedTemplates] : [];
  const problems = [...policy.problems, ...partial];
  const close = () => {
    for (const one of closing) one();
  };
  return { policy: { ...policy, bundle: { ...bundle, source }, engine: check.engine, problems }, close };
}

const uncheckedTemplates: Problem = {
  code: 'cross-check-partial',
  message: 'Templates of Gatekeeper were not compared with opa',
  fatal: false,
};

/** Beside foreign policies the built-in gates answer: `opa` is asked about what the engine was made of. */
function modulesBehind(engine: PolicyEngine, bundle: PolicyBundle): PolicyBundle {
  const own = new Set(bundle.modules.map((module) => module.path));
  return bundle.compiled || engine.rules().every((rule) => own.has(rule.file)) ? bundle : defaultBundle();
}

function closed(policy: LoadedPolicy, problem: Problem): ChosenEngine {
  return { policy: { ...policy, engine: undefined, problems: [...policy.problems, problem] } };
}
