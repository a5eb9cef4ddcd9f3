/** `json.match_schema` and `json.verify_schema`. */
import { charge } from '../eval/context.ts';
import { compileSchema, SchemaError, type SchemaSet } from '../jsonschema/compile.ts';
import { validateDocument } from '../jsonschema/validate.ts';
import { fromJs, JsonError, parseJson, toJson } from '../values/json.ts';
import { RegoObject, type Value } from '../values/value.ts';
import { type BuiltinContext, BuiltinFailure, type BuiltinTable } from './types.ts';

/** Text is JSON; an object goes through JSON as well, as sets are arrays to a schema. */
function documentArg(args: readonly Value[], index: number): Value {
  const v = args[index] as Value;
  if (typeof v !== 'string' && !Array.isArray(v) && !(v instanceof RegoObject))
    throw new BuiltinFailure('wrong type, expected string or object');
  try {
    return parseJson(typeof v === 'string' ? v : toJson(v));
  } catch (e) {
    if (e instanceof JsonError) throw new BuiltinFailure('invalid JSON string');
    throw e;
  }
}

function schemaArg(args: readonly Value[], index: number, context: BuiltinContext): SchemaSet {
  const document = documentArg(args, index);
  return compileSchema(document, (work) => charge(context.run, work));
}

function match(args: readonly Value[], context: BuiltinContext): Value {
  const document = documentArg(args, 0);
  try {
    const problems = validateDocument(schemaArg(args, 1, context), document);
    return [problems.length === 0, fromJs(problems)];
  } catch (e) {
    if (e instanceof SchemaError) throw new BuiltinFailure(e.message);
    throw e;
  }
}

function verify(args: readonly Value[], context: BuiltinContext): Value {
  try {
    schemaArg(args, 0, context);
    return [true, null];
  } catch (e) {
    if (e instanceof SchemaError) return [false, `jsonschema: ${e.message}`];
    if (e instanceof BuiltinFailure && e.code === 'eval_builtin_error') return [false, `jsonschema: ${e.message}`];
    throw e;
  }
}

export const schema: BuiltinTable = {
  'json.match_schema': {
    args: ['string|object', 'string|object'],
    result: '[boolean,array<object{desc:string,error:string,field:string,type:string}>]',
    run: match,
  },
  'json.verify_schema': { args: ['string|object'], result: '[boolean,null|string]', run: verify },
};
