import type { Scan } from '../types.ts';
import type { Place } from './place.ts';
import { isComment } from './remarks.ts';
import { pushGeneric } from './report.ts';
import { scoreValue } from './score.ts';

/** A value of an option: quoted, or up to the next space. */
const value = `(?:"([^"\\s\\\\]{4,128})"|'([^'\\s]{4,128})'|([^\\s"'\`;|&<>()]{4,128}))`;
/** The same for devices, whose lines go on to the next space whatever stands there. */
const written = `(?:"([^"\\s\\\\]{4,128})"|([^\\s"'][^\\s]{3,127}))`;
/** Other options and arguments in front of it, on the same line; a backslash continues the line. */
const others = `(?:[^\\n;|&]|\\\\\\n){0,160}?`;

interface Command {
  pattern: RegExp;
  kind?: 'key';
  /** The value stands in front of the keyword, at most this far. */
  back?: number;
  /** The words stand elsewhere too: the value has to be more than one. */
  strict?: true;
  /** The value is what a device keeps of a password: it is worth a try to find out which. */
  hash?: true;
  /** Each of the pattern's groups is a value of its own. */
  all?: true;
  /** It counts in text and remarks, not in code. */
  prose?: true;
}

const option = (flags: string): Command => ({ pattern: new RegExp(`^(?:${others}\\s)?(?:${flags})${value}`) });
/** The same as texts of a list: `["mysql", "-u", "root", "-pv"]`. The keyword ends with the program's closing quote. */
const listed = (flags: string): Command => ({
  pattern: new RegExp(
    `^(?:\\)\\.args?\\(\\[?|,)[^\\n\\]]{0,200}?["'](?:${flags})(?:["']\\s{0,2},\\s{0,4}["'])?([^\\s"'\\\\]{4,128})["']`,
  ),
});
const userPair: Command = {
  pattern: new RegExp(
    `^(?:${others}\\s)?(?:-u|--user|--proxy-user|-U)[ =]?["']?[\\w.@+-]{1,64}:["']?(?:((?:[^"'\\s\\\\:/$]|\\$(?![A-Za-z_{(])){4,128})(?=["']|\\s|$))`,
  ),
};

/** A text that is joined to what is hashed: the key of a signature. */
const salted: Command = {
  pattern: /^[\w$.[\]>-]{1,60}\s?[.+]\s?["']([^"'\s]{8,64})["']\s?(?:\)|[.+])/,
  kind: 'key',
};

/** MinIO's client: an alias, an address, a name, and the key. */
const minioHost: Command = { pattern: new RegExp(`^\\S{1,40} \\S{4,120} \\S{3,80} ${value}`), kind: 'key' };

