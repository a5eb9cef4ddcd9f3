/** What a decision of a bundle is asked about. */
export const feedInputs = ['gate.input', 'files', 'admission', 'pipelines'] as const;
export type FeedInput = (typeof feedInputs)[number];

const gateNames = ['commit', 'push', 'build', 'publish', 'deploy'] as const;
export const parserNames = [
  'yaml',
  'json',
  'jsonc',
  'toml',
  'dockerfile',
  'ini',
  'dotenv',
  'properties',
  'ignore',
  'hcl2',
  'xml',
  'codeowners',
] as const;
export type ParserName = (typeof parserNames)[number];

/** One line of `policy.feeds` in `pregate.yaml`, or of `metadata.pregate.feeds` in a bundle's `.manifest`. */
export interface FeedSetting {
  /** A package or rule: `data.main`, `data.k8s.*`, `data.authz.allow`. */
  decision: string;
  input: FeedInput;
  /** The gate that its answer belongs to. */
  gate: (typeof gateNames)[number];
  /** For `files`: globs of paths. */
  files?: string[];
  /** For `files`: overrides what the name of a file says. */
  parser?: ParserName;
  /** For `files`: all of them as one input, `[{path, contents}]`. */
  combine?: boolean;
}

/**
 * Reads a list of feeds from plain data. Every mistake is a line for a person, and a list with a mistake gives no feed:
 * a policy that is asked about the wrong thing answers nothing.
 */
export function readFeeds(value: unknown): { feeds: FeedSetting[]; mistakes: string[] } {
  if (!Array.isArray(value)) return { feeds: [], mistakes: ['feeds must be a list'] };
  const read = value.map((one, index) => readFeed(one, `feeds[${index}]`));
  const mistakes = read.flatMap((one) => one.mistakes);
  return { feeds: mistakes.length > 0 ? [] : read.flatMap((one) => one.feed ?? []), mistakes };
}

const keys = ['decision', 'input', 'gate', 'files', 'parser', 'combine'];

function readFeed(value: unknown, at: string): { feed?: FeedSetting; mistakes: string[] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(`${at} must hold keys`);
  const fields = value as Record<string, unknown>;
  const mistakes = Object.keys(fields)
    .filter((key) => !keys.includes(key))
    .map((key) => `unknown key ${at}.${key}; known are ${keys.join(', ')}`);
  const { decision, input, files, combine } = fields;
  const gate = fields['gate'] ?? (input === 'admission' ? 'deploy' : 'push');
  if (typeof decision !== 'string' || !/^data(\.[A-Za-z0-9_*-]+)+$/.test(decision)) {
    mistakes.push(`${at}.decision must be a package or rule such as data.main`);
  }
  if (!isOneOf(feedInputs, input)) mistakes.push(`${at}.input must be one of ${feedInputs.join(', ')}`);
  if (!isOneOf(gateNames, gate)) mistakes.push(`${at}.gate must be one of ${gateNames.join(', ')}`);
  if (fields['parser'] !== undefined && !isOneOf(parserNames, fields['parser'])) {
    mistakes.push(`${at}.parser must be one of ${parserNames.join(', ')}`);
  }
  if (combine !== undefined && typeof combine !== 'boolean') mistakes.push(`${at}.combine must be true or false`);
  const globs = files === undefined ? undefined : textsOf(files);
  if (input === 'files' && (globs === undefined || globs.length === 0)) {
    mistakes.push(`${at}.files must list the paths it is fed, such as deploy/**/*.yaml`);
  }
  if (mistakes.length > 0) return { mistakes };
  const parser = fields['parser'] as FeedSetting['parser'];
  const feed: FeedSetting = {
    decision: decision as string,
    input: input as FeedInput,
    gate: gate as FeedSetting['gate'],
    ...(globs ? { files: globs } : {}),
    ...(parser ? { parser } : {}),
    ...(combine === true ? { combine } : {}),
  };
  return { feed, mistakes };
}

function wrong(mistake: string): { mistakes: string[] } {
  return { mistakes: [mistake] };
}

function isOneOf<T extends string>(list: readonly T[], value: unknown): value is T {
  return (list as readonly unknown[]).includes(value);
}

function textsOf(value: unknown): string[] | undefined {
  const list = Array.isArray(value) ? value : [value];
  return list.every((one) => typeof one === 'string' && one !== '') ? (list as string[]) : undefined;
}
