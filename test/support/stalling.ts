const dashes = '-'.repeat(5);

/** Pieces that, repeated, make each finder open its widest window at every step. */
export const stallingTexts: Readonly<Record<string, string>> = {
  'headers of keys': `${dashes}BEGIN PRIVATE KEY${dashes}\n`,
  'a key without end': `${dashes}BEGIN PRIVATE KEY${dashes}\n${'ABCDabcd1234+/zz'.repeat(400)}`,
  'URLs with a password': 'a://a:b@',
  'starts of web tokens': `${['eyJhbGciOiJIUzI1NiJ9', 'eyJ'].join('.')}`,
  'Kubernetes Secrets': 'kind: Secret\n',
  'Secrets with data': 'kind: Secret\ndata:\n a: aaaa\n',
  'web keys': '"kty"',
  'open quotes': "password = '",
  'values in quotes': 'password="x" ',
  'blocks of Terraform': 'variable "db_password" {',
  'open templates': 'token=${a',
  'base64 of a key': 'LS0tLS1CRUdJTi',
  'registry tokens': '//a/:_authToken=',
  'long values': `secret=${'a1'.repeat(90)} `,
  'commands without an end': `mysql ${'-x y '.repeat(30)}`,
  'calls with open arguments': 'login("a", f(b',
  'accounts piped on': 'echo a:bbbbbb | chpasswd',
  'base64 of a token': Buffer.from(['gh', 'p_'].join('')).toString('base64'),
  'escapes of letters': '\\u0067',
  'character references': '&#103;',
  'percent signs': '%67',
  'typed names': 'password: string | ',
  elements: '<password>x',
  'deep dots': 'password.a.b.c.',
};
