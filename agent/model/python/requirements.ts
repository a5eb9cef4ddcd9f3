import { ownText } from '../document.ts';
import type { Document, Range } from '../types.ts';

export interface Requirement {
  /** Normalised project name (PEP 503), undefined for a path or an address without a name. */
  name: string | undefined;
  kind: 'exact' | 'range' | 'any' | 'url' | 'vcs' | 'path';
  /** Everything after the name and before markers and options: `>=1,<2`, `@ https://…`. */
  specifier: string;
  /** The version of `==1.2.3` or `===1.2.3`. */
  version: string | undefined;
  /** `sha256:…` values of `--hash`, or of the `#sha256=` fragment of an address. */
  hashes: string[];
  editable: boolean;
  marker: string | undefined;
  /** Address of a `url` or `vcs` requirement. */
  url: string | undefined;
  /** The requirement's own text, without options and comment. */
  range: Range;
  /** The specifier; empty at the end of the name when there is none. */
  specifierRange: Range;
}

export interface RequirementsOption {
  /** `--index-url`, `-r` becomes `--requirement`, `-c` becomes `--constraint`. */
  name: string;
  value: string;
  range: Range;
}

/** A pip requirements (or constraints) file. */
export interface Requirements {
  documents: readonly Document[];
  document: Document;
  requirements: Requirement[];
  options: RequirementsOption[];
  /** A constraints file installs nothing by itself. */
  constraints: boolean;
  /** At least one requirement has a hash, or `--require-hashes` is set: pip then asks a hash of all. */
  hashed: boolean;
}

const memo = new WeakMap<Document, Requirements>();
const fileName = /(?:^|[-_.])(requirements?|constraints?)(?:[-_.][\w.-]*)?\.(?:txt|in|pip)$/i;

/**
 * Reads a pip requirements file, recognised by its name (`requirements*.txt`, `dev-requirements.txt`,
 * `requirements/*.txt`, `constraints.txt`). Undefined for any other document.
 * Source: pip documentation, "Requirements File Format"; PEP 508 for the requirement itself.
 */
export function requirementsOf(document: Document): Requirements | undefined {
  if (document.kind !== 'file' || !isRequirementsFile(document.path)) return undefined;
  let requirements = memo.get(document);
  if (!requirements) {
    requirements = read(document);
    memo.set(document, requirements);
  }
  return requirements;
}

export function isRequirementsFile(path: string): boolean {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  return fileName.test(name) || (parts.at(-2) === 'requirements' && /\.(?:txt|in)$/i.test(name));
}

/** PEP 503: case, `-`, `_` and `.` do not distinguish projects. */
export function normaliseName(name: string): string {
  return name.toLowerCase().replace(/[-_.]{1,100}/g, '-');
}

function read(document: Document): Requirements {
  const result: Requirements = {
    documents: [document],
    document,
    requirements: [],
    options: [],
    constraints: /constraints?[\w.-]*$/i.test(document.path),
    hashed: false,
  };
  for (const line of logicalLines(ownText(document))) readLine(line, result);
  result.hashed =
    result.requirements.some((requirement) => requirement.hashes.length > 0) ||
    result.options.some((option) => option.name === '--require-hashes');
  return result;
}

/** Text of a logical line with joined continuations blanked, so that `start + index` is an offset in the document. */
interface Line {
  text: string;
  start: number;
}

function* logicalLines(source: string): Generator<Line> {
  let text = '';
  let start = 0;
  let at = 0;
  for (const line of source.split('\n')) {
    const raw = line.replace(/\r$/, ' ');
    if (text === '') start = at;
    const comment = /(?:^|\s)#.*$/.exec(raw);
    const content = comment ? raw.slice(0, comment.index).padEnd(raw.length) : raw;
    at += raw.length + 1;
    const continued = !comment && /\\\s*$/.exec(content);
    text += continued ? content.slice(0, continued.index).padEnd(content.length + 1) : content;
    if (continued) continue;
    if (text.trim() !== '') yield { text, start };
    text = '';
  }
  if (text.trim() !== '') yield { text, start };
}

const optionLine = /^(-{1,2}[A-Za-z][A-Za-z-]*)(?:(?:\s*=\s*|\s+)(\S.*))?$/;
const shortOptions: Record<string, string> = {
  '-r': '--requirement',
  '-c': '--constraint',
  '-i': '--index-url',
  '-f': '--find-links',
  '-e': '--editable',
};

