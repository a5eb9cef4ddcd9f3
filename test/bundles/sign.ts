/** Signs bundles as OPA's documentation says, with no code of the product. */
import { constants, createHash, createHmac, type KeyObject, sign } from 'node:crypto';

export type Files = Record<string, string>;

export interface SignOptions {
  alg: string;
  key: KeyObject | string;
  scope?: string;
  kid?: string;
  header?: Record<string, unknown>;
  /** Further claims of the token. */
  claims?: Record<string, unknown>;
  hash?: 'SHA-256' | 'SHA-512';
  /** Entries of `files` as they are signed, changed by a test. */
  change?: (entries: FileEntry[]) => FileEntry[];
}

export interface FileEntry {
  name: string;
  hash: string;
  algorithm: string;
}

/** `.signatures.json` for the files of a bundle. */
export function signatureOf(files: Files, options: SignOptions): string {
  const algorithm = options.hash ?? 'SHA-256';
  const entries = Object.entries(files).map(([name, text]): FileEntry => {
    const content = /(^|\/)(data\.json|\.manifest)$/.test(name) ? sorted(JSON.parse(text)) : text;
    return {
      name,
      hash: createHash(algorithm.toLowerCase().replace('-', '')).update(content).digest('hex'),
      algorithm,
    };
  });
  const header = { alg: options.alg, ...(options.kid ? { kid: options.kid } : {}), ...options.header };
  const payload = {
    files: options.change ? options.change(entries) : entries,
    ...(options.scope === undefined ? {} : { scope: options.scope }),
    ...options.claims,
  };
  const input = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const token = `${input}.${tokenSignature(input, options).toString('base64url')}`;
  return JSON.stringify({ signatures: [token] });
}

function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, inner]) => `${JSON.stringify(key)}:${sorted(inner)}`).join(',')}}`;
}

function tokenSignature(input: string, { alg, key }: SignOptions): Buffer {
  const data = Buffer.from(input);
  const hash = `sha${alg.slice(2)}`;
  if (alg === 'none') return Buffer.alloc(0);
  if (typeof key === 'string') return createHmac(hash, key).update(data).digest();
  if (alg === 'EdDSA') return sign(null, data, key);
  if (alg.startsWith('ES')) return sign(hash, data, { key, dsaEncoding: 'ieee-p1363' });
  if (alg.startsWith('RS')) return sign(hash, data, key);
  const saltLength = constants.RSA_PSS_SALTLEN_DIGEST;
  return sign(hash, data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });
}
