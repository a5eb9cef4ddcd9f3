/** Types as OPA shows them below a message. */
import { regoText } from '../values/value.ts';
import { type Field, fieldsOf, isAny, isEmpty, type Type } from './types.ts';

export function showType(t: Type | undefined): string {
  if (t === undefined) return '???';
  if (isEmpty(t)) return t.kind;
  switch (t.kind) {
    case 'array': {
      const items = t.items.length === 0 ? '' : `<${t.items.map(showType).join(', ')}>`;
      return `array${items}${t.of === undefined ? '' : `[${showType(t.of)}]`}`;
    }
    case 'set':
      return `set[${showType(t.of)}]`;
    case 'object': {
      const fields = fieldsOf(t).map((field) => `${fieldName(field)}: ${showType(field.type)}`);
      const known = fields.length === 0 ? '' : `<${fields.join(', ')}>`;
      return `object${known}${t.of === undefined ? '' : `[${showType(t.key)}: ${showType(t.of)}]`}`;
    }
    case 'any':
      return isAny(t) ? 'any' : `any<${t.types.map(showType).join(', ')}>`;
    case 'function':
      return `(${t.args.map(showType).join(', ')}) => ${showType(t.result)}`;
    default:
      return t.kind;
  }
}

export function fieldName({ key }: Field): string {
  return typeof key === 'string' ? key : regoText(key);
}
