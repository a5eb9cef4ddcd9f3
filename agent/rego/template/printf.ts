/** `printf` of Go's templates, by the formatter of `sprintf`. */
import { formatGo } from '../builtins/format.ts';
import { isNumber, RegoObject, type Value } from '../values/value.ts';
import { isNil, type Maybe, printed, textOf } from './operands.ts';
import { GoNumber, TemplateError } from './parse.ts';

type Charge = (cells: number) => void;

/** Flags are followed by a width that does not begin with 0, which is a flag itself. */
const VERB = /%[-+# 0]*(?:[1-9]\d*)?(?:\.\d+)?([a-zA-Z%])/g;

function wrongVerb(v: Maybe, verb: string): string | undefined {
  if (isNil(v)) return `%!${verb}(<nil>)`;
  return typeof v === 'boolean' && verb !== 't' ? `%!${verb}(bool=${v})` : undefined;
}

function isMany(v: Maybe): v is Value {
  return Array.isArray(v) || v instanceof RegoObject;
}

function byVerb(v: Value, verb: string, charge: Charge): string {
  if (Array.isArray(v)) return `[${v.map((item: Value) => byVerb(item, verb, charge)).join(' ')}]`;
  if (v instanceof RegoObject)
    return `map[${[...v.entries()].map(([key, e]) => `${byVerb(key, verb, charge)}:${byVerb(e, verb, charge)}`).join(' ')}]`;
  return printFormatted([`%${verb}`, v], charge);
}

/**
 * The format, then its operands as `printf` sees them: numbers of the values are texts, and those of the template numbers.
 * Throws `TemplateError` where the format is no text. `charge` is told the size of what is made, and may throw.
 */
export function printFormatted([format, ...args]: Maybe[], charge: Charge): string {
  if (format === undefined) throw new TemplateError('wrong number of args for printf: want at least 1 got 0');
  if (textOf(format) === undefined) throw new TemplateError(`expected string; found ${printed(format)}`);
  const verbs = [...String(textOf(format)).matchAll(VERB)].filter((found) => found[1] !== '%');
  const operands = args.map((v): Value => (v instanceof GoNumber ? v.value : isNil(v) ? '<nil>' : printed(v)));
  let template = String(textOf(format));
  for (const [i, v] of [...args.entries()].reverse()) {
    const found = verbs[i];
    // Go writes the members of lists and maps by the verb, and has no verb for nil.
    if (found === undefined || found[0].length > 2 || found[1] === 'v') continue;
    const text = wrongVerb(v, found[1] as string) ?? (isMany(v) ? byVerb(v, found[1] as string, charge) : undefined);
    if (text === undefined) continue;
    operands[i] = text;
    template = `${template.slice(0, found.index)}%s${template.slice(found.index + 2)}`;
  }
  let text = formatGo(template, operands, charge);
  // What Go says of a verb that does not fit names the type, which the formatter does not know.
  for (const [i, v] of args.entries()) {
    if (typeof v === 'boolean') text = text.replace(`%!t(string=${operands[i]})`, String(v));
    else if (isNumber(v as Value)) text = text.replace(`(string=${operands[i]})`, `(json.Number=${operands[i]})`);
  }
  return text;
}
