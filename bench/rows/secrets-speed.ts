import { documentFromText } from '../../agent/model/document.ts';
import { scanSecrets } from '../../agent/model/secrets/index.ts';
import { stallingTexts } from '../../test/support/stalling.ts';
import { makeCorpus } from '../quality/corpus.ts';
import { median, type Row, times } from '../row.ts';

/** Milliseconds of one scan of a text; the document is new each time, because a scanned one is remembered. */
async function scanTime(path: string, text: string, rounds: number): Promise<number> {
  return median(await times(rounds, () => scanSecrets(documentFromText(path, text)), 3));
}

/** What a keystroke in a file of 50 KB costs the secret rules: half of it code of the negatives, half plain lines. */
export const typing: Row = {
  name: 'secret scan of 50 KB while typing',
  budgetText: '≤ 1 ms',
  budget: 1,
  async measure() {
    const code = makeCorpus(1).filter(({ set, path }) => set === 'negatives' && /\.(?:js|ts|py|go)$/.test(path));
    const plain = 'export function areaOf(shape: Shape): number {\n  return shape.width * shape.height;\n}\n';
    let text = '';
    for (let at = 0; text.length < 50 * 1024; at++) {
      text += at % 12 === 0 ? (code[(at / 12) % code.length] as { text: string }).text : plain;
    }
    const whole = text.slice(0, 50 * 1024);
    // A language server has scanned before; what its first files cost is said beside it.
    const first = await scanTime('src/app.ts', whole, 60);
    await scanTime('src/app.ts', whole, 200);
    const note = `${first.toFixed(2)} ms for the first 60 scans of the process`;
    return { figure: await scanTime('src/app.ts', whole, 100), unit: 'ms', note };
  },
};

/** The costliest text of an adversary, for each KB. What is counted in test/secrets/linear.test.ts is timed here. */
export const stalling: Row = {
  name: 'secret scan of text made to stall it',
  budgetText: '≤ 1 ms per KB',
  budget: 1,
  async measure() {
    let worst = 0;
    let name = '';
    for (const [what, unit] of Object.entries(stallingTexts)) {
      for (const path of ['a.env', '.npmrc', 'a.js']) {
        const text = unit.repeat(Math.ceil((32 * 1024) / unit.length)).slice(0, 32 * 1024);
        const spent = (await scanTime(path, text, 5)) / 32;
        if (spent > worst) [worst, name] = [spent, `${what} in ${path}`];
      }
    }
    return { figure: worst, unit: 'ms', note: `worst: ${name}` };
  },
};
