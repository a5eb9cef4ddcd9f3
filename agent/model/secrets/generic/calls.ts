import type { Scan } from '../types.ts';
import { isUnmistakable } from './looks.ts';
import type { Place } from './place.ts';
import { pushGeneric } from './report.ts';
import { scoreValue } from './score.ts';

interface Call {
  /** Which argument is the secret, from 0; where there are fewer, the last one. */
  index: number;
  kind: 'password' | 'key';
  /** Fewest arguments for which the last may stand in for `index`. */
  least: number;
  /** Another place at which it may stand, when nothing is found at the first. */
  or?: number;
  /** The name is used for much else: the value has to speak for itself. */
  strict?: true;
  /** People choose this key as they choose a password. */
  chosen?: true;
}

const alone: Call = { index: 0, kind: 'password', least: 1 };
const pair: Call = { index: 1, kind: 'password', least: 2 };
const third: Call = { index: 2, kind: 'password', least: 3 };
const fourth: Call = { index: 3, kind: 'password', least: 4 };
const chosen = (index: number): Call => ({ index, kind: 'key', least: index + 1, chosen: true });
const key = (index: number): Call => ({ index, kind: 'key', least: index + 1 });
/** The first argument or the second. */
const positional: Call = { index: 1, kind: 'key', least: 1, strict: true };

/**
 * Functions whose arguments have no names, and where the secret stands among them. The keyword ends at the opening
 * bracket; a longer name may stand in front of it.
 */
