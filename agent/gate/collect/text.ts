import path from 'node:path';
import { documentFromText } from '../../model/document.ts';
import type { Document } from '../../model/types.ts';
import type { Collected } from '../types.ts';
import { judgingConfig } from './config.ts';
import { contextOnDisk } from './disk.ts';
import { plainFolder } from './repository.ts';
import { type Run, withoutHistory } from './run.ts';

/** What an editor holds, with the files around it that models need. Git is not asked: the text may be anywhere. */
export async function collectText(
  scope: { path: string; text: string; root?: string },
  run: Run,
): Promise<Omit<Collected, 'fingerprintKey'>> {
  const target = documentFromText(scope.path, scope.text);
  const root = scope.root === undefined ? undefined : path.resolve(run.cwd, scope.root);
  const context: Document[] = root === undefined ? [] : contextOnDisk(run, root, [target]);
  const config = await judgingConfig(run, [target, ...context], null);
  return {
    ...withoutHistory(run),
    scope: 'text',
    label: 'text',
    repo: plainFolder(root ?? run.cwd),
    targets: [target],
    context,
    signing: { required: config.config.signing.required ?? false, configured: false, willSign: null },
    ...config,
  };
}
