/**
 * A certificate authority, its certificate log and a signature log that speak as Sigstore's do (Fulcio v2, RFC 6962, Rekor
 * v1), on a port of this machine: what is signed with them is held against Sigstore's verifier and cosign.
 */
import {
  createHash,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
  X509Certificate,
} from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inclusionProof, leafHash, rootOf } from '../../agent/audit/merkle.ts';

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

/** ASN.1 in DER (X.690), as far as a certificate needs it. */
const der = (tag: number, ...content: (Buffer | string)[]): Buffer => {
  const body = Buffer.concat(content.map((one) => Buffer.from(one as string)));
  const size =
    body.length < 128
      ? [body.length]
      : body.length < 256
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
};
const sequence = (...content: Buffer[]) => der(0x30, ...content);
const octets = (content: Buffer) => der(0x04, content);
const bits = (content: Buffer, unused = 0) => der(0x03, Buffer.from([unused]), content);
const yes = der(0x01, Buffer.from([0xff]));
const oid = (dotted: string) => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = (value: number): number[] => {
    const out = [value & 127];
    for (let left = value >>> 7; left > 0; left >>>= 7) out.unshift((left & 127) | 128);
    return out;
  };
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(bytes)]));
};
const time = (date: Date) =>
  der(
    0x17,
    `${date
      .toISOString()
      .replace(/[-:T]|\.\d+/g, '')
      .slice(2)}`,
  );
const extension = (id: string, critical: boolean, value: Buffer) =>
  sequence(oid(id), ...(critical ? [yes] : []), octets(value));
const uint = (bytes: number, value: number) => {
  const out = Buffer.alloc(8);
  out.writeBigUInt64BE(BigInt(value));
  return out.subarray(8 - bytes);
};

const ecdsaSha256 = sequence(oid('1.2.840.10045.4.3.2'));
const issuerName = sequence(der(0x31, sequence(oid('2.5.4.3'), der(0x0c, 'test authority'))));

interface Certified {
  serial: Buffer;
  key: Buffer;
  extensions: Buffer[];
  from: Date;
  minutes: number;
  subject: Buffer;
}

function toBeSigned({ serial, key, extensions, from, minutes, subject }: Certified): Buffer {
  const validity = sequence(time(from), time(new Date(from.getTime() + minutes * 60_000)));
  const version = der(0xa0, der(0x02, Buffer.from([2])));
  return sequence(
    version,
    der(0x02, serial),
    ecdsaSha256,
    issuerName,
    validity,
    subject,
    key,
    der(0xa3, sequence(...extensions)),
  );
}

export interface Services {
  url: string;
  /** The trusted root, as JSON. */
  root: string;
  /** An identity token; whoever has issued it is believed. */
  token(claims: Record<string, unknown>): string;
  /** What the services say is the time, in milliseconds from now. */
  shift: number;
  /** The authority gives a certificate for another key than the one it was asked for. */
  lies: boolean;
  /** Leaves of the signature log. */
  entries: Buffer[];
  close(): void;
}

