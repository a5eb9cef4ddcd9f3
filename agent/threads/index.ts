import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { textRules } from '../rules/registry.ts';
import { type Scanner, startScanner } from './scanner.ts';

/** Reading cannot feed more of them, and each has a heap of its own. */
const most = 4;

/** What a document leaves dies young. */
const resourceLimits = { maxYoungGenerationSizeMb: 16 };

/** A scanner with as many threads as there are cores beside this one's. `PREGATE_THREADS` bounds all of them, 1 for none. */
export async function scannerForAllCores(env: NodeJS.ProcessEnv): Promise<Scanner> {
  const asked = Number(env['PREGATE_THREADS'] || Number.POSITIVE_INFINITY);
  const cores = Math.min(availableParallelism(), asked >= 1 ? asked : 1);
  return startScanner({ threads: Math.min(most, Math.floor(cores) - 1), start, rules: await textRules() });
}

/** The smallest program that has the rules: the hooks' one, which lies beside this bundle. */
function start(): Worker {
  const program =
    typeof __dirname === 'string'
      ? join(__dirname, 'pregate.cjs')
      : join(dirname(fileURLToPath(import.meta.url)), '../start-hook.ts');
  return new Worker(program, { argv: ['hook', 'scanner'], resourceLimits });
}
