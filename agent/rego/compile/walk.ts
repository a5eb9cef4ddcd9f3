/** Visits every term of a rule, closures included. */
import { type Expr, eachChild, type Term, type With } from '../ast.ts';
import type { CompiledRule } from './tree.ts';

export interface Visitor {
  term?: (t: Term) => void;
  expr?: (e: Expr) => void;
  with?: (w: With, e: Expr) => void;
}

export function walkRule(rule: CompiledRule, v: Visitor): void {
  for (let at: CompiledRule | undefined = rule; at !== undefined; at = at.else) {
    for (const e of at.body) walkExpr(e, v);
    for (const t of [...(at.args ?? []), ...at.keys]) walkTerm(t, v);
    if (at.member !== undefined) walkTerm(at.member, v);
    if (at.value !== undefined) walkTerm(at.value, v);
  }
}

export function walkExpr(e: Expr, v: Visitor): void {
  v.expr?.(e);
  if (e.kind === 'term') walkTerm(e.term, v);
  else if (e.kind === 'unify' || e.kind === 'assign') {
    walkTerm(e.left, v);
    walkTerm(e.right, v);
  } else if (e.kind === 'some-in' || e.kind === 'every') {
    if (e.key !== undefined) walkTerm(e.key, v);
    walkTerm(e.value, v);
    walkTerm(e.domain, v);
    if (e.kind === 'every') for (const b of e.body) walkExpr(b, v);
  } else if (e.kind === 'logic') {
    for (const { body } of e.operands) for (const b of body) walkExpr(b, v);
  }
  for (const w of e.with) {
    v.with?.(w, e);
    walkTerm(w.value, v);
  }
}

export function walkTerm(t: Term, v: Visitor): void {
  v.term?.(t);
  switch (t.kind) {
    case 'array-comprehension':
    case 'set-comprehension':
    case 'object-comprehension':
      for (const e of t.body) walkExpr(e, v);
      if (t.kind === 'object-comprehension') walkTerm(t.key, v);
      walkTerm(t.head, v);
      return;
    case 'template':
      for (const p of t.parts) if (typeof p !== 'string') walkExpr(p, v);
      return;
    default:
      eachChild(t, (child) => walkTerm(child, v));
  }
}
