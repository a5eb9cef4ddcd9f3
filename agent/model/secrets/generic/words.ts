/** What an identifier says about the value it is given. `maybe`: only a value that could hardly be anything else counts. */
export type KeyKind = 'password' | 'secret' | 'key' | 'maybe';

/** Behind the key word, these make the identifier name something about a secret instead of the secret. */
const about = new Set(
  `id ids name names type types field fields label labels ref refs reference hash hashed hasher digest url urls uri arn path
  paths file files filename dir folder length len size count counter min max limit policy regex regexp pattern format
  prefix suffix index idx input placeholder hint error errors err message msg title desc description expiry expires expiration
  expire ttl time timeout date created updated endpoint host header headers param params parameter class style color colour
  icon button form kind list map set store storage manager provider service factory builder validator validation handler
  helper util utils version status state enabled disabled required valid invalid reset change changed forgot confirm
  confirmation strength rule rules scope scopes mode algorithm alg encoding position pos start end line column offset
  authority issuer audience usage use used uses info information request response callback listener event events parser
  reader writer stream iterator iter kinds rotation rotate schema template example selector element checkbox visible show
  hide toggle attempts attempt age history question questions prompt command cmd generator generate verify verification
  timestamp
  check checker match matches mismatch resolver source sources target getter setter fn func function method module package
  option options config configuration settings section group groups role roles user users username login account accounts
  vault from by address number num bits byte bytes sizes cache ization through port alias kms sender receiver with env var
  variable variables review reviews words word redacted masked arg args md sha hashers scheme schemes public pub pubkey database identifier identifiers proof safe`.split(
    /\s+/,
  ),
);

/** The name is that of something about a secret by its last word: `key_id`, `tokenUrl`. */
export function isAbout(name: string): boolean {
  return about.has(wordsOf(name).at(-1) ?? '');
}

/** Before `key`, these make it a key that opens something. `key` alone names a map's key, a column or a keyboard's. */
const opening = new Set(
  `api access secret private auth signing sign signature encryption encrypt enc sec priv encryptor master account shared consumer app
  application service client license licence subscription session jwt hmac validation decryption fernet blowfish cipher crypt crypto aes rsa des ssh admin root
  preshared mch merchant pay storage deploy deployment deployer wallet signer write server cookie security token webhook ingestion ingest sas host function primary secondary
  x rest upgrade project developer dev user google maps gcp firebase aws azure stripe paypal square braintree adyen twilio sendgrid
  mailgun mailchimp mandrill postmark sparkpost slack discord telegram github gitlab bitbucket kaggle openai anthropic cohere
  mistral gemini deepseek huggingface algolia elastic datadog newrelic sentry rollbar bugsnag segment mixpanel amplitude
  intercom zendesk hubspot salesforce shopify dropbox box heroku netlify vercel digitalocean linode vultr cloudflare fastly
  pusher ably pubnub okta auth0 onelogin duo plaid coinbase binance kraken bitfinex infura alchemy etherscan weather
  openweather openweathermap youtube facebook twitter linkedin instagram spotify tmdb imdb giphy unsplash pexels mapbox
  here tomtom bing yandex naver kakao line riot steam twitch fcm apns onesignal pushover ifttt zapier airtable notion trello
  asana jira atlassian confluence snyk sonar codecov circleci travis jenkins nexus artifactory npm pypi docker quay vault
  consul nomad terraform pulumi database db redis mongo mongodb postgres mysql mariadb couchdb influx influxdb rabbitmq
  kafka smtp mail email imap ftp sftp ldap vpn wifi wpa snmp radius proxy`.split(/\s+/),
);

/** Before the key word, these say that the value is meant to be seen, or that the identifier is about something else. */
export const harmless = new Set(
  `change forgot forgotten toggle public pub publishable sealed anon anonymous site csrf xsrf csrfmiddleware authenticity sort partition foreign map hash cache row column react query i18n
  translation locale message css style idempotency object dict event hot short keyboard arrow context ngram next previous
  prev last first current end start open close left right continuation page paging cursor pagination sync delimiter
  separator bracket paren eof whitespace syntax lexer lex parser ast grammar symbol keyword identifier only
  max min num count total completion prompt cached reasoning input output no category websocket hashed`.split(/\s+/),
);

/** Before `key`, these say that it names a thing among others. Everything else may be the name of a service. */
export const things = new Set(
  `object file blob bucket item document record row node state entity dedupe image asset trie tree config setting lookup
  group route screen view tab menu feature flag metric stat data store element field form param property attribute header dedup
  trace span job task step translation text message id hash digest checksum etag cid url uri path name`.split(/\s+/),
);

