/** The builtins that need no library of their own: enough for a policy that compares, counts and writes messages. */
import { collections } from './collections.ts';
import { comparison } from './comparison.ts';
import { kinds } from './kinds.ts';
import { numbers } from './numbers.ts';
import { objects } from './objects.ts';
import { strings } from './strings.ts';
import type { BuiltinTable } from './types.ts';

export const basicBuiltins: Readonly<BuiltinTable> = {
  ...comparison,
  ...numbers,
  ...collections,
  ...kinds,
  ...objects,
  ...strings,
};
