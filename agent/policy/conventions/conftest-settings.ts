import { parse } from 'smol-toml';
import { compileRegex } from '../../rego/regex/index.ts';
import { fnmatch } from '../forge/patterns.ts';
import type { PolicyFile } from '../types.ts';
import { isParser, type Parser } from './parse.ts';

/** What `conftest.toml` beside the rules says about how the gate asks them. */
export interface ConftestSettings {
  /** Whether a package is asked: `main` alone unless `namespace` or `all-namespaces` says otherwise. */
  asks: (name: string) => boolean;
  /** For people: `main, team.*`. */
  namespaces: string;
  combine: boolean;
  /** A warning stops as a refusal does. */
  failOnWarn: boolean;
  /** Whether a file in a folder that conftest is given is passed over. */
  ignores: (path: string) => boolean;
  /** Reads every file, whatever its name says. */
  parser?: Parser;
  /** Settings that change an answer and that are not followed here. */
  unfollowed: string[];
}

/** Of what else may stand there, these say where to look or how to print, and change no answer. */
const switches = ['all-namespaces', 'combine', 'fail-on-warn'];
const followed = ['namespace', 'ignore', 'parser', ...switches];
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
  const strange = switches.find((key) => fields[key] !== undefined && typeof fields[key] !== 'boolean');
  if (strange !== undefined) return { problem: `${strange} in ${file.path} must be true or false` };
  const { ignore = '', parser } = fields;
  const ignores = pathPattern(ignore);
  if (!ignores) return { problem: `ignore in ${file.path} must be a regular expression of Go` };
  if (parser !== undefined && !(typeof parser === 'string' && isParser(parser)))
    return { problem: `parser in ${file.path} names none that is understood here` };
  return {
    settings: {
      asks: (name) => all || namespaces.some((glob) => fnmatch(glob, name.replace(/^data\./, '')) === true),
      namespaces: all ? 'all namespaces' : namespaces.join(', '),
      combine: fields['combine'] === true,
      failOnWarn: fields['fail-on-warn'] === true,
      ignores,
      ...(parser === undefined ? {} : { parser }),
      unfollowed: Object.keys(fields).filter((key) => !followed.includes(key) && !without.includes(key)),
    },
  };
}

/** A pattern of Go's `regexp`, found anywhere in a path; an empty one is in none. Undefined when it is no pattern. */
function pathPattern(source: unknown): ((path: string) => boolean) | undefined {
  if (source === '') return () => false;
  if (typeof source !== 'string') return undefined;
  try {
    return compileRegex(source, () => {}).test;
  } catch {
    return undefined;
  }
}