/** Splits an identifier into lower-case words: `dbPassword`, `DB_PASSWORD` and `db-password` give the same two. */
export function wordsOf(identifier: string): string[] {
  const lower = identifier.toLowerCase();
  const words: string[] = [];
  let from = -1;
  let before = 0;
  for (let at = 0; at < identifier.length; at++) {
    const code = identifier.charCodeAt(at);
    // In other alphabets a small letter may be two, or one of ours.
    if (code > 127) return foreignWordsOf(identifier);
    const kind = kinds128[code] as number;
    if (from !== -1 && (kind < 2 || (kind === 3 && (before < 3 || kinds128[identifier.charCodeAt(at + 1)] === 2)))) {
      words.push(lower.slice(from, at));
      from = -1;
    }
    if (from === -1 && kind >= 2) from = at;
    before = kind;
  }
  if (from !== -1) words.push(lower.slice(from));
  return words;
}

/** 0: a sign, 1: a digit, 2: a small letter, 3: a capital. */
const kinds128 = Uint8Array.from({ length: 128 }, (_, code) =>
  code >= 97 && code <= 122 ? 2 : code >= 65 && code <= 90 ? 3 : code >= 48 && code <= 57 ? 1 : 0,
);

/** The same for any alphabet. */
function foreignWordsOf(identifier: string): string[] {
  return identifier
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
}

const glued =
  /^(?:.*?)(passwords?|passwd|mdp|communities|community|passphrase|pswd|passwrd|pasword|passwort|motdepasse|passe|senha|contrase|contrasena|kennwort|wachtwoord|parola|clave|heslo|haslo|passcode|passw|pswrd|pwrd|psw|pass|pwd|pw|psk|secrets?|tokens?|credentials?|apikeys?|keys?|authorization|bearer|authtok|masterauth|auth|salt)$/;

/** What an identifier promises, or `undefined` when it names no secret. Bounded by the identifier's length. */
export function kindOfIdentifier(name: string): KeyKind | undefined {
  // What a field holds, what a build tool puts in front of every name, and the name of a password manager.
  const identifier = name.replace(
    /(?:text)?(?:field|input|edit|box)\.(?:text|value)$|^react_app_|\benter(?=Pass)|\b1[-_]?password/i,
    '',
  );
  if (
    /identified by$|пароль|密码|密碼|パスワード|비밀번호|(?:security|bind|ldap)[._-]credentials$|secret_string$/i.test(
      identifier,
    )
  )
    return 'password';
  if (/pre[_-]?shared[_-]?key$/i.test(identifier)) return 'password';
  // `startWithConsumerKey:`: the argument's name stands behind the function's.
  const words = wordsOf(identifier.replace(/^[a-z]+With(?=[A-Z])/, ''));
  let at = -1;
  let kind: KeyKind | undefined;
  for (const [index, word] of words.entries()) {
    const found = kindOfWord(word, words[index - 1]);
    if (!found || (found === 'maybe' && kind !== undefined)) continue;
    at = index;
    kind = found;
  }
  if (kind === undefined) return undefined;
  // What is typed a second time is the password too.
  const behind = words.slice(at + 1);
  const again = kind === 'password' && /^(?:confirm|confirmation|repeat|again|verify)$/.test(behind.join(' '));
  if (!again && behind.some((word) => about.has(word))) return undefined;
  if (kind === 'password' && /^keys?$/.test(words[at + 1] ?? '')) return undefined;
  // A verb: `pass_to_plugins`, `passThrough`. The shadow database's own names (getspnam(3)).
  if (words[at] === 'pass' && passed.has(words[at + 1] ?? '')) return undefined;
  if (/^(?:spwd|(?:ht|mk)passwd)$/.test(words[at] as string)) return undefined;
  // Drupal's `hash_salt` is what hashes are made with, not one.
  if (/hash_?salt$/i.test(identifier)) return 'key';
  // Browsers are given the key of Web Push that is called so (RFC 8292 §3.2).
  if (/vapid/i.test(identifier) && !/priv/i.test(identifier)) return undefined;
  // A number that is used once and never kept (RFC 6455 §4.1).
  if (/sec-?websocket/i.test(identifier)) return undefined;
  // `csrf_secret` is what the tokens of a page are made with.
  const secret = words.includes('secret');
  if (
    words
      .slice(0, at)
      .some(
        (word) =>
          (harmless.has(word) &&
            !(kind === 'password' && word === 'page') &&
            !(kind === 'secret' && word === 'map') &&
            !(secret && /^[cx]srf$/.test(word))) ||
          (kind === 'maybe' && things.has(word)),
      )
  )
    return undefined;
  return kind;
}

