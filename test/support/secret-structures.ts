import { createHmac } from 'node:crypto';
import { alphanumeric, base64Url, hex, lower, type Random, upper } from './random.ts';
import type { Shape } from './secret-shapes.ts';

function pem(label: string, body: string): string {
  const dashes = '-'.repeat(5);
  const lines = body.match(/.{1,64}/g) ?? [];
  return `${dashes}BEGIN ${label}${dashes}\n${lines.join('\n')}\n${dashes}END ${label}${dashes}`;
}

/** A DER length and value behind a tag. */
function der(tag: number, value: Buffer): Buffer {
  const size = value.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), value]);
}

const integer = (value: Buffer): Buffer => der(2, Buffer.concat([Buffer.from([0]), value]));

/** PKCS#1 by its grammar (RFC 8017 A.1.2), with numbers that belong to no key: making real primes would cost seconds. */
function rsa(random: Random): Buffer {
  const sizes = [128, 3, 128, 64, 64, 64, 64, 64];
  return der(0x30, Buffer.concat([der(2, Buffer.from([0])), ...sizes.map((size) => integer(random.bytes(size)))]));
}

function pkcs8(random: Random): Buffer {
  const algorithm = der(0x30, Buffer.concat([der(6, Buffer.from('2a864886f70d010101', 'hex')), Buffer.from([5, 0])]));
  return der(0x30, Buffer.concat([der(2, Buffer.from([0])), algorithm, der(4, rsa(random))]));
}

/** RFC 8410 §7. */
function ed25519(random: Random): Buffer {
  const algorithm = der(0x30, Buffer.from('06032b6570', 'hex'));
  return der(0x30, Buffer.concat([der(2, Buffer.from([0])), algorithm, der(4, der(4, random.bytes(32)))]));
}

/** RFC 5915: version 1, the number, the curve P-256, the public point. */
function sec1(random: Random): Buffer {
  const curve = Buffer.from('a00a06082a8648ce3d030107', 'hex');
  const point = der(0xa1, der(3, Buffer.concat([Buffer.from([0, 4]), random.bytes(64)])));
  return der(0x30, Buffer.concat([der(2, Buffer.from([1])), der(4, random.bytes(32)), curve, point]));
}

/** The algorithm identifier of PBES2 without its parameters (RFC 8018 A.4): enough of it for its shape. */
const pbes2 = der(0x30, Buffer.from('06092a864886f70d01050d3000', 'hex'));

function openssh(random: Random, cipher: string): Buffer {
  const text = (value: string | Buffer): Buffer => {
    const bytes = Buffer.from(value as string);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const kdf = cipher === 'none' ? 'none' : 'bcrypt';
  return Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    text(cipher),
    text(kdf),
    text(kdf === 'none' ? '' : random.bytes(24)),
    Buffer.from([0, 0, 0, 1]),
    text(Buffer.concat([text('ssh-ed25519'), text(random.bytes(32))])),
    text(random.bytes(136)),
  ]);
}

function jwt(random: Random, claims: Record<string, unknown>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${head}.${createHmac('sha256', random.bytes(32)).update(head).digest('base64url')}`;
}

function password(random: Random): string {
  return `${random.text(upper, 2)}${random.text(alphanumeric, 9)}7${random.text('!#*+~', 1)}${random.text(lower, 3)}`;
}

/** A PKCS#12 file as far as its outer form goes (RFC 7292 §4), as Latin-1 text. */
function pkcs12(random: Random): string {
  const data = der(
    0x30,
    Buffer.concat([der(6, Buffer.from('2a864886f70d010701', 'hex')), der(0xa0, der(4, random.bytes(400)))]),
  );
  return der(0x30, Buffer.concat([der(2, Buffer.from([3])), data, Buffer.alloc(8)])).toString('latin1');
}

/** A Java key store of one entry: a private key (tag 1) or a trusted certificate (tag 2). */
function keyStore(random: Random, tag: number): string {
  const name = Buffer.from([0, 3, ...Buffer.from('app')]);
  const head = Buffer.concat([
    Buffer.from('feedfeed0000000200000001', 'hex'),
    Buffer.from([0, 0, 0, tag]),
    name,
    Buffer.alloc(8),
  ]);
  const body = random.bytes(200);
  const type = tag === 2 ? Buffer.from([0, 5, ...Buffer.from('X.509')]) : Buffer.alloc(0);
  return Buffer.concat([head, type, Buffer.from([0, 0, 0, body.length]), body]).toString('latin1');
}

/** Credentials that have a structure instead of a prefix. */
export const structures: readonly Shape[] = [
  { name: 'private-key', make: (random) => pem('RSA PRIVATE KEY', rsa(random).toString('base64')) },
  { name: 'private-key', make: (random) => pem('PRIVATE KEY', pkcs8(random).toString('base64')) },
  { name: 'private-key-ed25519', make: (random) => pem('PRIVATE KEY', ed25519(random).toString('base64')) },
  { name: 'private-key-ec', make: (random) => pem('EC PRIVATE KEY', sec1(random).toString('base64')) },
  {
    name: 'private-key-encrypted',
    make: (random) =>
      pem('ENCRYPTED PRIVATE KEY', der(0x30, Buffer.concat([pbes2, der(4, random.bytes(64))])).toString('base64')),
  },
  {
    name: 'private-key-openssh',
    make: (random) => pem('OPENSSH PRIVATE KEY', openssh(random, 'none').toString('base64')),
  },
  {
    name: 'private-key-openssh-locked',
    make: (random) => pem('OPENSSH PRIVATE KEY', openssh(random, 'aes256-ctr').toString('base64')),
  },
  {
    name: 'private-key-line',
    make: (random) => pem('PRIVATE KEY', pkcs8(random).toString('base64')).replaceAll('\n', '\\n'),
  },
  {
    name: 'private-key-base64',
    make: (random) => Buffer.from(`${pem('PRIVATE KEY', pkcs8(random).toString('base64'))}\n`).toString('base64'),
  },
  {
    name: 'private-key-pgp',
    make: (random) =>
      pem(
        'PGP PRIVATE KEY BLOCK',
        Buffer.concat([Buffer.from([0x95, 0x03, 0xbe, 0x04]), random.bytes(900)]).toString('base64'),
      ),
  },
  { name: 'jwt', make: (random) => jwt(random, { sub: random.text(hex, 24), iat: 1700000000, scope: 'orders:write' }) },
  {
    name: 'supabase-service-key',
    make: (random) => jwt(random, { iss: 'supabase', ref: random.text(lower, 20), role: 'service_role' }),
  },
  {
    name: 'supabase-anon-key',
    make: (random) => jwt(random, { iss: 'supabase', ref: random.text(lower, 20), role: 'anon' }),
  },
  {
    name: 'kubernetes-token',
    make: (random) =>
      jwt(random, { iss: 'kubernetes/serviceaccount', sub: `system:serviceaccount:shop:${random.text(lower, 6)}` }),
  },
  { name: 'pkcs12', make: pkcs12 },
  { name: 'java-key-store', make: (random) => keyStore(random, 1) },
  { name: 'java-trust-store', make: (random) => keyStore(random, 2) },
  { name: 'password', make: password },
  { name: 'random-hex', make: (random) => random.text(hex, 40) },
  { name: 'random-token', make: (random) => `${random.text(base64Url, 30)}a7` },
  { name: 'basic-credentials', make: (random) => Buffer.from(`deploy:${password(random)}`).toString('base64') },
];
