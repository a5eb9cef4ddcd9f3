import type { Range } from '../../model/types.ts';

interface OwnersRule {
  pattern: string;
  owners: { value: string; type: 'email' | 'team' | 'username' }[];
  comment: string;
  lineNumber: number;
}

/**
 * A `CODEOWNERS` file of GitHub in conftest's shape, with the place of each rule. Undefined where a line is none; sections
 * of GitLab are such lines.
 */
export function codeownersConfig(text: string): { value: { rules: OwnersRule[] | null }; ranges: Range[] } | undefined {
  const rules: OwnersRule[] = [];
  const ranges: Range[] = [];
  let start = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const trimmed = line.trim();
    if (trimmed !== '' && !trimmed.startsWith('#')) {
      const rule = ruleOf(trimmed, index + 1);
      if (!rule) return undefined;
      rules.push(rule);
      ranges.push([start, start + line.length]);
    }
    start += line.length + 1;
  }
  return { value: { rules: rules.length === 0 ? null : rules }, ranges };
}

function ruleOf(line: string, lineNumber: number): OwnersRule | undefined {
  const [, pattern, rest, comment = ''] =
    /^((?:\\[ \t]|[A-Za-z0-9*?./@_+\-\\()])+)((?:(?<!\\)[ \t][^#]*)?)(?:#(.*))?$/.exec(line) ?? [];
  if (pattern === undefined || rest === undefined) return undefined;
  const owners: OwnersRule['owners'] = [];
  for (const word of rest.split(/[ \t]+/).filter((one) => one !== '')) {
    const owner = ownerOf(word);
    if (!owner) return undefined;
    owners.push(owner);
  }
  return { pattern, owners, comment: comment.trim(), lineNumber };
}

function ownerOf(word: string): OwnersRule['owners'][number] | undefined {
  if (/^[\w.%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,6}$/.test(word)) return { value: word, type: 'email' };
  if (/^@[A-Za-z0-9-]+\/[\w-]+$/.test(word)) return { value: word.slice(1), type: 'team' };
  return /^@[\w-]+$/.test(word) ? { value: word.slice(1), type: 'username' } : undefined;
}
