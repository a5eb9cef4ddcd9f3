import { documentFromText } from '../../agent/model/document.ts';
import { scanSecrets } from '../../agent/model/secrets/index.ts';

/**
 * How many characters a scan of a text reads: what it cuts out, what it searches through, and what it hands to regular
 * expressions. Counted by wrapping the language's own functions, so the code under test is the code that ships, and the
 * figure is the same on any machine at any load. Steps inside a regular expression are not counted: the windows bound
 * them, and `npm run bench -- stalling` times them.
 */
export function charactersRead(
  text: string,
  path: string,
  run: (text: string) => unknown = (whole) => scanSecrets(documentFromText(path, whole)),
): number {
  const { slice, indexOf, lastIndexOf, includes } = String.prototype;
  const { exec } = RegExp.prototype;
  let read = 0;
  String.prototype.slice = function (this: string, ...bounds: [number?, number?]): string {
    const out = slice.apply(this, bounds);
    read += out.length;
    return out;
  };
  String.prototype.indexOf = function (this: string, what: string, from = 0): number {
    const at = indexOf.call(this, what, from);
    read += (at === -1 ? this.length : at + what.length) - Math.min(from, this.length);
    return at;
  };
  String.prototype.lastIndexOf = function (this: string, what: string, from = this.length): number {
    const at = lastIndexOf.call(this, what, from);
    read += Math.min(from, this.length) - Math.max(0, at);
    return at;
  };
  String.prototype.includes = function (this: string, what: string, from?: number): boolean {
    read += this.length;
    return includes.call(this, what, from);
  };
  RegExp.prototype.exec = function (this: RegExp, whole: string): RegExpExecArray | null {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const match = exec.call(this, whole);
    if (match) read += match.index + match[0].length - from;
    else read += this.sticky ? 1 : Math.max(0, whole.length - from);
    return match;
  };
  try {
    run(text);
  } finally {
    Object.assign(String.prototype, { slice, indexOf, lastIndexOf, includes });
    RegExp.prototype.exec = exec;
  }
  return read;
}
