import { createHmac, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readUserConfig, userConfigFile } from '../bundles/user-config.ts';
import type { Decision, PolicyEngine, PolicySource } from '../policy/types.ts';
import { installationKey } from '../state.ts';
import { version } from '../version.ts';
import { eventOf, type Recorded } from './event.ts';
import { appendEvents } from './store.ts';

export interface WriteContext {
  engine: PolicyEngine;
  source: PolicySource;
  /** Takes every secret that was found out of a text. */
  mask: (text: string) => string;
  env: NodeJS.ProcessEnv;
  decision?: Decision;
}

/**
 * Writes what a central policy decided to this user's decision log, unless their configuration says not to.
 * Never throws: a log that cannot be written changes no verdict.
 */
export function writeDecisions(
  recorded: readonly Recorded[],
  { engine, source, mask, env, decision }: WriteContext,
): void {
  try {
    if (!wanted(env)) return;
    const id = createHmac('sha256', installationKey(env)).update('decision-log').digest('hex').slice(0, 32);
    const context = {
      source,
      version,
      id,
      uuid: randomUUID,
      timestamp: new Date().toISOString(),
      ...(decision ? { decision } : {}),
    };
    const events = recorded.flatMap((one) => eventOf(one, engine, context) ?? []);
    appendEvents(
      events.map((event) => mask(JSON.stringify(event))),
      env,
    );
  } catch {
    // See above.
  }
}

/** Most users have no configuration of their own; a hook need not load a YAML parser to know that. */
function wanted(env: NodeJS.ProcessEnv): boolean {
  return !existsSync(userConfigFile(env)) || readUserConfig(env).decisionLog?.local !== false;
}
