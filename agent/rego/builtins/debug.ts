/** `print`, `trace`, `opa.runtime` and the template string of the compiler. */
import { templateText } from '../eval/template.ts';
import { fromJs } from '../values/json.ts';
import { RegoObject, RegoSet, regoText, type Value } from '../values/value.ts';
import { arrayArg, type BuiltinContext, type BuiltinTable, stringArg } from './types.ts';

const MAX_PRINTS = 1000;

/** Each operand comes as the list of its values: none when it is undefined. */
function print(args: readonly Value[], context: BuiltinContext): Value {
  const parts = arrayArg(args, 0).map((operand) => {
    const values = operand instanceof RegoSet ? operand.items() : (operand as readonly Value[]);
    const first = values[0];
    return first === undefined ? '<undefined>' : typeof first === 'string' ? first : regoText(first);
  });
  if (context.run.prints.length < MAX_PRINTS) context.run.prints.push(parts.join(' '));
  return true;
}

function runtime(_: readonly Value[], context: BuiltinContext): Value {
  const { env } = context.run;
  return env === undefined
    ? new RegoObject()
    : new RegoObject().set('env', fromJs(env)).set('config', new RegoObject());
}

export const debug: BuiltinTable = {
  print: { args: [], result: 'boolean', variadic: true, impure: true, run: () => true },
  'internal.print': { args: ['array'], result: 'boolean', impure: true, run: print },
  'internal.test_case': { args: ['array'], result: 'boolean', run: () => true },
  'internal.template_string': {
    args: ['array'],
    result: 'string',
    run: (args) =>
      templateText(
        arrayArg(args, 0).map((p) => (p instanceof RegoSet ? p : String(p))),
        undefined,
      ),
  },
  trace: {
    args: ['string'],
    result: 'boolean',
    impure: true,
    run: (args, context) => {
      if (context.run.prints.length < MAX_PRINTS) context.run.prints.push(stringArg(args, 0));
      return true;
    },
  },
  'opa.runtime': { args: [], result: 'object<string,any>', impure: true, run: runtime },
  'rego.metadata.chain': { args: [], result: 'array', run: (_, context) => context.metadata?.().chain ?? [] },
  'rego.metadata.rule': { args: [], result: 'any', run: (_, context) => context.metadata?.().rule ?? new RegoObject() },
};
