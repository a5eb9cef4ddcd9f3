/** YAML as Go's yaml.v3 writes it with an indent of two: which style a text gets, and where lines break. */
import { compareKeys } from './keys.ts';
import { FLOAT, goFloat, INTEGER } from './numbers.ts';
import { isTimestamp } from './resolve.ts';

/** What JSON can say; maps have their keys in the order they were made. */
export type Plain = null | boolean | string | number | bigint | readonly Plain[] | Map<string, Plain>;

const INDENT = 2;
/** Keys longer than this stand behind a question mark. */
const LONGEST_KEY = 128;

export function emitYaml(value: Plain): string {
  const e = new Emitter();
  e.node(value, -1, false);
  e.breakTo(-1);
  return e.text();
}

type Style = 'plain' | 'single' | 'double' | 'literal';

class Emitter {
  #out: string[] = [];
  #column = 0;
  /** Whether a blank stands before this place. */
  #blank = true;
  /** Whether nothing but indents and indicators stands on the line. */
  #fresh = true;

  text(): string {
    return this.#out.join('');
  }

  #put(text: string): void {
    this.#out.push(text);
    this.#column += text.length;
  }

  #newline(): void {
    this.#out.push('\n');
    this.#column = 0;
    this.#fresh = true;
  }

  /** Goes to an indent, on this line where that is still possible. */
  breakTo(wanted: number): void {
    const indent = Math.max(0, wanted);
    if (!this.#fresh || this.#column > indent || (this.#column === indent && !this.#blank)) this.#newline();
    if (this.#column < indent) this.#put(' '.repeat(indent - this.#column));
    this.#blank = true;
  }

  #indicator(mark: string, after: 'blank' | 'text', isIndent: boolean): void {
    if (after === 'blank' && !this.#blank) this.#put(' ');
    this.#put(mark);
    this.#blank = false;
    this.#fresh = this.#fresh && isIndent;
  }

  node(value: Plain, indent: number, isKey: boolean): void {
    if (Array.isArray(value)) this.#sequence(value as readonly Plain[], indent);
    else if (value instanceof Map) this.#mapping(value, indent);
    else this.#scalar(value as null | boolean | string | number | bigint, indent, isKey);
  }

  #sequence(items: readonly Plain[], indent: number): void {
    if (items.length === 0) {
      this.#indicator('[]', 'blank', false);
      return;
    }
    const own = indent < 0 ? 0 : indent + INDENT;
    for (const item of items) {
      this.breakTo(own);
      this.#indicator('-', 'blank', true);
      this.node(item, own, false);
    }
  }

  #mapping(map: Map<string, Plain>, indent: number): void {
    if (map.size === 0) {
      this.#indicator('{}', 'blank', false);
      return;
    }
    const own = indent < 0 ? 0 : indent + INDENT;
    for (const key of [...map.keys()].sort(compareKeys)) {
      this.breakTo(own);
      const isSimple = !BREAK.test(key) && Buffer.byteLength(key) <= LONGEST_KEY;
      if (!isSimple) this.#indicator('?', 'blank', true);
      this.node(key, own, isSimple);
      if (!isSimple) this.breakTo(own);
      this.#indicator(':', isSimple ? 'text' : 'blank', !isSimple);
      this.node(map.get(key) as Plain, own, false);
    }
  }

  #scalar(value: null | boolean | string | number | bigint, indent: number, isKey: boolean): void {
    if (typeof value === 'string') {
      const style = styleOf(value, isKey);
      const inner = indent < 0 ? INDENT : indent + INDENT;
      if (style === 'literal') {
        this.#literal(value, inner);
        return;
      }
      if (style === 'single') this.#indicator(singleQuoted(value, inner), 'blank', false);
      else if (style === 'double') this.#indicator(`"${doubleQuoted(value)}"`, 'blank', false);
      else this.#indicator(value, 'blank', false);
    } else this.#indicator(typeof value === 'number' ? goFloat(value) : String(value), 'blank', false);
    this.#fresh = false;
  }

  #literal(value: string, indent: number): void {
    const chars = [...value];
    const hint = BREAK.test(chars[0] as string) || chars[0] === ' ' ? String(INDENT) : '';
    const last = BREAK.test(chars.at(-1) as string);
    const chomp = !last ? '-' : chars.length === 1 || BREAK.test(chars.at(-2) as string) ? '+' : '';
    this.#indicator(`|${hint}${chomp}`, 'blank', false);
    this.#newline();
    let isStart = true;
    for (const c of chars) {
      if (c === '\n') this.#newline();
      else {
        if (isStart) this.#put(' '.repeat(indent));
        this.#put(c);
        this.#fresh = false;
      }
      isStart = c === '\n' || BREAK.test(c);
    }
    this.#blank = true;
  }
}

