import type { Problem } from './model/types.ts';

export type Enforcement = 'off' | 'shadow' | 'warn' | 'enforce';

/** `pregate.yaml`, read and checked. Nothing in it names a program to run. */
export interface Config {
  version: 1;
  policy: {
    /** Folder or archive, relative to the repository root, or a URL. Undefined: the built-in gates. */
    bundle?: string;
    /** Fingerprint of the key the bundle must be signed with. */
    key?: string;
    maxAgeSeconds?: number;
  };
  signing: { required?: boolean };
  /** Rule id → how much it counts. */
  rules: Record<string, Enforcement>;
  /** Glob patterns of paths that are not looked at. What was left out is counted and said. */
  exclude: string[];
  /** What comments may do. */
  suppressions: {
    /** Comments of other tools count as suppressions. */
    foreign: boolean;
    /** A comment may hide a token whose checksum is valid. */
    proven: boolean;
  };
  /** Path of the baseline, relative to the repository root. */
  baseline: string;
  /** The file it came from; undefined when the repository has none and these are the defaults. */
  path?: string;
}

export interface ConfigResult {
  config: Config;
  problems: Problem[];
}

export const defaultConfig: Config = {
  version: 1,
  policy: {},
  signing: {},
  rules: {},
  exclude: [],
  suppressions: { foreign: true, proven: false },
  baseline: '.pregate/baseline.jsonl',
};
