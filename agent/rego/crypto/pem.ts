/** PEM blocks (RFC 7468) in a text. */
import { Buffer } from 'node:buffer';

export interface PemBlock {
  type: string;
  bytes: Buffer;
  /** Offset just after the block. */
  end: number;
}

/** A block begins and ends at the beginning of a line. */
const BLOCK =
  /(?<![^\n])-----BEGIN ([A-Z0-9 ]{1,64})-----[ \t\r]*\n((?:[A-Za-z0-9+/=\s]*\n)?)-----END ([A-Z0-9 ]{1,64})-----(?:[ \t\r]*\n)?/g;

export function pemBlocks(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  for (const match of text.matchAll(BLOCK)) {
    if (match[1] !== match[3]) continue;
    const bytes = Buffer.from((match[2] as string).replace(/\s/g, ''), 'base64');
    blocks.push({ type: match[1] as string, bytes, end: match.index + match[0].length });
  }
  return blocks;
}
