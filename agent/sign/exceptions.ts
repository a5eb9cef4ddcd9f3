import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckedException, ListedExceptions, PolicyException } from '../gate/types.ts';
import { type ExceptionLine, parseExceptions, signedText } from '../policy/exceptions-file.ts';
import { type AllowedSigners, matchSigner, parseAllowedSigners } from './allowed-signers.ts';
import { verifySshsig } from './sshsig.ts';

/** Namespace of these signatures (OpenSSH PROTOCOL.sshsig): one over a commit or a file never passes for one. */
export const exceptionNamespace = 'exception@pregate';

export interface ExceptionSources {
  /** Text of the exceptions file on the protected base. */
  text: string;
  /** Text of the allowed signers on the same commit; undefined when it has none. */
  allowedSigners: string | undefined;
  /** What stands before the line's number in `from`. */
  label: string;
  /** The instant of this run, ISO 8601. */
  now: string;
}

/** Reads the exceptions of a file and verifies each: by its approver, with a key that is allowed now. */
export function checkExceptions(sources: ExceptionSources): ListedExceptions {
  const signers = parseAllowedSigners(sources.allowedSigners ?? '');
  const seconds = Date.parse(sources.now) / 1000;
  const out: ListedExceptions = { entries: [], broken: [] };
  const known = new Set<string>();
  for (const line of parseExceptions(sources.text)) {
    const from = `${sources.label}:${line.line}`;
    const { exception, problem } = line;
    if (!exception || problem !== undefined) out.broken.push({ from, problem: problem ?? 'it cannot be read' });
    else if (known.has(exception.id)) out.broken.push({ from, problem: `its id ${exception.id} is used twice` });
    else {
      known.add(exception.id);
      out.entries.push({ ...exception, from, ...signatureOf(exception, line, signers, seconds, sources) });
    }
  }
  return out;
}

/**
 * Signs an exception with `ssh-keygen -Y sign` and returns the base64 of the blob. `key` is what `user.signingkey` holds:
 * a path, or `key::` and a public key that an agent knows. Rejects with one line that says what was not done.
 */
export async function signException(exception: PolicyException, key: string, env: NodeJS.ProcessEnv): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pregate-sign-'));
  try {
    const file = join(folder, 'exception');
    await writeFile(file, signedText(exception), { mode: 0o600 });
    const literal = /^(key::)?((ssh|ecdsa|sk-)\S* \S+.*)$/.exec(key)?.[2];
    const keyFile = literal === undefined ? key.replace(/^~\//, `${env['HOME'] ?? ''}/`) : join(folder, 'key.pub');
    if (literal !== undefined) await writeFile(keyFile, `${literal}\n`, { mode: 0o600 });
    const words = [
      '-Y',
      'sign',
      '-n',
      exceptionNamespace,
      '-f',
      keyFile,
      ...(literal === undefined ? [] : ['-U']),
      file,
    ];
    await new Promise<void>((resolve, reject) => {
      execFile('ssh-keygen', words, { env }, (error, _, stderr) =>
        error ? reject(new Error(`ssh-keygen could not sign (${lastLine(stderr)}); nothing was written`)) : resolve(),
      );
    });
    const armour = await readFile(`${file}.sig`, 'utf8');
    return armour
      .split('\n')
      .filter((line) => !line.startsWith('-----'))
      .join('')
      .trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Checked = Pick<CheckedException, 'signature' | 'detail' | 'key' | 'keyExpires'>;

function signatureOf(
  exception: PolicyException,
  line: ExceptionLine,
  signers: AllowedSigners,
  seconds: number,
  sources: ExceptionSources,
): Checked {
  if (line.signature === undefined) return { signature: 'unsigned', detail: 'it is not signed' };
  const armour = `-----BEGIN SSH SIGNATURE-----\n${line.signature}\n-----END SSH SIGNATURE-----`;
  const result = /\s/.test(line.signature)
    ? { status: 'bad' as const }
    : verifySshsig(armour, Buffer.from(signedText(exception)), exceptionNamespace);
  if (result.status === 'unsupported')
    return { signature: 'bad', detail: 'it is signed by a kind of key that cannot be checked here' };
  if (result.status !== 'good') return { signature: 'bad', detail: 'its signature does not fit its words' };
  const key = result.key.fingerprint;
  if (sources.allowedSigners === undefined) {
    return {
      signature: 'unknown-signer',
      key,
      detail: 'the protected base has no .pregate/allowed_signers, so nobody can approve',
    };
  }
  const query = { keyBlob: result.key.blob, email: exception.approver, namespace: exceptionNamespace, seconds };
  const match = matchSigner(signers, query);
  if (match.status === 'unknown') {
    return {
      signature: 'unknown-signer',
      key,
      detail: 'its key may not approve here (.pregate/allowed_signers of the base)',
    };
  }
  if (match.status === 'expired')
    return { signature: 'key-expired', key, detail: 'the key of its approver is not valid today' };
  if (match.status === 'wrong-principal') {
    return { signature: 'wrong-signer', key, detail: `it is signed by ${match.principal}, not by its approver` };
  }
  const ends = signers.signers.find((one) => one.keyBlob.equals(query.keyBlob))?.validBefore;
  const keyExpires = ends === undefined ? {} : { keyExpires: new Date(ends * 1000).toISOString().slice(0, 10) };
  return { signature: 'good', key, ...keyExpires };
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.slice(0, 120) ?? '';
}
