/**
 * Sigstore bundles (v0.3, `application/vnd.dev.sigstore.bundle.v0.3+json`) around our envelopes: one file format that
 * cosign, policy controllers and registries read. Loaded only where a bundle is asked for, with Sigstore's own packages.
 * Nothing is sent anywhere: there is no certificate and no transparency log in them, the key is the one that signed.
 */
import type { KeyObject } from 'node:crypto';
import { bundleFromJSON, bundleToJSON, toDSSEBundle } from '@sigstore/bundle';
import { toSignedEntity, Verifier } from '@sigstore/verify';
import { GitFailure } from '../git/failure.ts';
import { keyIdOf } from './dsse.ts';
import type { Envelope } from './types.ts';
import type { Received } from './verify.ts';

/** A file beyond this, or with more bundles, is not read. */
const mostBytes = 64 * 1024 * 1024;
const mostBundles = 1000;

/** The bundle of one envelope as a line of JSON; a file of several is JSON Lines. */
export function bundleLine({ payload, payloadType, signatures }: Envelope): string {
  const { sig = '', keyid = '' } = signatures[0] ?? {};
  const bundle = toDSSEBundle({
    artifact: Buffer.from(payload, 'base64'),
    artifactType: payloadType,
    signature: Buffer.from(sig, 'base64'),
    keyHint: keyid,
  });
  return JSON.stringify(bundleToJSON(bundle));
}

/**
 * Reads a bundle, or one for each line, and verifies those that one of `keys` has signed. SSH signatures are left to who
 * knows the signers. Throws `GitFailure` when something in it is no bundle: a file that CI was given must be whole.
 */
export function readBundles(text: string, keys: readonly KeyObject[]): Received[] {
  const lines = isOne(text) ? [text] : text.split('\n').filter((line) => line.trim() !== '');
  if (text.length > mostBytes || lines.length > mostBundles) throw unreadable('it is too large');
  return lines.map((line, index) => readBundle(line, keys, index + 1));
}

function isOne(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function readBundle(line: string, keys: readonly KeyObject[], number: number): Received {
  let bundle: ReturnType<typeof bundleFromJSON>;
  try {
    bundle = bundleFromJSON(JSON.parse(line));
  } catch {
    throw unreadable(`number ${number} in it is no Sigstore bundle`);
  }
  if (bundle.content.$case !== 'dsseEnvelope') throw unreadable(`number ${number} in it holds no statement`);
  if (bundle.verificationMaterial.content.$case !== 'publicKey') {
    throw unreadable(
      `number ${number} in it is signed with a certificate, which is not verified here: cosign does that`,
    );
  }
  const { dsseEnvelope } = bundle.content;
  const envelope: Envelope = {
    payloadType: dsseEnvelope.payloadType,
    payload: Buffer.from(dsseEnvelope.payload).toString('base64'),
    signatures: dsseEnvelope.signatures.map(({ sig, keyid }) => ({ keyid, sig: Buffer.from(sig).toString('base64') })),
  };
  const key = keys.find((one) => isSignedBy(bundle, one));
  return key ? { envelope, byKey: keyIdOf(key) } : { envelope };
}

function isSignedBy(bundle: ReturnType<typeof bundleFromJSON>, publicKey: KeyObject): boolean {
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
