/**
 * Sigstore bundles (v0.3, `application/vnd.dev.sigstore.bundle.v0.3+json`) around our envelopes: one file format that
 * cosign, policy controllers and registries read. Loaded only where a bundle is met, with Sigstore's own packages.
 * Nothing is sent or fetched here: whom to trust is what the CI job says.
 */
import type { KeyObject } from 'node:crypto';
import { type Bundle, bundleFromJSON, bundleToJSON, toDSSEBundle } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import {
  type SignedEntity,
  type Signer,
  type TrustMaterial,
  toSignedEntity,
  toTrustMaterial,
  Verifier,
} from '@sigstore/verify';
import { GitFailure } from '../git/failure.ts';
import { matchesList } from '../sign/allowed-signers.ts';
import { keyIdOf, lineOf } from './dsse.ts';
import type { Envelope } from './types.ts';
import type { Received } from './verify.ts';

/** A file beyond this, or with more bundles, is not read. */
const mostBytes = 64 * 1024 * 1024;
const mostBundles = 1000;

/** Whom the CI job believes. */
export interface BundleTrust {
  /** Keys whose signature counts. */
  keys: readonly KeyObject[];
  certificates?: CertificateTrust;
}

/** Certificates of some minutes (keyless): who issues and logs them, and whose count. */
export interface CertificateTrust {
  /** Sigstore's trusted root (`application/vnd.dev.sigstore.trustedroot+json`), parsed. */
  root: TrustMaterial;
  /** URL of who has proved the identity to the certificate authority. */
  issuer: string;
  /** Patterns of addresses and URIs, as in an allowed-signers file. */
  identities: readonly string[];
}

/** Reads a trusted root; throws `SyntaxError` when it is none, or names nobody who issues certificates. */
export function readTrustedRoot(text: string): TrustMaterial {
  let root: TrustMaterial;
  try {
    root = toTrustMaterial(TrustedRoot.fromJSON(JSON.parse(text)));
  } catch {
    throw new SyntaxError('no trusted root');
  }
  const { certificateAuthorities: issuers, tlogs, ctlogs } = root;
  if (issuers.length === 0 || tlogs.length === 0 || ctlogs.length === 0) throw new SyntaxError('it trusts nobody');
  return root;
}

/** The bundle of one envelope as a line of JSON; a file of several is JSON Lines. */
export function bundleLine(envelope: Envelope): string {
  if (envelope.bundle) return lineOf(envelope);
  return JSON.stringify(bundleToJSON(bundleOf(envelope)));
}

/** A bundle around an envelope: with the certificate of its key, or with the key's name alone. */
export function bundleOf({ payload, payloadType, signatures }: Envelope, certificate?: Buffer): Bundle {
  const { sig = '', keyid = '' } = signatures[0] ?? {};
  return toDSSEBundle({
    artifact: Buffer.from(payload, 'base64'),
    artifactType: payloadType,
    signature: Buffer.from(sig, 'base64'),
    ...(certificate ? { certificate } : { keyHint: keyid }),
  });
}

/**
 * Reads a bundle, or one for each line, and verifies those whose key or certificate `trust` names. SSH signatures are left
 * to who knows the signers. Throws `GitFailure` when something in it is no bundle: a file that CI was given must be whole.
 */
export function readBundles(text: string, trust: BundleTrust): Received[] {
  const lines = isOne(text) ? [text] : text.split('\n').filter((line) => line.trim() !== '');
  if (text.length > mostBytes || lines.length > mostBundles) throw unreadable('it is too large');
  return lines.map((line, index) => {
    const received = openBundle(parsed(line), trust);
    if (received === undefined) throw unreadable(`number ${index + 1} in it is no Sigstore bundle with a statement`);
    return received;
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isOne(text: string): boolean {
  return parsed(text) !== undefined;
}

/** Verifies one bundle; undefined when it is none, or not about a statement. */
export function openBundle(value: unknown, trust: BundleTrust): Received | undefined {
  let bundle: Bundle;
  try {
    bundle = bundleFromJSON(value);
  } catch {
    return undefined;
  }
  if (bundle.content.$case !== 'dsseEnvelope') return undefined;
  const { dsseEnvelope } = bundle.content;
  const envelope: Envelope = {
    payloadType: dsseEnvelope.payloadType,
    payload: Buffer.from(dsseEnvelope.payload).toString('base64'),
    signatures: dsseEnvelope.signatures.map(({ sig, keyid }) => ({ keyid, sig: Buffer.from(sig).toString('base64') })),
  };
  if (bundle.verificationMaterial.content.$case !== 'publicKey') return { envelope, ...certified(bundle, trust) };
  const key = trust.keys.find((one) => isSignedBy(bundle, one));
  return key ? { envelope, by: { name: `the key ${keyIdOf(key)}` } } : { envelope };
}

/**
 * Whether the certificate was issued by whom the job trusts, was logged where it must be, was valid when the signature was
 * logged (inclusion proof, signed time), and is of an identity that the job names.
 */
function certified(bundle: Bundle, { certificates }: BundleTrust): Pick<Received, 'by' | 'wrong'> {
  if (!certificates) return { wrong: 'it is signed with a certificate, and no --trusted-root says whose count' };
  const { root, issuer, identities } = certificates;
  let signer: Signer;
  let entity: SignedEntity;
  try {
    entity = toSignedEntity(bundle);
    signer = new Verifier(root).verify(entity);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    return { wrong: `its certificate or its place in the log does not hold (${why.slice(0, 120)})` };
  }
  const name = signer.identity?.subjectAlternativeName ?? '';
  const by = signer.identity?.extensions?.issuer;
  if (by !== issuer) return { wrong: `${by ?? 'nobody'} has vouched for ${name}, and not ${issuer}` };
  if (name === '' || !matchesList(identities, name)) return { wrong: `${name || 'nobody'} is not who may state here` };
  const email = isUri.test(name) ? {} : { email: name };
  return { by: { name, ...email, loggedAt: Math.min(...entity.timestamps.flatMap(timeIn)) } };
}

/** A certificate of a workflow names a URI, one of a person an address. */
const isUri = /^[a-z][a-z0-9+.-]*:/i;

/** A time that the verifier has checked: a log's is signed only where it has made a promise. */
function timeIn(timestamp: SignedEntity['timestamps'][number]): number[] {
  if (timestamp.$case === 'timestamp-authority') return [timestamp.timestamp.signingTime.getTime()];
  const { inclusionPromise, integratedTime } = timestamp.tlogEntry;
  return inclusionPromise ? [Number(integratedTime) * 1000] : [];
}

function isSignedBy(bundle: Bundle, publicKey: KeyObject): boolean {
  const trust = {
    certificateAuthorities: [],
    timestampAuthorities: [],
    tlogs: [],
    ctlogs: [],
    publicKey: () => ({ publicKey, validFor: () => true }),
  };
  try {
    // The key is named by the job itself, so no log and no timestamp has to vouch for it.
    new Verifier(trust, { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 }).verify(toSignedEntity(bundle));
    return true;
  } catch {
    return false;
  }
}

function unreadable(why: string): GitFailure {
  return new GitFailure({
    code: 'bundle-unreadable',
    message: `The Sigstore bundle cannot be read: ${why}. Nothing was verified.`,
    fatal: true,
  });
}
