/**
 * Signs without a key of one's own (Sigstore, keyless): a certificate authority (Fulcio) vouches for some minutes that a
 * key is of whoever an OpenID Connect token names, and a public log (Rekor) keeps that it has signed then. Loaded, and the
 * network used, only when a person or a CI job asks for it by name.
 */
import { generateKeyPairSync, type KeyObject, sign as signBytes, X509Certificate } from 'node:crypto';
import { type Bundle, bundleToJSON } from '@sigstore/bundle';
import { GitFailure } from '../git/failure.ts';
import type { Signer } from './dsse.ts';
import { bundleOf } from './sigstore.ts';
import type { Envelope } from './types.ts';

export interface KeylessServices {
  fulcio: string;
  rekor: string;
}

/** Milliseconds for one answer. */
const patience = 30_000;
/** Bytes of an answer beyond which it is not read. */
const mostBytes = 1 << 20;

/**
 * A signer with a certificate for this run's identity. `onLogged` is told the place of each signature in the log. Throws
 * `GitFailure` when there is no identity, or when a service does not give what it should.
 */
export async function keylessSigner(
  services: KeylessServices,
  env: NodeJS.ProcessEnv,
  onLogged: (index: string) => void = () => {},
): Promise<Signer> {
  const token = await identityToken(env);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificate = await certificateFor(services.fulcio, token, privateKey, publicKey);
  return async (bytes) => {
    const sig = signBytes('sha256', bytes, privateKey);
    const seal = async (envelope: Envelope): Promise<Envelope> => {
      const entry = await logged(services.rekor, envelope, certificate);
      const bundle = bundleOf(envelope, certificate.raw);
      bundle.verificationMaterial.tlogEntries.push(entry);
      onLogged(entry.logIndex);
      return { ...envelope, bundle: bundleToJSON(bundle) as unknown as Record<string, unknown> };
    };
    return { keyid: '', sig, seal };
  };
}

/** The token of a CI job: `SIGSTORE_ID_TOKEN` (GitLab and others), or what GitHub's runner gives on request. */
async function identityToken(env: NodeJS.ProcessEnv): Promise<string> {
  const given = env['SIGSTORE_ID_TOKEN'];
  if (given) return given;
  const address = env['ACTIONS_ID_TOKEN_REQUEST_URL'];
  const secret = env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
  if (!address || !secret) {
    throw failure(
      'there is no identity to sign with: set SIGSTORE_ID_TOKEN (GitLab: id_tokens), or give the job id-token: write',
    );
  }
  const url = new URL(address);
  url.searchParams.set('audience', 'sigstore');
  const answer = (await ask('the runner', url, { headers: { authorization: `Bearer ${secret}` } })) as {
    value?: unknown;
  };
  if (typeof answer.value !== 'string') throw failure('the runner gave no identity token');
  return answer.value;
}

/** Fulcio, `POST /api/v2/signingCert`: the proof is a signature over who the token is about. */
async function certificateFor(
  fulcio: string,
  token: string,
  privateKey: KeyObject,
  publicKey: KeyObject,
): Promise<X509Certificate> {
  const proof = signBytes('sha256', Buffer.from(subjectOf(token)), privateKey).toString('base64');
  const content = publicKey.export({ format: 'pem', type: 'spki' });
  const answer = (await post('the certificate authority', fulcio, '/api/v2/signingCert', {
    credentials: { oidcIdentityToken: token },
    publicKeyRequest: { publicKey: { algorithm: 'ECDSA', content }, proofOfPossession: proof },
  })) as { signedCertificateEmbeddedSct?: { chain?: { certificates?: unknown[] } } };
  const [pem] = answer.signedCertificateEmbeddedSct?.chain?.certificates ?? [];
  try {
    const certificate = new X509Certificate(String(pem));
    if (certificate.checkPrivateKey(privateKey)) return certificate;
  } catch {
    // Said below: no certificate and one of another key need the same remedy.
  }
  throw failure('the certificate authority gave no logged certificate for this key');
}

