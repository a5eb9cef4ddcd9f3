import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { screenshotDir } from '../harness/cache.ts';

/** Width and height of a screenshot, from the header of its PNG (https://www.w3.org/TR/png-3/#11IHDR). */
export function pngSize(name: string): [width: number, height: number] {
  const png = readFileSync(join(screenshotDir, `${name}.png`));
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}
