/** Types of values, and conversions between them. */
import { numberFromText } from '../values/number.ts';
import { RegoSet, type TypeName, typeName, type Value } from '../values/value.ts';
import { type Builtin, BuiltinFailure, type BuiltinTable, oneOf, typeFailure } from './types.ts';

function is(type: TypeName): Builtin {
  return { args: ['any'], result: 'boolean', run: ([v]) => typeName(v as Value) === type };
}

function cast(type: TypeName): Builtin {
  return {
    args: ['any'],
    result: type,
    deprecated: true,
    run: ([v]) => {
      if (typeName(v as Value) === type) return v;
      throw typeFailure(0, type, typeName(v as Value));
    },
  };
}

function itemsOf(args: readonly Value[]): Value[] {
  const list = oneOf(args, 0, ['array', 'set']);
  return [...(list instanceof RegoSet ? list.items() : (list as readonly Value[]))];
}

function toNumber(args: readonly Value[]): Value {
  const v = args[0] as Value;
  if (v === null || v === false) return 0;
  if (v === true) return 1;
  if (typeof v === 'string') return numberOfString(v);
  return oneOf(args, 0, ['null', 'boolean', 'number', 'string']);
}

function numberOfString(text: string): Value {
  if (/^[+-]?(inf|infinity|nan)$/i.test(text)) {
    throw new BuiltinFailure('operand 1 must be valid number string but got string', 'eval_type_error');
  }
  const match = /^([+-]?)(\d[\d_]*\.?\d*|\.\d+)([eE][+-]?\d+)?$/.exec(text);
  if (match === null || text.includes('_'))
    throw new BuiltinFailure(`strconv.ParseFloat: parsing "${text}": invalid syntax`);
  if (!Number.isFinite(Number(text)))
    throw new BuiltinFailure(`strconv.ParseFloat: parsing "${text}": value out of range`);
  return numberFromText(text.replace(/^\+/, ''));
}

export const kinds: BuiltinTable = {
  is_array: is('array'),
  is_boolean: is('boolean'),
  is_null: is('null'),
  is_number: is('number'),
  is_object: is('object'),
  is_set: is('set'),
  is_string: is('string'),
  type_name: { args: ['any'], result: 'string', run: ([v]) => typeName(v as Value) },
  to_number: { args: ['null|boolean|number|string'], result: 'number', run: toNumber },
  cast_array: {
    args: ['any'],
    result: 'array',
    deprecated: true,
    run: (args) => itemsOf(args),
  },
  cast_set: {
    args: ['any'],
    result: 'set',
    deprecated: true,
    run: (args) => itemsOf(args).reduce((set: RegoSet, v) => set.add(v), new RegoSet()),
  },
  cast_boolean: cast('boolean'),
  cast_null: cast('null'),
  cast_object: cast('object'),
  cast_string: cast('string'),
};
