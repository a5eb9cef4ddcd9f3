import { lineStarts, lineText } from '../model/document.ts';
import type { Document, Edit } from '../model/types.ts';

export interface SuppressionOptions {
  rule: string;
  /** The line of the finding, from 1. */
  line: number;
  reason: string;
  /** ISO date. */
  expires?: string;
}

/** Comment signs by the end of a file's name. What is missing here takes no comments, or none we are sure of. */
const signs: readonly (readonly [names: RegExp, open: string, close: string])[] = [
  [
    /\.(?:jsx?|[cm]js|tsx?|[cm]ts|java|kts?|groovy|gradle|go|rs|c|cc|cpp|h|hpp|cs|swift|scala|dart|php|jsonc|json5|proto|sol|zig)$|(?:^|\/)Jenkinsfile$/i,
    '//',
    '',
  ],
  [/\.(?:html?|xml|md|markdown|vue|svelte|svg|csproj|config|xaml|pom)$/i, '<!--', ' -->'],
  [/\.(?:css|scss|less)$/i, '/*', ' */'],
  [/\.(?:sql|lua|hs|elm|ada|adb)$/i, '--', ''],
  [/\.(?:ini|lisp|clj|el|scm|asm|reg)$/i, ';', ''],
  [/\.(?:tex|erl|m)$/i, '%', ''],
  [
    /\.(?:ya?ml|toml|py|pyi|rb|sh|bash|zsh|ps1|psm1|pl|r|tf|tfvars|hcl|nix|mk|cmake|conf|cfg|properties|env|dockerfile|gitignore|graphql|ex|exs|jl|coffee|rego|in|txt)$|(?:^|\/)(?:Dockerfile[^/]*|Containerfile|Makefile|Gemfile|Rakefile|CODEOWNERS|\.env[^/]*|\.npmrc|\.netrc|\.[a-z]+rc)$/i,
    '#',
    '',
  ],
];

/**
 * The comment that takes a finding out, as an edit: on a line of its own above it, with the same indentation.
 * `undefined` where the format has no comments (JSON, lockfiles, binary), and outside of UTF-8: the baseline is the way then.
 */
export function suppressionEdit(document: Document, options: SuppressionOptions): Edit | undefined {
  const sign = signs.find(([names]) => names.test(document.path));
  const start = lineStarts(document)[options.line - 1];
  if (!sign || start === undefined || document.kind !== 'file' || document.encoding !== 'utf-8') return undefined;
  const [, open, close] = sign;
  const indent = /^[ \t]*/.exec(lineText(document, options.line))?.[0] ?? '';
  const reason = options.reason
    .replace(/\s+/g, ' ')
    .replace(/-->|\*\//g, '')
    .trim();
  const until = options.expires === undefined ? '' : ` until ${options.expires}`;
  const end = document.text.includes('\r\n') ? '\r\n' : '\n';
  const text = `${indent}${open} pregate-ignore-next-line ${options.rule} -- ${reason}${until}${close}${end}`;
  return { path: document.path, range: [start, start], text };
}

/** The edit that takes a comment away: its whole line when nothing else stands on it. */
export function removalEdit(document: Document, from: number, to: number): Edit {
  const { text, path } = document;
  const lineStart = text.lastIndexOf('\n', from - 1) + 1;
  const next = text.indexOf('\n', to);
  const lineEnd = next === -1 ? text.length : next;
  const alone = text.slice(lineStart, from).trim() === '' && text.slice(to, lineEnd).trim() === '';
  if (alone) return { path, range: [lineStart, next === -1 ? lineEnd : next + 1], text: '' };
  const gap = /[ \t]*$/.exec(text.slice(lineStart, from))?.[0].length ?? 0;
  return { path, range: [from - gap, to], text: '' };
}