/** What crypt(5) makes of a password, with its type 8 and 9 of Cisco's. */
const crypted: Command = { pattern: /^["']?(\$[0-9a-z]{1,8}\$[\w./+=$,-]{16,160})/, hash: true };

/** Behind an account's name: a password that could be no part of a path. */
const account =
  /^\s?[/:]?\s?["'`*]{0,2}(?=[^\s\d]{0,20}\d)(?=[^\sA-Z!@#$%^&*+?]{0,20}[A-Z!@#$%^&*+?])([^\s"'`/|<>(){}\\,;:=*.]{6,40})["'`*]{0,2}[,;.)]?(?=\s|$)/;
const beside = /^["'`*]{0,2}(?=[^\s]{0,40}[\d!@#$%^&*+?])([^\s"'`/|<>(){}\\,;=*]{6,40})["'`*]{0,2}[,;.)]?(?=\s|$)/;

/** The first of the keys that cookies of a session are signed with. */
const sessionKeys = /^[^()]{0,120}?\bkeys: ?\[\s{0,8}["']([^"'\n]{16,100})["']/;

/** A command that only prints the password it is asked for. */
const echoed: Command = { pattern: new RegExp(`^["'](?:echo|printf) (?:-n )?${value}["']`) };

/** How people call their accounts where they keep the key of each in a variable: `export GH=v`. */
const accountNames = 'gh gl bb cf do dd hf sg tg nr npm pat gcp az aws pypi jwt'.split(' ');

/** A variable of two or three letters holds many things, so the value has to be nothing else. */
const short: Readonly<Record<string, Command>> = Object.fromEntries(
  accountNames.map((name) => [
    `export ${name}=`,
    { pattern: /^["']?([\w+/=.~-]{20,128})["']?(?=\s|;|$)/, kind: 'key', strict: true } satisfies Command,
  ]),
);

/** Programs that take a password on their command line, and how. The keyword is the program's name. */
export const commands: Readonly<Record<string, Command>> = {
  'mysql ': option('-p|--password[= ]'),
  'mysqldump ': option('-p|--password[= ]'),
  'mysqladmin ': option('-p|--password[= ]|password '),
  'mariadb ': option('-p|--password[= ]'),
  'docker login': option('-p[ =]?|--password[ =]'),
  'podman login': option('-p[ =]?|--password[ =]'),
  'helm registry login': option('-p[ =]?|--password[ =]'),
  'sshpass ': { pattern: new RegExp(`^(?:${others}\\s)?-p ?${value}`) },
  'curl ': userPair,
  ' -u': { pattern: /^[ =]?["']?([A-Za-z0-9_-]{20,100}):["']?\s[^\n]{0,160}https?:/, kind: 'key' },
  'wget ': option('--(?:http-|ftp-|proxy-)?password[ =]'),
  ' -u ': {
    pattern:
      /^(?:["']?[\w.@+-]{1,64}:([^"'\s\\@:/$]{4,128})["']?\s[^\n]{0,160}https?:|["']?[\w.@\\+-]{1,64}["']? (?:[^\n;|&]{0,120} )?-p[ =]?["']?([^\s"'`;|&<>()/$:,-][^\s"'`;|&<>()/$:,]{5,63})["']?(?=\s|$))/,
    strict: true,
  },
  ' -a ': { pattern: /^["']?[\w.@+-]{1,64}:([^"'\s\\@:/$]{4,128})["']?\s[^\n]{0,160}https?:/ },
  'redis-cli ': option('-a |--pass '),
  'mongo ': option('-p |--password[ =]'),
  'mongosh ': option('-p |--password[ =]'),
  'mongodump ': option('-p |--password[ =]'),
  ldapsearch: option('-w '),
  ldapadd: option('-w '),
  ldapmodify: option('-w '),
  'openssl ': option('-(?:k|K) |-pass(?:in|out)? pass:'),
  'twine ': option('-p |--password[ =]'),
  'sqlcmd ': option('-P ?(?!assword)'),
  'bcp ': option('-P ?'),
  'keytool ': option('-(?:store|key|src|dest)(?:store)?pass '),
  'smbclient ': { pattern: new RegExp(`^(?:${others}\\s)?(?:-U|--user) ?["']?[\\w.\\\\/-]{1,60}%${value}`) },
  'sqlplus ': { pattern: /^(?:-\w+ ){0,3}["']?[\w.]{1,40}\/([^\s"'@/]{4,128})@/ },
  'net use ': {
    pattern: new RegExp(
      `^[^\\n]{0,120}?/user:[\\w.\\\\@-]{1,60} ${value}|^\\S{1,60}(?: \\S{1,60})? (?!\\\\)${value} /user:`,
    ),
  },
  'net user ': { pattern: new RegExp(`^[\\w.-]{1,40} ${value} /add`) },
  'useradd ': option('-p '),
  'usermod ': option('-p '),
  'az login': { pattern: new RegExp(`^(?:${others}\\s)?(?:-p|--password)[ =]${value}`), kind: 'key' },
  'vault login': { pattern: new RegExp(`^ (?:-method=\\w+ )?(?:token=)?${value}`), kind: 'key' },
  'rabbitmqctl ': { pattern: new RegExp(`^(?:add_user|change_password) [\\w.-]{1,60} ${value}`) },
  'psexec ': option('-p '),
  'zip ': option('-P |--password[ =]'),
  'unzip ': option('-P '),
  '7z x ': option('-p'),
  '7z a ': option('-p'),
  'gpg ': option('--passphrase[ =]'),
  'oc login': option('-p |--password[= ]'),
  'argocd login': option('--password[= ]'),
  'htpasswd ': { pattern: new RegExp(`^-\\w{0,6}b\\w{0,6} (?:-\\w{1,6} ){0,3}\\S{1,120} [\\w.@-]{1,60} ${value}`) },
  'rclone obscure ': { ...option(''), strict: true },
  mosquitto_: option('-P '),
  'lftp ': { pattern: new RegExp(`^(?:${others}\\s)?-u ["']?[\\w.@-]{1,60},${value}`) },
  'open -u ': { pattern: new RegExp(`^["']?[\\w.@-]{1,60},${value}`) },
  'http --auth': {
    pattern: /^[ =]["']?[\w.@+-]{1,64}:([^"'\s\\@:/$]{4,128})["']?(?:\s|$)/,
  },
  'security unlock-keychain': option('-p '),
  'security import': option('-P '),
  'impdp ': { pattern: new RegExp(`^["']?\\w{1,30}/${value}`) },
  'expdp ': { pattern: new RegExp(`^["']?\\w{1,30}/${value}`) },
  'cqlsh ': option('-p |--password[ =]'),
  'snmpwalk ': option('-[cAX] '),
  'snmpget ': option('-[cAX] '),
  'snmpset ': option('-[cAX] '),
  'ipmitool ': option('-P '),
  'wpa_passphrase ': { pattern: new RegExp(`^\\S{1,40} ${value}`) },
  'xfreerdp ': option('/p:'),
  'rdesktop ': option('-p '),
  'net rpc ': { pattern: new RegExp(`^(?:${others}\\s)?-U ?["']?[\\w.\\\\/-]{1,60}%${value}`) },
  'etcdctl ': { pattern: new RegExp(`^(?:${others}\\s)?--user[ =][\\w.-]{1,40}:${value}`) },
  'plink ': option('-pw '),
  'pscp ': option('-pw '),
  'schtasks ': option('/rp '),
  'cmdkey ': option('/pass:'),
  'openssl passwd': option('-\\w{1,8} '),
  'btoa(': { pattern: /^["'`][\w.@+-]{1,64}:([^"'`\s]{4,128})["'`]\)/ },
  'b64encode(': { pattern: /^b?["'][\w.@+-]{1,64}:([^"'\s]{4,128})["']/ },
  'buffer.from(': {
    pattern: /^["'`][\w.@+-]{1,64}:([^"'`\s]{4,128})["'`](?:, ?["']utf-?8["'])?\)\.toString\(["']base64/,
  },
  'auth-pass ': { pattern: new RegExp(`^[\\w.-]{1,40} ${value}`) },
  'stats auth ': { pattern: new RegExp(`^[\\w.-]{1,40}:${value}`) },
  'default on ': { pattern: /^>([^\s]{4,128})/ },
  'radius-server ': option('key (?:[07] )?'),
  'tacacs-server ': option('key (?:[07] )?'),
  'isakmp key ': { pattern: new RegExp(`^(?:[06] )?${written}\\s{1,4}(?:address|hostname)`) },
  ' privilege ': { pattern: new RegExp(`^\\d{1,2} (?:password|secret) (?:0 )?${value}`) },
  'message-digest-key ': { pattern: new RegExp(`^\\d{1,3} md5 (?:0 )?${value}`) },
  'neighbor ': { pattern: new RegExp(`^\\S{1,40} password (?:0 )?${written}`) },
  'rocommunity ': { pattern: new RegExp(`^${value}`) },
  'rwcommunity ': { pattern: new RegExp(`^${value}`) },
  'snmp community set ': { pattern: new RegExp(`^[^\\n]{0,60}?\\bname=${value}`) },
  'snmp community add ': { pattern: new RegExp(`^[^\\n]{0,60}?\\bname=${value}`) },
  'snmp community ': { pattern: new RegExp(`^${value}\\s{1,4}authorization`) },
  'createuser ': {
    pattern: /^\S{1,40} (?:MD5|SHA(?:-\d+)?) "?([^\s"]{4,128})"?(?: (?:DES|AES(?:-?\d+)?) "?([^\s"]{4,128})"?)?/i,
    all: true,
  },
  'snmp-server user ': {
    pattern:
      /^\S{1,40} \S{1,40} v3 (?:encrypted )?auth (?:md5|sha[\d-]{0,4}) ([^\s]{4,128})(?: priv (?:3?des|aes)(?: (?:128|192|256))? ([^\s]{4,128}))?/i,
    all: true,
  },
  plainloginmodule: {
    pattern:
      /^[^;]{0,200}?\buser_\w{1,30}="([^"\s]{4,128})"(?:\s{1,40}user_\w{1,30}="([^"\s]{4,128})")?(?:\s{1,40}user_\w{1,30}="([^"\s]{4,128})")?/,
    all: true,
  },
  // Notes in which a machine's account and its password stand side by side.
  ' root/': { pattern: account, strict: true, prose: true },
  ' admin/': { pattern: account, strict: true, prose: true },
  '`root`': { pattern: account, strict: true, prose: true },
  '`admin`': { pattern: account, strict: true, prose: true },
  'postgres / ': { pattern: beside, strict: true, prose: true },
  'root / ': { pattern: beside, strict: true, prose: true },
  'admin / ': { pattern: beside, strict: true, prose: true },
  'administrator / ': { pattern: beside, strict: true, prose: true },
  'plain-text-password-value ': { pattern: new RegExp(`^${value}`) },
  'set passwd ': { pattern: new RegExp(`^(?!ENC\\b)${value}`) },
  'set psksecret ': { pattern: new RegExp(`^(?!ENC\\b)${value}`) },
  '| passwd': { pattern: /echo (?:-\w{1,2} )?["']([^\s"'\\|]{4,128})\\n\1["']\s{0,2}$/, back: 200 },
  'accounts: [': { pattern: /^\s{0,40}["'`](?:0x)?([0-9a-fA-F]{64})["'`]/, kind: 'key' },
  'provider :': { pattern: /^\w{2,40}, {0,2}["'][^"'\n]{1,80}["'], {0,2}["']([\w-]{16,80})["']/, kind: 'key' },
  'sshpass"': listed('-p'),
  "sshpass'": listed('-p'),
  'mysql"': listed('-p|--password='),
  "mysql'": listed('-p|--password='),
  'mysqldump"': listed('-p|--password='),
  "mysqldump'": listed('-p|--password='),
  'mysqladmin"': listed('-p|--password='),
  "mysqladmin'": listed('-p|--password='),
  'docker"': listed('-p|--password=?'),
  "docker'": listed('-p|--password=?'),
  'redis-cli"': listed('-a'),
  "redis-cli'": listed('-a'),
  'curl"': listed('(?:-u|--user)["\\\'], {0,2}["\\\'][\\w.@-]{1,60}:'),
  "curl'": listed('(?:-u|--user)["\\\'], {0,2}["\\\'][\\w.@-]{1,60}:'),
  'http -a ': { pattern: /^["']?[\w.@+-]{1,64}:([^"'\s\\@:/$]{4,128})["']?\s/ },
  'aws ssm put-parameter': {
    pattern: new RegExp(`^(?=${others}(?:SecureString|pass|secret|token|key))${others}\\s--value[ =]${value}`, 'i'),
  },
  'az keyvault secret set': option('--value[ =]'),
  'gh secret set ': option('(?:--body|-b)[ =]'),
  'consul kv put ': { pattern: new RegExp(`^\\S{0,120}(?:pass\\w{0,8}|secret|token|key) ${value}`, 'i') },
  'oracle:thin:': { pattern: /^[\w.]{1,40}\/([^\s"'@/]{4,128})@/ },
  '.tochararray(': {
    pattern:
      /(?:\bload|PasswordAuthentication|PBEKeySpec|PasswordProtection|ZipFile|getKey|setKeyEntry|setPassword|init)\([^\n"]{0,80}(?:"[^"\n]{0,60}"[^"\n]{0,20})?"([^"\n]{4,80})"$/,
    back: 200,
  },
  '<auth-user-pass>': { pattern: /^[ \t]{0,8}\r?\n[^\n]{1,80}\n([^\s<]{4,128})[ \t]{0,8}\r?\n<\/auth/ },
  'password 51:b:': { pattern: /^([0-9A-Fa-f]{64,4000})/, kind: 'key' },
  ' login=': { pattern: /^[\w.-]{1,40}:([^\s"':]{4,128})(?=\s|$)/ },
  '.pgpass': {
    pattern:
      /^["']?\s{0,2}<<-?\s?["']?\w{1,20}["']?\s{0,3}\n[^:\s]{1,100}:(?:\d{1,5}|\*):[^:\n]{1,63}:[^:\n]{1,63}:(\S{4,128})/,
  },
  '> ~/.pgpass': {
    pattern: /echo ["']?[\w.*-]{1,100}:(?:\d{1,5}|\*):[^:\n]{1,63}:[^:\n]{1,63}:([^\s"']{4,128})["']?\s{0,2}>?$/,
    back: 260,
  },
  'ftp -n': { pattern: /^[^\n]{0,80}\n(?:[^\n]{0,80}\n){0,2}?\s{0,8}(?:quote )?user \S{1,40} ([^\s"']{4,128})/i },
  'psexec.py ': { pattern: /^[\w.-]{1,40}\/[\w.-]{1,40}:([^\s"'@]{4,128})@/ },
  'sonar.login': { pattern: /^\s?[=:]\s?["']?(\w{20,60})/, kind: 'key' },
  'identified with ': { pattern: /^["'`]?\w{1,40}["'`]?\s{1,4}by\s{1,4}["']([^"'\s]{4,128})["']/i },
  'kinit ': option('-p |--password '),
  'aws configure set ': { pattern: new RegExp(`^aws_(?:secret_access_key|session_token) ${value}`), kind: 'key' },
  'npm config set ': { pattern: new RegExp(`^\\S{0,120}_(?:authToken|auth|password)[ =]${value}`), kind: 'key' },
  'convertto-securestring ': { pattern: new RegExp(`^(?:-String |-AsPlainText )?${value}`) },
  'snmp-server community ': { pattern: new RegExp(`^${value}\\s{1,4}(?:RO|RW)\\b`) },
  'enable secret ': { pattern: new RegExp(`^(?:0 )?${value}\\s{0,4}(?:\\n|$)`) },
  'enable password ': { pattern: new RegExp(`^(?:[07] )?${value}\\s{0,4}(?:\\n|$)`) },
  'expect ': {
    pattern:
      /^["'{][^"'\n]{0,30}assword[^"'\n]{0,6}["'}]\s{0,4};?\s{0,4}\{?\s{0,20}send (?:-- )?"([^"\s\\]{4,128})\\[rn]/,
  },
  '(admin': { pattern: /^\w{0,16}\s{0,2}[/:]\s{0,2}["'`]?([^\s"'`)(]{5,64})["'`]?\)/, strict: true },
  '(root': { pattern: /^\s{0,2}[/:]\s{0,2}["'`]?([^\s"'`)(]{5,64})["'`]?\)/, strict: true },
  'wpa-psk ': { pattern: new RegExp(`^(?:ascii|hex) (?:[07] )?${value}`) },
  'oracle.connect(': { pattern: /^["'][\w.]{1,40}\/([^\s"'@/]{4,128})@/ },
  'open("mysql"': { pattern: /^,\s?["'`][\w.-]{1,40}:([^\s"'`]{4,64})@/ },
  'tn.write(': { pattern: /^b?["']([^\s"'\\]{4,64})(?:\\[rn]|["']\.encode|["'] \+)/, strict: true },
  'passwd --stdin': { pattern: new RegExp(`echo (?:-\\w )?${value}\\s{0,2}\\|\\s{0,2}(?:sudo )?$`), back: 160 },
  '| base64': {
    pattern: /(?:echo|printf) (?:-\w{1,2} )?["']?[\w.@-]{1,40}:([^\s"'|:$]{4,128})["']?\s{0,2}$/,
    back: 160,
    strict: true,
  },
  '| smbpasswd': {
    pattern: /(?:echo|printf) (?:-\w{1,2} )?["']([^\s"'\\|]{4,128})\\n\1(?:\\n)?["']\s{0,2}$/,
    back: 200,
  },
  'base64_encode(': { pattern: /^["'][\w.@+-]{1,64}:([^"'\s]{4,128})["']/ },
  'encodetostring(': { pattern: /^["'][\w.@+-]{1,64}:([^"'\s]{4,128})["']/ },
  'send "': { pattern: /^(?:-- )?([^"\s\\]{4,128})\\[rn]"/, strict: true },
  'send -- "': { pattern: /^([^"\s\\]{4,128})\\[rn]"/, strict: true },
  '--password-file=<(': { pattern: new RegExp(`^(?:echo|printf) (?:-\\w )?${value}`) },
  curlopt_userpwd: { pattern: /^\s{0,2},\s{0,4}["'][^"':\n]{1,64}:([^"'\s]{4,128})["']/ },
  '@tcp(': { pattern: /["'`=][\w.-]{1,40}:([^\s"'`]{4,128})$/, back: 180 },
  chpasswd: {
    pattern: /(?:echo|printf) (?:-\w )?["']?[\w.-]{1,40}:([^\s"'|:]{4,128})["']?\s{0,2}\|\s{0,2}(?:sudo )?$/,
    back: 160,
  },
  '--password-stdin': {
    pattern: new RegExp(
      `(?:echo|printf) (?:-\\w |%s )?${value}\\s{0,2}\\|\\s{0,2}(?:docker|podman|helm|crane|nerdctl)[^\\n|;&]{0,120}$`,
    ),
    back: 240,
  },
  'mc alias set ': minioHost,
  'mc config host add ': minioHost,
  'md5(': salted,
  'sha1(': salted,
  'ssh-keygen ': option('-N |-P '),
  'beeline ': option('-p '),
  '-auth ': { pattern: new RegExp(`^["']?[\\w.@+-]{1,64}:${value}`), strict: true },
  ':pserver:': { pattern: /^[\w.-]{1,40}:([^\s"'@/]{4,64})@/ },
  'password-command ': echoed,
  'password_cmd=': echoed,
  ' allow ': { pattern: /^[\w.-]{1,40}:"?([^\s"'`:;|&<>()\\*]{4,64})"?[ \t]{0,8}(?:\r?\n|$)/, strict: true },
  ' on >': { pattern: /^([^\s]{4,128})(?=\s[~+&%])/ },
  'password manager user-name ': { pattern: /^"?[\w.-]{1,40}"? plaintext "?([^\s"]{4,128})/ },
  'password operator user-name ': { pattern: /^"?[\w.-]{1,40}"? plaintext "?([^\s"]{4,128})/ },
  'input password ': { pattern: /^\s{1,20}\S{1,60}\s{2,20}([^\s$]{4,128})(?=\s|$)/ },
  ' key is ': {
    pattern: /^(?:now )?["'`*]{0,2}((?=[^\s]{0,30}\d)[A-Za-z0-9_-]{20,100})(?=["'`*,.;]|\s|$)/,
    kind: 'key',
    prose: true,
  },
  '-setcookie ': { pattern: new RegExp(`^${value}`), kind: 'key' },
  '| kinit': { pattern: new RegExp(`(?:echo|printf) (?:-\\w )?${value}\\s{0,2}\\|?\\s{0,2}$`), back: 160 },
  ' password 7 ': { pattern: /^([0-9A-F]{8,80})\s{0,4}(?:\n|$)/ },
  'omniauth :': { pattern: /^\w{2,40}, {0,2}["'][^"'\n]{1,80}["'], {0,2}["']([\w-]{16,80})["']/, kind: 'key' },
  'clear-text=': { pattern: /^["']([^"'\s$]{5,128})["']/ },
  'kaggle config set -n key': option('-v '),
  'enable secret 5 ': crypted,
  'enable secret 8 ': crypted,
  'enable secret 9 ': crypted,
  ' secret 5 ': crypted,
  ' secret 8 ': crypted,
  ' secret 9 ': crypted,
  'encrypted-password "': crypted,
  'app.keys = ': { pattern: /^\[\s{0,8}["']([^"'\n]{16,100})["']/, kind: 'key' },
  'session({': { pattern: sessionKeys, kind: 'key' },
  'session: {': { pattern: sessionKeys, kind: 'key' },
  // Asterisk's trunks, IRC's services, Nagios' macros, the sources of Bundler.
  'register => ': { pattern: /^[\w.+-]{1,40}:([^\s"':]{4,64})@[\w.-]{4,}/ },
  'nickserv identify ': { pattern: new RegExp(`^(?:[\\w-]{1,30} )?${value}`), strict: true },
  ...Object.fromEntries(
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => [
      `$user${number}$=`,
      { pattern: /^([^\s/=][^\s]{4,63})[ \t]{0,8}(?:\r?\n|$)/, strict: true } satisfies Command,
    ]),
  ),
  bundle_: { pattern: /^[a-z0-9_-]{3,80}["']?\s?[:=]\s?["']?[\w.@+-]{1,64}:([^\s"':/]{6,128})["']?(?:\s|$)/i },
  ...short,
  'sudo -s': { pattern: new RegExp(`(?:echo|printf) (?:-\\w )?${value}\\s{0,2}\\|\\s{0,2}$`), back: 160 },
};

/** A password on a command line. `start` and `end` are the offsets of the program's name. */
export function findInCommand(scan: Scan, place: Place, keyword: string, start: number, end: number): void {
  const command = commands[keyword] as Command;
  const { pattern, back } = command;
  if (command.prose && place.code && !isComment(scan.text, start, place.hash)) return;
  const from = back === undefined ? end : Math.max(0, start - back);
  const here = back === undefined ? scan.text.slice(end, end + 300) : scan.text.slice(from, start);
  const match = pattern.exec(here);
  if (!match) return;
  let at = command.all ? 0 : match[0].length;
  for (const [index, found] of match.entries()) {
    if (index === 0 || found === undefined) continue;
    // Several stand one behind the other; of one the last copy counts, as in `user:user`.
    at = command.all ? match[0].indexOf(found, at) : match[0].lastIndexOf(found);
    pushArgument(scan, place, command, found, from + match.index + at, match[2] === undefined);
    if (!command.all) return;
    at += found.length;
  }
}

function pushArgument(
  scan: Scan,
  place: Place,
  { kind, strict, hash }: Command,
  value: string,
  start: number,
  expanded: boolean,
): void {
  if (expanded && !hash && /^[$-]|^%|\$[A-Za-z{(]|`/.test(value)) return;
  const score = hash
    ? ({ confidence: 'low' } as const)
    : scoreValue(value, kind ?? 'password', {
        quoted: true,
        config: !place.test && !place.code,
        exact: strict !== true,
      });
  if (!score || (strict && !/\d|[^\w.-]/.test(value))) return;
  pushGeneric(scan, place, {
    rule: 'generic-password',
    title: hash ? 'Hash of a password' : 'Password on a command line',
    start,
    end: start + value.length,
    value,
    confidence: score.confidence,
  });
}
