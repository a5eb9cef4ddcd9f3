import type { FeedSetting } from './config/feeds.ts';
import type { OwnPattern } from './config/patterns.ts';
import type { Problem } from './model/types.ts';

export type Enforcement = 'off' | 'shadow' | 'warn' | 'enforce';

/** Where one bundle comes from and what it must be signed with. */
export interface BundleConfig {
  /** Folder or archive in the repository, `file:`, `git:REF:PATH`, `oci:FOLDER:TAG`, or an http(s) address. */
  bundle: string;
  /** PEM of a public key, a fingerprint `SHA256:…`, or a name from the user's own configuration. */
  key?: string;
  /** The scope that the bundle's signature must name. */
  scope?: string;
  /** How long ago the bundle service may have confirmed the copy at most. */
  maxAgeSeconds?: number;
}

export interface PolicyConfig extends Partial<BundleConfig> {
  /** Several bundles that judge together; then `bundle` is not set. */
  bundles?: BundleConfig[];
  /** What decisions of the bundle are asked about; undefined: as its `.manifest` or its conventions say. */
  feeds?: FeedSetting[];
  /** Snapshot of the forge's rules, a path in the repository. Undefined: the one in the user's state folder, if any. */
  forge?: string;
  /** How old that snapshot may be; an older one closes the gate. */
  forgeMaxAgeSeconds?: number;
}

/** `pregate.yaml`, read and checked. Nothing in it names a program to run. */
export interface Config {
  version: 1;
  policy: PolicyConfig;
  signing: { required?: boolean };
  /** Kinds of secrets that the team adds. */
  secrets: { patterns: readonly OwnPattern[] };
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
  secrets: { patterns: [] },
  rules: {},
  exclude: [],
  suppressions: { foreign: true, proven: false },
  baseline: '.pregate/baseline.jsonl',
};

/** All bundles that a configuration names; none means the built-in gates. */
export function bundlesOf(policy: PolicyConfig): BundleConfig[] {
  if (policy.bundles) return policy.bundles;
  return policy.bundle === undefined ? [] : [{ ...policy, bundle: policy.bundle }];
}
