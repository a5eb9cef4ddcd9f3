/** The parser's door: text in, `Module` or query out, errors as data. */
import type { Annotations, Expr, Import, Module, Position, Rule, Term } from '../ast.ts';
import { type RegoError, RegoFailure, toRegoError } from '../errors.ts';
import { positionOf, textOf } from '../lexer.ts';
import { isWord, KIND, keywordBits } from '../tokens.ts';
import { typeName } from '../values/value.ts';
import { readAnnotations } from './annotations.ts';
import { parseQuery } from './exprs.ts';
import { isDeeper, parseRules } from './rules.ts';
import {
  acceptKeyword,
  FUTURE,
  FUTURE_BITS,
  fail,
  failAt,
  is,
  isKeyword,
  isSwitchedOn,
  LATER,
  LATER_BITS,
  newState,
  next,
  peek,
  position,
  type RegoVersion,
  type State,
} from './state.ts';
import { parseTerm } from './terms.ts';

export type { RegoVersion } from './state.ts';

/**
 * Parses one file. After an error it goes on at the next statement that begins a line, so that an editor sees more than
 * the first one; `errors` of the module is then not empty.
 */
export function parseModule(file: string, text: string, version: RegoVersion): Module {
  const module: Module = {
    file,
    text,
    version,
    package: [],
    packagePos: { file, line: 1, column: 1, offset: 0 },
    imports: [],
    rules: [],
    annotations: [],
    errors: [],
  };
  try {
    const s = newState(file, text, version);
    module.annotations = readAnnotations(file, s.tokens.comments, module.errors);
    readPackage(s, module);
    while (!is(s, KIND.end)) statement(s, module);
    module.version = s.version;
  } catch (e) {
    module.errors.push(toRegoError(e, 'rego_parse_error'));
  }
  attachAnnotations(module);
  return module;
}

/** Parses a query such as `data.a.b = x; x > 1`. Throws `RegoFailure`. */
export function parseQueryText(text: string, version: RegoVersion): Expr[] {
  const s = newState('', text, version);
  // Queries know the new keywords whatever the policy's version is.
  s.keywords |= FUTURE_BITS;
  const body = parseQuery(s, KIND.end);
  if (!is(s, KIND.end)) fail(s, 'expected end of query');
  if (body.length === 0) failAt('empty query', position(s));
  return body;
}

function readPackage(s: State, module: Module): void {
  if (is(s, KIND.end)) failAt('empty module', { ...position(s), line: 0, column: 0 });
  module.packagePos = position(s);
  if (!acceptKeyword(s, KIND.package)) failAt('package expected', position(s));
  const first = s.at;
  if (!isWord(peek(s))) fail(s);
  const keywords = s.keywords;
  s.keywords = 0;
  const term = parseTerm(s);
  s.keywords = keywords;
  if (term.kind === 'var') module.package = [term.name];
  else if (term.kind === 'ref' && term.head.kind === 'var') {
    const rest = term.path.map((p) => (p.kind === 'const' ? p.value : undefined));
    const bad = term.path.find((p) => p.kind !== 'const' || typeof p.value !== 'string');
    if (bad !== undefined) notText(bad);
    module.package = [term.head.name, ...(rest as string[])];
  } else fail(s, '', first);
}

/** A path holds strings only. */
function notText(t: Term): never {
  const name = t.kind === 'const' ? typeName(t.value) : t.kind;
  return failAt(`unexpected ${name} token: expecting string`, t.pos);
}

function statement(s: State, module: Module): void {
  const start = s.at;
  try {
    s.nesting = 0;
    s.listDepth = 0;
    s.comprehensionFailure = undefined;
    if (is(s, KIND[';'])) fail(s);
    if (isKeyword(s, KIND.import)) readImport(s, module);
    else {
      const rules = parseRules(s);
      if (is(s, KIND[';'])) refuseSemicolon(s, rules);
      module.rules.push(...rules);
      s.gap = undefined;
    }
  } catch (e) {
    if (!(e instanceof RegoFailure)) throw e;
    if (s.gap !== undefined) next(s);
    s.gap = undefined;
    const inner = s.comprehensionFailure;
    const deeper = inner !== undefined && isDeeper(inner, e) ? inner : e;
    for (const error of [deeper, ...e.also]) module.errors.push(toRegoError(error, 'rego_parse_error'));
    // What was read whole and is no rule ends where it ends.
    const isDefault = s.kinds[start] === KIND.default;
    if (isDefault || s.at === start || !NO_RULE.test(e.message)) recover(s, start);
  }
}

const NO_RULE = /cannot be used for rule name|^rule name conflicts with built-in function$/;

/** To OPA a line with a semicolon is a query, and a query of several expressions is no rule. */
function refuseSemicolon(s: State, rules: Rule[]): never {
  const [rule] = rules;
  if (rule === undefined || rule.default || rule.body.length > 0 || rule.head.member !== undefined) fail(s);
  next(s);
  if (is(s, KIND.end)) fail(s);
  return failAt('multiple expressions cannot be used for rule head', rule.pos);
}

