/**
 * Gives compiled policy a budget of steps: a copy of the module in which every function and every round of a loop takes one
 * from a global, and stops when none is left. WebAssembly itself has no such limit, and a thread that would have to be
 * killed would make answers depend on the machine. https://webassembly.github.io/spec/core/binary/
 */

/** The name of the global in the module's exports. */
export const FUEL = 'pregate_fuel';

const SECTION = { import: 2, global: 6, export: 7, code: 10 } as const;

/** Throws an `Error` with one line where the module is cut off, or has an instruction that is not known here. */
export function metered(bytes: Uint8Array): Uint8Array {
  const reader = new Reader(bytes, 8);
  const parts: Uint8Array[] = [reader.bytes.subarray(0, 8)];
  let globals = 0;
  let fuel: number | undefined;
  while (!reader.done) {
    const id = reader.byte();
    const size = reader.unsigned();
    const payload = new Reader(reader.take(size), 0);
    if (id === SECTION.import) globals = importedGlobals(new Reader(payload.bytes, 0));
    if (id === SECTION.global) {
      const count = payload.unsigned();
      fuel = globals + count;
      parts.push(section(id, [...leb(count + 1)], payload.rest(), newGlobal));
    } else if (id === SECTION.export) {
      if (fuel === undefined) {
        fuel = globals;
        parts.push(section(SECTION.global, [1], new Uint8Array(), newGlobal));
      }
      const count = payload.unsigned();
      const name = [...new TextEncoder().encode(FUEL)];
      parts.push(section(id, [...leb(count + 1)], payload.rest(), [...leb(name.length), ...name, 3, ...leb(fuel)]));
    } else if (id === SECTION.code) {
      if (fuel === undefined) throw new Error('it exports nothing');
      parts.push(code(payload, fuel));
    } else parts.push(section(id, [], payload.bytes, []));
  }
  return joined(parts);
}

/** `(mut i32)`, 2^30 - 1 to begin with: a module may run a function when it is made. */
const newGlobal = [0x7f, 1, 0x41, 0xff, 0xff, 0xff, 0xff, 0x03, 0x0b];

function section(id: number, head: readonly number[], body: Uint8Array, tail: readonly number[]): Uint8Array {
  const size = head.length + body.length + tail.length;
  return joined([new Uint8Array([id, ...leb(size), ...head]), body, new Uint8Array(tail)]);
}

function importedGlobals(reader: Reader): number {
  let found = 0;
  for (let left = reader.unsigned(); left > 0; left--) {
    reader.take(reader.unsigned());
    reader.take(reader.unsigned());
    const kind = reader.byte();
    if (kind === 0) reader.unsigned();
    else if (kind === 3) {
      reader.take(2);
      found++;
    } else {
      if (kind === 1) reader.byte();
      const flags = reader.byte();
      reader.unsigned();
      if (flags & 1) reader.unsigned();
    }
  }
  return found;
}

function code(payload: Reader, fuel: number): Uint8Array {
  const g = leb(fuel);
  // fuel -= 1; if (fuel < 0) unreachable
  const check = new Uint8Array([0x23, ...g, 0x41, 1, 0x6b, 0x24, ...g, 0x23, ...g, 0x41, 0, 0x48, 0x04, 0x40, 0, 0x0b]);
  const count = payload.unsigned();
  const bodies: Uint8Array[] = [];
  for (let i = 0; i < count; i++) {
    const body = new Reader(payload.take(payload.unsigned()), 0);
    for (let groups = body.unsigned(); groups > 0; groups--) {
      body.unsigned();
      body.byte();
    }
    const pieces = [body.bytes.subarray(0, body.at), check];
    let from = body.at;
    while (!body.done) {
      if (!instruction(body)) continue;
      pieces.push(body.bytes.subarray(from, body.at), check);
      from = body.at;
    }
    pieces.push(body.bytes.subarray(from));
    const made = joined(pieces);
    bodies.push(new Uint8Array(leb(made.length)), made);
  }
  return section(SECTION.code, leb(count), joined(bodies), []);
}

/** Reads one instruction; true after the head of a loop. */
function instruction(r: Reader): boolean {
  const op = r.byte();
  if (op >= 0x02 && op <= 0x04) {
    r.signed();
    return op === 0x03;
  }
  if (op === 0x0c || op === 0x0d || op === 0x10 || op === 0xd0 || op === 0xd2 || (op >= 0x20 && op <= 0x26))
    r.unsigned();
  else if (op === 0x11 || (op >= 0x28 && op <= 0x3e)) many(r, 2);
  else if (op === 0x0e) many(r, r.unsigned() + 1);
  else if (op === 0x1c) many(r, r.unsigned());
  else if (op === 0x3f || op === 0x40) r.byte();
  else if (op === 0x41 || op === 0x42) r.signed();
  else if (op === 0x43) r.take(4);
  else if (op === 0x44) r.take(8);
  else if (op === 0xfc) prefixed(r);
  else if (!plain(op)) throw new Error(`it has the instruction 0x${op.toString(16)}, which is not known here`);
  return false;
}

function plain(op: number): boolean {
  return (
    op <= 0x01 ||
    op === 0x05 ||
    op === 0x0b ||
    op === 0x0f ||
    op === 0x1a ||
    op === 0x1b ||
    op === 0xd1 ||
    (op >= 0x45 && op <= 0xc4)
  );
}

/** Conversions that saturate, and bulk operations on memory and tables. */
function prefixed(r: Reader): void {
  const op = r.unsigned();
  if (op <= 7) return;
  if (op === 9 || op === 11 || op === 13 || (op >= 15 && op <= 17)) many(r, 1);
  else if (op === 8 || op === 10 || op === 12 || op === 14) many(r, 2);
  else throw new Error(`it has the instruction 0xfc ${op}, which is not known here`);
}

function many(r: Reader, count: number): void {
  for (let i = 0; i < count; i++) r.unsigned();
}

function leb(value: number): number[] {
  const out: number[] = [];
  for (let left = value; ; left >>>= 7) {
    if (left < 0x80) return [...out, left];
    out.push((left & 0x7f) | 0x80);
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

class Reader {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  get done(): boolean {
    return this.at >= this.bytes.length;
  }

  byte(): number {
    const found = this.bytes[this.at++];
    if (found === undefined) throw new Error('it is cut off');
    return found;
  }

  take(length: number): Uint8Array {
    if (this.at + length > this.bytes.length) throw new Error('it is cut off');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  rest(): Uint8Array {
    return this.bytes.subarray(this.at);
  }

  unsigned(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new Error('a number in it is too long');
  }

  /** Passes a signed number of at most ten bytes. */
  signed(): void {
    for (let i = 0; i < 10; i++) if (this.byte() < 0x80) return;
    throw new Error('a number in it is too long');
  }
}
