import type { BundleConfig } from '../config.ts';
import { fingerprintOf, SignatureError, type Verification, type VerificationKey } from '../policy/bundle/signature.ts';
import { BundleError } from './limits.ts';
import { type KeyConfig, readSecret, readUserConfig, type UserConfig } from './user-config.ts';

/**
 * What a bundle must be signed with. `policy.key` is a public key written out (PEM), the fingerprint of one of the user's
 * own keys (`SHA256:…`, of the SPKI form), or the name of one. Secrets never come from a repository. Throws `BundleError`.
 */
export function verificationOf(config: BundleConfig, env: NodeJS.ProcessEnv): Verification | undefined {
  if (config.key === undefined) return undefined;
  const key = keyOf(config.key.trim(), env);
  return { key, now: Date.now(), ...(config.scope === undefined ? {} : { scope: config.scope }) };
}

function keyOf(named: string, env: NodeJS.ProcessEnv): VerificationKey {
  if (named.startsWith('-----BEGIN ')) return { text: named };
  const user = readUserConfig(env);
  if (named.startsWith('SHA256:')) return byFingerprint(named.replace(/=+$/, ''), user, env);
  const own = Object.hasOwn(user.keys, named) ? user.keys[named] : undefined;
  if (!own) {
    throw new BundleError(
      `policy.key names ${JSON.stringify(named.slice(0, 60))}, and your configuration has no such key (docs/bundles.md)`,
      'bundle-key',
    );
  }
  return read(named, own, env);
}

function byFingerprint(fingerprint: string, user: UserConfig, env: NodeJS.ProcessEnv): VerificationKey {
  for (const [name, own] of Object.entries(user.keys)) {
    if (own.algorithm?.startsWith('HS')) continue;
    try {
      const key = read(name, own, env);
      if (fingerprintOf(key) === fingerprint) return key;
    } catch (error) {
      // Another key may still fit; that none does is said below.
      if (!(error instanceof BundleError || error instanceof SignatureError)) throw error;
    }
  }
  throw new BundleError(
    `policy.key asks for the key ${fingerprint}, and your configuration has none with it`,
    'bundle-key',
  );
}

function read(name: string, own: KeyConfig, env: NodeJS.ProcessEnv): VerificationKey {
  const text = own.text ?? readSecret(own, `the key ${name}`, env);
  const { algorithm, id } = own;
  return { text, ...(algorithm === undefined ? {} : { algorithm }), ...(id === undefined ? {} : { id }) };
}