function recover(s: State, start: number): void {
  if (s.at === start) next(s);
  while (!is(s, KIND.end) && !(isWord(peek(s)) && position(s).column === 1)) next(s);
}

function readImport(s: State, module: Module): void {
  const pos = position(s);
  next(s);
  const start = s.at;
  const path = parseTerm(s);
  const names = path.kind === 'var' ? [path.name] : dottedNames(path);
  if (names === undefined) {
    const bad =
      path.kind === 'ref' ? path.path.find((p) => p.kind !== 'const' || typeof p.value !== 'string') : undefined;
    if (bad !== undefined) notText(bad);
    fail(s, '', start);
  }
  const made: Import = { path, alias: undefined, pos };
  if (isKeyword(s, KIND.as)) {
    next(s);
    const alias = next(s);
    const kind = s.kinds[alias] as number;
    if (!isWord(kind) || (isSwitchedOn(s, kind) && kind !== KIND.as)) fail(s, 'expected var', alias);
    const name = textOf(s.tokens, alias);
    if (name === 'input' || name === 'data')
      failAt(`unexpected import alias, must not be a reserved name, got: ${name}`, positionOf(s.tokens, alias));
    made.alias = textOf(s.tokens, alias);
  }
  const [root, second, third] = names;
  const aliasAt = positionOf(s.tokens, s.at - 1);
  if (root === 'future') useFuture(s, second, third, names.length, made, aliasAt);
  else if (root === 'rego') useRego(s, names, made, aliasAt);
  else if (root !== 'data' && root !== 'input') {
    const known = 'must begin with one of: {data, future, input, rego}';
    const hint = '(hint: if this is unexpected, try updating OPA)';
    failAt(`unexpected import path, ${known}, got: ${root} ${hint}`, path.pos);
  }
  module.imports.push(made);
}

function useFuture(
  s: State,
  second: string | undefined,
  word: string | undefined,
  length: number,
  made: Import,
  alias: Position,
): void {
  if (second !== 'keywords' || length > 3) failAt('invalid import, must be `future.keywords`', made.path.pos);
  if (made.alias !== undefined) failAt('`future` imports cannot be aliased', alias);
  if (word === undefined || word === 'not') s.notBody = true;
  if (word === undefined) s.keywords |= FUTURE_BITS | LATER_BITS;
  else if (!FUTURE.includes(word) && !LATER.includes(word))
    failAt(`unexpected keyword, must be one of [${[...FUTURE, ...LATER].sort().join(' ')}]`, made.path.pos);
  else {
    s.keywords |= keywordBits(word === 'every' ? ['every', 'in'] : [word]);
  }
}

function useRego(s: State, names: string[], made: Import, alias: Position): void {
  const [, version] = names;
  if (names.length !== 2 || (version !== 'v1' && version !== 'v2'))
    failAt(`invalid import \`${names.join('.')}\`, must be one of: \`rego.v1\`, \`rego.v2\``, made.path.pos);
  if (made.alias !== undefined) failAt('`rego` imports cannot be aliased', alias);
  s.keywords |= FUTURE_BITS;
  s.version = 'v1';
  if (version !== 'v2') return;
  s.keywords |= LATER_BITS;
  s.notBody = true;
}

function dottedNames(path: Import['path']): string[] | undefined {
  if (path.kind !== 'ref' || path.head.kind !== 'var') return undefined;
  const names = [path.head.name];
  for (const p of path.path) {
    if (p.kind !== 'const' || typeof p.value !== 'string') return undefined;
    names.push(p.value);
  }
  return names;
}

/** Gives each rule the annotations of scope `rule` that stand before it and after the statement before it. */
function attachAnnotations(module: Module): void {
  if (module.annotations.length === 0) return;
  const statements: { offset: number; rule: Rule | undefined; package: boolean }[] = [
    { offset: module.packagePos.offset, rule: undefined, package: true },
    ...module.imports.map((i) => ({ offset: i.pos.offset, rule: undefined, package: false })),
    ...module.rules.map((rule) => ({ offset: rule.pos.offset, rule, package: false })),
  ].sort((a, b) => a.offset - b.offset);
  let at = 0;
  for (const annotation of module.annotations) {
    while (at < statements.length && (statements[at]?.offset ?? 0) < annotation.end) at++;
    const target = statements[at];
    if (target === undefined) continue;
    settleScope(annotation, target.package, module.errors);
    if (target.rule !== undefined && annotation.scope === 'rule') target.rule.annotations = annotation;
    if (target.rule !== undefined) annotation.target = target.rule;
  }
}

function settleScope(a: Annotations, beforePackage: boolean, errors: RegoError[]): void {
  const given = a.fields.scope;
  if (given === undefined) {
    a.scope = beforePackage ? 'package' : a.fields.entrypoint === true ? 'document' : 'rule';
    a.fields = { scope: a.scope, ...a.fields };
    return;
  }
  const packageScope = given === 'package' || given === 'subpackages';
  if (packageScope === beforePackage) return;
  const message = `annotation scope '${given}' must be applied to ${packageScope ? 'package' : 'rule'}`;
  errors.push(toRegoError(new RegoFailure('rego_parse_error', message, a.pos as Position), 'rego_parse_error'));
}
