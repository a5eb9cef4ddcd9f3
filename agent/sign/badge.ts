import type { SignatureInfo } from '../gate/types.ts';

/** What is known of an account at the forge, from saved answers of its API. A list that is absent is unknown. */
export interface ForgeAccount {
  /** Fingerprints (`SHA256:…`) of SSH keys that may sign, and ids of OpenPGP keys. */
  keys?: ReadonlySet<string>;
  /** Verified addresses, lower-case. */
  emails?: ReadonlySet<string>;
}

export interface Badge {
  /** Undefined where the forge shows none. */
  shown: 'Verified' | 'Unverified' | undefined;
  /** False when it rests on something that is not known here. */
  certain: boolean;
  /** One clause: `because …`. */
  because: string;
}

/**
 * Predicts what a forge shows beside a commit (GitHub: About commit signature verification; GitLab: Signed commits): the
 * signature must fit, the key must be registered with an account as a signing key, and the committer's address must be a
 * verified one of it. Vigilant mode shows Unverified where otherwise nothing is shown; it is not known here.
 */
export function badgeOf(signature: SignatureInfo, committer: string, account: ForgeAccount): Badge {
  if (!signature.present) return { shown: undefined, certain: true, because: 'it is not signed' };
  if (signature.status === 'bad') return { shown: 'Unverified', certain: true, because: 'the signature does not fit' };
  if (account.emails && !account.emails.has(committer.toLowerCase())) {
    return { shown: 'Unverified', certain: true, because: `${committer} is no verified address of the account` };
  }
  // A certificate is registered nowhere: who has issued it counts.
  if (signature.format === 'x509') {
    const trusted = 'if it trusts who issued the certificate (GitHub does not trust Sigstore’s)';
    const because = account.emails ? trusted : `${trusted} and ${committer} is verified there`;
    return { shown: 'Verified', certain: false, because };
  }
  const key = signature.key ?? 'its key';
  if (account.keys && signature.key !== undefined && !hasKey(account.keys, signature.key)) {
    return { shown: 'Unverified', certain: true, because: `${key} is not registered there as a signing key` };
  }
  const missing = [
    account.keys ? undefined : `${key} is registered there as a signing key`,
    account.emails ? undefined : `${committer} is verified there`,
  ].filter((one) => one !== undefined);
  if (missing.length > 0) return { shown: 'Verified', certain: false, because: `if ${missing.join(' and ')}` };
  return { shown: 'Verified', certain: true, because: `${key} and ${committer} are known there` };
}

/** OpenPGP keys are listed by id, which is the end of the fingerprint that git reports. */
function hasKey(keys: ReadonlySet<string>, key: string): boolean {
  if (keys.has(key)) return true;
  return !key.startsWith('SHA256:') && [...keys].some((one) => key.toUpperCase().endsWith(one.toUpperCase()));
}
