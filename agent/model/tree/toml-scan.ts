/** A cursor over TOML text. Every method moves forward only. */
export class TomlScanner {
  text: string;
  at: number;

  constructor(text: string) {
    this.text = text;
    this.at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  atEnd(): boolean {
    return this.at >= this.text.length;
  }

  code(): number {
    return this.text.charCodeAt(this.at);
  }

  take(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  /** Past spaces and tabs. */
  space(): void {
    while (this.code() === 32 || this.code() === 9) this.at += 1;
  }

  /** Past white space, line ends and comments. */
  blank(): void {
    for (;;) {
      const code = this.code();
      if (code === 32 || code === 9 || code === 10 || code === 13) this.at += 1;
      else if (code === 35) this.restOfLine();
      else return;
    }
  }

  restOfLine(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end === -1 ? this.text.length : end;
  }

  bareKey(): void {
    while (this.at < this.text.length && isBare(this.code())) this.at += 1;
  }

  bareValue(): void {
    while (this.at < this.text.length && !',]}#\n\r'.includes(this.text.charAt(this.at))) this.at += 1;
    while (this.at > 0 && ' \t'.includes(this.text.charAt(this.at - 1))) this.at -= 1;
  }

  /** Reads the string that begins here: any of TOML's four kinds. An unclosed one ends with its line or the file. */
  string(): { value: string; fence: number; basic: boolean } {
    const quote = this.text.charAt(this.at);
    const basic = quote === '"';
    const fence = this.text.startsWith(quote.repeat(3), this.at) ? 3 : 1;
    const start = this.at + fence;
    const end = this.#closing(start, quote, fence, basic);
    const inner = this.text.slice(start, end);
    this.at = Math.min(this.text.length, this.text.startsWith(quote.repeat(fence), end) ? end + fence : end);
    const trimmed = fence === 3 ? inner.replace(/^\r?\n/, '') : inner;
    return { value: basic ? unescapeBasic(trimmed) : trimmed, fence, basic };
  }

  #closing(start: number, quote: string, fence: number, basic: boolean): number {
    for (let at = start; at < this.text.length; at++) {
      const character = this.text.charAt(at);
      if (basic && character === '\\') at += 1;
      else if (fence === 1 && character === '\n') return at;
      else if (character === quote && (fence === 1 || this.text.startsWith(quote.repeat(3), at))) {
        // Up to two quotes may stand directly before the closing three.
        while (fence === 3 && this.text.charAt(at + 3) === quote) at += 1;
        return at;
      }
    }
    return this.text.length;
  }
}

function isBare(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 45 ||
    code === 95
  );
}

const escapes: Record<string, string> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  e: '\u001b',
  '"': '"',
  '\\': '\\',
};

function unescapeBasic(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|[ \t]*\r?\n\s*|([\s\S]?))/g,
    (all, short: string | undefined, long: string | undefined, one: string | undefined) => {
      const hex = short ?? long;
      if (hex) return String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff));
      return one === undefined ? '' : (escapes[one] ?? all);
    },
  );
}
