import type { Place } from './generic/place.ts';
import { wordsOf } from './generic/words.ts';
import { vendorAt, vendorNames } from './providers/index.ts';
import type { Scan, Vendor, VendorKey } from './types.ts';
import { report } from './vendor-report.ts';

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
  const end = place.generated ? -1 : follow(scan.text, stem, rest);
  if (end === -1 || !isWord(scan.text, start, end)) return;
  // An ordinary word counts in the name of a key only, or where something of that name is made, and nearly none of its
  // places is one.
  const made = ordinary && isMade(scan.text, start, end);
  if (ordinary && !made && !namesKey(scan.text, start, end)) return;
  const vendor = vendorAt(entry);
  if (!ordinary && stands(scan.text, start)) matchBefore(scan, vendor, place, start);
  if (!ordinary && isRemark(scan.text, start)) matchRemark(scan, vendor, place, start);
  const { text } = scan;
  const to = Math.min(text.length, end + reach + vendor.most);
  const window = text.slice(end, to);
  // Where the last value that was found ends: behind it only what belongs to it counts.
  let last = 0;
  for (const key of vendor.keys) {
    const parts = partsOf(key.signs);
    for (let at = last; at < window.length && at < reach; ) {
      if (!isIn(parts, text.charCodeAt(end + at))) {
        at++;
        continue;
      }
      const stop = endOfRun(text, end + at, to, parts) - end;
      // Nearly every run ends here: a word is shorter than a key.
      if (stop - at < key.least) {
        at = stop;
        continue;
      }
      const from = startOfValue(window, at, stop);
      const fits = stop - from >= key.least && stop - from <= key.most;
      if (fits && key.pattern.test(window.slice(from, stop))) {
        const word = scan.text.slice(start, end).toLowerCase();
        const value = window.slice(from, stop);
        if (last > 0) {
          if (!goesOn(window.slice(last, from), word)) break;
          report(scan, vendor.id, key, place, start, end + from, end + stop);
          last = stop;
          at = stop;
          continue;
        }
        const gap = window.slice(0, from);
        // `map.set('acme', '<digest>')` is a list of digests, `acmeSDK('<id>', '<secret>')` is none.
        const digest = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value);
        const listed = digest && /,\s{0,3}["'`]$/.test(gap) && !behindItsId.test(gap);
        const plain = (!key.open || isStrong(value)) && !listed;
        const hosted =
          (!key.open && isPathOfHost(scan.text, start, gap, value, window[stop])) ||
          (key.path && window[stop] === '/' && inPath.test(gap));
        if (hosted || (endsHere(window, stop) && leadsTo(gap, key, ordinary && !made, word, plain))) {
          const shown =
            key.page && (forPages.test(gap) || forPages.test(word + gap)) ? { ...key, severity: 'info' as const } : key;
          report(scan, vendor.id, shown, place, start, end + from, end + stop);
          last = stop;
        }
      }
      at = stop;
    }
  }
}

