import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { dist, median, type Row, scratch, times } from '../row.ts';

/** `pregate --version` against an empty Node program, each measured in turn so that both meet the same noise. */
export const agentStart: Row = {
  name: 'agent start (--version)',
  budgetText: '≤ 1.5 × node -e 0',
  budget: 1.5,
  async measure() {
    const { env } = scratch();
    const run = (...words: string[]) => spawnSync(process.execPath, words, { env });
    const bare: number[] = [];
    const agent: number[] = [];
    for (let index = 0; index < 21; index++) {
      bare.push(...(await times(1, () => run('-e', '0'))));
      agent.push(...(await times(1, () => run(join(dist, 'pregate.cjs'), '--version'))));
    }
    const ratio = median(agent) / median(bare);
    return {
      figure: ratio,
      unit: '×',
      note: `${median(agent).toFixed(1)} ms, node -e 0 ${median(bare).toFixed(1)} ms`,
    };
  },
};
