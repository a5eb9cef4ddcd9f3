import { backslash, type Syntax } from './scan.ts';

const slashes = /\/\/.*|\/\*[\s\S]*?(?:\*\/|$(?![\s\S]))/y;
const hash = /#.*/y;
/** `'"'`, `'\n'`, `'\u{22}'`; a lifetime of Rust and a transposed matrix are none. */
const character = /'(?:\\[^'\n]{1,12}|\\'|[^'\\\n])'/y;
/** A regular expression, where none but an operand may stand. */
const pattern =
  /(?<=(?:[(,=:[!&|?{};+*%~^]|\b(?:return|typeof|case|in|of|if|unless|when|and|or|not)|^)[ \t]*)\/(?![*/ ])(?:[^\\/\n[]|\\.|\[(?:[^\]\\\n]|\\.){0,200}\]){1,400}\/[a-z]*/my;
const doubled = { '"': /""/y, "'": /''/y };
const quoteOf = (quote: string): RegExp => doubled[quote[0] as '"' | "'"];

export const javascript: Syntax = {
  comment: slashes,
  skip: pattern,
  open: /(?<quote>["'`])/y,
  form: (_, quote) => (quote === '`' ? { escape: backslash, multi: true, fill: /\$\{/y } : { escape: backslash }),
};

export const python: Syntax = {
  comment: hash,
  open: /(?:(?<![A-Za-z0-9_])(?<prefix>[rRbBuUfFtT]{1,2}))?(?<quote>"""|'''|"|')/y,
  form: (prefix, quote) => ({
    escape: /[ft]/i.test(prefix) ? /\\[\s\S]|\{\{/y : backslash,
    multi: quote.length === 3,
    ...(/[ft]/i.test(prefix) ? { fill: /\{/y } : {}),
  }),
};

export const ruby: Syntax = {
  comment: /^=begin\b[\s\S]*?^=end\b.*|(?<![^\s;(){}[\],])#.*/my,
  skip: pattern,
  open: /(?<quote>["'`])/y,
  heredoc: /<<[~-]?(?<quote>["'`]?)(?<word>[A-Z_]\w*)\k<quote>/y,
  form: (_, quote) => (quote === "'" ? { escape: backslash } : { escape: backslash, fill: /#\{/y }),
};

export const php: Syntax = {
  comment: /\/\/.*|#(?!\[).*|\/\*[\s\S]*?(?:\*\/|$(?![\s\S]))/y,
  open: /(?<quote>["'`])/y,
  heredoc: /<<<[ \t]*(?<quote>["']?)(?<word>[A-Za-z_]\w*)\k<quote>/y,
  form: (_, quote) => (quote === "'" ? { escape: backslash } : { escape: backslash, fill: /\{(?=\$)/y }),
};

export const java: Syntax = {
  comment: slashes,
  skip: character,
  open: /(?<quote>"""|")/y,
  form: (_, quote) => ({ escape: backslash, multi: quote.length === 3 }),
};

export const kotlin: Syntax = {
  ...java,
  form: (_, quote) => (quote.length === 3 ? { multi: true, fill: /\$\{/y } : { escape: backslash, fill: /\$\{/y }),
};

export const scala: Syntax = {
  ...java,
  open: /(?:(?<![\w$])(?<prefix>[a-z]\w*))?(?<quote>"""|")/y,
  form: (prefix, quote) => ({
    ...(quote.length === 3 ? { multi: true } : { escape: backslash }),
    ...(prefix === '' ? {} : { fill: /\$\{/y }),
  }),
};

export const groovy: Syntax = {
  comment: slashes,
  skip: pattern,
  open: /(?<quote>"""|'''|"|')/y,
  form: (_, quote) => ({
    escape: backslash,
    multi: quote.length === 3,
    ...(quote.startsWith('"') ? { fill: /\$\{/y } : {}),
  }),
};

export const go: Syntax = {
  comment: slashes,
  skip: character,
  open: /(?<quote>["`])/y,
  form: (_, quote) => (quote === '`' ? { multi: true } : { escape: backslash }),
};

export const csharp: Syntax = {
  comment: /\/\/.*|\/\*[\s\S]*?(?:\*\/|$(?![\s\S]))|^[ \t]*#.*/my,
  skip: character,
  open: /(?<prefix>\$@|@\$|\$+|@)?(?<quote>"{3,}|")/y,
  form: (prefix, quote) => {
    const fill = prefix.includes('$') ? { fill: /\{/y } : {};
    if (quote.length > 2) return { multi: true };
    if (prefix.includes('@')) return { multi: true, escape: prefix === '@' ? /""/y : /""|\{\{/y, ...fill };
    return { escape: prefix === '' ? backslash : /\\[\s\S]|\{\{/y, ...fill };
  },
};

export const visualBasic: Syntax = {
  comment: /'.*|\bREM\b.*/iy,
  open: /(?<prefix>\$)?(?<quote>")/y,
  form: (prefix) => (prefix === '' ? { escape: /""/y } : { escape: /""|\{\{/y, fill: /\{/y }),
};

export const fsharp: Syntax = {
  comment: /\/\/.*|\(\*(?!\))[\s\S]*?(?:\*\)|$(?![\s\S]))/y,
  skip: character,
  open: /(?<prefix>\$@|@\$|[$@])?(?<quote>"""|")/y,
  form: (prefix, quote) => ({
    multi: true,
    ...(quote.length === 3 ? {} : { escape: prefix.includes('@') ? /""/y : backslash }),
    ...(prefix.includes('$') ? { fill: /\{(?!\{)/y } : {}),
  }),
};

export const c: Syntax = {
  comment: slashes,
  skip: character,
  open: /(?:(?<!\w)(?<prefix>(?:u8|[LuU])?R|u8|[LuU@]))?(?<quote>(?<=R)"[^(\s"\\]{0,16}\(|")/y,
  form: (_, quote) => (quote.endsWith('(') ? { close: `)${quote.slice(1, -1)}"`, multi: true } : { escape: backslash }),
};

export const rust: Syntax = {
  comment: slashes,
  skip: character,
  open: /(?:(?<!\w)(?<prefix>b?r#*|[bc]))?(?<quote>")/y,
  form: (prefix) =>
    prefix.includes('r')
      ? { close: `"${prefix.replace(/[^#]/g, '')}`, multi: true }
      : { escape: backslash, multi: true },
};

export const swift: Syntax = {
  comment: slashes,
  open: /(?<prefix>#+)?(?<quote>"""|")/y,
  form: (prefix, quote) => ({
    multi: quote.length === 3,
    ...(prefix === '' ? { fill: /\\\(/y, fillEnd: ')', escape: /\\[^(]/y } : { close: `${quote}${prefix}` }),
  }),
};

export const dart: Syntax = {
  comment: slashes,
  open: /(?:(?<!\w)(?<prefix>r))?(?<quote>'''|"""|'|")/y,
  form: (prefix, quote) => ({
    multi: quote.length === 3,
    ...(prefix === '' ? { escape: backslash, fill: /\$\{/y } : {}),
  }),
};

export const elixir: Syntax = {
  comment: hash,
  skip: /\?\\?["']/y,
  open: /(?<prefix>~[a-zA-Z]+)?(?<quote>"""|'''|"|')/y,
  form: (_, quote) => ({ escape: backslash, multi: quote.length === 3, fill: /#\{/y }),
};

export const erlang: Syntax = {
  comment: /%.*/y,
  skip: /\$(?:\\.|[^\\])|'(?:[^'\\\n]|\\.){0,200}'/y,
  open: /(?<quote>")/y,
  form: () => ({ escape: backslash, multi: true }),
};

export const clojure: Syntax = {
  comment: /;.*/y,
  skip: /\\./y,
  open: /(?<prefix>#)?(?<quote>")/y,
  form: () => ({ escape: backslash, multi: true }),
};

export const lua: Syntax = {
  comment: /--(?:\[(=*)\[[\s\S]*?(?:\]\1\]|$(?![\s\S]))|.*)/y,
  open: /(?<quote>["']|\[=*\[)/y,
  form: (_, quote) =>
    quote.startsWith('[') ? { close: quote.replaceAll('[', ']'), multi: true } : { escape: backslash },
};

export const perl: Syntax = {
  comment: /^=[a-z]\w*[\s\S]*?(?:^=cut\b.*|$(?![\s\S]))|^__(?:END|DATA)__[\s\S]*|(?<![^\s;(){}[\],])#.*/my,
  skip: /\$[&`'"#$]|\b(?:qw?|qq|m|qr)\s*(?:\{[^}]{0,400}\}|\([^)]{0,400}\)|\/[^/\n]{0,400}\/)|(?<==~\s*)\/(?:[^\\/\n]|\\.){1,400}\//y,
  open: /(?<quote>["'`])/y,
  heredoc: /<<~?(?<quote>["']?)(?<word>[A-Z_a-z]\w*)\k<quote>/y,
  form: (_, quote) => (quote === "'" ? { escape: backslash } : { escape: backslash, fill: /@\{\[/y, fillEnd: ']' }),
};

export const r: Syntax = {
  comment: hash,
  open: /(?:(?<![\w.])(?<prefix>[rR]))?(?<quote>["'`])/y,
  form: () => ({ escape: backslash, multi: true }),
};

export const julia: Syntax = {
  comment: /#=[\s\S]*?(?:=#|$(?![\s\S]))|#.*/y,
  skip: character,
  open: /(?:(?<!\w)(?<prefix>[A-Za-z_]\w*))?(?<quote>"""|"|`)/y,
  form: (prefix) => ({ escape: backslash, multi: true, ...(prefix === '' ? { fill: /\$\(/y, fillEnd: ')' } : {}) }),
};

export const shell: Syntax = {
  comment: /(?<![^\s;|&()`])#.*/y,
  skip: /\\[\s\S]|\$[#$?!*@]/y,
  open: /(?<prefix>\$)?(?<quote>["'])/y,
  heredoc: /(?<!<)<<-?[ \t]*(?<quote>["'\\]?)(?<word>\w+)["']?/y,
  form: (prefix, quote) => {
    if (quote === '"') return { escape: backslash, multi: true, fill: /\$\(/y, fillEnd: ')' };
    return prefix === '$' ? { escape: backslash, multi: true } : { multi: true };
  },
};

export const fish: Syntax = {
  comment: /(?<![^\s;|&()])#.*/y,
  skip: /\\[\s\S]/y,
  open: /(?<quote>["'])/y,
  form: (_, quote) => ({ escape: backslash, multi: true, ...(quote === '"' ? { fill: /\$\(/y, fillEnd: ')' } : {}) }),
};

export const powershell: Syntax = {
  comment: /<#[\s\S]*?(?:#>|$(?![\s\S]))|(?<![^\s;|&(){}])#.*/y,
  skip: /`[\s\S]/y,
  open: /(?<prefix>@)?(?<quote>["'])/y,
  form: (prefix, quote) => {
    const fill = quote === '"' ? { fill: /\$\(/y, fillEnd: ')' } : {};
    if (prefix === '@') return { close: `\n${quote}@`, multi: true, ...fill };
    return { escape: quote === '"' ? /`[\s\S]|""/y : quoteOf(quote), multi: true, ...fill };
  },
};

export const terraform: Syntax = {
  comment: /#.*|\/\/.*|\/\*[\s\S]*?(?:\*\/|$(?![\s\S]))/y,
  open: /(?<quote>")/y,
  heredoc: /<<-?(?<quote>)(?<word>[A-Za-z_]\w*)/y,
  form: () => ({ escape: /\\[\s\S]|\$\$\{/y, fill: /[$%]\{/y }),
};
