import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeVsix } from '../../scripts/package.ts';
import type { Row } from '../row.ts';

export const vsix: Row = {
  name: 'VSIX, one for all platforms',
  budgetText: '≤ 3 MB',
  budget: 3,
  async measure() {
    const path = join(mkdtempSync(join(tmpdir(), 'pregate-vsix-')), 'pregate.vsix');
    await makeVsix(path);
    return { figure: statSync(path).size / 1e6, unit: 'MB' };
  },
};
