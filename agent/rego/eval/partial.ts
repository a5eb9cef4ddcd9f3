/** Collects what the rules of a partial document contribute: members of sets and values at keys, at any depth. */
import type { Group } from '../compile/tree.ts';
import { type Position, RegoFailure } from '../errors.ts';
import { equal, RegoObject, RegoSet, type Value } from '../values/value.ts';

/** Two rules gave one key of a document different values. */
export class DocumentConflict extends RegoFailure {
  readonly group: Group;

  constructor(group: Group, pos: Position) {
    super('eval_conflict_error', 'object keys must be unique', pos);
    this.group = group;
  }
}

export class Collector {
  readonly result: RegoObject | RegoSet;
  count = 0;
  /** For `default`: what other rules have given stays. */
  onlyMissing = false;
  /** Containers made here; a rule's own value of the same shape conflicts with them. */
  readonly #own = new Set<object>();

  readonly #group: Group;
  /** Only what lies under these keys is asked for. */
  readonly #only: readonly Value[];

  constructor(group: Group, only: readonly Value[] = []) {
    const isSet = group.rules.every((r) => r.member !== undefined && r.keys.length === 0);
    this.#group = group;
    this.#only = only;
    this.result = isSet ? new RegoSet() : new RegoObject();
    this.#own.add(this.result);
  }

  addMember(keys: readonly Value[], member: Value, pos: Position): void {
    if (!this.#isAsked(keys)) return;
    this.count++;
    if (keys.length === 0 && this.result instanceof RegoSet) {
      this.result.add(member);
      return;
    }
    const parent = this.#parent(keys, pos);
    const key = keys.at(-1) as Value;
    let set = parent.get(key);
    if (set === undefined) {
      set = new RegoSet();
      this.#own.add(set);
      parent.set(key, set);
    }
    if (!(set instanceof RegoSet) || !this.#own.has(set)) throw this.#conflict(pos);
    set.add(member);
  }

  /** Makes the containers that a head with constant keys promises, whether or not its body ever holds. */
  reserve(keys: readonly Value[], isSet: boolean, pos: Position): void {
    const parent = this.#parent(keys, pos);
    const key = keys.at(-1) as Value;
    if (parent.get(key) !== undefined) return;
    const made = isSet ? new RegoSet() : new RegoObject();
    this.#own.add(made);
    parent.set(key, made);
  }

  put(keys: readonly Value[], value: Value, pos: Position): void {
    if (!this.#isAsked(keys)) return;
    const parent = this.#parent(keys, pos);
    const key = keys.at(-1) as Value;
    const before = parent.get(key);
    if (before !== undefined) {
      if (!this.onlyMissing && (this.#isOwn(before) || !equal(before, value))) throw this.#conflict(pos);
      this.count++;
      return;
    }
    this.count++;
    parent.set(key, value);
  }

  #parent(keys: readonly Value[], pos: Position): RegoObject {
    let at = this.result;
    for (let i = 0; i < keys.length - 1; i++) {
      if (!(at instanceof RegoObject)) throw this.#conflict(pos);
      let child = at.get(keys[i] as Value);
      if (child === undefined) {
        child = new RegoObject();
        this.#own.add(child);
        at.set(keys[i] as Value, child);
      }
      if (!(child instanceof RegoObject) || !this.#own.has(child)) throw this.#conflict(pos);
      at = child;
    }
    if (!(at instanceof RegoObject)) throw this.#conflict(pos);
    return at;
  }

  #isOwn(v: Value): boolean {
    return typeof v === 'object' && v !== null && this.#own.has(v);
  }

  #isAsked(keys: readonly Value[]): boolean {
    const only = this.#only;
    for (let i = 0; i < only.length && i < keys.length; i++) {
      if (!equal(only[i] as Value, keys[i] as Value)) return false;
    }
    return true;
  }

  #conflict(pos: Position): Error {
    return new DocumentConflict(this.#group, pos);
  }
}
