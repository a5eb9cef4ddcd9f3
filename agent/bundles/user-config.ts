import { lstatSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { BundleError } from './limits.ts';

/** A secret that lies in a file or in an environment variable, never in the text of a configuration. */
export interface SecretSource {
  file?: string;
  env?: string;
}

export interface KeyConfig extends SecretSource {
  /** PEM of a public key, written out. */
  text?: string;
  algorithm?: string;
  /** The key id that a signature must name, where it names one. */
  id?: string;
}

/** How to reach everything below one address. */
export interface ServiceConfig {
  url: string;
  token?: SecretSource;
  certificate?: string;
  privateKey?: string;
  ca?: string;
  /** Ask for a newer bundle before a check or preview when the copy is older than this. */
  refreshSeconds?: number;
}

/** What belongs to this user and not to a repository: credentials, keys, servers that may be asked. */
export interface UserConfig {
  keys: Record<string, KeyConfig>;
  services: ServiceConfig[];
  /** A running OPA that answers instead of the bundle. */
  opa?: { url: string };
  decisionLog?: { url?: string; local?: boolean };
}

/**
 * The user's own configuration: `PREGATE_CONFIG`, else `config.yaml` in XDG's configuration folder (macOS: Application
 * Support, Windows: AppData). Empty when there is none. Throws `BundleError` when it cannot be understood, or when others
 * may write it: it names credentials and who may be asked.
 */
export function readUserConfig(env: NodeJS.ProcessEnv): UserConfig {
  const file = userConfigFile(env);
  let text: string;
  try {
    const stat = lstatSync(file);
    if (!stat.isFile()) throw wrong(file, 'it is not a regular file');
    if (process.platform !== 'win32' && (stat.mode & 0o022) !== 0)
      throw wrong(file, 'others may write it (chmod go-w)');
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { keys: {}, services: [] };
    if (error instanceof BundleError) throw error;
    throw wrong(file, (error as NodeJS.ErrnoException).code ?? 'unknown error');
  }
  return parseUserConfig(text, file);
}

/** Where the user's configuration lies. */
export function userConfigFile(env: NodeJS.ProcessEnv): string {
  const named = env['PREGATE_CONFIG'];
  if (named && path.isAbsolute(named)) return named;
  const home = env['HOME'] ?? homedir();
  if (process.platform === 'win32') return path.join(env['APPDATA'] ?? home, 'Pregate', 'config.yaml');
  if (process.platform === 'darwin') return path.join(home, 'Library/Application Support/Pregate', 'config.yaml');
  const folder = env['XDG_CONFIG_HOME'];
  return path.join(folder && path.isAbsolute(folder) ? folder : path.join(home, '.config'), 'pregate', 'config.yaml');
}

/** `text` is YAML. Unknown keys are errors: a mistyped `token` must not become a request without one. */
export function parseUserConfig(text: string, file: string): UserConfig {
  let root: unknown;
  try {
    root = parse(text, { maxAliasCount: 0 }) ?? {};
  } catch {
    throw wrong(file, 'it is not readable YAML');
  }
  const at = (name: string, value: unknown, known: readonly string[]): Record<string, unknown> => {
    if (value === undefined) return {};
    if (!isRecord(value)) throw wrong(file, `${name} must hold keys`);
    const strange = Object.keys(value).find((key) => !known.includes(key));
    if (strange !== undefined) throw wrong(file, `unknown key ${name === '' ? '' : `${name}.`}${strange}`);
    return value;
  };
  const string = (name: string, value: unknown): string | undefined => {
    if (value === undefined || typeof value === 'string') return value;
    throw wrong(file, `${name} must be text`);
  };
  const secret = (name: string, value: unknown, more: readonly string[] = []): KeyConfig | undefined => {
    if (value === undefined) return undefined;
    const fields = at(name, value, ['file', 'env', ...more]);
    const entries = Object.entries(fields).map(([key, inner]) => [key, string(`${name}.${key}`, inner)]);
    const ways = ['file', 'env', 'text'].filter((key) => fields[key] !== undefined);
    if (ways.length !== 1)
      throw wrong(file, `${name} needs one of file${more.includes('text') ? ', text' : ''} and env`);
    return Object.fromEntries(entries) as KeyConfig;
  };
  const top = at('', root, ['version', 'keys', 'services', 'opa', 'decision-log']);
  if (Object.keys(top).length > 0 && top['version'] !== 1) throw wrong(file, 'add `version: 1`');
  const keys: UserConfig['keys'] = {};
  for (const [name, value] of Object.entries(isRecord(top['keys']) ? top['keys'] : {})) {
    keys[name] = secret(`keys.${name}`, value, ['text', 'algorithm', 'id']) ?? {};
  }
  const list = top['services'] ?? [];
  if (!Array.isArray(list)) throw wrong(file, 'services must be a list');
  const services = (list as unknown[]).map((value): ServiceConfig => {
    const fields = at('services', value, ['url', 'token', 'certificate', 'private-key', 'ca', 'refresh']);
    const url = string('services.url', fields['url']);
    if (url === undefined || !/^https?:\/\//.test(url)) throw wrong(file, 'each of services needs an http(s) url');
    const refresh = string('services.refresh', fields['refresh']);
    return dropUndefined({
      url,
      token: secret('services.token', fields['token']),
      certificate: string('services.certificate', fields['certificate']),
      privateKey: string('services.private-key', fields['private-key']),
      ca: string('services.ca', fields['ca']),
      refreshSeconds: refresh === undefined ? undefined : seconds(refresh, file),
    }) as unknown as ServiceConfig;
  });
  const opaUrl = string('opa.url', at('opa', top['opa'], ['url'])['url']);
  const log = at('decision-log', top['decision-log'], ['url', 'local']);
  const local = log['local'];
  if (local !== undefined && typeof local !== 'boolean') throw wrong(file, 'decision-log.local must be true or false');
  return dropUndefined({
    keys,
    services,
    opa: opaUrl === undefined ? undefined : { url: opaUrl },
    decisionLog: dropUndefined({ url: string('decision-log.url', log['url']), local }),
  }) as unknown as UserConfig;
}

function seconds(text: string, file: string): number {
  const match = /^(\d{1,6})\s*([smhd])$/.exec(text);
  if (!match) throw wrong(file, 'services.refresh must be a number and a unit: 1h');
  return Number(match[1]) * { s: 1, m: 60, h: 3600, d: 86_400 }[match[2] as 's' | 'm' | 'h' | 'd'];
}

/** The value of a secret; `BundleError` when the file or the variable is not there. */
export function readSecret(source: SecretSource, what: string, env: NodeJS.ProcessEnv): string {
  if (source.env !== undefined) {
    const value = env[source.env];
    if (!value) throw new BundleError(`${what} comes from the variable ${source.env}, which is not set`, 'bundle-key');
    return value;
  }
  return readUserFile(source.file ?? '', what, env);
}

/** Text of a file that the user's configuration names; `~/` is the home folder. */
export function readUserFile(named: string, what: string, env: NodeJS.ProcessEnv): string {
  const file = named.startsWith('~/') ? path.join(env['HOME'] ?? homedir(), named.slice(2)) : named;
  if (!path.isAbsolute(file)) throw new BundleError(`${what} needs a full path in your configuration`, 'bundle-key');
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new BundleError(`${what} cannot be read from ${file} (${why})`, 'bundle-key');
  }
}

function dropUndefined(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(file: string, why: string): BundleError {
  return new BundleError(`your configuration ${file} cannot be used: ${why}`, 'user-config');
}
