const block = 512;

export interface TarEntry {
  name: string;
  bytes: Uint8Array;
}

/**
 * The regular files of a tar archive (ustar, pax and GNU long names; POSIX.1-2001). It is lenient, unlike the reader of
 * policy archives: what is looked at for secrets may hold links and devices, which have no content of their own. Ends at
 * the first header that makes no sense.
 */
export function* tarEntries(bytes: Uint8Array): Generator<TarEntry> {
  let long: string | undefined;
  for (let at = 0; at + block <= bytes.length; ) {
    const header = bytes.subarray(at, at + block);
    const size = Number.parseInt(text(header, 124, 12).trim() || '0', 8);
    if (header[0] === 0 || !Number.isSafeInteger(size) || size < 0) return;
    const body = bytes.subarray(at + block, Math.min(bytes.length, at + block + size));
    at += block + Math.ceil(size / block) * block;
    const type = String.fromCharCode(header[156] as number);
    if (type === 'L') long = text(body, 0, body.length);
    else if (type === 'x') long = /\d+ path=([^\n]+)\n/.exec(Buffer.from(body).toString('utf8'))?.[1] ?? long;
    else {
      const prefix = text(header, 257, 5) === 'ustar' ? text(header, 345, 155) : '';
      const name = long ?? (prefix === '' ? text(header, 0, 100) : `${prefix}/${text(header, 0, 100)}`);
      long = undefined;
      if ((type === '0' || type === '\0' || type === '7') && size > 0) yield { name, bytes: body };
    }
  }
}

function text(bytes: Uint8Array, start: number, length: number): string {
  const part = Buffer.from(bytes.subarray(start, start + length));
  const end = part.indexOf(0);
  return part.toString('utf8', 0, end === -1 ? part.length : end);
}
