import type { Document, Range } from '../model/types.ts';
import { composeFile, githubWorkflow, shellScript, terraform } from './configuration.ts';
import { goImport, pythonImport } from './imports.ts';
import type { Literal } from './literal.ts';

export interface Place {
  document: Document;
  literal: Literal;
  name: string;
}

export interface Replacement {
  range: Range;
  text: string;
  title: string;
  /** Further edits of the same file, such as an import. */
  more?: { range: Range; text: string }[];
  /** The name is read from the environment, so that it belongs into `.env.example`. */
  environment: boolean;
}

export interface Language {
  files: RegExp;
  /** Tells a file of this kind by its beginning, where its name does not. */
  text?: RegExp;
  /** Undefined where the value cannot be replaced with certainty. */
  replace(place: Place): Replacement | undefined;
}

/** A language in which an expression takes the place of a whole string. */
interface Expression {
  files: RegExp;
  make(place: Place): string;
  /** What the line before the string, or behind it, must not look like: there only a constant may stand. */
  constant?: RegExp;
  after?: RegExp;
  /** The same inside of a longer string, where the language fills strings in; by its quote. */
  inside?: Partial<Record<Literal['quote'], (name: string) => string>>;
  more?: (place: Place) => { range: Range; text: string }[] | undefined;
  /** Quotes that make a plain string. */
  quotes: string;
}

const expressions: readonly Expression[] = [
  {
    files: /\.[cm]?[jt]sx?$/i,
    quotes: '"\'`',
    make: ({ name }) => `process.env.${name}`,
    // An attribute, a module's name, a type.
    constant: /[\w-]=$|\b(?:import|from|require\()\s*$|^\s*(?:export\s+)?(?:declare\s+)?type\s/,
    after: /^\s*:/,
    inside: { '`': (name) => `\${process.env.${name}}` },
  },
  {
    files: /\.pyw?$/i,
    quotes: '"\'',
    make: ({ name }) => `os.environ["${name}"]`,
    constant: /[A-Za-z]$/,
    after: /^\s*(?::(?!\s*\w+\s*=)|["'])/,
    more: pythonImport,
  },
  {
    files: /\.go$/i,
    quotes: '"`',
    make: ({ name }) => `os.Getenv("${name}")`,
    constant: /\bconst\b|\bcase\s|[\w\]]\s+$/,
    after: /^\s*:/,
    more: goImport,
  },
  { files: /\.java$/i, quotes: '"', make: ({ name }) => `System.getenv("${name}")`, constant: /@|\bcase\s/ },
  { files: /\.kts?$/i, quotes: '"', make: ({ name }) => `System.getenv("${name}")`, constant: /@|\bconst\b/ },
  {
    files: /\.rb$|(?:^|\/)(?:Gemfile|Rakefile)$/,
    quotes: '"\'',
    make: ({ name }) => `ENV.fetch("${name}")`,
    constant: /%[wiqQr][^\s]*$/,
    after: /^\s*:(?!:)/,
    inside: { '"': (name) => `#{ENV.fetch("${name}")}` },
  },
  {
    files: /\.php$/i,
    quotes: '"\'',
    make: ({ name }) => `getenv('${name}')`,
    constant: /\b(?:const|public|private|protected|static|var|case)\b/,
  },
  {
    files: /\.cs$/i,
    quotes: '"',
    make: ({ name }) => `System.Environment.GetEnvironmentVariable("${name}")`,
    constant: /\b(?:const|case)\b|[@$]$|^\s*\[/,
  },
  {
    files: /\.rs$/i,
    quotes: '"',
    // What follows with a dot makes a String of it; everywhere else a &str was meant.
    make: ({ name, literal }) =>
      `${literal.after.startsWith('.') ? '' : '&'}std::env::var("${name}").expect("${name} is not set")`,
    constant: /\b(?:const|static)\b|#\[|[br]#*$|=>\s*$/,
    after: /^\s*=>/,
  },
];

export const languages: readonly Language[] = [
  githubWorkflow,
  composeFile,
  terraform,
  shellScript,
  ...expressions.map((one): Language => ({ files: one.files, replace: (place) => replaceExpression(one, place) })),
];

function replaceExpression(language: Expression, place: Place): Replacement | undefined {
  const { literal, name } = place;
  const title = `Read ${name} from the environment`;
  if (isComment(literal.before)) return undefined;
  if (!literal.whole) {
    const inside = literal.quote === '' ? undefined : language.inside?.[literal.quote];
    return inside && { range: literal.value, text: inside(name), title, environment: true };
  }
  if (!language.quotes.includes(literal.quote)) return undefined;
  if (language.constant?.test(literal.before) || language.after?.test(literal.after)) return undefined;
  const more = language.more ? language.more(place) : [];
  if (!more) return undefined;
  return { range: literal.whole, text: language.make(place), title, more, environment: true };
}

function isComment(before: string): boolean {
  return /^\s*(?:\/\/|#|\/?\*)/.test(before);
}
