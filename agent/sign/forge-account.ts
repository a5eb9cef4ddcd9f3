import type { ForgeAccount } from './badge.ts';
import { publicKeyOf } from './discover.ts';

/**
 * Reads saved answers of a forge's API, in any order: SSH signing keys (GitHub `GET /user/ssh_signing_keys`, GitLab
 * `GET /user/keys`), OpenPGP keys (`GET /user/gpg_keys`) and addresses (GitHub `GET /user/emails`, GitLab
 * `GET /user/emails`). Throws `SyntaxError` for what is no list of these.
 */
export function readForgeAccount(texts: readonly string[]): ForgeAccount {
  const keys = new Set<string>();
  const emails = new Set<string>();
  let knowsKeys = false;
  let knowsEmails = false;
  for (const text of texts) {
    const list: unknown = JSON.parse(text);
    if (!Array.isArray(list)) throw new SyntaxError('not a list');
    for (const item of list as Record<string, unknown>[]) {
      const { key, key_id: id, email } = item;
      // GitLab lists keys for authentication too; its `usage_type` says what each may do.
      const signs = item['usage_type'] === undefined || /signing/.test(String(item['usage_type']));
      if (typeof key === 'string' && signs) {
        const read = publicKeyOf(key);
        if (read) keys.add(read.fingerprint);
      }
      if (typeof id === 'string') keys.add(id);
      for (const one of emailsOf(item)) emails.add(one);
      knowsKeys ||= typeof key === 'string' || typeof id === 'string';
      knowsEmails ||= typeof email === 'string';
    }
  }
  return { ...(knowsKeys ? { keys } : {}), ...(knowsEmails ? { emails } : {}) };
}

/** GitHub says `verified`, GitLab `confirmed_at`. */
function emailsOf({ email, verified, confirmed_at: confirmed }: Record<string, unknown>): string[] {
  const good = verified === true || (verified === undefined && typeof confirmed === 'string');
  return typeof email === 'string' && good ? [email.toLowerCase()] : [];
}
