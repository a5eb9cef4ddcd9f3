/** An expression in the pieces into which OPA takes it apart: calls inside of it are expressions of their own. */
import type { Expr, Position, Term } from '../ast.ts';
import type { OrderContext } from './order.ts';
import { eachTerm } from './patterns.ts';
import { allVars, iterated, unifySteps } from './vars.ts';

export interface Piece {
  terms: Term[];
  at: Position;
  /** What it would bind although something in it is not known. */
  binds: ReadonlySet<string>;
  /** The variable that stands for a call in the pieces after it. */
  name?: string;
}

const NOTHING: ReadonlySet<string> = new Set();

/** The pieces of an expression that cannot be evaluated, those it needs first before it. A call may be `inside` of a term. */
export function piecesOf(
  o: Pick<OrderContext, 'locals' | 'arity'>,
  e: Expr,
  bound: ReadonlySet<string>,
  inside = false,
): Piece[] {
  const pieces: Piece[] = [];
  const whole: Term[] = [];
  const call = !inside && e.kind === 'term' && e.term.kind === 'call' ? e.term : undefined;
  eachTerm(e, (t) => {
    if (t === call) whole.push(...call.args.map((arg) => hoist(arg, pieces)));
    else whole.push(hoist(t, pieces));
  });
  pieces.push({ terms: whole, at: e.pos, binds: bindsOfWhole(o, e, call, whole, bound) });
  return pieces;
}

function bindsOfWhole(
  o: Pick<OrderContext, 'locals' | 'arity'>,
  e: Expr,
  call: (Term & { kind: 'call' }) | undefined,
  whole: readonly Term[],
  bound: ReadonlySet<string>,
): ReadonlySet<string> {
  if (call?.name === 'print') return NOTHING;
  if (e.negated || e.with.some((w) => [...allVars(w.value, o.locals)].some((name) => !bound.has(name)))) return NOTHING;
  const binds = new Set<string>();
  if (e.kind === 'unify' || e.kind === 'assign') {
    const known = new Set(bound);
    const [left, right] = whole as [Term, Term];
    for (const t of [left, right]) iterated(t, bound, known);
    unifySteps(left, right, known, o.locals);
    for (const name of known) if (!bound.has(name)) binds.add(name);
  } else if (e.kind === 'term') {
    // With a result to be bound, a call binds nothing before it is evaluated.
    const captures = call !== undefined && call.args.length > (o.arity(call.name ?? '') ?? Infinity);
    if (!captures) for (const t of whole) iterated(t, bound, binds);
  }
  return binds;
}

/** The term with a variable in the place of each call. */
function hoist(t: Term, pieces: Piece[]): Term {
  switch (t.kind) {
    case 'call': {
      const args = t.args.map((arg) => hoist(arg, pieces));
      return named(pieces, args, t.pos);
    }
    case 'template':
      return named(pieces, [t], t.pos);
    case 'array':
    case 'set':
      return { ...t, items: t.items.map((item) => hoist(item, pieces)) };
    case 'object':
      return { ...t, entries: t.entries.map(([k, v]): [Term, Term] => [hoist(k, pieces), hoist(v, pieces)]) };
    case 'ref':
      return { ...t, head: hoist(t.head, pieces), path: t.path.map((key) => hoist(key, pieces)) };
    default:
      return t;
  }
}

function named(pieces: Piece[], terms: Term[], at: Position): Term {
  const name = `$piece${pieces.length}`;
  pieces.push({ terms, at, binds: NOTHING, name });
  return { kind: 'var', name, pos: at };
}
