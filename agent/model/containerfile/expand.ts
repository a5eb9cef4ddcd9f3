import type { Instruction } from './types.ts';

/**
 * Defaults of the `ARG`s before the first `FROM`: only those may stand in a `FROM` line
 * (https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact). Without a default: undefined.
 */
export function argumentDefaults(instructions: readonly Instruction[]): Map<string, string | undefined> {
  const defaults = new Map<string, string | undefined>();
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') break;
    if (instruction.keyword !== 'ARG') continue;
    for (const [, name, , value] of instruction.arguments.text.matchAll(/([A-Za-z_]\w*)(=("[^"]*"|'[^']*'|\S*))?/g)) {
      if (!name) continue;
      const plain = value?.replace(/^(["'])(.*)\1$/, '$2');
      defaults.set(name, plain === undefined ? undefined : expand(plain, defaults));
    }
  }
  return defaults;
}

/** Puts values for `$A`, `${A}`, `${A:-b}`, `${A:+b}`. Undefined as soon as one of them cannot be known. */
export function expand(text: string, values: Map<string, string | undefined>, depth = 0): string | undefined {
  let known = text.length < 4096 && depth < 8;
  if (!known) return undefined;
  const out = text.replace(
    /\$(?:\{([A-Za-z_]\w*)(?:(:?[-+])([^}]*))?\}|([A-Za-z_]\w*))|\$/g,
    (
      all,
      braced: string | undefined,
      operator: string | undefined,
      word: string | undefined,
      bare: string | undefined,
    ) => {
      const name = braced ?? bare;
      if (!name) {
        known = false;
        return all;
      }
      const value = values.get(name);
      const isSet = value !== undefined && (value !== '' || !operator?.startsWith(':'));
      if (operator?.endsWith('+')) {
        // Whether a build argument is given cannot be known here; its default is what a plain build uses.
        return isSet ? (expand(word ?? '', values, depth + 1) ?? '') : '';
      }
      if (isSet) return value;
      const fallback = operator?.endsWith('-') ? expand(word ?? '', values, depth + 1) : undefined;
      if (fallback === undefined) known = false;
      return fallback ?? all;
    },
  );
  return known ? out : undefined;
}
