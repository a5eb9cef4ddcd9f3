/** `rego.parse_module`: a module's tree in the JSON shape of OPA's `ast` package. */
import type { Expr, Head, Module, Operand, Rule, Term } from '../ast.ts';
import type { RegoError } from '../errors.ts';
import { lex } from '../lexer.ts';
import { parseModule } from '../parser/index.ts';
import { fromJs, toJs } from '../values/json.ts';
import { isNumber, RegoObject, RegoSet, typeName, type Value } from '../values/value.ts';
import { BuiltinFailure, type BuiltinTable, stringArg } from './types.ts';

type Json = Record<string, unknown>;

function parse(args: readonly Value[]): Value {
  const name = stringArg(args, 0);
  // OPA counts this operand as the first, too.
  const text = stringArg(args.slice(1), 0);
  const module = parseModule(name, text, 'v1');
  if (module.errors.length === 0) return fromJs({ ...moduleJson(module), ...commentsJson(module) });
  const told = asTold(module.errors);
  const place = (e: RegoError): string => (name === '' ? `${e.line}:${e.column}` : `${e.path}:${e.line}`);
  const lines = told.map((e) => `${place(e)}: ${e.code}: ${e.message}${excerpt(e, text)}`);
  if (told[0]?.message === 'empty module') throw new BuiltinFailure(lines.join('\n'));
  const count = told.length === 1 ? '1 error occurred: ' : `${told.length} errors occurred:\n`;
  throw new BuiltinFailure(count + lines.join('\n'));
}

/** What OPA finds once everything could be read. */
const OF_RULES =
  /cannot be used for rule (name|head)$|^`(if|contains)` keyword is required|^rule name conflicts|^(package expected|empty module)$/;

/** OPA stops where something cannot be read; only then it looks at rules. */
function asTold(errors: readonly RegoError[]): readonly RegoError[] {
  const first = errors.find((e) => !OF_RULES.test(e.message));
  return first === undefined ? errors : errors.filter((e) => e.offset === first.offset && !OF_RULES.test(e.message));
}

/** The line of an error with a mark below the place. At the end of the text OPA marks the last character before it. */
function excerpt(e: RegoError, text: string): string {
  if (OF_RULES.test(e.message)) return '';
  let at = Math.min(e.offset ?? 0, text.length - 1);
  while (at > 0 && /\s/.test(text.charAt(at))) at--;
  const begin = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  const line = text.slice(begin, end < 0 ? text.length : end).replace(/\r$/, '');
  const plain = line.replace(/^\t+/, '');
  const indent = Buffer.byteLength(text.slice(begin, at)) - (line.length - plain.length);
  return `\n\t${plain}\n\t${' '.repeat(Math.max(0, indent))}^`;
}

function moduleJson(m: Module): Json {
  const path = [{ type: 'var', value: 'data' }, ...m.package.map((value) => ({ type: 'string', value }))];
  const json: Json = { package: { path } };
  if (m.imports.length > 0) {
    json.imports = m.imports.map((i) => ({ path: term(i.path), ...(i.alias === undefined ? {} : { alias: i.alias }) }));
  }
  if (m.rules.length > 0) json.rules = m.rules.map(rule);
  return json;
}

/** Comments with their text in base64, as Go writes bytes. */
function commentsJson(m: Module): Json {
  const comments = lex(m.file, m.text).comments.map(({ text, line, column }) => ({
    Location: { file: m.file, row: line, col: column },
    Text: Buffer.from(text, 'utf8').toString('base64'),
  }));
  return comments.length > 0 ? { comments } : {};
}

function rule(r: Rule): Json {
  const json: Json = { head: head(r.head), body: body(r.body) };
  if (r.default) json.default = true;
  if (r.else !== undefined) json.else = rule(r.else);
  return json;
}

function head(h: Head): Json {
  const json: Json = {
    ref: h.ref.map((t, i) => (i === 0 && t.kind === 'var' ? { type: 'var', value: t.name } : term(t))),
  };
  const [first] = h.ref;
  if (h.ref.length === 1 && first?.kind === 'var') json.name = first.name;
  if (h.args !== undefined) json.args = h.args.map(term);
  if (h.member !== undefined) json.key = term(h.member);
  if (h.value !== undefined) json.value = term(h.value);
  if (h.assign) json.assign = true;
  return json;
}

