import { documentFromText } from '../../agent/model/document.ts';
import { followEdit, scanSecrets } from '../../agent/model/secrets/index.ts';
import type { Document } from '../../agent/model/types.ts';
import { stallingTexts } from '../../test/support/stalling.ts';
import { makeCorpus } from '../quality/corpus.ts';
import { median, type Row, times } from '../row.ts';

/** Milliseconds of one scan of a text; the document is new each time, because a scanned one is remembered. */
async function scanTime(path: string, text: string, rounds: number): Promise<number> {
  const documents = Array.from({ length: rounds + 3 }, () => documentFromText(path, text));
  return median(await times(rounds, () => scanSecrets(documents.pop() as Document), 3));
}

/** Processor time of this thread in milliseconds, for each of `count`: what a busy machine leaves true of a figure. */
async function busyTime(count: number, run: () => unknown): Promise<string> {
  const before = process.threadCpuUsage();
  await run();
  const { user, system } = process.threadCpuUsage(before);
  return ((user + system) / 1000 / count).toFixed(2);
}

/**
 * Milliseconds of the scan after each of `rounds` letters that are typed or taken away all over the text, as the language server
 * makes it; without making the document, as above.
 */
function editTime(path: string, whole: string, rounds: number): number {
  let text = whole;
  let previous: Document | undefined;
  const spent: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const document = documentFromText(path, text);
    followEdit(document, previous);
    const start = performance.now();
    scanSecrets(document);
    if (round > 0) spent.push(performance.now() - start);
    previous = document;
    const at = (round * 7919) % (text.length - 1);
    text = round % 3 === 0 ? text.slice(0, at) + text.slice(at + 1) : `${text.slice(0, at)}x${text.slice(at)}`;
  }
  return median(spent);
}

/**
 * What a keystroke in a file of 50 KB costs the secret rules: half of it code of the negatives, half plain lines. The figure
 * is the scan after an edit, which takes over what was found elsewhere; that of the whole text is beside it.
 */
export const typing: Row = {
  name: 'secret scan after a keystroke in 50 KB',
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
    let all = 0;
    const allBusy = await busyTime(203, async () => {
      all = await scanTime('src/app.ts', whole, 200);
    });
    editTime('src/app.ts', whole, 200);
    let figure = 0;
    const busy = await busyTime(600, () => {
      figure = editTime('src/app.ts', whole, 600);
    });
    const note =
      `processor time ${busy} with making the document; the whole text, as when it is opened: ${all.toFixed(2)} ms, ` +
      `processor time ${allBusy}, ${first.toFixed(2)} ms for the first 60 scans of the process`;
    return { figure, unit: 'ms', note };
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
