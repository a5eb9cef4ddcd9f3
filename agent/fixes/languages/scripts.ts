import { type Context, type Expression, innermost, isWithin, onLine } from '../expression.ts';
import { pythonImport } from '../imports.ts';
import * as syntax from '../syntax.ts';

const isTypeScript = ({ document }: Context) => /\.[cm]?tsx?$/i.test(document.path);
const isKey = ({ before, after }: Context) => /^\s*:(?!:)/.test(after) && /(?:^|[{,\n]|\bcase)\s*$/.test(before);
/** An attribute of JSX: a value in braces takes its place. */
const isAttribute = ({ document, before }: Context) =>
  /\.[jt]sx?$/i.test(document.path) && /<[A-Za-z][\w.:-]*\s(?:[^<>]*\s)?[\w:-]+=$/.test(before);
const other = (quote: string) => (quote.startsWith('"') ? "'" : '"');

/** Languages that are run from their source. */
export const scripts: readonly Expression[] = [
  {
    files: /\.[cm]?[jt]sx?$/i,
    syntax: syntax.javascript,
    make: (context) => {
      const { text, name, where, value } = context;
      if (/\bDeno\./.test(text)) return `Deno.env.get("${name}")${isTypeScript(context) ? '!' : ''}`;
      const whole = where.inner[0] === value[0] && where.inner[1] === value[1];
      // Without the sign it may be undefined, and would not fit where a string did.
      return `process.env.${name}${whole && isTypeScript(context) ? '!' : ''}`;
    },
    fill: ({ text, name }) => (/\bDeno\./.test(text) ? `\${Deno.env.get("${name}")}` : `\${process.env.${name}}`),
    join: ' + ',
    wrap: (made, context) => (isAttribute(context) ? `{${made}}` : made),
    // A module's name, a type, a member of an enumeration, a directive, a tagged template.
    refuses: (context) =>
      isKey(context) ||
      (/\b(?:import|from|require\()\s*$|^\s*(?:export\s+)?(?:declare\s+)?type\s[^;{]*$|^\s*$/.test(onLine(context)) &&
        context.where.brackets.length === 0) ||
      /\b(?:from|import\(|require\()\s*$/.test(context.before) ||
      /\btype\s+\w+[^;{}]*=\s*[^;]*$/.test(onLine(context)) ||
      (context.where.quote === '`' && /[\w)\]]$/.test(context.before)) ||
      /^\s*as\s+const\b/.test(context.after) ||
      isWithin(context, '{', /\b(?:enum|interface)\s[^;{}]*$|\btype\s[^;{}]*=$/),
  },
  {
    files: /\.pyw?$/i,
    text: /^#!.*\bpython/,
    syntax: syntax.python,
    make: ({ name, where }) => `os.environ["${name}"]${/b/i.test(where.prefix) ? '.encode()' : ''}`,
    fill: ({ name, where }) => `{os.environ[${other(where.quote)}${name}${other(where.quote)}]}`,
    join: ' + ',
    adjacent: true,
    // A key of a dictionary, a pattern, an annotation, a docstring, a keyword right before.
    refuses: (context) =>
      isKey(context) ||
      /\bcase\b[^\n]*$|[A-Za-z]$|\blambda[^\n]*$/.test(onLine(context)) ||
      (onLine(context).trim() === '' && context.where.brackets.length === 0),
    more: pythonImport,
  },
  {
    files: /\.(?:rb|rake|gemspec|ru)$|(?:^|\/)(?:Gemfile|Rakefile|Vagrantfile|Fastfile|Podfile|Brewfile)$/,
    text: /^#!.*\bruby/,
    syntax: syntax.ruby,
    make: ({ name }) => `ENV.fetch("${name}")`,
    fill: ({ name }) => `#{ENV.fetch("${name}")}`,
    join: ' + ',
    adjacent: true,
    commands: true,
    strange: /`/,
    refuses: ({ before, after }) => /%[wiqQr][^\s]*$|:$/.test(before) || /^\s*:(?!:)/.test(after),
  },
  {
    files: /\.(?:php|phtml)$/i,
    text: /^#!.*\bphp/,
    syntax: syntax.php,
    make: ({ name }) => `getenv('${name}')`,
    join: ' . ',
    strange: /`/,
    // Constants, properties, attributes and defaults of parameters take no call.
    refuses: (context) =>
      /\b(?:const|public|private|protected|static|var|readonly|case)\b[^(]*$/.test(onLine(context)) ||
      isWithin(context, '(', /\b(?:function|fn)\b[^(]*$/) ||
      isWithin(context, '[', /#$/) ||
      context.text.lastIndexOf('<?', context.value[0]) <= context.text.lastIndexOf('?>', context.value[0]),
  },
  {
    files: /\.(?:lua|rockspec)$/i,
    syntax: syntax.lua,
    make: ({ name }) => `os.getenv("${name}")`,
    join: ' .. ',
    // `f"…"` is a call.
    wrap: (made, { before }) =>
      /[\w)\]]\s*$/.test(before) && !/\b(?:return|and|or|not|in|then|else|do)\s*$/.test(before) ? `(${made})` : made,
  },
  {
    files: /\.(?:pl|pm|t)$|(?:^|\/)cpanfile$/i,
    text: /^#!.*\bperl/,
    syntax: syntax.perl,
    make: ({ name }) => `$ENV{${name}}`,
    // A bracket behind it would be read as a part of the variable.
    fill: ({ name, where, text, value }) =>
      where.quote === "'" || /[[{-]/.test(text[value[1]] ?? '') ? undefined : `$ENV{${name}}`,
    join: ' . ',
    commands: true,
    strange: /`/,
  },
  {
    files: /\.R$/i,
    text: /^#!.*\bRscript/,
    syntax: syntax.r,
    make: ({ name }) => `Sys.getenv("${name}")`,
    join: (parts) => `paste0(${parts.join(', ')})`,
    strange: /^[rR]|`/,
    refuses: ({ after }) => /^\s*=(?!=)/.test(after),
  },
  {
    files: /\.jl$/i,
    syntax: syntax.julia,
    make: ({ name }) => `ENV["${name}"]`,
    fill: ({ name }) => `$(ENV["${name}"])`,
    strange: /^(?!raw)\w|`/,
  },
  {
    files: /\.exs?$/i,
    syntax: syntax.elixir,
    make: ({ name }) => `System.fetch_env!("${name}")`,
    fill: ({ name, where }) => (where.prefix === '' ? `#{System.fetch_env!("${name}")}` : undefined),
    strange: /^~|^'/,
    // An attribute of a module is kept in what is compiled; in patterns nothing is called; a key, a piece of documentation.
    refuses: (context) =>
      /^\s*@\w+\s|\bdef(?:macro)?p?\s(?!.*\bdo\b)/.test(onLine(context)) ||
      /^\s*(?:->|=(?![=>~])|:(?!:))/.test(context.after) ||
      (onLine(context).trim() === '' && context.where.brackets.length === 0),
  },
  {
    files: /\.(?:clj|bb)$/i,
    syntax: syntax.clojure,
    make: ({ name, document }) => `${/project\.clj$/.test(document.path) ? '~' : ''}(System/getenv "${name}")`,
    join: (parts) => `(str ${parts.join(' ')})`,
    strange: /^#/,
    // What is quoted is not evaluated.
    refuses: (context) =>
      isWithin(context, '(', /['`]$/) ||
      isWithin(context, '[', /['`]$/) ||
      (/project\.clj$/.test(context.document.path) && context.where.inner[0] !== context.value[0]),
  },
  {
    files: /\.[eh]rl$|\.escript$/i,
    syntax: syntax.erlang,
    make: ({ name }) => `os:getenv("${name}")`,
    join: ' ++ ',
    adjacent: true,
    special: ({ text, where, value, name }) => {
      const [start, end] = where.outer;
      const whole = where.inner[0] === value[0] && where.inner[1] === value[1];
      const close = /^(?:\/utf8)?>>/.exec(text.slice(end, end + 7))?.[0];
      if (!whole || close === undefined || !text.slice(0, start).endsWith('<<')) return undefined;
      if (/^\s*(?:->|=)/.test(text.slice(end + close.length, end + 20))) return undefined;
      const title = `Read ${name} from the environment`;
      return {
        range: [start - 2, end + close.length],
        text: `list_to_binary(os:getenv("${name}"))`,
        title,
        environment: name,
      };
    },
    // Attributes of modules, segments of binaries, heads of functions and patterns.
    refuses: (context) =>
      /^\s*-\w+/.test(onLine(context)) ||
      /<<[^>]*$/.test(onLine(context)) ||
      /^\s*(?:->|=(?!=))/.test(context.after) ||
      (innermost(context).bracket === '(' && /^[^)]*\)\s*(?:when[^>]*)?->/.test(context.after)),
  },
];