/** Where something may be passed. */
const passed = new Set('to on along over in out down up as by thru through'.split(' '));

const kinds = new Map<string, KeyKind | null>();

/** The same characters in memory of their own: V8 keeps the whole text that a part of it was cut from. */
export function copyOf(part: string): string {
  return Buffer.from(part).toString();
}

/** As `kindOfIdentifier`. A text repeats its names, so what was said of those without digits is kept, 4,096 at most. */
export function kindOfName(name: string): KeyKind | undefined {
  const known = kinds.get(name);
  if (known !== undefined) return known ?? undefined;
  const kind = kindOfIdentifier(name);
  if (name.length > 96 || /\d/.test(name)) return kind;
  if (kinds.size >= 4096) kinds.clear();
  kinds.set(copyOf(name), kind ?? null);
  return kind;
}

/** What stands before `pass` in one word when it means a password. Without them are compass, bypass, surpass, trespass. */
const passOwners = new Set(
  `db u user usr my smtp root admin mysql pg ftp sftp mail email ldap bind redis require store key ssh vpn wifi wlan http https
  proxy auth login new old enc default master app web sql mongo host cert pfx keystore truststore account sys system su sudo
  jdbc oracle rabbit mqtt imap pop api client server service svc deploy test dev prod remote local source target relay router backup camera
  nas git svn jira repo registry docker harbor gpg cert archive zip encrypt wireless session grid snmp telnet console sudoer domain ad`.split(
    /\s+/,
  ),
);

const stems = new Map<string, string | null>();

/** What a word ends with that means a secret. A text repeats its words, so what was said of short ones is kept, 4,096 at most. */
function stemOf(word: string): string | undefined {
  const known = stems.get(word);
  if (known !== undefined) return known ?? undefined;
  const stem = glued.exec(word)?.[1];
  if (word.length > 24) return stem;
  if (stems.size >= 4096) stems.clear();
  stems.set(word, stem ?? null);
  return stem;
}

const password =
  /^(?:pass|pasw|psw|pwd|pwrd|pw$|psk|mdp|authtok|masterauth|motde|senha|contrase|kennw|wachtw|parola|clave|heslo|haslo)/;

/** Whose key it is says what it is; `key` alone may be anything's, and `keys` are a list of names. */
function kindOfKey(stem: string, owner: string | undefined): KeyKind | undefined {
  if (owner !== undefined && (opening.has(owner) || owner.endsWith('api'))) return 'key';
  return stem === 'key' ? 'maybe' : undefined;
}

/** A device's community is what it asks of whom it lets read; elsewhere the word is about people. */
const reading = new Set('snmp v2c ro rw read write trap'.split(' '));

/** What stands in front of it in one word lets it mean a password: enclaves are not keys in Spanish. */
function isOwned(stem: string, head: string): boolean {
  if (head === '' || stem === 'passe') return head === '';
  if (/^(?:clave|heslo|haslo|mdp)$/.test(stem)) return false;
  return stem !== 'pass' || passOwners.has(head);
}

function kindOfWord(word: string, before: string | undefined): KeyKind | undefined {
  if (/^(?:appid|api|(?:php|j)?sess(?:ion)?(?:id)?|aspxauth|sid|sig|oauth|salt|encrypt)$/.test(word))
    return word === 'salt' && before !== undefined ? 'key' : 'maybe';
  if (word === 'pepper' || (word === 'pat' && before !== undefined)) return 'key';
  const stem = stemOf(word);
  if (stem === undefined) return undefined;
  const head = word.slice(0, word.length - stem.length);
  if (harmless.has(head)) return undefined;
  if (stem.startsWith('communit')) return head === '' && reading.has(before ?? '') ? 'password' : undefined;
  if (password.test(stem)) return isOwned(stem, head) ? 'password' : undefined;
  if (/^keys?$/.test(stem)) return kindOfKey(stem, head === '' ? before : head);
  if (stem === 'auth') return before !== undefined || head === '' ? 'key' : undefined;
  if (stem === 'salt') return before === undefined && head === '' ? undefined : 'key';
  if (/^apikey|^bearer|^authorization/.test(stem)) return 'key';
  return 'secret';
}
