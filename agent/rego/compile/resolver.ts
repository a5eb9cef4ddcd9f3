/** What is known and noted while the names of a module are resolved. */
import type { Expr, Term } from '../ast.ts';
import type { RegoFailure } from '../errors.ts';

/** What a module's names mean outside of any rule: an import or a rule of the package, as a path of strings. */
export type Globals = Map<string, string[]>;

export interface ModuleNames {
  globals: Globals;
  /** Names of the module's imports; other names are those of rules of its package. */
  imported: ReadonlySet<string>;
}

/** Unique names of the variables that belong to a body; the safety check needs them. */
export type BodyLocals = Map<Expr[], ReadonlySet<string>>;

type Call = Term & { kind: 'call' };

/**
 * The calls and references to `data` in a rule, noted on the way, so that checks that ask for nothing else need no walk.
 * Calls of builtins are left out where nothing about them can be wrong.
 */
export interface Mentions {
  calls: Call[];
  documents: (Term & { kind: 'ref' })[];
}

export interface Resolver extends ModuleNames {
  locals: BodyLocals;
  /** Aliases of imports that were used, for the strict check. */
  used: Set<string>;
  isBuiltin: (name: string) => boolean;
  /** Whether a function without arguments has this name; such a call is a reference. */
  isConstantFunction: (name: string) => boolean;
  /** What is wrong without keeping the rest of the rule from being looked at. */
  errors: RegoFailure[];
  /** Why a document or function cannot be replaced by `with`, if so. */
  refuseTarget: (names: readonly string[]) => string | undefined;
  /** Variables may be called `input` and `data`, as in v0. */
  mayShadowRoots?: boolean;
  /** A variable that is declared and not used was found in the rule. */
  hasUnused?: boolean;
  /** Where unused variables go, in strict mode only. */
  unused?: RegoFailure[];
  mentions: Mentions;
  /** How many arguments the builtins take that nobody has to look at again: not deprecated, not variadic. */
  plain: ReadonlyMap<string, number>;
  /** Builtins that were called. */
  called: Set<string>;
  /** Names of functions that are written with one dot, by their two parts. */
  dotted: Map<string, Map<string, string>>;
  /** Roots of the references that names of imports and rules stand for. */
  roots: Map<string, Term>;
}

export function newResolver(
  names: ModuleNames,
  locals: BodyLocals,
  isBuiltin: (name: string) => boolean,
  isConstantFunction: (name: string) => boolean,
  plain: ReadonlyMap<string, number>,
  called: Set<string>,
  errors: RegoFailure[],
  refuseTarget: Resolver['refuseTarget'],
): Resolver {
  const mentions: Mentions = { calls: [], documents: [] };
  const calls = { plain, called, dotted: new Map(), roots: new Map(), mentions };
  return { ...names, locals, used: new Set(), isBuiltin, isConstantFunction, errors, refuseTarget, ...calls };
}
