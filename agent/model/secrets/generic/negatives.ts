import { isPublicDer } from '../structure/der.ts';
import { wordiness } from './rarity.ts';

/** Words by which people mark a value that stands for another one. Matched in the value with its separators removed. */
const stand = new RegExp(
  String.raw`
  example placeholder changeme changethis change_?it redacted dummy yourtoken yourkey yoursecret yourapi yourpass
  youraccess yourown yourprivate yourclient yourdatabase tokenhere keyhere secrethere passwordhere replaceme
  replacewith replacethis insertyour notasecret plaintextpass notreal fakekey faketoken fakesecret fakepass
  mysecretkey sometoken somesecret somekey goeshere todofixme lorem deadbeef foobar mustbe(?:at|eight|\d)
  mustcontain abc123 abcd1234 123abc token123 secret123 apikey123`
    .trim()
    .split(/\s+/)
    .join('|'),
);

/**
 * What templates, shells and build tools replace before the value is used. Each has to be closed, or cut off at the value's
 * end: a generated password holds any sign, but seldom a name between two that belong together.
 */
const templates: Readonly<Record<string, RegExp>> = {
  'shells, JavaScript, Maven: `${A}`': /\$\{[\w.\s:?+\-/@()'"[\]|]{0,80}(?:\}|$)/,
  'what a shell runs: `$(pass show a)`': /\$\([^()]{0,80}(?:\)|$)/,
  'Helm, Jinja, Mustache: `{{ .Values.a }}`': /\{\{[^{}]{0,80}(?:\}\}|$)/,
  'the end of one of those': /^[^{]{0,40}\}\}$/,
  '`<your-token>`': /<[A-Za-z_][\w ./:;,'-]{2,80}>/,
  // Capitals, or a name of words: two signs of percent may stand anywhere in a generated password.
  'batch files: `%TOKEN%`':
    /%(?:[A-Z_][A-Z0-9_]{1,60}|[a-z][a-z_]{2,60}|[a-z]{2,20}(?:[A-Z][a-z]{1,20}){1,5}|(?:[A-Z][a-z]{1,20}){1,5})%/,
  'Ruby: `#{token}`': /#\{[\w.@\s()[\]'"]{1,60}(?:\}|$)/,
  '`@@TOKEN@@`': /@@?[A-Za-z_][\w.]{2,60}@@?$/,
  '`__TOKEN__`': /__[A-Z][A-Z0-9_]*__/,
  '`[[ .token ]]`': /\[\[[\w .-]{1,60}\]\]/,
  'ERB: `<%= token %>`': /<%[=\s-]/,
  'Python: `%(token)s`': /%\(\w{1,40}\)s/,
  '`*TOKEN*`': /^\*[A-Z]{2,20}\*$/,
  '`$TOKEN` inside of a text': /\$[A-Z][A-Z_]{3,}(?![a-z])/,
  '`$token` alone': /^\$[A-Za-z_][A-Za-z0-9_]*$/,
  'braces around a name': /\{[a-z_][a-zA-Z_.]{2,40}\}/,
  'braces around a call': /\{[a-z_][\w.]{0,40}\([^{}]{0,80}\}/,
  'Rust: `{:02x}`': /\{\w{0,16}:0?\d{0,4}[bdoxX]\}/,
  'a directive of printf behind a word: `key-%d`': /^[A-Za-z][A-Za-z_.:-]{1,30}%[+#-]?\d{0,2}[dsvx]$/,
  'quotes around `%s`': /["']%s["']/,
  Crowdin: /^crwdns\d/,
  'a font of a label': /^\\f\[\w/,
};

/** All of them in one search. */
const template = new RegExp(
  Object.values(templates)
    .map(({ source }) => source)
    .join('|'),
);

/** The value is the stand-in of a documentation page or a template, not a secret. Works for any alphabet. */
export function isPlaceholder(value: string): boolean {
  // Without a sign there is no template, and no row of signs.
  if (isAlphanumeric(value)) {
    return (
      /^your|[xX]{5,}/i.test(value) ||
      isMonotonous(value) ||
      longestSequence(value) >= 7 ||
      stand.test(value.toLowerCase())
    );
  }
  return (
    template.test(value) ||
    /^your|^<.*>$|^["']?\[[a-z][a-z_ -]*\]["']?$|^user(?:name)?:pass(?:word|wd)?@/i.test(value) ||
    /\*{3,}|\.{3,}|…|•{2,}|[xX]{5,}|_{5,}|-{4,}|#{4,}|\?{3,}/.test(value) ||
    isMonotonous(value) ||
    longestSequence(value) >= 7 ||
    stand.test(value.toLowerCase().replace(/[-_ .]/g, ''))
  );
}

function isAlphanumeric(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (!((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57))) return false;
  }
  return true;
}

/** What people call a secret when they write one down as an example. */
const naming =
  /^(?:pass(?:word|wd|phrase|code)?|pwd|pw|s[ei][ck]r[ei]ts?|tokens?|keys?|credentials?|private|user(?:name)?|admin|login)$/;

/** Words that stand before such a name: `my-token`, `SuperSecret`, `a secret`, `test_password`. */
const filler =
  /^(?:a|an|the|my|our|your|some|any|very|super|top|so|this|is|be|not|new|old|good|bad|test|demo|fake|foo|bar)$/;

const spelling: Record<string, string> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's' };

/** Nothing but words for a secret, also as `p4$$w0rd` and percent-encoded: it names a secret and is none. */
export function saysSecret(value: string): boolean {
  if (value.length > 40) return false;
  // One word in which digits and signs stand for letters; at its end they are digits that somebody added.
  const plain = /[A-Za-z]$/.test(value) ? value.replace(/[013457@$]/g, (sign) => spelling[sign] as string) : value;
  const words = plain
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  if (/^(?:my|super|top|the|your|some|very)+(?:secret|password|passwd|token|key)\d{0,4}$/i.test(value)) return true;
  return words.some((word) => naming.test(word)) && words.every((word) => naming.test(word) || filler.test(word));
}

/** Few different characters, or one character again and again, or one short piece repeated. */
export function isMonotonous(value: string): boolean {
  if (value.length < 4) return false;
  const { different, top } = census(value);
  if (different <= 2 || top > value.length / 2) return true;
  if (value.length >= 16 && different <= 5) return true;
  return value.length >= 12 && period(value) <= value.length / 3;
}

/** Counts of ASCII characters, kept between calls: this runs on every candidate, and a map each time is what it cost. */
const ascii = new Uint32Array(128);

/** How many different characters there are, letters in one case, and how often the commonest stands. */
function census(value: string): { different: number; top: number } {
  ascii.fill(0);
  const others = new Map<number, number>();
  let different = 0;
  let top = 0;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    const folded = code >= 65 && code <= 90 ? code + 32 : code;
    const count = (folded < 128 ? (ascii[folded] as number) : (others.get(folded) ?? 0)) + 1;
    if (folded < 128) ascii[folded] = count;
    else others.set(folded, count);
    if (count === 1) different++;
    if (count > top) top = count;
  }
  return { different, top };
}

/** Length of the shortest piece whose repetition makes the text (the failure function of Knuth, Morris and Pratt). */
function period(text: string): number {
  const border = new Uint16Array(text.length);
  for (let at = 1, length = 0; at < text.length; at++) {
    while (length > 0 && text[at] !== text[length]) length = border[length - 1] as number;
    if (text[at] === text[length]) length++;
    border[at] = length;
  }
  return text.length - (border[text.length - 1] as number);
}

/** Longest run of characters that count up or down by one: `abcdefg`, `1234567`, `fedcba9`. */
export function longestSequence(text: string): number {
  let best = 1;
  let run = 1;
  let step = 0;
  for (let at = 1; at < text.length; at++) {
    const difference = following(text.charCodeAt(at - 1), text.charCodeAt(at));
    run = difference !== 0 && difference === step ? run + 1 : difference !== 0 ? 2 : 1;
    step = difference;
    best = Math.max(best, run);
  }
  return best;
}

function following(before: number, after: number): number {
  const difference = (after | 32) - (before | 32);
  if (difference === 1 || difference === -1) return difference;
  // 9 → 0 and 9 → a go on counting in the sequences people type.
  if (before === 57 && (after === 48 || after === 97 || after === 65)) return 1;
  return 0;
}

/** A fixed public shape that is often long and random, and is no secret. */
export function isPublicShape(value: string): boolean {
  return (
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value) ||
    /^sha(?:1|256|384|512)[-:]/i.test(value) ||
    // An address or a number in hexadecimal; a private key of a wallet has 64 digits.
    /^0x(?:[0-9a-f]{1,16}|[0-9a-f]{40})$/i.test(value) ||
    /^(?:data|https?|file|urn|git|ssh|blob|mailto|arn):/i.test(value) ||
    /^(?:pk_(?:live|test)_|pk\.eyJ|G-[A-Z0-9]{8,}$|UA-\d{4,}-\d|GTM-[A-Z0-9]{4,})/.test(value) ||
    /^(?:sk-)?(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-\w+)(?:@openssh\.com)? AAAA|^ecdsa-sha2|^AAAA[BCEGI]3NzaC1|^AAAAGnNrLXNzaC1/.test(
      value,
    ) ||
    isPublicDer(value) ||
    isPasswordHash(value)
  );
}

/**
 * What a password was hashed to, or the beginning of such a value: crypt(5), Django, Werkzeug, LDAP (RFC 2307), Spring.
 * It is not the password.
 */
export function isPasswordHash(value: string): boolean {
  return (
    // A user may stand in front of it, as in a file of htpasswd(1).
    /^(?:[\w.@-]{1,64}:)?\$(?:2[abxy]?|5|6|1|argon2id?|pbkdf2[-a-z0-9]*|scrypt|y|apr1)\$/.test(value) ||
    /^(?:pbkdf2|argon2\w{0,2}|bcrypt|scrypt|s?sha\d{0,3}|md5|crypt)(?:[_:][\w:]{1,40})?\$/.test(value) ||
    /^\{(?:s?sha\d{0,3}|s?md5|crypt|bcrypt|pbkdf2[\w-]{0,16}|argon2\w{0,2}|scrypt)\}/i.test(value)
  );
}

/** `GoogleCloudApihubV1Secret`, `V2alpha1ApiKey`: a class's name, of words and small numbers. */
export function isCamelName(value: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9]{5,}$/.test(value) || !/[a-z][A-Z]|\d[A-Z]/.test(value)) return false;
  const pieces = value.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? [];
  // A capital and four small letters in a row are seldom chance, and hardly ever three quarters of a value.
  const words = pieces.filter(
    (piece) =>
      (piece.length >= 3 && /[a-z]/i.test(piece) && wordiness(piece) > -0.4) || /^[A-Z]?[a-z]{5,}$/.test(piece),
  );
  const covered = words.reduce((sum, word) => sum + word.length, 0);
  return covered / value.length > 0.75 && !/\d{3}/.test(value);
}

/** Reads like words: an identifier, a path, a class name, a sentence; not the output of a random generator. */
export function isWords(value: string): boolean {
  const letters = value.replace(/[^A-Za-z]/g, '');
  if (letters.length < 4) return false;
  const digits = value.replace(/\D/g, '').length;
  const share = digits / value.length;
  const score = wordiness(value);
  if (share === 0) return score > -0.6;
  if (share < 0.1) return score > 0.2;
  return share < 0.2 && score > 0.7;
}

/** Three quarters or more of it are words between joints: a path, a host, a sentence with hyphens, a scope list. */
export function mostlyWords(value: string): boolean {
  let words = 0;
  let total = 0;
  for (const part of value.split(/[^A-Za-z0-9]+/)) {
    if (part === '') continue;
    total += part.length;
    if (/^\d{1,4}$/.test(part) || (part.length <= 2 && /^[a-z]+$/i.test(part))) words += part.length;
    else if (part.length >= 3 && isWords(part)) words += part.length;
  }
  return total > 0 && words / total >= 0.75 && /[^A-Za-z0-9]/.test(value);
}
