import { parse as parseTomlText } from 'smol-toml';
import { type ParserName, parserNames } from '../../config/feeds.ts';
import { lineStarts, ownText } from '../../model/document.ts';
import { parseJson, parseToml, parseYaml } from '../../model/tree/index.ts';
import type { Document, Node, Range } from '../../model/types.ts';
import { codeownersConfig } from './codeowners.ts';
import { dockerCommands } from './dockerfile.ts';
import { goValue, NotJson, TooLarge } from './go-yaml.ts';
import { hclConfig } from './hcl/convert.ts';
import { HclError } from './hcl/types.ts';
import { ignoreEntries } from './ignore.ts';
import { lineNode } from './line-node.ts';
import { dotenvValue, iniValue, propertiesValue } from './lines.ts';
import { xmlConfig } from './xml.ts';

export type Parser = ParserName;

/** One input of a policy, and where its parts stand in the file. */
export interface Config {
  value: unknown;
  /** The tree it came from: JSON pointers into `value` are followed in it. */
  node?: Node;
  /** Places of the elements of a list that has no tree, such as the commands of a Dockerfile. */
  ranges?: readonly Range[];
}

export interface ParsedFile {
  /** One for each YAML document, and for each element of a list at the top: each is an input of its own. */
  configs: Config[];
  /** They are the elements of a list; otherwise there is one, and it is the whole. */
  list?: true;
  /** Why it could not be read; there are no configs then. */
  problem?: string;
}

/** The parser conftest would take for a path, by its name; undefined for files it would not read. */
export function parserOf(path: string): Parser | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^(Dockerfile|Containerfile)(\.|$)|\.(dockerfile|containerfile)$/i.test(name)) return 'dockerfile';
  if (/\.ya?ml$/i.test(name)) return 'yaml';
  if (/\.json$/i.test(name)) return 'json';
  if (/\.jsonc$/i.test(name)) return 'jsonc';
  if (/\.toml$/i.test(name)) return 'toml';
  if (/\.ini$/i.test(name)) return 'ini';
  if (/(^|\.)env$/i.test(name) || /^\.env\./.test(name)) return 'dotenv';
  if (/\.(git|docker)ignore$/.test(name)) return 'ignore';
  if (/\.(tf|tfvars|hcl)$/i.test(name)) return 'hcl2';
  if (/\.xml$/i.test(name)) return 'xml';
  if (/(^|\.)CODEOWNERS$/i.test(name)) return 'codeowners';
  return /\.properties$/i.test(name) ? 'properties' : undefined;
}

/** Parsers that conftest has and this build has not: what they would give is not known here. */
export const unreadParsers: readonly string[] = [
  ...['cue', 'cyclonedx', 'edn', 'groovy', 'hcl1', 'hocon', 'jsonnet', 'nginx', 'spdx', 'textproto', 'vcl'],
];

/** Formats that conftest reads and this build does not: a policy on such files is said to be unanswered. */
export function unreadFormat(path: string): string | undefined {
  if (/(^|\/)nginx\.conf$/.test(path)) return 'nginx';
  if (/(^|\/)Jenkinsfile$/.test(path)) return 'groovy';
  const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase();
  return ending !== undefined && (ending === 'textpb' || unreadParsers.includes(ending)) ? ending : undefined;
}

/** Whether conftest has a parser of this name that is understood here. */
export function isParser(name: string): name is Parser {
  return (parserNames as readonly string[]).includes(name);
}

/** The whole file as one value, as conftest's `parse_config` gives it: a list where the parser makes one. */
export function configValue({ configs, list }: ParsedFile): unknown {
  return list ? configs.map(({ value }) => value) : configs[0]?.value;
}

/**
 * Reads a file as conftest does, so that a policy sees the same input. Never throws. `parser` overrides the file's name.
 * Shapes: openpolicyagent.org/docs/conftest; agreement is held by `test/policy/conftest-differential.test.ts`.
 */
export function parseConfigs(document: Document, parser: Parser): ParsedFile {
  try {
    return read(document, parser);
  } catch (error) {
    if (error instanceof TooLarge) return { configs: [], problem: 'it unfolds to more than can be read' };
    if (error instanceof HclError) {
      const line = 1 + lineStarts(document).findLastIndex((start) => start <= error.offset);
      return { configs: [], problem: `line ${line} is not readable as HCL 2: ${error.message}` };
    }
    if (error instanceof NotJson) return { configs: [], problem: `it cannot be turned into JSON: ${error.message}` };
    return { configs: [], problem: `it is not readable as ${parser}` };
  }
}

