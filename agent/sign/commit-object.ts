export interface SignedObject {
  /** The bytes the signature is over: the object without its signature header. */
  payload: Buffer;
  /** The armoured signature, or undefined. */
  signature: string | undefined;
  committer: { email: string; seconds: number };
}

/**
 * Splits a raw commit into what was signed and the signature (git's signature-format documentation): the `gpgsig` header
 * and its continuation lines are taken out, everything else stays byte for byte.
 */
export function splitCommit(object: Buffer, header: 'gpgsig' | 'gpgsig-sha256' = 'gpgsig'): SignedObject {
  const kept: Buffer[] = [];
  let signature: string | undefined;
  let committer = { email: '', seconds: 0 };
  let at = 0;
  while (at < object.length) {
    const end = lineEnd(object, at);
    const line = object.subarray(at, end);
    if (line.length <= 1) break;
    let next = end;
    while (next < object.length && object[next] === 0x20) next = lineEnd(object, next);
    const text = object.subarray(at, next).toString('latin1');
    if (text.startsWith(`${header} `) && signature === undefined) {
      signature = text.slice(header.length + 1).replace(/\n /g, '\n');
    } else if (!text.startsWith(header === 'gpgsig' ? 'gpgsig-sha256 ' : 'gpgsig ')) {
      // A commit that exists in both hashes carries two signatures, and neither is over the other: git leaves both out.
      kept.push(object.subarray(at, next));
      if (text.startsWith('committer ')) committer = parseCommitter(object.subarray(at, end).toString('utf8'));
    }
    at = next;
  }
  kept.push(object.subarray(at));
  return { payload: Buffer.concat(kept), signature, committer };
}

function lineEnd(bytes: Buffer, from: number): number {
  const at = bytes.indexOf(0x0a, from);
  return at === -1 ? bytes.length : at + 1;
}

function parseCommitter(line: string): { email: string; seconds: number } {
  const open = line.lastIndexOf('<');
  const close = line.lastIndexOf('>');
  if (open === -1 || close < open) return { email: '', seconds: 0 };
  return { email: line.slice(open + 1, close), seconds: Number.parseInt(line.slice(close + 1), 10) || 0 };
}
