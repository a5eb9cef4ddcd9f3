/**
 * The ASCII characters with which a match of an expression can begin, white space passed over: what may be white space may
 * also be absent. Knows what our own expressions are made of, and answers too many characters rather than too few.
 */
export function firstCharacters({ source, flags }: RegExp): ReadonlySet<string> {
  let at = 0;
  const every = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

  /** What can stand first, and whether the whole can be absent. */
  interface First {
    can: Set<string>;
    absent: boolean;
  }

  function alternatives(): First {
    const first: First = { can: new Set(), absent: false };
    for (;;) {
      const one = sequence();
      for (const sign of one.can) first.can.add(sign);
      first.absent ||= one.absent;
      if (source[at] !== '|') return first;
      at++;
    }
  }

  function sequence(): First {
    const first: First = { can: new Set(), absent: true };
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      const one = quantified(atom());
      if (!first.absent) continue;
      for (const sign of one.can) first.can.add(sign);
      first.absent = one.absent;
    }
    return first;
  }

  function quantified(one: First): First {
    const match = /^(?:[?*+]|\{(\d+)(?:,\d*)?\})\??/.exec(source.slice(at));
    if (!match) return one;
    at += match[0].length;
    return { can: one.can, absent: one.absent || /^[?*]/.test(match[0]) || match[1] === '0' };
  }

  function atom(): First {
    if (source[at] === '^') return step(1, { can: new Set(), absent: true });
    if (source.startsWith('\\b', at)) return step(2, { can: new Set(), absent: true });
    if (source[at] === '(') {
      const open = /^\((?:\?:|\?=|\?!)?/.exec(source.slice(at))?.[0] as string;
      at += open.length;
      const inner = alternatives();
      at++;
      return open === '(?!' ? { can: new Set(), absent: true } : inner;
    }
    const one = (/^\[(?:\\.|[^\\\]])*\]|^\\.|^[^\\[]/s.exec(source.slice(at)) as RegExpExecArray)[0];
    const single = new RegExp(`^${one}$`, flags.replace(/[gy]/g, ''));
    const can = every.filter((sign) => single.test(sign));
    const plain = can.filter((sign) => !/\s/.test(sign));
    return step(one.length, { can: new Set(plain), absent: plain.length < can.length });
  }

  function step(length: number, first: First): First {
    at += length;
    return first;
  }

  const { can, absent } = alternatives();
  return absent ? new Set(every) : can;
}