/** What stands between two values says that the second is the vendor's too: the next argument, or a key of the same block. */
function goesOn(between: string, word: string): boolean {
  if (/^["'`]\s{0,3},\s{0,8}["'`]$/.test(between)) return true;
  const name =
    /^["'`]?\s{0,3}(?:[,;]\s|\r?\n[ \t])\s{0,40}["']?([\w.-]{2,40})["']?\s{0,16}(?::|=>?)\s{0,16}["'`]?$/.exec(
      between,
    )?.[1];
  return name !== undefined && keyWord.test(name) && !harmless.test(name) && !isOfAnother(name, word);
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

/** The characters that a value can hold, and whether signs of padding may end it. */
interface Parts {
  table: Uint8Array;
  padded: boolean;
}

const allParts = new Map<string, Parts>();

/** Letters, digits, `_`, `-` and `signs`. The padding of base64 ends a value and is never inside one. */
function partsOf(signs: string): Parts {
  let parts = allParts.get(signs);
  if (!parts) {
    const table = Uint8Array.from({ length: 128 }, (_, code) => {
      const character = String.fromCharCode(code);
      return /[\w-]/.test(character) || (character !== '=' && signs.includes(character)) ? 1 : 0;
    });
    parts = { table, padded: signs.includes('=') };
    allParts.set(signs, parts);
  }
  return parts;
}

function isIn({ table }: Parts, code: number): boolean {
  return code < 128 && table[code] === 1;
}

function endOfRun(text: string, from: number, to: number, parts: Parts): number {
  let at = from;
  while (at < to && isIn(parts, text.charCodeAt(at))) at++;
  if (parts.padded) while (at < to && text.charCodeAt(at) === 61) at++;
  return at;
}

/** A call of the vendor's own, whose first argument is an id. */
const behindItsId = /^\w{0,12}\(\s{0,8}["'`](?=[^"'`]{0,60}\d)[\w-]{8,64}["'`],\s{0,8}["'`]$/;

/** A key of a vendor that makes some for pages is one of those: by its name, or because its script is given nothing else. */
const forPages =
  /(?:search|client|browser|site|write|app)(?:[_ .-]?only)?(?:[_ .-]?api)?[_ .-]?(?:key|token|id)["'\])}>]{0,3}\s{0,8}(?::=|=>|[:=,(])?\s{0,8}["'`]?$|^(?:\.getInstance\([^)\n]{0,20}\))?\.(?:init|load)\(\s{0,8}["'`]$|^\(["'`]$|^docsearch/i;

/** Up to a part of the path of the vendor's host. */
const inPath = /^[\w.:/-]*\/$/;

/** An escape in front of the value, as `\n` or `%3D`, leaves its letters at the start of the run. */
function startOfValue(window: string, at: number, stop: number): number {
  const before = window[at - 1];
  if (before === '\\' && /[nrtbf]/.test(window[at] as string)) return at + 1;
  if (before === '%' && /^(?:3[dD]|2[0267BF]|3[AaFf])/.test(window.slice(at, at + 2)) && stop - at > 2) return at + 2;
  return at;
}

/** What follows may end a sentence or a host's user, but not go on with a longer value. */
function endsHere(window: string, stop: number): boolean {
  const after = window.slice(stop, stop + 2);
  return !/^(?:[+/~]|[.:=][A-Za-z0-9]|\()/.test(after) || /^\/(?:$|[\s"'`)?#])/.test(window.slice(stop, stop + 2));
}

/** The value is assigned: what stands between an identifier and its value in any language, at the end of the text. */
const sign =
  /(?:\\{0,2}["'`\])}>]){0,3}[ \t]{0,16}(?:(?::?={1,3}|=>|->|:|,|\(|>|<{2,3}|\|\||\?\?|\|)\s{0,24}(?:["']?value["']?\s{0,3}[:=,]\s{0,3})?(?:[A-Za-z_.]{0,24}\()?|\s{1,24}(?:["']?value["']?\s{0,3}[:=,]\s{0,3})?)(?:[bruf@N]|str\s?=\s?)?(?:\\{0,2}["'`<]){0,3}(?:(?:bearer|basic|bot|oauth|ssws|splunk|sso-key|geniekey|apitoken|[\w-]{0,20}(?:token|key))(?:[ :=]|token=)"?)?$/i;

/** The same in a property list, and in a variable of Terraform with its default. */
const between =
  /<\/\w{1,20}>\s{0,24}<\w{1,20}>$|["']\s{0,4}\{\s{0,40}(?:(?:type|sensitive|description)\s{0,16}=\s{0,16}[^\n]{0,80}\s{1,40}){0,3}default\s{0,16}=\s{0,4}["']?$/;

/** A type that stands between the identifier and the sign. */
const type = /(?::\s?|\s)(?:str|string|String|&(?:'static )?str|Optional\[str\]|SecretStr|char\s?\*)\s?$/;

const keyWord =
  /key|token|secret|passw|pwd|credential|auth|access|bearer|signing|webhook|api|jwt|license|licence|app_?id|pat$|[_-]pat|pass$|\bpass|sid$|hash$/i;

/** The value is the next line, or the next but one, below a line that begins with the name and is short. */
const onItsOwn = /^[\w .&:#*()-]{0,30}\r?\n(?:[ \t]{0,8}\r?\n)?[ \t]{0,8}["'`]?$/;

/**
 * `acme.initialize(this, "…")`: a function of the vendor's takes it, also one that was imported in the lines above; and `log
 * in to acme with …` says that it is one.
 */
const given = new RegExp(
  [
    // A function takes it, as its first argument or behind another text.
    /^[\w.:\\]{0,40}\((?:[\w., ]{0,40}\s?|["'`][\w.@:/-]{1,80}["'`],\s{0,8})["'`]$/,
    /^ (?:with|is|using|uses|as) ["'`]?$/,
    /^["']?\)?;?(?: import [\w, ]{1,60})?\s{1,6}(?:(?:const|let|var) )?\w{1,24} ?:?= ?(?:new )?[\w.]{1,40}\((?:\w{1,20}=)?["'`]$/,
    // Its program is told, `acme login …`, or the script that its host serves.
    /^(?:-cli)? (?:login|init|auth|authenticate|connect|configure|setup|set-(?:key|token))[ =]["']?$/,
    /^[\w./:-]{0,40}\)? -{1,2}(?:t|k|key|token|api-?key)[ =]["']?$/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
);

/** `acme: { apiKey: { mainnet: "…" } }`: what is called a key is a map of them. */
const inMapOfKeys =
  /(?:key|token|secret)s?["']?\s{0,3}[:=]\s{0,3}\{\s{0,40}(?:["']?[\w-]{1,24}["']?\s?:\s?["'][^"'\n]{0,120}["'],\s{1,40}){0,3}["']?[\w-]{1,24}$/i;

/** A comment says whose key is assigned in the line below: `// Acme API key`, `const k = "…"`. */
const announced =
  /^[\w .:,'"()-]{0,40}(?:key|token|secret)[\w .:,'"()-]{0,20}(?:\*\/|-->)?\r?\n[ \t]{0,16}(?:(?:const|let|var|val|final|static|private|public|export|String) ){0,4}[$@]?\w{1,24} ?(?:: ?\w{1,12} ?)?:?= ?["'`]$/i;

/** What is named here is public, or only points at a secret, or is a sum of something. */
const harmless =
  /(?:sha\d*|commit|checksum|digest|md5|etag|version|revision|uuid|guid|integrity|fingerprint|nonce|url|uri|path|file|name|email|user|host|region|bucket|channel|[_.-]id|[a-z]I[dD]|measurement|tracking|project|workspace|container|public|publishable|site|token[_-]?hash)$|publi(?:c|shable)|site_?key|(?:^|[_.-])(?:git|commit)[_.-]/i;

/**
 * The text between the name and the value says that the value is the vendor's. `plain`: the value is of a kind that needs no
 * word for a key in front of it.
 */
function leadsTo(gap: string, key: VendorKey, ordinary: boolean, word: string, plain: boolean): boolean {
  if (key.path && inPath.test(gap)) return true;
  const plainly = gap.replace(between, '=');
  const match = sign.exec(plainly.slice(-90));
  if (!match) return false;
  const before = plainly.slice(0, plainly.length - match[0].length).replace(type, '');
  const name = /[\w.-]*$/.exec(before.slice(-60))?.[0] ?? '';
  const bare = /^\s+["'`]?$/.test(match[0]);
  // In `api key` the identifier is both words; on another line it is only the last.
  const words = /[\w.-]*(?:[ \t]{1,2}[\w.-]+){0,3}$/.exec(before.slice(-60))?.[0] ?? '';
  if (/(?:commit|git|tree|content|file)[ _-]hash$/i.test(words) || /site_?key[ :=]/i.test(match[0])) return false;
  const direct = /^[\w. -]{0,48}$/.test(before);
  // What looks like a scheme behind a name may be the name: `using key=…`.
  const keyed =
    keyWord.test(words) ||
    /token|key|bearer|basic|ssws/i.test(match[0]) ||
    (direct && keyWord.test(word)) ||
    inMapOfKeys.test(before) ||
    /-u\s["']?$|--user\s["']?$/.test(gap);
  if (harmless.test(name) && !/(?:api|app|auth|access)[_-]?(?:key[_-]?)?(?:hash|id)$/i.test(name)) return false;
  if (ordinary) return direct && keyed && !/\s/.test(before.trim().replace(/ (?=\w)/g, ''));
  if (plain && (onItsOwn.test(gap) || given.test(gap) || announced.test(gap))) return true;
  if (direct) return keyed || (plain && !(bare && /\s/.test(before)));
  if (!keyed) return false;
  // `name` belongs to another vendor, whose shapes this value does not have.
  return !isOfAnother(name, word);
}

function isOfAnother(name: string, word: string): boolean {
  return wordsOf(name).some((part) => part.length > 3 && part !== word && vendorNames().has(part));
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

/** Where the length is not stated, a value that stands under the bare name has to be long, mixed and no digest. */
function isStrong(value: string): boolean {
  return value.length >= 20 && /\d/.test(value) && /[a-z]/i.test(value) && !/^[0-9a-f]{40}$|^[0-9a-f]{64}$/.test(value);
}

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

/** The name belongs to a host: `https://api.acme.com`. */
function stands(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 44), start);
  return before.includes('://') && /:\/\/[\w.-]{0,40}$/.test(before);
}

/** The name stands in a remark behind code on the same line, alone or with a few words: `key = "…"  # acme`. */
function isRemark(text: string, start: number): boolean {
  if (!hasSign(text, start)) return false;
  return /\S[ \t]{1,12}(?:#|\/\/|--|\/\*)[ \t]{0,4}(?:[\w.]{1,12} ){0,3}(?:[\w-]{1,12}\.){0,2}$/.test(
    text.slice(Math.max(0, start - 60), start),
  );
}

/** One of the signs that begin a remark stands in front, on the same line: nearly no line has one. */
function hasSign(text: string, start: number): boolean {
  for (let at = start - 1; at >= 0 && at >= start - 60; at--) {
    const code = text.charCodeAt(at);
    if (code === 10) return false;
    if (code === 35) return true;
    if ((code === 47 || code === 42) && text.charCodeAt(at - 1) === 47) return true;
    if (code === 45 && text.charCodeAt(at - 1) === 45) return true;
  }
  return false;
}

/** Looks for a quoted value in the code in front of a remark that names the vendor. */
function matchRemark(scan: Scan, vendor: Vendor, place: Place, start: number): void {
  const from = Math.max(scan.text.lastIndexOf('\n', start - 1) + 1, start - reach - vendor.most);
  const line = scan.text.slice(from, start);
  for (const { 1: quote = '', 2: value = '', index: at } of line.matchAll(/(["'`])((?:(?!\1)[!-~]){8,400})\1/g)) {
    const before = line.slice(0, at).slice(-60);
    const handed = /[(,]\s{0,3}$/.test(before) || (keyWord.test(before) && /[=:]\s{0,3}$/.test(before));
    if (!handed || harmless.test(/[\w.-]*(?=\s{0,3}[=:]\s{0,3}$)/.exec(before)?.[0] ?? '')) continue;
    const key = vendor.keys.find((one) => one.pattern.test(value) && (!one.open || isStrong(value)));
    if (key === undefined) continue;
    const begin = from + at + quote.length;
    report(scan, vendor.id, key, place, start, begin, begin + value.length);
  }
}

/** What stands in front of a value that is sent with a request: a header, a user without a password, an argument. */
const sent =
  /(?:(?:\s-u|--user|-H|--header)[ =]?["']?|auth\s?=\s?\(?\s?["']|(?:key|token|secret|auth\w{0,12})["'`]?\s?(?:[:=,(]|=>)\s?["'`]?(?:[a-z-]{2,24} )?|(?:bearer|token) )$/i;

/** The key is sent as the user, with something that is no password: `curl -u KEY:x`. */
const asUser = /(?:\s-u|--user)[ =]?["']?$/;
const noPassword = /^:(?:x|api_token|api-token|api|token|unused|ignored|dummy|blank|pass|password)?["'\s]/i;

/** Looks in front of a vendor's host for the credential that is sent there: `curl -u KEY: https://api.acme.com`. */
function matchBefore(scan: Scan, vendor: Vendor, place: Place, start: number): void {
  const from = Math.max(0, start - reach - vendor.most);
  const window = scan.text.slice(from, start);
  for (const key of vendor.keys) {
    const parts = partsOf(key.signs);
    for (let at = 0; at < window.length; ) {
      if (!isIn(parts, scan.text.charCodeAt(from + at))) {
        at++;
        continue;
      }
      const stop = endOfRun(scan.text, from + at, start, parts) - from;
      if (stop - at < key.least) {
        at = stop;
        continue;
      }
      const begin = startOfValue(window, at, stop);
      const fits = stop - begin >= key.least && stop - begin <= key.most && window.length - stop < reach;
      if (fits && key.pattern.test(window.slice(begin, stop))) {
        const before = window.slice(Math.max(0, begin - 60), begin);
        if (endsHere(window, stop) ? sent.test(before) : asUser.test(before) && noPassword.test(window.slice(stop))) {
          report(scan, vendor.id, key, place, start, from + begin, from + stop);
          return;
        }
      }
      at = stop;
    }
  }
}
