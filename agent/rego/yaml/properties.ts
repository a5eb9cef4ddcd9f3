/** Anchors, tags and directives of YAML. */
import { type Cursor, type Mark, YamlError } from './cursor.ts';

export function scanAnchor(c: Cursor): string {
  const start = c.mark;
  c.skip();
  const name = c.word();
  if (name === '' || !(c.isBlankEnd() || /[?:,\]}%@`]/.test(c.char())))
    throw YamlError.scanning('did not find expected alphabetic or numeric character', c.mark, start);
  return name;
}

export function scanTag(c: Cursor): { handle: string; suffix: string } {
  const start = c.mark;
  let handle = '';
  let suffix: string;
  if (c.char(1) === '<') {
    c.skip(2);
    suffix = scanUri(c, '', start);
    if (c.char() !== '>') throw YamlError.scanning("did not find the expected '>'", c.mark, start);
    c.skip();
  } else {
    handle = scanHandle(c, false, start);
    if (handle.length > 1 && handle.endsWith('!')) suffix = scanUri(c, '', start);
    else {
      suffix = scanUri(c, handle, start);
      handle = suffix === '' ? '' : '!';
      if (suffix === '') suffix = '!';
    }
  }
  if (!c.isBlankEnd()) throw YamlError.scanning('did not find expected whitespace or line break', c.mark, start);
  return { handle, suffix };
}

function scanHandle(c: Cursor, directive: boolean, start: Mark): string {
  if (c.char() !== '!') throw YamlError.scanning("did not find expected '!'", c.mark, start);
  let handle = c.read() + c.word();
  if (c.char() === '!') handle += c.read();
  else if (directive && handle !== '!') throw YamlError.scanning("did not find expected '!'", c.mark, start);
  return handle;
}

/** What follows a handle; of a handle that turned out to be none, what it holds belongs to it. */
function scanUri(c: Cursor, head: string, start: Mark): string {
  let uri = head.slice(1);
  let found = head !== '';
  while (/[0-9A-Za-z_\-;/?:@&=+$.!~*'()%,[\]]/.test(c.char())) {
    uri += c.char() === '%' ? scanEscapes(c, start) : c.read();
    found = true;
  }
  if (!found) throw YamlError.scanning('did not find expected tag URI', c.mark, start);
  return uri;
}

function scanEscapes(c: Cursor, start: Mark): string {
  const bytes: number[] = [];
  for (let left = 1; left > 0; left--) {
    const digits = c.char(1) + c.char(2);
    if (c.char() !== '%' || !/^[0-9a-fA-F]{2}$/.test(digits))
      throw YamlError.scanning('did not find URI escaped octet', c.mark, start);
    const byte = Number.parseInt(digits, 16);
    if (bytes.length === 0)
      left = byte < 0x80 ? 1 : byte >> 5 === 6 ? 2 : byte >> 4 === 14 ? 3 : byte >> 3 === 30 ? 4 : 0;
    if (left === 0) throw YamlError.scanning('found an incorrect leading UTF-8 octet', c.mark, start);
    if (bytes.length > 0 && byte >> 6 !== 2)
      throw YamlError.scanning('found an incorrect trailing UTF-8 octet', c.mark, start);
    bytes.push(byte);
    c.skip(3);
  }
  return Buffer.from(bytes).toString('utf8');
}

interface Directive {
  type: 'version' | 'tag directive';
  value: string;
  suffix: string;
}

export function scanDirective(c: Cursor): Directive {
  const start = c.mark;
  c.skip();
  const name = c.word();
  if (name === '') throw YamlError.scanning('could not find expected directive name', c.mark, start);
  if (!c.isBlankEnd()) throw YamlError.scanning('found unexpected non-alphabetical character', c.mark, start);
  let found: Directive;
  if (name === 'YAML') found = { type: 'version', value: scanVersion(c, start), suffix: '' };
  else if (name === 'TAG') found = scanTagDirective(c, start);
  else throw YamlError.scanning('found unknown directive name', c.mark, start);
  c.blanks();
  if (c.char() === '#') while (!c.isBreakEnd()) c.skip();
  if (!c.isBreakEnd()) throw YamlError.scanning('did not find expected comment or line break', c.mark, start);
  if (c.isBreak()) c.readLine();
  return found;
}

function scanVersion(c: Cursor, start: Mark): string {
  const number = (): string => {
    let digits = '';
    while (/[0-9]/.test(c.char())) {
      digits += c.read();
      if (digits.length > 9) throw YamlError.scanning('found extremely long version number', c.mark, start);
    }
    if (digits === '') throw YamlError.scanning('did not find expected version number', c.mark, start);
    return String(Number(digits));
  };
  c.blanks();
  const major = number();
  if (c.char() !== '.') throw YamlError.scanning("did not find expected digit or '.' character", c.mark, start);
  c.skip();
  return `${major}.${number()}`;
}

function scanTagDirective(c: Cursor, start: Mark): Directive {
  c.blanks();
  const value = scanHandle(c, true, start);
  if (!c.isBlank()) throw YamlError.scanning('did not find expected whitespace', c.mark, start);
  c.blanks();
  const suffix = scanUri(c, '', start);
  if (!c.isBlankEnd()) throw YamlError.scanning('did not find expected whitespace or line break', c.mark, start);
  return { type: 'tag directive', value, suffix };
}
