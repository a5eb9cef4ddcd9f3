import { decodeBase64 } from '../checks.ts';
import { isPlaceholder } from '../generic/negatives.ts';
import { describe } from '../match.ts';
import type { Scan } from '../types.ts';

interface Format {
  name: RegExp;
  what: string;
  /** Global, multi-line, bounded; group 1 is the secret. */
  pattern: RegExp;
  /** The value is base64 of `user:password`. */
  base64?: true;
}

/** Files whose whole purpose is to hold credentials: the shape of a line is enough. */
const formats: readonly Format[] = [
  {
    name: /^\.?npmrc$|^\.yarnrc$/,
    what: 'Registry token in .npmrc',
    pattern: /^[^\n#;]{0,200}_authToken["']?\s{0,3}[= ]\s{0,3}["']?([^\s"'#;]{8,512})/gm,
  },
  {
    name: /^\.?npmrc$/,
    what: 'Registry password in .npmrc',
    pattern: /^[^\n#;]{0,200}_(?:auth|password)["']?\s{0,3}=\s{0,3}["']?([A-Za-z0-9+/=_-]{6,512})/gm,
  },
  {
    name: /^\.yarnrc\.ya?ml$/,
    what: 'Registry token in .yarnrc.yml',
    pattern: /^\s{0,40}npmAuth(?:Token|Ident):\s{1,4}["']?([^\s"'#]{8,512})/gm,
  },
  {
    name: /^[._]netrc$|^\.authinfo$/,
    what: 'Password in .netrc',
    pattern: /\bpassword\s{1,8}([^\s#]{3,256})/g,
  },
  {
    name: /^\.?pgpass(?:\.conf)?$/,
    what: 'Password in .pgpass',
    pattern: /^[^:\n#]{1,255}:[^:\n]{1,5}:[^:\n]{1,63}:[^:\n]{1,63}:([^\n\r]{3,256})/gm,
  },
  {
    name: /^\.dockercfg$|^\.?docker-?config(?:\.json)?$|^config\.json$|dockerconfig/,
    what: 'Registry login in Docker’s configuration',
    pattern: /"auth"\s{0,4}:\s{0,4}"([A-Za-z0-9+/=]{8,2000})"/g,
    base64: true,
  },
  {
    name: /^\.?htpasswd/,
    what: 'Password hash in .htpasswd',
    pattern: /^[^:\s#]{1,255}:(\$(?:apr1|2[aby]|5|6)\$[^\s:]{20,120}|\{SHA\}[A-Za-z0-9+/=]{28})/gm,
  },
  {
    name: /^(?:\.s3cfg|\.?passwd-s3fs|rclone\.conf|\.boto)$/,
    what: 'Key of an object store',
    pattern:
      /^(?:secret_key|pass|secret_access_key|aws_secret_access_key|gs_secret_access_key)\s{0,3}=\s{0,3}([^\s#]{12,256})/gm,
  },
  {
    name: /^(?:filezilla|sitemanager|recentservers)\.xml$/,
    what: 'Password in FileZilla’s configuration',
    pattern: /<Pass(?: encoding="base64")?>([^<\s]{3,512})<\/Pass>/g,
  },
  {
    name: /^(?:\.env|\.env\..{1,40}|.{1,60}\.env)$/,
    what: 'Password in an environment file',
    pattern:
      /^(?:export )?[A-Z0-9_]{0,60}(?:PASS|PASSWORD|PASSWD|PWD)\s{0,3}=\s{0,3}["']?([^\s"'#$<{]{6,128})["']?\s{0,3}$/gm,
  },
];

/** Credentials in files made for them. Runs only for those file names. */
export function findInCredentialFile(scan: Scan, fileName: string): void {
  for (const format of formats) {
    if (!format.name.test(fileName)) continue;
    for (const match of scan.text.matchAll(format.pattern)) {
      const value = match[1] as string;
      const start = match.index + match[0].lastIndexOf(value);
      report(scan, format, value, start);
    }
  }
}

function report(scan: Scan, format: Format, value: string, start: number): void {
  const plain = format.base64 ? passwordOf(value) : value;
  if (plain === undefined || /^\$\{?[A-Za-z_]|^\$\(/.test(plain)) return;
  if (isPlaceholder(plain) || /^(?:password|secret|changeme|test|admin|root|postgres)$/i.test(plain)) {
    scan.rejected.push([start, start + value.length]);
    return;
  }
  scan.hits.push({
    rule: 'credentials-file',
    range: [start, start + value.length],
    message: describe(format.what, value.length),
    severity: 'high',
    confidence: format.what.includes('hash') || format.what.includes('environment') ? 'medium' : 'high',
    identity: value,
    by: 'structure',
  });
}

/** What stands behind the colon of a base64 `user:password`. */
function passwordOf(value: string): string | undefined {
  const decoded = decodeBase64(value);
  if (decoded === undefined || !/^[\x20-\x7e]{3,1500}$/.test(decoded)) return undefined;
  const colon = decoded.indexOf(':');
  return colon > 0 && decoded.length - colon > 3 ? decoded.slice(colon + 1) : undefined;
}
