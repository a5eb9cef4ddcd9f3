/** A cursor over JSON text. Every method moves forward only, so that reading stays linear. */
export class JsonScanner {
  text: string;
  at: number;
  end: number;

  constructor(text: string, at: number, end = text.length) {
    this.text = text;
    this.at = at;
    this.end = end;
  }

  atEnd(): boolean {
    return this.at >= this.end;
  }

  /** The character's code here; NaN at the end. */
  code(): number {
    return this.at < this.end ? this.text.charCodeAt(this.at) : Number.NaN;
  }

  /** Past white space and comments. */
  space(): void {
    while (this.at < this.end) {
      const code = this.text.charCodeAt(this.at);
      if (code === 32 || code === 10 || code === 13 || code === 9) this.at += 1;
      else if (code === 47 && !this.#comment()) return;
      else if (code !== 47) return;
    }
  }

  /** Past a string that begins here; false when it is not closed. A line break ends an unclosed string. */
  string(): boolean {
    const text = this.text;
    for (let at = this.at + 1; at < this.end; at++) {
      const code = text.charCodeAt(at);
      if (code === 34) {
        this.at = at + 1;
        return true;
      }
      if (code === 92) at += 1;
      else if (code === 10) {
        this.at = at;
        return false;
      }
    }
    this.at = this.end;
    return false;
  }

  /** Past a bare word: a number, `true`, `null`, or what a broken file has instead. */
  word(): void {
    while (this.at < this.end) {
      const code = this.text.charCodeAt(this.at);
      const delimiter = code <= 32 || code === 34 || code === 44 || code === 58 || code === 47;
      if (delimiter || code === 91 || code === 93 || code === 123 || code === 125) return;
      this.at += 1;
    }
  }

  /** Past a container that begins here, without reading it; false when it is not closed. */
  skip(): boolean {
    let depth = 0;
    while (this.at < this.end) {
      const code = this.text.charCodeAt(this.at);
      if (code === 34) {
        this.string();
        continue;
      }
      if (code === 47 && this.#comment()) continue;
      this.at += 1;
      if (code === 123 || code === 91) depth += 1;
      else if (code === 125 || code === 93) {
        depth -= 1;
        if (depth === 0) return true;
      }
    }
    return false;
  }

  #comment(): boolean {
    const next = this.text.charCodeAt(this.at + 1);
    if (next !== 47 && next !== 42) return false;
    const close = this.text.indexOf(next === 47 ? '\n' : '*/', this.at + 2);
    this.at = close === -1 || close >= this.end ? this.end : next === 47 ? close : close + 2;
    return true;
  }
}
