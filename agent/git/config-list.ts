import type { Git } from './run.ts';
import { gitOutput } from './run.ts';

/** All of git's configuration as it applies here: lower-case key (subsection as written) → values, last one wins. */
export type GitConfig = ReadonlyMap<string, readonly string[]>;

/**
 * Reads the whole configuration with one process, for the hot path. `repo.ts` reads it with origin and scope.
 * Values are plain text; nothing in them is run.
 */
export async function readGitConfig(git: Git): Promise<GitConfig> {
  return parseGitConfig(await gitOutput(git, ['config', '--list', '-z']));
}

/** Parses `git config --list -z`: `key LF value NUL`; a key without a value means true. */
export function parseGitConfig(output: Buffer): GitConfig {
  const config = new Map<string, string[]>();
  for (const item of output.toString('utf8').split('\0')) {
    if (item === '') continue;
    const newline = item.indexOf('\n');
    const key = newline === -1 ? item : item.slice(0, newline);
    const value = newline === -1 ? 'true' : item.slice(newline + 1);
    const values = config.get(key);
    if (values) values.push(value);
    else config.set(key, [value]);
  }
  return config;
}

/** The value that counts, or undefined. Keys are `section.name` or `section.Sub.name` with section and name lower-case. */
export function configValue(config: GitConfig, key: string): string | undefined {
  return config.get(key)?.at(-1);
}

/** Git's reading of a boolean: `true`, `yes`, `on` and numbers other than 0. Undefined when it is not set. */
export function configFlag(config: GitConfig, key: string): boolean | undefined {
  const value = configValue(config, key);
  if (value === undefined) return undefined;
  return /^(true|yes|on|[1-9]\d*)$/i.test(value);
}

/** Names of the configured remotes, in the order of the configuration. */
export function remoteNames(config: GitConfig): string[] {
  const names = new Set<string>();
  for (const key of config.keys()) {
    const match = /^remote\.(.+)\.(?:url|pushurl)$/s.exec(key);
    if (match) names.add(match[1] as string);
  }
  return [...names];
}