export async function sigstoreServices(): Promise<Services> {
  const [authority, certificateLog, log] = [pair(), pair(), pair()];
  const now = () => new Date(Date.now() + services.shift);
  const rootCertificate = makeRoot(authority);
  const answers: Record<string, (body: unknown) => unknown> = {
    '/api/v2/signingCert': (body) =>
      issue(body as never, { authority, certificateLog, now: now(), lies: services.lies }),
    '/api/v1/log/entries': (body) =>
      append(body as never, { log, entries: services.entries, now: now(), host: host() }),
  };
  const server = createServer(async (request, response) => {
    try {
      const value = answers[request.url ?? '']?.(JSON.parse(await bodyOf(request)));
      response.writeHead(value === undefined ? 404 : 201, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    } catch (error) {
      response.writeHead(400).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const validFor = { start: '2020-01-01T00:00:00Z' };
  const instance = ({ publicKey, id }: Pair) => ({
    baseUrl: `http://${host()}`,
    hashAlgorithm: 'SHA2_256',
    publicKey: { rawBytes: publicKey.toString('base64'), keyDetails: 'PKIX_ECDSA_P256_SHA_256', validFor },
    logId: { keyId: id.toString('base64') },
  });
  const services: Services = {
    url: `http://${host()}`,
    root: JSON.stringify({
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      tlogs: [instance(log)],
      ctlogs: [instance(certificateLog)],
      certificateAuthorities: [
        {
          subject: { organization: 'test', commonName: 'test authority' },
          uri: `http://${host()}`,
          certChain: { certificates: [{ rawBytes: rootCertificate.toString('base64') }] },
          validFor,
        },
      ],
      timestampAuthorities: [],
    }),
    token: (claims) =>
      ['{"alg":"none"}', JSON.stringify(claims), 'x'].map((part) => Buffer.from(part).toString('base64url')).join('.'),
    shift: 0,
    lies: false,
    entries: [Buffer.from('somebody'), Buffer.from('somebody else'), Buffer.from('a third')],
    close: () => server.close(),
  };
  return services;
}

interface Pair {
  privateKey: KeyObject;
  /** SubjectPublicKeyInfo. */
  publicKey: Buffer;
  id: Buffer;
}

function pair(): Pair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  return { privateKey, publicKey: spki, id: sha256(spki) };
}

const certificateOf = (tbs: Buffer, { privateKey }: Pair) =>
  sequence(tbs, ecdsaSha256, bits(sign('sha256', tbs, privateKey)));

function makeRoot(authority: Pair): Buffer {
  const extensions = [
    extension('2.5.29.19', true, sequence(yes)),
    extension('2.5.29.15', true, bits(Buffer.from([0b110]), 1)),
    extension('2.5.29.14', false, octets(authority.id.subarray(0, 20))),
  ];
  const from = new Date('2025-01-01T00:00:00Z');
  const about = {
    serial: Buffer.from([1]),
    key: authority.publicKey,
    extensions,
    from,
    minutes: 3_000_000,
    subject: issuerName,
  };
  return certificateOf(toBeSigned(about), authority);
}

/** Fulcio: the key must be the asker's, who the token is about becomes the name. */
function issue(
  asked: {
    credentials: { oidcIdentityToken: string };
    publicKeyRequest: { publicKey: { content: string }; proofOfPossession: string };
  },
  { authority, certificateLog, now, lies }: { authority: Pair; certificateLog: Pair; now: Date; lies: boolean },
): unknown {
  const [, payload = ''] = asked.credentials.oidcIdentityToken.split('.');
  const { email, email_verified: verified, sub, iss } = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const name: string = email && verified ? email : sub;
  const { publicKey, proofOfPossession: proof } = asked.publicKeyRequest;
  if (!verify('sha256', Buffer.from(name), publicKey.content, Buffer.from(proof, 'base64')))
    throw new Error('not your key');
  const key = lies ? pair().publicKey : Buffer.from(publicKey.content.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  const extensions = [
    extension('2.5.29.15', true, bits(Buffer.from([0x80]), 7)),
    extension('2.5.29.37', false, sequence(oid('1.3.6.1.5.5.7.3.3'))),
    extension('2.5.29.14', false, octets(sha256(key).subarray(0, 20))),
    extension('2.5.29.35', false, sequence(der(0x80, authority.id.subarray(0, 20)))),
    extension('2.5.29.17', true, sequence(der(name.includes('://') ? 0x86 : 0x81, name))),
    extension('1.3.6.1.4.1.57264.1.1', false, Buffer.from(iss)),
    extension('1.3.6.1.4.1.57264.1.8', false, der(0x0c, iss)),
  ];
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(7)]);
  const about = { serial, key, extensions, from: now, minutes: 10, subject: sequence() };
  const before = toBeSigned(about);
  // RFC 6962 §3.2: the log signs the certificate as it was before the log's own word was put into it.
  const stamp = uint(8, now.getTime());
  const size = uint(3, before.length);
  const signed = Buffer.concat([Buffer.from([0, 0]), stamp, uint(2, 1), authority.id, size, before, uint(2, 0)]);
  const signature = sign('sha256', signed, certificateLog.privateKey);
  const sct = Buffer.concat([
    Buffer.from([0]),
    certificateLog.id,
    stamp,
    uint(2, 0),
    Buffer.from([4, 3]),
    uint(2, signature.length),
    signature,
  ]);
  const list = Buffer.concat([uint(2, sct.length + 2), uint(2, sct.length), sct]);
  const last = extension('1.3.6.1.4.1.11129.2.4.2', false, octets(list));
  const whole = toBeSigned({ ...about, extensions: [...extensions, last] });
  const pem = new X509Certificate(certificateOf(whole, authority)).toString();
  return { signedCertificateEmbeddedSct: { chain: { certificates: [pem] } } };
}

/** Rekor: the signature must fit; hashes of the envelope become a leaf. */
function append(
  asked: { spec: { proposedContent: { envelope: string; verifiers: string[] } } },
  { log, entries, now, host }: { log: Pair; entries: Buffer[]; now: Date; host: string },
): unknown {
  const { envelope: text, verifiers } = asked.spec.proposedContent;
  const envelope = JSON.parse(text) as { payload: string; payloadType: string; signatures: { sig: string }[] };
  const payload = Buffer.from(envelope.payload, 'base64');
  const { sig = '' } = envelope.signatures[0] ?? {};
  const verifier = verifiers[0] as string;
  const bytes = Buffer.concat([
    Buffer.from(`DSSEv1 ${envelope.payloadType.length} ${envelope.payloadType} ${payload.length} `),
    payload,
  ]);
  const { publicKey } = new X509Certificate(Buffer.from(verifier, 'base64'));
  if (!verify('sha256', bytes, publicKey, Buffer.from(sig, 'base64'))) throw new Error('the signature does not fit');
  const hash = (one: Buffer) => ({ algorithm: 'sha256', value: sha256(one).toString('hex') });
  const spec = {
    envelopeHash: hash(Buffer.from(text)),
    payloadHash: hash(payload),
    signatures: [{ signature: sig, verifier }],
  };
  const body = Buffer.from(JSON.stringify({ apiVersion: '0.0.1', kind: 'dsse', spec }));
  const index = entries.push(body) - 1;
  const leaves = entries.map((entry) => leafHash(entry));
  const root = rootOf(leaves);
  const seconds = Math.floor(now.getTime() / 1000);
  const logID = log.id.toString('hex');
  const promise = JSON.stringify({ body: body.toString('base64'), integratedTime: seconds, logID, logIndex: index });
  const note = `${host} - 1234\n${leaves.length}\n${root.toString('base64')}\n`;
  const hint = Buffer.concat([log.id.subarray(0, 4), sign('sha256', Buffer.from(note), log.privateKey)]);
  const proof = {
    checkpoint: `${note}\n— ${host} ${hint.toString('base64')}\n`,
    hashes: inclusionProof(leaves, index).map((one) => one.toString('hex')),
    logIndex: index,
    rootHash: root.toString('hex'),
    treeSize: leaves.length,
  };
  const signedEntryTimestamp = sign('sha256', Buffer.from(promise), log.privateKey).toString('base64');
  const verification = { inclusionProof: proof, signedEntryTimestamp };
  const entry = { body: body.toString('base64'), integratedTime: seconds, logID, logIndex: index, verification };
  return { [randomBytes(32).toString('hex')]: entry };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
