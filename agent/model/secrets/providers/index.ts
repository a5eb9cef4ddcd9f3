import type { Provider, Vendor } from '../types.ts';
import { ai } from './ai.ts';
import { azure } from './azure.ts';
import { cloud } from './cloud.ts';
import { hosting } from './hosting.ts';
import { messaging } from './messaging.ts';
import { operations } from './operations.ts';
import { packages } from './packages.ts';
import { payments } from './payments.ts';
import { services } from './services.ts';
import { tables } from './table/index.ts';
import { type Entry, readEntry, splitTable, tokensOf, vendorOf, wordsOfEntry } from './table.ts';

/** Rows that need more than a shape: a checksum, a look at what stands beside, a key word of their own. */
export const written: readonly Provider[] = [
  ...hosting,
  ...packages,
  ...cloud,
  ...azure,
  ...ai,
  ...messaging,
  ...payments,
  ...operations,
  ...services,
];

let texts: readonly string[] | undefined;
const read: Entry[] = [];
const tokens: Provider[][] = [];
const vendors: Vendor[] = [];

/** The entries of the tables as they are written, in order. Nothing of them is read yet. */
export function entryTexts(): readonly string[] {
  texts ??= tables.flatMap(splitTable);
  return texts;
}

function entryAt(index: number): Entry {
  read[index] ??= readEntry(entryTexts()[index] as string);
  return read[index];
}

/** Every entry of the tables, read. */
export function entries(): readonly Entry[] {
  return entryTexts().map((_, index) => entryAt(index));
}

/** One row of an entry that is found by its own prefix. */
export function tokenAt(index: number, row: number): Provider {
  tokens[index] ??= tokensOf(entryAt(index));
  return tokens[index][row] as Provider;
}

/** What an entry finds beside its vendor's name. */
export function vendorAt(index: number): Vendor {
  vendors[index] ??= vendorOf(entryAt(index));
  return vendors[index];
}

/** Every row whose values have a prefix or a pattern of their own. Rows that share an id are kinds of one credential. */
export function providers(): readonly Provider[] {
  return [...written, ...entries().flatMap(tokensOf)];
}

let names: ReadonlySet<string> | undefined;

/** Every word under which a vendor is looked for. */
export function vendorNames(): ReadonlySet<string> {
  names ??= new Set(entryTexts().flatMap(wordsOfEntry));
  return names;
}
