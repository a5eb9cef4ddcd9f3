import type { CommitInfo, Person, SignatureFormat, SignatureInfo } from '../gate/types.ts';

/** A commit as its object says, before signature and paths are known. */
export interface RawCommit {
  tree: string;
  parents: string[];
  author: Person;
  committer: Person;
  message: Buffer;
  messageText: string;
  /** What else travels in the object and could hide something: see `furtherText`. Empty for an ordinary commit. */
  further: string;
  signature: SignatureInfo;
}

export interface RawTag {
  object: string;
  type: string;
  name: string;
  tagger: Person | undefined;
  message: Buffer;
  further: string;
  signature: SignatureInfo;
}

/**
 * Parses a commit object (gitformat: headers, continuation lines that start with a space, empty line, message).
 * Header values are decoded as the `encoding` header says; the message's bytes stay as they are.
 */
export function parseCommit(object: Buffer): RawCommit {
  const { headers, body } = splitObject(object);
  const decode = decoderOf(headers);
  const signature = first(headers, 'gpgsig') ?? first(headers, 'gpgsig-sha256');
  return {
    tree: first(headers, 'tree')?.toString('latin1') ?? '',
    parents: headers.filter(([name]) => name === 'parent').map(([, value]) => value.toString('latin1')),
    author: parsePerson(decode(first(headers, 'author') ?? Buffer.alloc(0))),
    committer: parsePerson(decode(first(headers, 'committer') ?? Buffer.alloc(0))),
    ...messageOf(headers, body),
    signature: signatureOf(signature),
  };
}

/** What of a commit can hold a secret. */
export type CommitMessage = Pick<RawCommit, 'message' | 'messageText' | 'further'>;

/** That alone, for who reads ten thousand of them and asks nobody's name. */
export function parseCommitMessage(object: Buffer): CommitMessage {
  const { headers, body } = splitObject(object);
  return messageOf(headers, body);
}

function messageOf(headers: readonly Header[], body: Buffer): CommitMessage {
  return { message: body, messageText: decoderOf(headers)(body), further: furtherText(headers) };
}

function decoderOf(headers: readonly Header[]): (bytes: Buffer) => string {
  const encoding = first(headers, 'encoding')?.toString('latin1');
  return (bytes) => decodeText(bytes, encoding);
}

/** Parses an annotated tag. Its signature, when there is one, is the end of the message. */
export function parseTag(object: Buffer): RawTag {
  const { headers, body } = splitObject(object);
  const at = signatureStart(body);
  const tagger = first(headers, 'tagger');
  return {
    object: first(headers, 'object')?.toString('latin1') ?? '',
    type: first(headers, 'type')?.toString('latin1') ?? '',
    name: decodeText(first(headers, 'tag') ?? Buffer.alloc(0), undefined),
    tagger: tagger ? parsePerson(decodeText(tagger, undefined)) : undefined,
    message: at === -1 ? body : body.subarray(0, at),
    further: furtherText(at === -1 ? headers : [...headers, ['gpgsig', body.subarray(at)]]),
    signature: signatureOf(at === -1 ? undefined : body.subarray(at)),
  };
}

/** The shared form of a commit; `paths` are filled in by who compares trees. */
export function commitInfo(oid: string, raw: RawCommit, paths: string[]): CommitInfo {
  const text = raw.messageText.replace(/\r\n/g, '\n').trim();
  const end = text.indexOf('\n\n');
  const subject = (end === -1 ? text : text.slice(0, end)).replace(/\n/g, ' ');
  return {
    oid,
    tree: raw.tree,
    parents: raw.parents,
    author: raw.author,
    committer: raw.committer,
    subject,
    body: end === -1 ? '' : text.slice(end + 2),
    signature: raw.signature,
    paths,
  };
}

type Header = [name: string, value: Buffer];

