import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generator } from '../row.ts';

/** Ten source files of about 4 KB whose content is new in every round. */
export function writeSources(repo: string, round: number): void {
  const next = generator(round + 7);
  mkdirSync(join(repo, 'src'), { recursive: true });
  for (let file = 0; file < 10; file++) {
    const lines = Array.from(
      { length: 100 },
      (_, line) => `export const value${line} = compute(${next(1e6)}, 'name ${next(1e4)}');`,
    );
    writeFileSync(join(repo, 'src', `file${file}.ts`), `${lines.join('\n')}\n`);
  }
}
