import { bundlesOf, type Config, defaultConfig } from '../../config.ts';
import type { Document, Problem } from '../../model/types.ts';
import type { Run } from './run.ts';

/** Looked for in the root, in this order; the parser is loaded only when one is there, since most hooks need none. */
export const configNames = ['pregate.yaml', 'pregate.yml'] as const;

export interface JudgingConfig {
  config: Config;
  proposedConfig: Config | null;
}

/**
 * Which configuration judges. With a base (a push is judged) it is the base's, and what the change proposes is only
 * reported: nobody turns a gate down in the same push that would need it. Without a base it is the scope's own.
 */
export async function judgingConfig(
  run: Run,
  own: readonly Document[],
  base: readonly Document[] | null,
): Promise<JudgingConfig> {
  const proposed = await readConfig(own);
  if (base === null) {
    run.problems.push(...proposed.problems);
    return { config: proposed.config, proposedConfig: null };
  }
  const judging = await readConfig(base);
  run.problems.push(...judging.problems);
  if (proposed.text === judging.text) return { config: judging.config, proposedConfig: null };
  run.problems.push(...proposed.problems);
  if (judging.config.path === undefined && proposed.config.path !== undefined)
    run.problems.push(notYet(proposed.config));
  return { config: judging.config, proposedConfig: proposed.config };
}

/** Else a person who has just written their first configuration would look for what it changes, and find nothing. */
function notYet({ path = '', policy }: Config): Problem {
  const [first] = bundlesOf(policy);
  const ask = first ? ` To ask its policy now: pregate preview --bundle ${first.bundle}` : '';
  return {
    code: 'config-not-yet',
    message: `${path} is new: it counts once the protected branch has it, and until then pushes are judged without it.${ask}`,
    path,
    fatal: false,
  };
}

interface ReadConfig {
  config: Config;
  problems: Problem[];
  text: string;
}

async function readConfig(documents: readonly Document[]): Promise<ReadConfig> {
  for (const name of configNames) {
    const document = documents.find((one) => one.path === name && one.kind === 'file');
    if (!document) continue;
    const { parseConfig } = await import('../../config/parse.ts');
    return { ...parseConfig(document.bytes, name), text: document.text };
  }
  return { config: defaultConfig, problems: [], text: '' };
}
