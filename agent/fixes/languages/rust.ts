import { type Context, type Expression, innermost, isWithin } from '../expression.ts';
import { type Replacement, readTitle } from '../language.ts';
import * as syntax from '../syntax.ts';

const formats =
  /\b(?:format|print|println|eprint|eprintln|write|writeln|panic|info|warn|error|debug|trace|bail|anyhow)!$/;
const read = (name: string) => `std::env::var("${name}").expect("${name} is not set")`;

/**
 * Rust: what is read is a String, and a `&str` borrows it. That lives long enough in a `let`, and as an argument; what is
 * kept elsewhere does not compile (https://doc.rust-lang.org/reference/destructors.html#temporary-lifetime-extension).
 */
export const rust: Expression = {
  files: /\.rs$/i,
  syntax: syntax.rust,
  make: (context) => `${context.after.startsWith('.') ? '' : '&'}${read(context.name)}`,
  // Byte strings are no strings.
  strange: /^[bc]/,
  refuses: (context) =>
    /\b(?:const|static)\b|#!?\[/.test(context.before.slice(context.before.lastIndexOf('\n') + 1)) ||
    isWithin(context, '[', /#!?$/) ||
    /^\s*(?:=>|\|)/.test(context.after) ||
    !livesLongEnough(context),
  special: ({ text, where, value, name, ...rest }): Replacement | undefined => {
    const context: Context = { text, where, value, name, ...rest };
    const first = /\(\s*(?:\w+\s*,\s*)?$/.test(context.before) && formats.test(innermost(context).head);
    const whole = where.inner[0] === value[0] && where.inner[1] === value[1];
    const [left, right] = [text.slice(where.inner[0], value[0]), text.slice(value[1], where.inner[1])];
    const title = readTitle(name);
    if (first && where.prefix === '' && /^\s*\)/.test(context.after)) {
      if (/\{\}|\{:/.test(left + right)) return undefined;
      const range = [value[0], where.outer[1]] as const;
      return { range, text: `{}${right}", ${read(name)}`, title, environment: name };
    }
    if (first || whole || where.prefix !== '' || /[{}]/.test(left + right)) return undefined;
    if (rust.refuses?.(context)) return undefined;
    const made = `format!("${left}{}${right}", ${read(name)})`;
    return { range: where.outer, text: `${context.after.startsWith('.') ? '' : '&'}${made}`, title, environment: name };
  },
};

function livesLongEnough(context: Context): boolean {
  const { before, after } = context;
  if (/^\.(?:to_string|to_owned|into|parse|as_bytes|len|is_empty)\(/.test(after)) return true;
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (/^\s*let\s+(?:mut\s+)?\w+\s*(?::\s*&(?:'\w+\s+)?str\s*)?=\s*$/.test(line) && /^\s*;/.test(after)) return true;
  const { bracket, head } = innermost(context);
  // A call, but no `Some(…)`, no macro: those keep what they are given.
  return (
    bracket === '(' &&
    /(?:^|[^\w!])[a-z_]\w*(?:::<[^>]*>)?$/.test(head) &&
    !/\bfn\s+\w+$/.test(head) &&
    /[(,]\s*$/.test(before)
  );
}
