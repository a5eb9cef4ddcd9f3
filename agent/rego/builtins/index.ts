/** All builtins by name. */
import { RegoFailure } from '../errors.ts';
import type { Value } from '../values/value.ts';
import { aws } from './aws.ts';
import { collections } from './collections.ts';
import { comparison } from './comparison.ts';
import { crypto } from './crypto.ts';
import { debug } from './debug.ts';
import { type Declaration, declaredBuiltin } from './declared.ts';
import { encoding } from './encoding.ts';
import { glob } from './glob.ts';
import { graph } from './graph.ts';
import { graphql } from './graphql.ts';
import { ids } from './ids.ts';
import { json } from './json.ts';
import { jwt } from './jwt.ts';
import { kinds } from './kinds.ts';
import { net } from './net.ts';
import { numbers } from './numbers.ts';
import { objects } from './objects.ts';
import { checks, online } from './online.ts';
import { parsing } from './parse.ts';
import { regex } from './regex.ts';
import { schema } from './schema.ts';
import { strings } from './strings.ts';
import { time } from './time.ts';
import { type Builtin, BuiltinFailure, type BuiltinTable } from './types.ts';
import { versions } from './versions.ts';
import { yaml } from './yaml.ts';

/** Answers the calls of one builtin; `file` is the path of the module that calls. May throw `BuiltinFailure`. */
export type Provider = (args: Value[], file: string) => Value;
export type Providers = Readonly<Record<string, Provider>>;

const ALL: BuiltinTable = {
  ...comparison,
  ...numbers,
  ...collections,
  ...kinds,
  ...objects,
  ...strings,
  ...debug,
  ...parsing,
  ...aws,
  ...schema,
  ...graphql,
  ...jwt,
  ...crypto,
  ...online,
  ...versions,
  ...time,
  ...regex,
  ...net,
  ...json,
  ...yaml,
  ...ids,
  ...graph,
  ...glob,
  ...encoding,
};

/**
 * The table for one policy: builtins of the network answer through the caller's providers or not at all, and `declared`
 * adds builtins that Rego has not.
 */
export function builtinTable(
  providers: Providers,
  declared: Readonly<Record<string, Declaration>> = {},
): Readonly<Record<string, Builtin>> {
  const table: BuiltinTable = { ...ALL };
  for (const [name, declaration] of Object.entries(declared)) table[name] ??= declaredBuiltin(name, declaration);
  for (const [name, provide] of Object.entries(providers)) {
    const { test: _, ...known } = table[name] ?? { args: ['any'], result: 'any', run: () => undefined };
    const check = checks[name];
    table[name] = {
      ...known,
      impure: true,
      run: (args, context) => {
        check?.(args);
        return provided(name, provide, args, context.file);
      },
    };
  }
  return table;
}

function provided(name: string, provide: Provider, args: readonly Value[], file: string): Value {
  try {
    return provide([...args], file);
  } catch (e) {
    if (e instanceof RegoFailure || e instanceof BuiltinFailure) throw e;
    throw new BuiltinFailure(`${name}: ${e instanceof Error ? e.message : String(e)}`);
  }
}