function readLine(line: Line, result: Requirements): void {
  const body = line.text.trim();
  const start = line.start + line.text.indexOf(body[0]!);
  const joined = /^-([rcife])(?=[^\s-])(.*)$/.exec(body);
  const match = joined ? [body, `-${joined[1]}`, joined[2]] : optionLine.exec(body);
  if (!match) {
    result.requirements.push(requirement(body, start, false));
    return;
  }
  const name = shortOptions[match[1]!] ?? match[1]!;
  const value = (match[2] ?? '').trim();
  if (name === '--editable') {
    result.requirements.push(requirement(value, start + body.lastIndexOf(value), true));
    return;
  }
  result.options.push({ name, value, range: [start, start + body.length] });
}

function requirement(body: string, start: number, editable: boolean): Requirement {
  const options = /\s--[a-z]/.exec(body);
  const text = (options ? body.slice(0, options.index) : body).trimEnd();
  const hashes = [...body.matchAll(/\s--hash(?:=|\s{1,20})(\w{1,20}:[0-9a-fA-F]{1,200})/g)].map((match) => match[1]!);
  const semicolon = /\s;|;\s/.exec(text) ?? (/:\/\//.test(text) ? null : /;/.exec(text));
  const main = (semicolon ? text.slice(0, semicolon.index) : text).trimEnd();
  const marker = semicolon ? text.slice(semicolon.index).replace(/^[\s;]{1,20}/, '') : undefined;
  const named = /^([A-Za-z0-9](?:[\w.-]{0,200}[A-Za-z0-9])?)\s*(\[[^\]]{0,500}\])?\s*/.exec(main);
  const base = { hashes, editable, marker, range: [start, start + main.length] as Range };
  const address = addressOf(main, named);
  if (address !== undefined) return addressed(address, main, named, start, base);
  if (!named || (named[0].length < main.length && !/^[<>=!~(]/.test(main.slice(named[0].length)))) {
    return {
      ...base,
      name: undefined,
      kind: 'path',
      specifier: main,
      version: undefined,
      url: undefined,
      specifierRange: base.range,
    };
  }
  const at = named[0].trimEnd().length;
  const specifier = main.slice(named[0].length).trim();
  const exact = /^\(?\s*={2,3}\s*([^\s,;*)]+)\s*\)?$/.exec(specifier);
  return {
    ...base,
    name: normaliseName(named[1]!),
    kind: exact ? 'exact' : specifier === '' ? 'any' : 'range',
    specifier,
    version: exact?.[1],
    url: undefined,
    specifierRange: [start + at, start + main.length],
  };
}

/** The address of `name @ url` or of a line that is an address; undefined for an ordinary requirement. */
function addressOf(main: string, named: RegExpExecArray | null): string | undefined {
  if (/^(?:[a-z]{2,10}\+)?[a-z]{2,10}:/i.test(main)) return main;
  const rest = named ? main.slice(named[0].length) : '';
  return rest.startsWith('@') ? rest.slice(1).trim() : undefined;
}

function addressed(
  url: string,
  main: string,
  named: RegExpExecArray | null,
  start: number,
  base: Pick<Requirement, 'hashes' | 'editable' | 'marker' | 'range'>,
): Requirement {
  // An editable line may leave out the first half of git+git: (pip's parse_editable).
  const vcs = /^(?:(?:git|hg|svn|bzr)\+|git:)/i.test(url);
  const fragment = /#(?:[^#]{0,500}&)?(sha256|sha384|sha512)=([0-9a-f]{32,200})/i.exec(url);
  const egg = /[#&]egg=([\w.-]{1,200})/.exec(url);
  const name = main === url ? egg?.[1] : named?.[1];
  const from = start + main.indexOf(url);
  return {
    ...base,
    hashes: fragment ? [...base.hashes, `${fragment[1]!.toLowerCase()}:${fragment[2]}`] : base.hashes,
    name: name === undefined ? undefined : normaliseName(name),
    kind: vcs ? 'vcs' : /^file:/i.test(url) ? 'path' : 'url',
    specifier: main === url ? url : `@ ${url}`,
    version: undefined,
    url,
    specifierRange: [from, from + url.length],
  };
}
