import { createHash } from 'node:crypto';
import path from 'node:path';
import { ensureState, readStateFile, repositoryId, writeStateFile } from '../state.ts';
import type { Outcome } from './outcome.ts';

/** Outcomes of one policy that are known already, by the ids of a step. */
export interface OutcomeCache {
  get(step: string): Outcome | undefined;
  set(step: string, outcome: Outcome): void;
  save(): void;
}

/**
 * Opens what is remembered of a policy in a repository. The file's name holds everything an outcome depends on beside
 * the step itself (bundle, rules, day, signers): what differs in any of them is another file. It holds names of rules only.
 */
export function openCache(commonDir: string, parts: readonly string[], env: NodeJS.ProcessEnv): OutcomeCache {
  const name = createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 24);
  const known = new Map<string, Outcome>();
  let file: string | undefined;
  try {
    file = path.join(ensureState(env, 'replay', repositoryId(commonDir)), `${name}.json`);
    const text = readStateFile(file);
    for (const [step, outcome] of Object.entries(JSON.parse(text ?? '{}')))
      if (isOutcome(outcome)) known.set(step, outcome);
  } catch {
    // Without a usable state folder, or with a file that cannot be read, everything is judged anew.
  }
  let changed = false;
  return {
    get: (step) => known.get(step),
    set(step, outcome) {
      known.set(step, outcome);
      changed = true;
    },
    save() {
      if (!changed || file === undefined) return;
      try {
        writeStateFile(file, JSON.stringify(Object.fromEntries(known)));
      } catch {
        // The next replay takes as long as this one; nothing else depends on it.
      }
    },
  };
}

function isOutcome(value: unknown): value is Outcome {
  const record = value as Partial<Record<keyof Outcome, unknown>> | null;
  const lists = [record?.deny, record?.warn, record?.problems];
  return lists.every((list) => Array.isArray(list) && list.every((one) => typeof one === 'string'));
}