function read(document: Document, parser: Parser): ParsedFile {
  if (document.partial) return { configs: [], problem: 'it is too large and was read only in part' };
  switch (parser) {
    case 'yaml':
      return yamlConfigs(document);
    case 'json':
    case 'jsonc':
      return jsonConfigs(document, parser);
    case 'toml': {
      const [node] = parseToml(document).roots;
      return { configs: [{ value: plain(parseTomlText(ownText(document))), ...(node ? { node } : {}) }] };
    }
    case 'dockerfile': {
      const { commands, ranges } = dockerCommands(ownText(document));
      return { configs: [{ value: commands, ranges }], list: true };
    }
    case 'ini': {
      const value = iniValue(ownText(document));
      return value ? byLines(document, value) : { configs: [], problem: 'it is not readable as ini' };
    }
    case 'dotenv':
      return byLines(document, dotenvValue(ownText(document)));
    case 'properties':
      return byLines(document, propertiesValue(ownText(document)));
    case 'ignore': {
      const entries = ignoreEntries(ownText(document));
      return entries
        ? { configs: [entries], list: true }
        : { configs: [], problem: 'a line ends in a backslash, on which conftest breaks' };
    }
    case 'hcl2':
      return { configs: [hclConfig(ownText(document))] };
    case 'xml': {
      const config = xmlConfig(ownText(document));
      return config ? { configs: [config] } : { configs: [], problem: 'it is not well-formed XML' };
    }
    case 'codeowners': {
      const config = codeownersConfig(ownText(document));
      return config ? { configs: [config] } : { configs: [], problem: 'a line is no rule of GitHub’s CODEOWNERS' };
    }
  }
}

/** Comments belong to `.jsonc` alone: conftest refuses a `.json` that has some. */
function jsonConfigs(document: Document, parser: 'json' | 'jsonc'): ParsedFile {
  const [node] = parseJson(document).roots;
  const bare = ownText(document).replace(/^\ufeff/, '');
  const plainText = withoutComments(bare);
  try {
    return elements(JSON.parse(parser === 'jsonc' ? plainText : bare), node);
  } catch {
    const commented = parser === 'json' && plainText !== bare;
    return {
      configs: [],
      problem: `it is not readable as ${parser}${commented ? ' (comments belong into .jsonc, or parser: jsonc)' : ''}`,
    };
  }
}

function byLines(document: Document, value: Record<string, unknown>): ParsedFile {
  return { configs: [{ value, node: lineNode(ownText(document), value) }] };
}

function yamlConfigs(document: Document): ParsedFile {
  const tree = parseYaml(document);
  if (tree.problems.length > 0) return { configs: [], problem: 'it is not readable as YAML' };
  if (tree.roots.length === 0) return { configs: [{ value: null }] };
  const [only] = tree.roots;
  if (tree.roots.length === 1 && only && !/\n---\r?\n/.test(ownText(document))) return elements(goValue(only), only);
  return {
    configs: withEmpty(
      ownText(document),
      tree.roots.map((node) => ({ value: goValue(node), node })),
    ),
    list: true,
  };
}

/** conftest cuts a file at lines of `---`, and a piece without content is an input, too: `null`. */
function withEmpty(text: string, filled: Config[]): Config[] {
  const hasContent = (piece: string) =>
    piece.split('\n').some((line) => !/^\s*(?:#.*)?$|^(?:---|\.\.\.)\s*$|^%/.test(line));
  const pieces = text.split(/\r?\n---\r?\n/).map(hasContent);
  if (pieces.filter(Boolean).length !== filled.length) return filled;
  let next = 0;
  return pieces.map((full) => (full ? (filled[next++] as Config) : { value: null }));
}

/** A list at the top is several inputs, one for each element. */
function elements(value: unknown, node: Node | undefined): ParsedFile {
  if (!Array.isArray(value)) return { configs: [{ value, ...(node ? { node } : {}) }] };
  const items = node?.kind === 'seq' ? node.items : [];
  const configs = value.map((one, index) => ({ value: one, ...(items[index] ? { node: items[index] } : {}) }));
  return { configs, list: true };
}

/** Comments outside of texts, so that `//` in an address stays. */
function withoutComments(text: string): string {
  return text.replace(
    /("(?:\\.|[^"\\])*(?:"|$))|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g,
    (_, kept?: string) => kept ?? ' ',
  );
}

/** Dates as Go prints them, integers as numbers, so that only JSON is left. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return dateText(value);
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}

/** Local dates and times are shown as instants of UTC, without a fraction that is zero. */
function dateText(value: Date): string {
  const text = value.toISOString();
  const whole = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text;
  return whole.replace(/\.0+(?=Z|[-+]|$)/, '').replace(/(T[\d:.]+)$/, '$1Z');
}
