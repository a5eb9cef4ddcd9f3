/** The syntax tree. The parser makes it, the compiler reads it; nothing changes it afterwards. */
import type { Position, RegoError } from './errors.ts';
import type { Value } from './values/value.ts';

export type { Position } from './errors.ts';

export type Term =
  | { kind: 'const'; value: Value; pos: Position }
  | { kind: 'var'; name: string; pos: Position }
  /** `head.path[0][path[1]]…`; a name after a dot is a constant string. */
  | { kind: 'ref'; head: Term; path: Term[]; pos: Position }
  | { kind: 'array'; items: Term[]; pos: Position }
  | { kind: 'set'; items: Term[]; pos: Position }
  | { kind: 'object'; entries: [Term, Term][]; pos: Position }
  | { kind: 'array-comprehension'; head: Term; body: Expr[]; pos: Position }
  | { kind: 'set-comprehension'; head: Term; body: Expr[]; pos: Position }
  | { kind: 'object-comprehension'; key: Term; head: Term; body: Expr[]; pos: Position }
  /** `name` is set by the compiler: a builtin's name or `data.` and the path of a function. */
  | { kind: 'call'; fn: Term; args: Term[]; pos: Position; infix?: string; name?: string }
  /** A part that is an expression may carry `with`, so it is a body of one expression. */
  /** `raw` when it stands in back quotes. */
  | { kind: 'template'; parts: (string | Expr)[]; raw: boolean; pos: Position };

export interface With {
  target: Term;
  value: Term;
  pos: Position;
}

interface ExprBase {
  negated: boolean;
  with: With[];
  pos: Position;
  /** Offset just after the expression, for messages that cite it. */
  end: number;
}

/** Of the expressions without `with`, which are nearly all. Nobody adds to it. */
export const NO_WITH: With[] = [];

export type Expr = ExprBase &
  (
    | { kind: 'term'; term: Term }
    | { kind: 'unify' | 'assign'; left: Term; right: Term }
    | { kind: 'some'; vars: { name: string; pos: Position }[] }
    | { kind: 'some-in'; key: Term | undefined; value: Term; domain: Term }
    | { kind: 'every'; key: Term | undefined; value: Term; domain: Term; body: Expr[] }
    /** `and`, `or` and `not` of `rego.v2`: whether bodies have a solution. `not` has one operand, the others have two. */
    | { kind: 'logic'; operator: Logic; operands: Operand[] }
  );

export type Logic = 'and' | 'or' | 'not';

/** With braces a body of its own; without, one expression that belongs to the body around it. */
export interface Operand {
  body: Expr[];
  braced: boolean;
}

export interface Head {
  /** Names and keys of the rule within its package: `p.q[x]` is a var and two more terms. */
  ref: Term[];
  args: Term[] | undefined;
  /** The element of a partial set (`contains`). */
  member: Term | undefined;
  value: Term | undefined;
  assign: boolean;
  pos: Position;
}

export interface Rule {
  default: boolean;
  head: Head;
  body: Expr[];
  /** The rule of an `else`, tried when the body fails. */
  else: Rule | undefined;
  pos: Position;
  end: number;
  annotations: Annotations | undefined;
}

export interface Import {
  path: Term;
  alias: string | undefined;
  pos: Position;
}

export interface Annotations {
  scope: 'rule' | 'document' | 'package' | 'subpackages';
  /** The fields as written, `scope` included. */
  fields: Record<string, unknown>;
  pos: Position;
  /** Offset of the end of the comment block. */
  end: number;
  /** The rule that follows, for the scopes `rule` and `document`. */
  target: Rule | undefined;
}

export interface Module {
  file: string;
  text: string;
  version: 'v0' | 'v1';
  package: string[];
  packagePos: Position;
  imports: Import[];
  rules: Rule[];
  annotations: Annotations[];
  errors: RegoError[];
}

/** Calls `visit` for each direct sub-term, not entering comprehension bodies. */
export function eachChild(t: Term, visit: (child: Term) => void): void {
  switch (t.kind) {
    case 'ref':
      visit(t.head);
      for (const p of t.path) visit(p);
      return;
    case 'array':
    case 'set':
      for (const item of t.items) visit(item);
      return;
    case 'object':
      for (const [k, v] of t.entries) {
        visit(k);
        visit(v);
      }
      return;
    case 'call':
      for (const arg of t.args) visit(arg);
      return;
    default:
  }
}
