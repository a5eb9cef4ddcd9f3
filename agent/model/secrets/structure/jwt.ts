import { decodeBase64, entropy, jwtHeader, parseJson } from '../checks.ts';
import { isPlaceholder } from '../generic/negatives.ts';
import { describe } from '../match.ts';
import type { Scan } from '../types.ts';

const token = /eyJ[A-Za-z0-9_-]{8,2000}\.eyJ[A-Za-z0-9_-]{6,8000}\.[A-Za-z0-9_-]{16,1500}/y;

/** A signed JSON Web Token (RFC 7519) whose header parses. `start` is the offset of `eyJ`. */
export function findJwt(scan: Scan, start: number, test: boolean): void {
  const { text } = scan;
  // Also `_` and `-`: inside a longer base64url text every further `eyJ` would be tried again.
  if (
    start > 0 &&
    /[\w-]/.test(text[start - 1] as string) &&
    !/(?:\\[nrt]|%[0-9A-F]{2}|[A-Za-z]_)$/i.test(text.slice(Math.max(0, start - 3), start))
  ) {
    return;
  }
  token.lastIndex = start;
  const value = token.exec(text)?.[0];
  if (value === undefined) {
    findEncrypted(scan, start, test);
    return;
  }
  const header = jwtHeader(value);
  if (!header) return;
  const end = start + value.length;
  const claims = value.split('.')[1] as string;
  const payload = parseJson(decodeBase64(claims));
  // Claims that do not parse were cut, compressed or made up: still nothing that anybody writes by hand.
  const broken = payload === undefined && claims.length >= 40 && entropy(claims) > 4.2 && !isPlaceholder(value);
  if (!broken && isSample(payload)) {
    scan.rejected.push([start, end]);
    return;
  }
  const kind = classify(payload);
  // Tests and documentation are full of tokens that were signed for them.
  const invented = test && kind.rule === 'jwt';
  scan.hits.push({
    rule: kind.rule,
    range: [start, end],
    message: describe(`${kind.title}, header valid`, value.length, kind.severity === 'info'),
    severity: invented ? 'low' : kind.severity,
    confidence: invented ? 'low' : kind.confidence,
    identity: value,
    // Where a vendor's shape fits, that says more.
    by: broken ? 'vendor' : 'structure',
  });
}

type Kind = {
  rule: string;
  title: string;
  severity: 'critical' | 'high' | 'medium' | 'info';
  confidence: 'high' | 'medium';
};

function classify(payload: unknown): Kind {
  const claims = (typeof payload === 'object' && payload !== null ? payload : {}) as Record<string, unknown>;
  if (claims['iss'] === 'supabase' || (claims['role'] === 'service_role' && 'ref' in claims)) {
    return claims['role'] === 'service_role'
      ? { rule: 'supabase-secret-key', title: 'Supabase service role key', severity: 'critical', confidence: 'high' }
      : { rule: 'publishable-key', title: 'Supabase anonymous key', severity: 'info', confidence: 'high' };
  }
  if (typeof claims['iss'] === 'string' && claims['iss'].startsWith('kubernetes/serviceaccount')) {
    return {
      rule: 'kubernetes-token',
      title: 'Kubernetes service account token',
      severity: 'critical',
      confidence: 'high',
    };
  }
  return { rule: 'jwt', title: 'JSON Web Token', severity: 'medium', confidence: 'medium' };
}

/** The payload that documentation and debuggers show. */
function isSample(payload: unknown): boolean {
  if (typeof payload !== 'object' || payload === null) return true;
  const text = JSON.stringify(payload);
  // Real tokens say who issued them, for whom or until when (RFC 7519 §4.1); samples say `{"some":"payload"}`.
  if (text.length < 48 && !/"(?:iss|sub|aud|exp|nbf|iat|jti)":/.test(text)) return true;
  return text === '{}' || /"1234567890"|John Doe|"sub":"(?:test|user|subject)"|example\.(?:com|org)/i.test(text);
}

const sealed = /eyJ[\w-]{16,2000}\.[\w-]{0,1400}\.[\w-]{16,24}\.[\w-]{4,8000}\.[\w-]{22,43}(?![\w.-])/y;

/** An encrypted token (RFC 7516 §3.1: five parts, and `enc` in the header): who sends it is let in, although nobody can read it. */
function findEncrypted(scan: Scan, start: number, test: boolean): void {
  sealed.lastIndex = start;
  const value = sealed.exec(scan.text)?.[0];
  if (value === undefined) return;
  const header = parseJson(decodeBase64(value.slice(0, value.indexOf('.'))));
  if (typeof header !== 'object' || header === null || !('enc' in header) || !('alg' in header)) return;
  scan.hits.push({
    rule: 'jwt',
    range: [start, start + value.length],
    message: describe('Encrypted JSON Web Token, header valid', value.length),
    severity: test ? 'low' : 'medium',
    confidence: test ? 'low' : 'medium',
    identity: value,
    by: 'structure',
  });
}
