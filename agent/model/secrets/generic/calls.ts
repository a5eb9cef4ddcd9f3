import type { Scan } from '../types.ts';
import { pushGeneric } from './find.ts';
import type { Place } from './place.ts';
import { scoreValue } from './score.ts';

interface Call {
  /** Which argument is the secret, from 0; where there are fewer, the last one. */
  index: number;
  kind: 'password' | 'key';
  /** Fewest arguments for which the last may stand in for `index`. */
  least: number;
}

const pair: Call = { index: 1, kind: 'password', least: 2 };
const third: Call = { index: 2, kind: 'password', least: 3 };
const key = (index: number): Call => ({ index, kind: 'key', least: index + 1 });

/**
 * Functions whose arguments have no names, and where the secret stands among them. The keyword ends at the opening
 * bracket; a longer name may stand in front of it.
 */
export const calls: Readonly<Record<string, Call>> = {
  'login(': pair,
  'signin(': pair,
  'authenticate(': pair,
  'credential(': pair,
  'credentials(': pair,
  'basicauth(': pair,
  'basic_auth(': pair,
  'basic_auth ': pair,
  'basicauthentication(': pair,
  'emailandpassword(': pair,
  'auth=(': pair,
  'wifi.begin(': pair,
  'passwordauthentication(': pair,
  'clientsecretcredential(': { index: 2, kind: 'key', least: 3 },
  'pbekeyspec(': { index: 0, kind: 'password', least: 1 },
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
  'jwt.sign(': key(1),
  'jwt.verify(': key(1),
  'jwt.encode(': key(1),
  'jwt.decode(': key(1),
  '.login(': key(0),
  'createhmac(': key(1),
  '.signwith(': key(1),
  'hmac.new(': key(0),
  'client(': key(0),
  'api(': key(0),
};

/** A secret among the arguments of a call that is known by its name. `end` is the offset behind the keyword. */
export function findInCall(scan: Scan, place: Place, keyword: string, end: number): void {
  const call = calls[keyword] as Call;
  const found = argument(scan.text, end, call);
  if (!found) return;
  const score = scoreValue(found.value, call.kind, { quoted: true, config: false, exact: true });
  if (!score) return;
  // A single text handed to something called a client may be an id or a name: it has to look like a key.
  if (call.kind === 'key' && (score.confidence === 'low' || (call.index === 0 && found.value.length < 20))) return;
  pushGeneric(scan, place, {
    rule: call.kind === 'password' ? 'generic-password' : 'generic-secret',
    title: call.kind === 'password' ? 'User and password in plain text' : 'Key in plain text',
    confidence: score.confidence,
    ...found,
  });
}

const quote = /[brf@L]{0,2}(?:Some\()?(["'`])/y;

/** The text of the argument that is wanted, when it is a literal. Looks at 300 characters and five arguments. */
function argument(text: string, from: number, call: Call): { value: string; start: number; end: number } | undefined {
  const limit = Math.min(text.length, from + 300);
  let at = from;
  let last: { value: string; start: number; end: number } | undefined;
  for (let index = 0; index <= call.index; index++) {
    while (at < limit && /\s/.test(text[at] as string)) at++;
    quote.lastIndex = at;
    const open = quote.exec(text);
    last = undefined;
    if (open) {
      const start = at + open[0].length;
      const close = text.slice(start, limit).indexOf(open[1] as string);
      if (close === -1) return undefined;
      last = { value: text.slice(start, start + close), start, end: start + close };
      at = start + close + 1;
    }
    // On to the comma that ends this argument; a bracket that closes the call ends it all.
    const rest = /^[^,()'"`\n]{0,80}(?:\([^()\n]{0,80}\))?[^,()'"`\n]{0,40}([,)\n]|$)/.exec(text.slice(at, limit));
    if (!rest) return undefined;
    at += rest[0].length;
    if (rest[1] !== ',') return index + 1 >= call.least ? last : undefined;
  }
  return last;
}
