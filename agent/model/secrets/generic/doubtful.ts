import type { Assigned } from './assignment.ts';
import type { Candidate } from './candidate.ts';
import { hexKey, isUnmistakable } from './looks.ts';
import { isOwnedKey } from './owned.ts';
import { wordiness } from './rarity.ts';

/** What a name that may mean a secret means after all: `owned` says so of the key of a service that nobody has told us of. */
export function meaningOf(candidate: Candidate): 'key' | 'owned' | 'maybe' {
  const { text, assigned } = candidate;
  if (isWeatherKey(assigned) || isKeyOfEnvironment(assigned) || isKeyOfApi(assigned)) return 'key';
  if (isOwned(assigned)) return 'owned';
  return isSalt(assigned) || isGossipKey(assigned) || isCredential(text, assigned) ? 'key' : 'maybe';
}

/** The appid of a weather service is its key; elsewhere it has another form. */
function isWeatherKey({ identifier, value }: Assigned): boolean {
  return /(?:appid|APPID)$/.test(identifier) && /^[0-9a-f]{32}$/.test(value);
}

/** `API = "…"`: what is called so has an address, a version or a key. */
function isKeyOfApi({ identifier, value, quoted }: Assigned): boolean {
  return quoted && /^(?:my_?)?api$/i.test(identifier) && hexKey.test(value);
}

const hexOrUuid = /^[0-9a-f]{32}(?:[0-9a-f]{8}){0,12}$|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What the environment calls the key of something: `ACME_KEY`, `ACME_SETUP_KEY`. */
function isKeyOfEnvironment({ identifier, value }: Assigned): boolean {
  return /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+){0,3}_KEY$/.test(identifier) && hexOrUuid.test(value);
}

/** What is called the key of a word that is no thing of a program's is a service's, known or not. */
function isOwned({ identifier, value, loose }: Assigned): boolean {
  return (
    !loose &&
    isOwnedKey(identifier) &&
    (hexKey.test(value) || (/^[A-Za-z0-9]{16,64}$/.test(value) && isUnmistakable(value.padEnd(20, '0'))))
  );
}

/** The key of an account beside its name, as Kaggle writes it, the session that a cookie grants, a key that a page asks for. */
function isCredential(text: string, { identifier, value, start, quoted }: Assigned): boolean {
  if (/(?:jsession|phpsess)id$/i.test(identifier)) return /^[0-9A-F]{32}$|^[0-9a-z]{26,40}$/.test(value);
  const before = text.slice(Math.max(0, start - 80), start);
  if (/\$_(?:GET|POST|REQUEST)\[["']key["']\]\s?[!=]={1,2}\s?["']$/.test(before)) return true;
  return (
    quoted &&
    (hexKey.test(value) || hexOrUuid.test(value) || (value.length === 20 && isUnmistakable(value))) &&
    /["'{,\s](?:user(?:_?name)?|login|account|email)\\?["']?\s?(?::|=>)\s?\\?["'][\w.@-]{2,40}\\?["'],\s{0,8}\\?["']?key\\?["']?\s?(?::|=>)\s?\\?["']$/.test(
      before,
    )
  );
}

/** Consul, Nomad and Serf encrypt what they tell each other with 16, 24 or 32 bytes in base64. */
function isGossipKey({ identifier, value, quoted }: Assigned): boolean {
  return (
    quoted &&
    /(?:^|_)encrypt$/.test(identifier) &&
    /^(?:[\w+/]{22}==|[\w+/]{32}|[\w+/]{43}=)$/.test(value) &&
    /\d/.test(value)
  );
}

/** What passwords are mixed with, and not the name of a column: random, of sixteen characters or more. */
function isSalt({ identifier, value, quoted, loose }: Assigned): boolean {
  return (
    quoted &&
    !loose &&
    (/(?:^|[_.$-])salt['"\]]{0,2}$/i.test(identifier) || /[a-z]Salt['"\]]{0,2}$/.test(identifier)) &&
    /^[\w+/=.-]{16,128}$/.test(value) &&
    /\d\D*\d/.test(value) &&
    wordiness(value) < -0.5
  );
}

/** Merchants of PayU are given a salt, short and to be kept secret. */
export function isMerchantSalt({ text, assigned: { identifier, value, quoted, start, end } }: Candidate): boolean {
  return (
    quoted &&
    /salt["'\]]{0,2}$/i.test(identifier) &&
    /^[A-Za-z0-9]{8,12}$/.test(value) &&
    /[a-z].*[A-Z]|[A-Z].*[a-z]/.test(value) &&
    wordiness(value) < -0.5 &&
    /payu|merchant_?key/i.test(text.slice(Math.max(0, start - 300), end + 300))
  );
}