function splitObject(object: Buffer): { headers: Header[]; body: Buffer } {
  const headers: Header[] = [];
  let at = 0;
  while (at < object.length) {
    const newline = object.indexOf(10, at);
    const end = newline === -1 ? object.length : newline;
    if (end === at) return { headers, body: object.subarray(end + 1) };
    const last = headers.at(-1);
    if (object[at] === 0x20 && last)
      last[1] = Buffer.concat([last[1], Buffer.from('\n'), object.subarray(at + 1, end)]);
    else {
      const space = object.indexOf(0x20, at);
      const nameEnd = space === -1 || space > end ? end : space;
      headers.push([object.toString('latin1', at, nameEnd), object.subarray(Math.min(nameEnd + 1, end), end)]);
    }
    at = end + 1;
  }
  return { headers, body: Buffer.alloc(0) };
}

const structural = new Set(['tree', 'parent', 'encoding', 'object', 'type', 'tag']);
const people = new Set(['author', 'committer', 'tagger']);
const signatures = new Set(['gpgsig', 'gpgsig-sha256']);

/**
 * Text of headers that git shows to nobody: names and addresses as long as a token, headers it does not know, tags that a
 * merge carries, and lines of a signature that no signature has. All of it is pushed.
 */
function furtherText(headers: readonly Header[]): string {
  const out: string[] = [];
  for (const [name, value] of headers) {
    if (structural.has(name)) continue;
    const text = value.toString('utf8');
    if (people.has(name)) {
      if (/[\w+=~-]{16}/.test(text)) out.push(text);
    } else if (signatures.has(name)) {
      out.push(
        ...text
          .split('\n')
          .filter((line) => !/^(?:[A-Za-z0-9+/=]{0,80}|-----[A-Z ]+-----|[A-Z][a-z]+: .{0,80})\r?$/.test(line)),
      );
    } else out.push(`${name} ${text}`);
  }
  return out.join('\n');
}

function first(headers: readonly Header[], name: string): Buffer | undefined {
  return headers.find((header) => header[0] === name)?.[1];
}

/** `Name <email> seconds ±hhmm`; what does not fit leaves empty fields, never an error. */
function parsePerson(text: string): Person {
  const open = text.indexOf('<');
  const close = text.lastIndexOf('>');
  if (open === -1 || close < open) return { name: text.trim(), email: '', date: '' };
  const when = /^ (\d{1,14}) ([+-]\d{4})$/.exec(text.slice(close + 1));
  return {
    name: text.slice(0, open).trim(),
    email: text.slice(open + 1, close).trim(),
    date: when ? isoDate(Number(when[1]), when[2] as string) : '',
  };
}

/** ISO 8601 with the offset the commit was made in. */
function isoDate(seconds: number, offset: string): string {
  const minutes = (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3))) * (offset.startsWith('-') ? -1 : 1);
  const local = new Date((seconds + minutes * 60) * 1000);
  if (Number.isNaN(local.getTime())) return '';
  return `${local.toISOString().slice(0, 19)}${offset.slice(0, 3)}:${offset.slice(3)}`;
}

function signatureOf(signature: Buffer | undefined): SignatureInfo {
  if (!signature) return { present: false, status: 'none' };
  const format = formatOf(signature.toString('latin1', 0, 64));
  return {
    present: true,
    ...(format === undefined ? {} : { format }),
    status: 'no-key',
    detail: 'the signature was not verified here',
  };
}

function formatOf(start: string): SignatureFormat | undefined {
  if (start.startsWith('-----BEGIN SSH SIGNATURE')) return 'ssh';
  if (/^-----BEGIN PGP (SIGNATURE|MESSAGE)/.test(start)) return 'openpgp';
  return start.startsWith('-----BEGIN SIGNED MESSAGE') ? 'x509' : undefined;
}

const signatureLines = [
  '-----BEGIN PGP SIGNATURE',
  '-----BEGIN PGP MESSAGE',
  '-----BEGIN SSH SIGNATURE',
  '-----BEGIN SIGNED MESSAGE',
];

function signatureStart(body: Buffer): number {
  let start = -1;
  for (const line of signatureLines) {
    const at = body.lastIndexOf(line);
    if (at !== -1 && (at === 0 || body[at - 1] === 10)) start = start === -1 ? at : Math.min(start, at);
  }
  return start;
}

function decodeText(bytes: Buffer, encoding: string | undefined): string {
  if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) {
    try {
      return new TextDecoder(encoding).decode(bytes);
    } catch {
      return bytes.toString('latin1');
    }
  }
  return bytes.toString('utf8');
}
