/** Words that stand where a password or a token could stand, and are none. */
const words = new Set(
  `true false null none nil undefined yes no on off string string! text number boolean object array any void required
  optional enabled disabled default empty unset unknown n/a na tbd todo test tests testing example sample demo dummy
  admin root user username guest public private hidden secret secrets password passwd passwort pass pwd token tokens
  key value bearer basic oauth oauth2 jwt changeit changeme foo bar baz foobar postgres mysql mongo redis rabbitmq
  minio elastic vagrant docker sa plain plaintext encrypted external internal manual auto never always strict vault
  ldap local file prompt ask env environment inherit initial current old new body query header cookie form input
  implicit authorization_code client_credentials kerberos md5 scram trust peer cleartext unencrypted unused unsecure
  unsecured insecure weak medium strong email login auth access refresh session given missing provided specified
  needed supplied their its this that these those which using being`.split(/\s+/),
);

/** The same for what has more than one writing: encodings, names of users, files of passwords, numbers, escapes. */
const forms =
  /^(?:utf-?(?:8|16|32)(?:[lb]e)?|latin-?1|iso-?8859-?\d{1,2}|base(?:32|64)[a-z]{0,12}|not-?(?:needed|set|used|required|applicable)|(?:\w+_)?user_?names?|(?:ht|mk)passwd[\w-]*|(?:\\{1,2}u[0-9a-f]{4})+|[\d, ]+)$/i;

/** What stands where a secret could stand, and is one nowhere: `true`, `required`, `utf-8`. */
export function isOrdinary(value: string): boolean {
  return words.has(value.toLowerCase().replace(/\\{1,2}[rn]$/, '')) || forms.test(value);
}

/** Passwords that everybody knows. They are in use, so configuration with one has a leak; in code they are examples. */
const famous =
  /^(?:letmein|qwerty|hunter2|abc123|1234\w{0,8}|password[0-9!@#$.]{1,6}|pass[0-9!@#$.]{1,6}|passw0rd|p@ssw0rd|secret[0-9!@#$.]{1,6}|test[0-9!@#$.]{1,6}|admin[0-9!@#$.]{1,6}|root[0-9!@#$.]{1,6}|user[0-9!@#$.]{1,6}|minioadmin|rapunz3l)$/i;

/** A password that is on everybody's list. */
export function isFamous(value: string): boolean {
  return famous.test(value);
}