/** Fulcio takes the address where the token proves one, and else the subject. */
function subjectOf(token: string): string {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as {
      [claim: string]: unknown;
    };
    const { email, email_verified: verified, sub } = claims;
    const subject = typeof email === 'string' && verified === true ? email : sub;
    if (typeof subject === 'string' && subject !== '') return subject;
  } catch {
    // Said below.
  }
  throw failure('the identity token cannot be read');
}

type LogEntry = Bundle['verificationMaterial']['tlogEntries'][number];

interface RekorEntry {
  body: string;
  integratedTime: number;
  logID: string;
  logIndex: number;
  verification: {
    inclusionProof: { checkpoint: string; hashes: string[]; logIndex: number; rootHash: string; treeSize: number };
    signedEntryTimestamp: string;
  };
}

/** Rekor, `POST /api/v1/log/entries`, kind `dsse`: hashes, signature and certificate get into the log, no statement. */
async function logged(rekor: string, envelope: Envelope, certificate: X509Certificate): Promise<LogEntry> {
  const { payload, payloadType, signatures } = envelope;
  const plain = { payload, payloadType, signatures: signatures.map(({ sig }) => ({ sig })) };
  const verifiers = [Buffer.from(certificate.toString()).toString('base64')];
  const proposedContent = { envelope: JSON.stringify(plain), verifiers };
  const proposal = { apiVersion: '0.0.1', kind: 'dsse', spec: { proposedContent } };
  const answer = (await post('the log', rekor, '/api/v1/log/entries', proposal)) as Record<string, RekorEntry>;
  const [entry] = Object.values(answer);
  try {
    const { body, integratedTime, logID, logIndex, verification } = entry as RekorEntry;
    const { inclusionProof: proof, signedEntryTimestamp: promise } = verification;
    const canonicalizedBody = Buffer.from(body, 'base64');
    const kind = JSON.parse(canonicalizedBody.toString('utf8')) as { kind: string; apiVersion: string };
    return {
      logIndex: String(logIndex),
      logId: { keyId: Buffer.from(logID, 'hex') },
      kindVersion: { kind: kind.kind, version: kind.apiVersion },
      integratedTime: String(integratedTime),
      inclusionPromise: { signedEntryTimestamp: Buffer.from(promise, 'base64') },
      inclusionProof: {
        logIndex: String(proof.logIndex),
        rootHash: Buffer.from(proof.rootHash, 'hex'),
        treeSize: String(proof.treeSize),
        hashes: proof.hashes.map((hash) => Buffer.from(hash, 'hex')),
        checkpoint: { envelope: proof.checkpoint },
      },
      canonicalizedBody,
    };
  } catch {
    throw failure('the log gave no entry with an inclusion proof');
  }
}

function post(who: string, base: string, path: string, value: unknown): Promise<unknown> {
  const url = new URL(path, base);
  // A token in the clear would be anybody's.
  if (url.protocol !== 'https:' && !/^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname))
    throw failure(`${who} must be asked by https`);
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  return ask(who, url, { method: 'POST', headers, body: JSON.stringify(value) });
}

async function ask(who: string, url: URL, request: RequestInit): Promise<unknown> {
  let why: string;
  try {
    const answer = await fetch(url, { ...request, redirect: 'error', signal: AbortSignal.timeout(patience) });
    const text = await answer.text();
    if (answer.ok && text.length <= mostBytes) return JSON.parse(text) as unknown;
    why = answer.ok ? 'its answer cannot be read' : `it answered ${answer.status}`;
  } catch (error) {
    why = error instanceof Error ? ((error.cause as NodeJS.ErrnoException)?.code ?? error.name) : 'error';
  }
  throw failure(`${who} (${url.host}) did not help: ${why}`);
}

function failure(why: string): GitFailure {
  return new GitFailure({ code: 'statement-unsigned', message: `The statement was not signed: ${why}.`, fatal: true });
}
