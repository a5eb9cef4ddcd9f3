import { findPlace } from '../git/place.ts';
import { openGit } from '../git/run.ts';
import type { BlockData } from '../protocol.ts';
import { readLastBlock } from '../state.ts';

/** The last push our hook stopped in a repository; null when there is none, or when its record cannot be read. */
export async function lastBlock(root: string): Promise<BlockData | null> {
  try {
    const { commonDir } = await findPlace(openGit(root));
    const block = readLastBlock(commonDir);
    const whole =
      block && [block.at, block.hook, block.headline, block.remote].every((part) => typeof part === 'string');
    return whole ? { at: block.at, hook: block.hook, headline: block.headline, remote: block.remote } : null;
  } catch {
    // Without a record nobody may be told that it was us.
    return null;
  }
}
