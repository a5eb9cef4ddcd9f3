/** Names in scope while a rule is resolved: every local variable gets a name of its own within the rule. */
import { type Position, RegoFailure } from '../errors.ts';

type Declared = 'assigned' | 'declared' | 'iterated' | 'implicit' | 'argument';

/** Names given out within one rule. */
export interface Namer {
  counts: Map<string, number>;
  /** From the given name back to the one written, where they differ. */
  written: Map<string, string>;
}

export function newNamer(): Namer {
  return { counts: new Map(), written: new Map() };
}

const NONE: ReadonlySet<string> = new Set();

export class Scope {
  readonly parent: Scope | undefined;
  readonly namer: Namer;
  // Most scopes are small or empty, and there are several for each rule: collections are made when they are needed.
  #names: Map<string, { unique: string; how: Declared; pos: Position }> | undefined;
  #used: Set<string> | undefined;
  /** Names that `some` and `every` declare, in order. */
  #declared: { name: string; pos: Position }[] | undefined;
  /** Names that an expression further down declares. */
  #pending: Set<string> | undefined;
  #locals: Set<string> | undefined;
  #places: Map<string, Position> | undefined;

  constructor(parent: Scope | undefined, namer: Namer) {
    this.parent = parent;
    this.namer = namer;
  }

  lookup(name: string): string | undefined {
    this.#used ??= new Set();
    this.#used.add(name);
    return this.#names?.get(name)?.unique ?? this.parent?.lookup(name);
  }

  /** Unique names owned by this scope, for the safety check of closures. */
  get locals(): ReadonlySet<string> {
    return this.#locals ?? NONE;
  }

  /** An expression that is still to be resolved declares the name. */
  expect(name: string): void {
    this.#pending ??= new Set();
    this.#pending.add(name);
  }

  /** Whether this scope, not one around it, expects the name. */
  expects(name: string): boolean {
    return this.#pending?.has(name) ?? false;
  }

  isPending(name: string): boolean {
    return this.expects(name) || (this.parent?.isPending(name) ?? false);
  }

  /** What was looked up so far does not count as use: the declaring pattern itself looks its names up. */
  forgetUses(): void {
    this.#used = undefined;
  }

  /** Names declared here that nothing has looked up. */
  unused(): readonly { name: string; pos: Position }[] {
    return this.#declared?.filter(({ name }) => !this.#used?.has(name)) ?? [];
  }

  forgetUse(name: string): void {
    this.#used?.delete(name);
  }

  /** Names assigned here that nothing has looked up. */
  unusedAssigned(): string[] {
    return [...(this.#places?.keys() ?? [])].filter((name) => !this.#used?.has(name));
  }

  /** Arguments declared here that nothing has looked up. */
  unusedArguments(): string[] {
    return [...(this.#names ?? [])]
      .filter(([name, { how }]) => how === 'argument' && !this.#used?.has(name))
      .map(([name]) => name);
  }

  /** Where a name was assigned, as `note` was told. */
  placeOf(name: string): Position | undefined {
    return this.#places?.get(name);
  }

  note(name: string, pos: Position): void {
    this.#places ??= new Map();
    this.#places.set(name, pos);
  }

  /** Arguments stand in a scope of their own around the body's. */
  hasArgument(name: string): boolean {
    return this.#names?.get(name)?.how === 'argument';
  }

  sees(name: string): boolean {
    return this.#names?.has(name) || (this.parent?.sees(name) ?? false);
  }

  declare(name: string, how: Declared, pos: Position): string {
    this.#names ??= new Map();
    const before = this.#names.get(name);
    if (how === 'assigned' || how === 'declared' || how === 'iterated') {
      if (this.parent?.hasArgument(name)) throw new RegoFailure('rego_compile_error', `arg ${name} redeclared`, pos);
      // `some x, x in xs` asks for equal parts.
      if (before?.how === 'iterated' && before.pos === pos) return before.unique;
      if (before !== undefined) {
        const verb =
          before.how === 'assigned'
            ? 'assigned'
            : before.how === 'argument' || before.how === 'iterated'
              ? 'declared'
              : before.how;
        throw new RegoFailure(
          'rego_compile_error',
          `var ${name} ${verb === 'implicit' ? 'referenced' : verb} above`,
          pos,
        );
      }
      if (this.#used?.has(name)) throw new RegoFailure('rego_compile_error', `var ${name} referenced above`, pos);
    }
    const unique = this.#unique(name);
    this.#names.set(name, { unique, how, pos });
    if (how === 'declared') {
      this.#declared ??= [];
      this.#declared.push({ name, pos });
    }
    this.#locals ??= new Set();
    this.#locals.add(unique);
    return unique;
  }

  #unique(name: string): string {
    // The roots have their names to themselves.
    const count = this.namer.counts.get(name) ?? (name === 'input' || name === 'data' ? 1 : 0);
    this.namer.counts.set(name, count + 1);
    if (count === 0) return name;
    const unique = `${name}'${count}`;
    this.namer.written.set(unique, name);
    return unique;
  }
}
