import { wordsOf } from './generic/words.ts';
import { vendorNames } from './providers/index.ts';
import type { VendorKey } from './types.ts';

/**
 * The text between the name and the value says that the value is the vendor's. `plain`: the value is of a kind that needs no
 * word for a key in front of it.
 */
export function leadsTo(gap: string, key: VendorKey, ordinary: boolean, word: string, plain: boolean): boolean {
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
  // Modal's and its kin have two halves, of which the first is called an id.
  const half = key.prefixed && /(?:token|key)_?id$/i.test(name);
  if (harmless.test(name) && !half && !/(?:api|app|auth|access)[_-]?(?:key[_-]?)?(?:hash|id)$/i.test(name))
    return false;
  if (ordinary) return direct && keyed && !/\s/.test(before.trim().replace(/ (?=\w)/g, ''));
  if (plain && (onItsOwn.test(gap) || given.test(gap) || announced.test(gap))) return true;
  if (direct) return keyed || (plain && !(bare && /\s/.test(before)));
  if (!keyed) return false;
  // `name` belongs to another vendor, whose shapes this value does not have.
  return !isOfAnother(name, word);
}

/** What stands between two values says that the second is the vendor's too: the next argument, or a key of the same block. */
export function goesOn(between: string, word: string): boolean {
  if (/^["'`]\s{0,3},\s{0,8}["'`]$/.test(between)) return true;
  const name =
    /^["'`]?\s{0,3}(?:[,;]\s|\r?\n[ \t])\s{0,40}["']?([\w.-]{2,40})["']?\s{0,16}(?::|=>?)\s{0,16}["'`]?$/.exec(
      between,
    )?.[1];
  return name !== undefined && keyWord.test(name) && !harmless.test(name) && !isOfAnother(name, word);
}

/** The value is assigned: what stands between an identifier and its value in any language, at the end of the text. */
const sign =
  /(?:\\{0,2}["'`\])}>]){0,3}[ \t]{0,16}(?:(?::?={1,3}|=>|->|:|,|\(|>|<{2,3}|\|\||\?\?|\|)\s{0,24}(?:["']?value["']?\s{0,3}[:=,]\s{0,3})?(?:[A-Za-z_.]{0,24}\()?|\s{1,24}(?:["']?value["']?\s{0,3}[:=,]\s{0,3})?)(?:[bruf@N]|str\s?=\s?)?(?:\\{0,2}["'`<]){0,3}(?:(?:bearer|basic|bot|oauth|ssws|splunk|sso-key|geniekey|apitoken|[\w-]{0,20}(?:token|key))(?:[ :=]|token=)"?)?$/i;

/** The same in a property list, and in a variable of Terraform with its default. */
const between =
  /<\/\w{1,20}>\s{0,24}<\w{1,20}>$|["']\s{0,4}\{\s{0,40}(?:(?:type|sensitive|description)\s{0,16}=\s{0,16}[^\n]{0,80}\s{1,40}){0,3}default\s{0,16}=\s{0,4}["']?$/;

/** A type that stands between the identifier and the sign. */
const type = /(?::\s?|\s)(?:str|string|String|&(?:'static )?str|Optional\[str\]|SecretStr|char\s?\*)\s?$/;

export const keyWord =
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
    /^(?:["']\))?[\w.:\\]{0,40}\((?:[\w., ]{0,40}\s?|["'`][\w.@:/-]{1,80}["'`],\s{0,8})["'`]$/,
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
export const harmless =
  /^hash$|(?:sha\d*|commit|checksum|digest|md5|etag|version|revision|uuid|guid|integrity|fingerprint|nonce|url|uri|path|file|name|email|user|host|region|bucket|channel|[_.-]id|[a-z]I[dD]|measurement|tracking|project|workspace|container|public|publishable|site|token[_-]?hash)$|publi(?:c|shable)|site_?key|(?:^|[_.-])(?:git|commit)[_.-]/i;

/** Up to a part of the path of the vendor's host. */
export const inPath = /^[\w.:/-]*\/$/;

function isOfAnother(name: string, word: string): boolean {
  return wordsOf(name).some((part) => part.length > 3 && part !== word && vendorNames().has(part));
}
