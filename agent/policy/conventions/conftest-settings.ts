import { parse } from 'smol-toml';
import { fnmatch } from '../forge/patterns.ts';
import type { PolicyFile } from '../types.ts';

/** What `conftest.toml` beside the rules says about how the gate asks them. */
export interface ConftestSettings {
  /** Whether a package is asked: `main` alone unless `namespace` or `all-namespaces` says otherwise. */
  asks: (name: string) => boolean;
  /** For people: `main, team.*`. */
  namespaces: string;
  combine: boolean;
  /** A warning stops as a refusal does. */
  failOnWarn: boolean;
  /** Settings that change an answer and that are not followed here. */
  unfollowed: string[];
}

/** Of what else may stand there, these say where to look or how to print, and change no answer. */
const followed = ['namespace', 'all-namespaces', 'combine', 'fail-on-warn'];
const without = [
  'policy',
  'output',
  'trace',
  'no-color',
  'no-fail',
  'suppress-exceptions',
  'update',
  'quiet',
  'report',
];

/**
 * Reads `conftest.toml` (conftest.dev, "Configuration"). Undefined where the bundle has none; a text that is no TOML or
 * holds something else than conftest would take is said, since conftest does not start with it either.
 */
export function conftestSettings(file: PolicyFile | undefined): { settings?: ConftestSettings; problem?: string } {
  if (!file) return {};
  let fields: Record<string, unknown>;
  try {
    fields = parse(file.text);
  } catch {
    return { problem: `${file.path} is no readable TOML` };
  }
  const all = fields['all-namespaces'] === true;
  const named = fields['namespace'] ?? ['main'];
  const namespaces = typeof named === 'string' ? [named] : named;
  if (
    !Array.isArray(namespaces) ||
    !namespaces.every((one) => typeof one === 'string' && fnmatch(one, '') !== undefined)
  )
    return { problem: `namespace in ${file.path} must be texts or patterns` };
  const strange = followed.slice(1).find((key) => fields[key] !== undefined && typeof fields[key] !== 'boolean');
  if (strange !== undefined) return { problem: `${strange} in ${file.path} must be true or false` };
  return {
    settings: {
      asks: (name) => all || namespaces.some((glob) => fnmatch(glob, name.replace(/^data\./, '')) === true),
      namespaces: all ? 'all namespaces' : namespaces.join(', '),
      combine: fields['combine'] === true,
      failOnWarn: fields['fail-on-warn'] === true,
      unfollowed: Object.keys(fields).filter((key) => !followed.includes(key) && !without.includes(key)),
    },
  };
}