export const calls: Readonly<Record<string, Call>> = {
  'login(': pair,
  'signin(': pair,
  'authenticate(': pair,
  'credential(': pair,
  'credentials(': { ...pair, or: 3 },
  'basicauth(': pair,
  'basic_auth(': pair,
  'basic_auth ': pair,
  'basicauthentication(': pair,
  'emailandpassword(': { ...pair, or: 2 },
  'auth=(': pair,
  'set_auth(': pair,
  'setauth(': pair,
  'with_auth(': pair,
  'withauth(': pair,
  'digestauth(': pair,
  'digest_auth(': pair,
  'ntlmauth(': pair,
  'basic_authorize ': pair,
  'basic_authorize(': pair,
  'digest_authorize ': pair,
  'userpassword(': pair,
  'usernamepassword(': pair,
  'sign_in(': { ...pair, strict: true },
  'setuserinfo(': { ...pair, strict: true },
  'minio.new(': key(2),
  'minioclient(': key(2),
  'wifi.begin(': pair,
  'wifi.connect(': pair,
  'wlan.connect(': pair,
  'pw_set(': pair,
  'setsigningkey(': chosen(0),
  'signingkey(': chosen(0),
  'hmacsha256(': chosen(1),
  'hmacsha1(': chosen(1),
  'hmacsha512(': chosen(1),
  'pbkdf2sync(': alone,
  'pbkdf2(': { ...alone, strict: true },
  'check_password(': { ...alone, strict: true },
  'usernametoken(': pair,
  'create_user(': { ...third, strict: true, or: 1 },
  'new user(': { ...pair, strict: true },
  'smtp(': { ...pair, strict: true },
  'accesstoken(': key(1),
  'deskeyspec(': chosen(0),
  'hashsync(': { ...alone, strict: true },
  'bcrypt.hash(': { ...alone, strict: true },
  'generate_password_hash(': { ...alone, strict: true },
  'make_password(': { ...alone, strict: true },
  'password_hash(': { ...alone, strict: true },
  'hashpw(': { ...alone, strict: true },
  'encryptor.digest(': { ...pair, strict: true },
  '.build(': key(2),
  'postgresql_password(': pair,
  'createuser(': { ...pair, strict: true },
  'create_superuser(': { ...third, strict: true },
  'ftp_login(': third,
  'sendline(': { ...alone, strict: true },
  "type=password]', ": { ...alone, strict: true },
  'jedispool(': { index: 4, kind: 'password', least: 5 },
  '.auth(': { ...pair, least: 1, strict: true },
  'setvapiddetails(': key(2),
  'signedstring(': alone,
  'newinstance(': { ...third, strict: true },
  'sta_if.connect(': pair,
  'authenticationtoken(': pair,
  'setcredentials(': pair,
  'mapnetworkdrive ': { index: 4, kind: 'password', least: 5 },
  'database(': { ...third, strict: true },
  'decrypt(': { ...pair, strict: true },
  'encrypt(': { ...pair, strict: true },
  'passwordauthentication(': pair,
  'clientsecretcredential(': { index: 2, kind: 'key', least: 3 },
  'pbekeyspec(': alone,
  'rfc2898derivebytes(': alone,
  'passwordderivebytes(': alone,
  'scryptsync(': alone,
  'sp_addlogin ': pair,
  'sp_addlinkedsrvlogin ': { index: 4, kind: 'password', least: 5 },
  'pgp_sym_decrypt(': pair,
  'pgp_sym_encrypt(': pair,
  'aes_encrypt(': pair,
  'aes_decrypt(': pair,
  'getconnection(': third,
  'mysqli(': third,
  'mysqli_connect(': third,
  'mysql_connect(': third,
  'pg_connect(': third,
  'pdo(': third,
  'sequelize(': third,
  'dbi->connect(': third,
  'fernet(': key(0),
  'jwt.sign(': chosen(1),
  'jwt.verify(': chosen(1),
  'jwt.encode(': chosen(1),
  'jwt.decode(': chosen(1),
  '.login(': key(0),
  'createhmac(': chosen(1),
  '.signwith(': chosen(1),
  'hmac.new(': { ...chosen(0), or: 1 },
  'twitter_oauth(': { ...key(1), or: 3 },
  'client(': { ...key(0), or: 1 },
  'api(': { ...key(0), or: 1 },
  'bot(': key(0),
  'connect(': { ...third, strict: true, or: 3 },
  'cx_oracle.connect(': pair,
  'oracledb.connect(': pair,
  'ftp(': third,
  'ftp.open(': third,
  'plainauth(': third,
  'ldap_bind(': third,
  'real_connect(': fourth,
  'simple_bind_s(': pair,
  'redis(': fourth,
  'credentials.basic(': pair,
  '.basic(': pair,
  'credentials::new(': pair,
  'createasync(': { ...pair, strict: true },
  'inlinedata(': { ...pair, strict: true },
  'wifi.sta.config(': pair,
  ':auth(': { ...alone, strict: true },
  'aes.new(': chosen(0),
  'aes.encrypt(': chosen(1),
  'aes.decrypt(': chosen(1),
  'createcipheriv(': key(1),
  'createdecipheriv(': key(1),
  'secretkeyspec(': chosen(0),
  'hmac256(': chosen(0),
  'hmac384(': chosen(0),
  'hmac512(': chosen(0),
  'getbytes(': { ...key(0), strict: true },
  'cookieparser(': chosen(0),
  'cookiestore(': key(0),
  'oauthhandler(': key(1),
  'set_access_token(': key(1),
  'algoliasearch(': key(1),
  'awscredentials(': key(1),
  'basiccredentials.create(': key(1),
  'staticcredentials(': key(1),
  'staticcredentialsprovider(': key(1),
  'newstaticv4(': key(1),
  'boto3.session(': key(1),
  'sharedkeycredential(': key(1),
  'keycredential(': key(0),
  'client.new(': positional,
  'client.init(': positional,
  '.init(': positional,
  '.initialize(': positional,
  '.run(': positional,
  'new(': positional,
  'new ': positional,
  "')(": positional,
  '")(': positional,
};

/** What is made of a text that only looks like a key: an id, a number, an address, something to be read. */
const material =
  /(?:error|exception|regexp?|date|ur[li]|id|hash|blob|buffer|number|bigint|decimal|color|path|file|response|request|event|version|point|address|public_?key|signature|digest|array|image|font|vector|matrix|cid|string|text|parser|scanner|reader|stream|node|element|token|function|bn|fp|field|cert(?:ificate)?|ticker|symbol)$/i;

/** What talks to a service. */
const service = /client|api|bot|sdk|service|auth|credential|session|gateway|provider/i;

