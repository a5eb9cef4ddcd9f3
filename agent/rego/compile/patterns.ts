/** The terms of an expression. */
import type { Expr, Term } from '../ast.ts';

/** The terms of an expression that belong to the body it stands in. */
export function eachTerm(e: Expr, visit: (t: Term) => void): void {
  if (e.kind === 'term') visit(e.term);
  else if (e.kind === 'unify' || e.kind === 'assign') {
    visit(e.left);
    visit(e.right);
  } else if (e.kind === 'some-in') {
    if (e.key !== undefined) visit(e.key);
    visit(e.value);
    visit(e.domain);
  } else if (e.kind === 'every') visit(e.domain);
  else if (e.kind === 'logic') {
    // An operand without braces is part of the body; another is a closure.
    for (const { body, braced } of e.operands) if (!braced) for (const b of body) eachTerm(b, visit);
  }
  for (const w of e.with) visit(w.value);
}
