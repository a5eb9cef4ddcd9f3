import { createHash } from 'node:crypto';
import { randomFrom } from './random.ts';
import { type Shape, shapes } from './secret-shapes.ts';
import { structures } from './secret-structures.ts';

/**
 * Makes a value of a kind of credential, written from the vendor's description of its format. Nothing here is a real
 * credential and no file holds one: values exist only while a test runs. The same name and seed give the same value.
 * Throws on an unknown name, so that a fixture with a typing error fails.
 */
export function generateSecret(name: string, seed = 1): string {
  const kinds = kindsOf(name);
  if (kinds.length === 0) throw new Error(`no generator is called ${name}; see secretNames()`);
  const start = createHash('sha256').update(`${name}:${seed}`).digest().readUInt32LE(0);
  return (kinds[(seed - 1) % kinds.length] as Shape).make(randomFrom(start));
}

/** Every name that `generateSecret` knows; most are rule ids. */
export function secretNames(): string[] {
  return [...new Set([...shapes, ...structures].map(({ name }) => name))];
}

/** How many kinds a name has: seeds 1 to this number give one of each. */
export function kindsOf(name: string): Shape[] {
  return [...shapes, ...structures].filter((shape) => shape.name === name);
}

/** Replaces `{{name}}` and `{{name:seed}}` in a fixture's text by generated values; other braces stay as they are. */
export function expandSecrets(text: string): string {
  const known = new Set(secretNames());
  return text.replace(/\{\{([a-z0-9-]+)(?::(\d+))?\}\}/g, (whole, name: string, seed?: string) =>
    known.has(name) ? generateSecret(name, seed === undefined ? 1 : Number(seed)) : whole,
  );
}
