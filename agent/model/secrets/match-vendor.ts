import type { Place } from './generic/place.ts';
import { vendorAt } from './providers/index.ts';
import type { Scan, VendorKey } from './types.ts';
import { isRemark, matchBefore, matchRemark, stands } from './vendor-aside.ts';
import { goesOn, inPath, keyWord, leadsTo } from './vendor-between.ts';
import { report } from './vendor-report.ts';
import { eachValue, endsHere, isStrong } from './vendor-values.ts';

/** A vendor, and whether the word that leads to it is also an ordinary one. */
export interface VendorWord {
  /** Place of the entry in the tables, which are read only when the whole name stands there. */
  entry: number;
  ordinary: boolean;
  /** What has to follow the keyword, which is only the beginning of the name. Lower case; `_` is any joint or none. */
  rest: string;
}

/** How far behind the vendor's name its value may begin. */
const reach = 200;

/**
 * Looks behind a vendor's name for a value of one of its shapes, and asks of the text between the two that it names a
 * key and assigns it: `DATADOG_API_KEY=…`, `"mailgun": {"key": "…"}`, `api.vendor.com/v1?apikey=…`. Reads `reach`
 * characters and the length of a value.
 */
export function matchVendor(
  scan: Scan,
  { entry, ordinary, rest }: VendorWord,
  place: Place,
  start: number,
  stem: number,
): void {
  const { text } = scan;
  const end = place.generated ? -1 : follow(text, stem, rest);
  if (end === -1 || !isWord(text, start, end)) return;
  // An ordinary word counts in the name of a key only, or where something of that name is made, and nearly none of its
  // places is one.
  const made = ordinary && isMade(text, start, end);
  if (ordinary && !made && !namesKey(text, start, end)) return;
  const vendor = vendorAt(entry);
  if (!ordinary && stands(text, start)) matchBefore(scan, vendor, place, start);
  if (!ordinary && isRemark(text, start)) matchRemark(scan, vendor, place, start);
  const name = { start, end, word: text.slice(start, end).toLowerCase(), ordinary: ordinary && !made };
  const to = Math.min(text.length, end + reach + vendor.most);
  // Where the last value that was found ends: behind it only what belongs to it counts.
  let last = end;
  for (const key of vendor.keys) {
    eachValue(text, [last, Math.min(to, end + reach), to], key, (from, stop) => {
      if (last > end && !goesOn(text.slice(last, from), name.word)) return false;
      const shown = last > end ? key : shownAs(text, name, key, from, stop, to);
      if (shown === undefined) return true;
      report(scan, vendor.id, shown, place, start, from, stop);
      last = stop;
      return true;
    });
  }
}

/** A vendor's name in the text. */
interface Name {
  start: number;
  end: number;
  word: string;
  /** It is an ordinary word, too, and nothing of that name is made here. */
  ordinary: boolean;
}

/** The kind that the first value behind a name is reported as; `undefined` when the text between says that it is not the vendor's. */
function shownAs(
  text: string,
  { start, end, word, ordinary }: Name,
  key: VendorKey,
  from: number,
  stop: number,
  to: number,
): VendorKey | undefined {
  const value = text.slice(from, stop);
  const gap = text.slice(end, from);
  const after = text.slice(stop, Math.min(to, stop + 2));
  // `map.set('acme', '<digest>')` is a list of digests, `acmeSDK('<id>', '<secret>')` is none.
  const digest = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value);
  const listed = digest && /,\s{0,3}["'`]$/.test(gap) && !behindItsId.test(gap);
  const plain = (!key.open || isStrong(value)) && !listed;
  const hosted =
    (!key.open && isPathOfHost(text, start, gap, value, after[0])) ||
    (key.path && after[0] === '/' && inPath.test(gap));
  if (!hosted && !(endsHere(after) && leadsTo(gap, key, ordinary, word, plain))) return undefined;
  return key.page && (forPages.test(gap) || forPages.test(word + gap)) ? { ...key, severity: 'info' } : key;
}

