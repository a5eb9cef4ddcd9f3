/** Collects what the rules of a partial document contribute: members of sets and values at keys, at any depth. */
import type { Position } from '../errors.ts';
import { equal, RegoObject, RegoSet, type Value } from '../values/value.ts';
import { conflict } from './context.ts';

export class Collector {
  readonly result: RegoObject | RegoSet;
  count = 0;
  /** For `default`: what other rules have given stays. */
  onlyMissing = false;
  /** Containers made here; a rule's own value of the same shape conflicts with them. */
  readonly #own = new Set<object>();

  constructor(isSet: boolean) {
    this.result = isSet ? new RegoSet() : new RegoObject();
    this.#own.add(this.result);
  }

  addMember(keys: readonly Value[], member: Value, pos: Position): void {
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
    if (!(set instanceof RegoSet) || !this.#own.has(set)) throw keysConflict(pos);
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
    const parent = this.#parent(keys, pos);
    const key = keys.at(-1) as Value;
    const before = parent.get(key);
    if (before !== undefined) {
      if (!this.onlyMissing && (this.#isOwn(before) || !equal(before, value))) throw keysConflict(pos);
      this.count++;
      return;
    }
    this.count++;
    parent.set(key, value);
  }

  #parent(keys: readonly Value[], pos: Position): RegoObject {
    let at = this.result;
    for (let i = 0; i < keys.length - 1; i++) {
      if (!(at instanceof RegoObject)) throw keysConflict(pos);
      let child = at.get(keys[i] as Value);
      if (child === undefined) {
        child = new RegoObject();
        this.#own.add(child);
        at.set(keys[i] as Value, child);
      }
      if (!(child instanceof RegoObject) || !this.#own.has(child)) throw keysConflict(pos);
      at = child;
    }
    if (!(at instanceof RegoObject)) throw keysConflict(pos);
    return at;
  }

  #isOwn(v: Value): boolean {
    return typeof v === 'object' && v !== null && this.#own.has(v);
  }
}

function keysConflict(pos: Position): Error {
  return conflict('object keys must be unique', pos);
}
