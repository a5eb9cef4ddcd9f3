import { configFlag, type GitConfig } from '../git/config-list.ts';

/** The setting that `pregate attest setup` makes. It is this user's choice; nothing in the repository can make it. */
export const attestKey = 'pregate.attest';

/** Whether a push that passes is followed by statements about it. */
export function statesPushes(config: GitConfig): boolean {
  return configFlag(config, attestKey) ?? false;
}