/** A whole name stands from `start` on, of which the keyword that ends at `stem` is the beginning and `rest` what has to follow. */
export function standsAsName(text: string, start: number, stem: number, rest: string): boolean {
  const end = follow(text, stem, rest);
  return end !== -1 && isWord(text, start, end);
}

/** Where the rest of a name ends, letters in either case, `_` for any joint or none; -1 where something else stands. */
function follow(text: string, from: number, rest: string): number {
  let at = from;
  for (let index = 0; index < rest.length; index++) {
    const code = text.charCodeAt(at);
    const wanted = rest.charCodeAt(index);
    if (wanted === 95) {
      if (code === 95 || code === 45 || code === 32) at++;
    } else if ((code >= 65 && code <= 90 ? code + 32 : code) === wanted) at++;
    else return -1;
  }
  return at;
}

/** Not a part of a longer word: `box` in `toolbox`, `line` in `linear`. `boxApiKey`, `BOX_KEY` and `boxkey` count. */
function isWord(text: string, start: number, end: number): boolean {
  const [before, first] = [text[start - 1] ?? ' ', text[start] as string];
  if (/[a-z]/.test(before) && !/[A-Z]/.test(first)) return false;
  if (/[A-Z]/.test(before) && (/[A-Z]/.test(first) || !/[a-z]/.test(text[end - 1] as string))) return false;
  if (/[A-Z]/.test(before)) return false;
  const [last, after] = [text[end - 1] as string, text[end] ?? ' '];
  if (!/[A-Za-z]/.test(after) || !/[A-Za-z]/.test(last)) return true;
  if (/[a-z]/.test(last) && /[A-Z]/.test(after)) return true;
  return /^(?:api|app|key|token|secret|auth|access|client|pass|pwd|live|test|prod|admin|account|user|server|io|hq|js|ai|sdk|config)/i.test(
    text.slice(end, end + 8),
  );
}

/** `new Knock("…")`, `ExaClient("…")`: a text is all that is handed to what the vendor's name stands for. */
function isMade(text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start);
  return first >= 65 && first <= 90 && /^(?:Client|Api|API|SDK)?\(\s{0,8}["'`]/.test(text.slice(end, end + 16));
}

/** The identifier that goes on from here names a key: `exaApiKey`, `EXA_TOKEN`, `exa.secret`. */
function namesKey(text: string, start: number, end: number): boolean {
  const identifier = /^[\w.-]{0,48}/.exec(text.slice(end, end + 48))?.[0] ?? '';
  return keyWord.test(text.slice(start, end) + identifier);
}

/** A call of the vendor's own, whose first argument is an id. */
const behindItsId = /^\w{0,12}\(\s{0,8}["'`](?=[^"'`]{0,60}\d)[\w-]{8,64}["'`],\s{0,8}["'`]$/;

/** A key of a vendor that makes some for pages is one of those: by its name, or because its script is given nothing else. */
const forPages =
  /(?:search|client|browser|site|write|app)(?:[_ .-]?only)?(?:[_ .-]?api)?[_ .-]?(?:key|token|id)["'\])}>]{0,3}\s{0,8}(?::=|=>|[:=,(])?\s{0,8}["'`]?$|^(?:\.getInstance\([^)\n]{0,20}\))?\.(?:init|load)\(\s{0,8}["'`]$|^\(["'`]$|^docsearch/i;

/** A part of the path behind the vendor's host, of a kind that no page's address has: letters of both cases and digits. */
function isPathOfHost(text: string, start: number, gap: string, value: string, after = ' '): boolean {
  return (
    gap.endsWith('/') &&
    /[/?#"'`\s<)]/.test(after) &&
    value.length >= 20 &&
    /[a-z]/.test(value) &&
    /[A-Z]/.test(value) &&
    /\d/.test(value) &&
    /^[\w.:-]*(?:\/[\w.-]{0,24}){0,4}\/$/.test(gap) &&
    stands(text, start)
  );
}
