const dashes = '-'.repeat(5);

/** Pieces that, repeated, make each finder open its widest window at every step. */
export const stallingTexts: Readonly<Record<string, string>> = {
  'headers of keys': `${dashes}BEGIN PRIVATE KEY${dashes}\n`,
  'a key without end': `${dashes}BEGIN PRIVATE KEY${dashes}\n${'ABCDabcd1234+/zz'.repeat(400)}`,
  'URLs with a password': 'a://a:b@',
  'starts of web tokens': 'eyJhbGciOiJIUzI1NiJ9.eyJ',
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
  'deep dots': 'password.a.b.c.',
};