function body(exprs: Expr[]): Json[] {
  if (exprs.length === 0) return [{ generated: true, index: 0, terms: { type: 'boolean', value: true } }];
  return exprs.map((e, index) => expr(e, index));
}

function expr(e: Expr, index: number): Json {
  const json: Json = { index, terms: exprTerms(e) };
  if (e.negated) json.negated = true;
  if (e.with.length > 0) json.with = e.with.map((w) => ({ target: term(w.target), value: term(w.value) }));
  return json;
}

function operator(name: string): Json {
  return { type: 'ref', value: name.split('.').map((value, i) => ({ type: i === 0 ? 'var' : 'string', value })) };
}

function exprTerms(e: Expr): unknown {
  switch (e.kind) {
    case 'term':
      return e.term.kind === 'call' ? [calleeOf(e.term.fn), ...e.term.args.map(term)] : term(e.term);
    case 'unify':
    case 'assign':
      return [operator(e.kind === 'unify' ? 'eq' : 'assign'), term(e.left), term(e.right)];
    case 'some':
      return { symbols: e.vars.map((v) => ({ type: 'var', value: v.name })) };
    case 'some-in': {
      const terms = [...(e.key === undefined ? [] : [e.key]), e.value, e.domain].map(term);
      return { symbols: [{ type: 'call', value: [operator(`internal.member_${terms.length}`), ...terms] }] };
    }
    case 'every':
      return {
        key: e.key === undefined ? null : term(e.key),
        value: term(e.value),
        domain: term(e.domain),
        body: body(e.body),
      };
    case 'logic': {
      const [left, right] = e.operands as [Operand, Operand];
      if (e.operator === 'not') return { type: 'not', body: body(left.body), explicit_body: left.braced };
      const json: Json = { type: e.operator, lhs: body(left.body), rhs: body(right.body) };
      if (left.braced) json['explicit_lhs'] = true;
      if (right.braced) json['explicit_rhs'] = true;
      return json;
    }
  }
}

function headOf(t: Term): Json {
  return t.kind === 'var' ? { type: 'var', value: t.name } : term(t);
}

function calleeOf(fn: Term): Json {
  return fn.kind === 'var' ? operator(fn.name) : term(fn);
}

function term(t: Term): Json {
  switch (t.kind) {
    case 'const':
      return constant(t.value);
    case 'var':
      // The roots of documents are references of one part.
      if (t.name === 'input' || t.name === 'data') return { type: 'ref', value: [{ type: 'var', value: t.name }] };
      return { type: 'var', value: t.name };
    case 'ref':
      return { type: 'ref', value: [headOf(t.head), ...t.path.map(term)] };
    case 'array':
    case 'set':
      return { type: t.kind, value: t.items.map(term) };
    case 'object':
      return { type: 'object', value: t.entries.map(([k, v]) => [term(k), term(v)]) };
    case 'array-comprehension':
      return { type: 'arraycomprehension', value: { term: term(t.head), body: body(t.body) } };
    case 'set-comprehension':
      return { type: 'setcomprehension', value: { term: term(t.head), body: body(t.body) } };
    case 'object-comprehension':
      return { type: 'objectcomprehension', value: { key: term(t.key), value: term(t.head), body: body(t.body) } };
    case 'call':
      return { type: 'call', value: [calleeOf(t.fn), ...t.args.map(term)] };
    case 'template':
      return {
        type: 'templatestring',
        value: {
          multi_line: t.raw,
          parts: t.parts.map((p) => (typeof p === 'string' ? { type: 'string', value: p } : expr(p, 0))),
        },
      };
  }
}

function constant(v: Value): Json {
  const type = typeName(v);
  if (v instanceof RegoSet) return { type, value: v.items().map(constant) };
  if (v instanceof RegoObject) return { type, value: [...v.entries()].map(([k, e]) => [constant(k), constant(e)]) };
  if (Array.isArray(v)) return { type, value: v.map(constant) };
  // Go shows the null of its tree as an empty struct.
  if (v === null) return { type, value: {} };
  return { type, value: isNumber(v) ? v : toJs(v) };
}

export const parsing: BuiltinTable = {
  'rego.parse_module': { args: ['string', 'string'], result: 'object<string,any>', run: parse },
};
