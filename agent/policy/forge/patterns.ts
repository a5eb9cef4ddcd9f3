import { compileRegex, PatternError } from '../../rego/regex/index.ts';

const maximumWork = 5_000_000;

class TooMuchWork extends Error {}

/** Whether RE2 finds `pattern` in a text; undefined when the pattern cannot be read or takes too long. */
export function regexMatch(pattern: string, text: string): boolean | undefined {
  let left = maximumWork;
  const step = (work: number) => {
    left -= work;
    if (left < 0) throw new TooMuchWork();
  };
  try {
    return compileRegex(pattern, step).test(text);
  } catch (error) {
    if (error instanceof PatternError || error instanceof TooMuchWork) return undefined;
    throw error;
  }
}

/** A metadata rule of GitHub: `{operator, pattern, negate}`. True when the text is as it must be. */
export function patternHolds(parameters: Record<string, unknown>, text: string): boolean | undefined {
  const { operator, negate } = parameters;
  const pattern = typeof parameters['pattern'] === 'string' ? parameters['pattern'] : '';
  const found =
    operator === 'starts_with'
      ? text.startsWith(pattern)
      : operator === 'ends_with'
        ? text.endsWith(pattern)
        : operator === 'contains'
          ? text.includes(pattern)
          : operator === 'regex'
            ? regexMatch(pattern, text)
            : undefined;
  return found === undefined ? undefined : found !== (negate === true);
}

/** `must not match "…"`, for people. */
export function patternWords(parameters: Record<string, unknown>): string {
  const verbs: Record<string, [string, string]> = {
    starts_with: ['start with', 'must not'],
    ends_with: ['end with', 'must not'],
    contains: ['contain', 'must not'],
    regex: ['match', 'must not'],
  };
  const [verb] = verbs[String(parameters['operator'])] ?? [String(parameters['operator'])];
  return `${parameters['negate'] === true ? 'must not' : 'must'} ${verb} ${JSON.stringify(parameters['pattern'] ?? '')}`;
}

/**
 * fnmatch as rulesets use it: `*` and `?` stay inside one part of a path, `**` crosses parts, `[a-z]` and `{a,b}` are
 * sets. Undefined when the pattern cannot be read. Source: docs.github.com, "Using fnmatch syntax".
 */
export function fnmatch(pattern: string, text: string): boolean | undefined {
  return regexMatch(`^${globSource(pattern)}$`, text);
}

function globSource(pattern: string): string {
  let source = '';
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] as string;
    if (char === '*' && pattern[at + 1] === '*') {
      at++;
      if (pattern[at + 1] === '/') {
        at++;
        source += '(?:.*/)?';
      } else source += '.*';
    } else if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '[') {
      const end = pattern.indexOf(']', at + 2);
      if (end === -1) source += '\\[';
      else {
        const set = pattern
          .slice(at + 1, end)
          .replace(/^!/, '^')
          .replaceAll('\\', '\\\\');
        source += `[${set}]`;
        at = end;
      }
    } else source += char.replace(/[.+^$()|{}\\\]]/, '\\$&');
  }
  return source;
}

/** GitLab's wildcard of protected names: `*` stands for anything. */
export function wildcardMatch(pattern: string, name: string): boolean {
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[.+^$()|{}\\[\]?]/g, '\\$&'))
    .join('.*');
  return regexMatch(`^${source}$`, name) ?? false;
}