/** A secret among the arguments of a call that is known by its name. `end` is the offset behind the keyword. */
export function findInCall(scan: Scan, place: Place, keyword: string, end: number): void {
  const call = calls[keyword] as Call;
  if (call !== positional) {
    for (const index of call.or === undefined ? [call.index] : [call.index, call.or]) {
      const found = argument(scan.text, end, { ...call, index, least: Math.min(call.least, index + 1) });
      if (found && report(scan, place, call, found) && call.kind === 'password') return;
    }
    return;
  }
  // A single text of a call may be anything, so what is called has to be something that could want a key.
  let from = end;
  if (keyword === 'new ') {
    construction.lastIndex = end;
    const match = construction.exec(scan.text);
    if (!match) return;
    from = end + match[0].length;
  }
  const callee = /[\w.:$\\]{1,60}\($/.exec(scan.text.slice(Math.max(0, from - 60), from))?.[0].slice(0, -1) ?? '';
  if (material.test(callee.replace(/(?:::|\.)(?:new|init|initialize|run|create)$/i, ''))) return;
  for (const index of [0, 1]) {
    const found = argument(scan.text, from, { ...call, index, least: index + 1 });
    if (!found) continue;
    const hex = /^[0-9a-f]{32,64}$/.test(found.value) && found.value.length % 8 === 0 && service.test(callee);
    if (hex || isUnmistakable(found.value)) report(scan, place, call, found);
  }
}

const construction = /[A-Z\\][\w.:$\\]{2,60}\((?=\s{0,8}[@\w$]{0,40},?\s?["'`])/y;

/** Accounts that are nobody's name: what follows one is its password. */
const account =
  /^(?:root|admin(?:istrator)?|sa|postgres|oracle|system|sys|sysdba|scott|mysql|ubuntu)$|^[\w.+-]{1,40}@[\w-]{1,30}\.[\w.]{2,20}$/i;

interface Found {
  value: string;
  /** The argument in front of it is the account of a machine's keeper. */
  account: boolean;
  start: number;
  end: number;
}

function report(scan: Scan, place: Place, call: Call, found: Found): boolean {
  const score = scoreValue(found.value, call.kind, {
    quoted: true,
    config: false,
    exact: call.strict !== true || found.account,
    beside: found.account,
    chosen: call.chosen === true,
  });
  if (!score) return false;
  // A single text handed to something called a client may be an id or a name: it has to look like a key.
  if (
    call.kind === 'key' &&
    !call.chosen &&
    (score.confidence === 'low' || (call.index === 0 && found.value.length < 20))
  )
    return false;
  if (call.kind === 'password' && call.strict && !/\d/.test(found.value) && !found.account) return false;
  pushGeneric(scan, place, {
    rule: call.kind === 'password' ? 'generic-password' : 'generic-secret',
    title: call.kind === 'password' ? 'User and password in plain text' : 'Key in plain text',
    confidence: call === positional ? 'low' : score.confidence,
    start: found.start,
    end: found.end,
    value: found.value,
  });
  return true;
}

const quote = /(?:\[\]byte\(|(?:[A-Z]\w{2,20}(?:::\w{2,12})?\()?N?[brf@L]{0,2})(["'`])/y;

/** The text of the argument that is wanted, when it is a literal. Looks at 300 characters and five arguments. */
function argument(text: string, from: number, call: Call): Found | undefined {
  const limit = Math.min(text.length, from + 300);
  let at = from;
  let last: Found | undefined;
  for (let index = 0; index <= call.index; index++) {
    while (at < limit && /\s/.test(text[at] as string)) at++;
    quote.lastIndex = at;
    const open = quote.exec(text);
    const before = last?.value;
    last = undefined;
    if (open) {
      const start = at + open[0].length;
      const close = text.slice(start, limit).indexOf(open[1] as string);
      if (close === -1) return undefined;
      const value = text.slice(start, start + close);
      last = { value, start, end: start + close, account: before !== undefined && account.test(before) };
      at = start + close + 1;
      // What the text was wrapped in closes first.
      if (open[0].includes('(') && text[at] === ')') at++;
    }
    // On to the comma that ends this argument; a bracket that closes the call ends it all.
    const rest = /^[^,()'"`{\n]{0,80}(?:\([^()\n]{0,80}\)|\{[^{}\n]{0,120}\}){0,2}[^,()'"`\n]{0,40}([,)\n]|$)/.exec(
      text.slice(at, limit),
    );
    if (!rest) return undefined;
    at += rest[0].length;
    if (rest[1] !== ',') return index + 1 >= call.least ? last : undefined;
  }
  return last;
}
