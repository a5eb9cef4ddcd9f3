/** `$1`, `${name}` and `$$` in a replacement, as Go's `Expand`. */
import type { Captures } from './machine.ts';

export function expandTemplate(
  template: string,
  text: string,
  captures: Captures,
  names: (string | undefined)[],
): string {
  return template.replace(
    /\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu,
    (whole, braced?: string, plain?: string) => {
      const name = braced ?? plain;
      if (name === undefined) return whole === '$$' ? '$' : whole;
      const index = /^(?:0|[1-9]\d{0,8})$/.test(name) ? Number(name) : names.indexOf(name) + 1;
      if (index === 0 && name !== '0') return '';
      const start = captures[index * 2] ?? -1;
      return start < 0 ? '' : text.slice(start, captures[index * 2 + 1]);
    },
  );
}