/** What follows a break within the quotes is indented. */
function singleQuoted(text: string, indent: number): string {
  const lines = text.replaceAll("'", "''").replace(/(?<=[\u2028\u2029])(?=.)/g, ' '.repeat(indent));
  return `'${lines}'`;
}

const BREAK = /[\n\r\u0085\u2028\u2029]/;

/** Characters that yaml.v3 takes for printable: none beyond the basic plane, and no mark of byte order. */
const PRINTABLE = /^[\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/;

function styleOf(text: string, isKey: boolean): Style {
  const facts = analyze(text);
  const wanted: Style = text.includes('\n') ? 'literal' : readsAsText(text) ? 'plain' : 'double';
  if (wanted === 'literal') return facts.block && !isKey ? 'literal' : 'double';
  if (wanted === 'double' || (facts.plain && text !== '')) return wanted;
  return facts.single ? 'single' : 'double';
}

/** In which styles the text can be written, as libyaml finds it out character by character. */
function analyze(text: string): { plain: boolean; single: boolean; block: boolean } {
  const odd = UNPRINTABLE.test(text) || / [\n\r\u0085\u2028\u2029]/.test(text);
  const single = !odd && !text.includes('\t') && !/[\n\r\u0085\u2028\u2029] /.test(text);
  return { plain: single && !NOT_PLAIN.test(text), single, block: !odd && !text.endsWith(' ') };
}

/** A character no style but the one with escapes can show; a tab is neither. */
const UNPRINTABLE = /[^\t\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

/** Marks of a document, indicators at the beginning, `: ` and ` #` within, breaks, and spaces at either end. */
const NOT_PLAIN =
  /^(?:---|\.\.\.| |[#,[\]{}&*!|>'"%@`]|[?-](?:[ \t]|$))|:(?:[ \t]|$)|[ \t\n\r\u0085\u2028\u2029\0]#|[\n\r\u0085\u2028\u2029]| $/;

const OTHER_TYPES =
  /^(?:<<|true|True|TRUE|false|False|FALSE|~|null|Null|NULL|\.nan|\.NaN|\.NAN|[-+]?\.(?:inf|Inf|INF)|y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)?$/;
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** Whether the text is read as text again where it has no quotes, also by readers of YAML 1.1. */
function readsAsText(text: string): boolean {
  if (OTHER_TYPES.test(text) || BASE_60.test(text)) return false;
  if (text.startsWith('.')) return !isFloat(text);
  if (!/^[-+0-9]/.test(text)) return true;
  if (isTimestamp(text)) return false;
  const digits = text.replaceAll('_', '');
  return !INTEGER.test(digits) && !isFloat(digits);
}

/** What no double can hold is text. */
function isFloat(text: string): boolean {
  return FLOAT.test(text) && Number.isFinite(Number(text));
}

const ESCAPES: Record<string, string> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\u0085': 'N',
  '\u2028': 'L',
  '\u2029': 'P',
};

/** Of a text that begins with a mark of byte order, yaml.v3 escapes every character. */
function doubleQuoted(text: string): string {
  const all = text.startsWith('\ufeff');
  return [...text].map((c) => escaped(c, all)).join('');
}

function escaped(c: string, all: boolean): string {
  const known = ESCAPES[c];
  if (known !== undefined) return `\\${known}`;
  if (!all && PRINTABLE.test(c)) return c;
  const code = c.codePointAt(0) as number;
  const [mark, size] = code <= 0xff ? ['x', 2] : code <= 0xffff ? ['u', 4] : ['U', 8];
  return `\\${mark}${code
    .toString(16)
    .toUpperCase()
    .padStart(size as number, '0')}`;
}
