/** Types as OPA shows them below a message. */
import { regoText } from '../values/value.ts';
import { fieldsOf, isAny, type Type } from './types.ts';

/** Objects nested deeper are shown as `object<...>`. */
const MAX_DEPTH = 1;

export function showType(t: Type | undefined, depth = 0): string {
  if (t === undefined) return '???';
  switch (t.kind) {
    case 'array': {
      const items = t.items.length === 0 ? '' : `<${t.items.map((one) => showType(one, depth + 1)).join(', ')}>`;
      return `array${items}${t.of === undefined ? '' : `[${showType(t.of, depth + 1)}]`}`;
    }
    case 'set':
      return `set[${showType(t.of, depth + 1)}]`;
    case 'object':
      return showObject(t, depth);
    case 'any':
      return isAny(t) ? 'any' : `any<${t.types.map((one) => showType(one, depth + 1)).join(', ')}>`;
    case 'function':
      return `(${t.args.map((one) => showType(one)).join(', ')}) => ${showType(t.result)}`;
    default:
      return t.kind;
  }
}

function showObject(t: Type & { kind: 'object' }, depth: number): string {
  if (depth >= MAX_DEPTH && t.fields.size > 0) return `object<...>${t.of === undefined ? '' : '[...]'}`;
  const fields = fieldsOf(t).map(({ key, type }) => {
    return `${typeof key === 'string' ? key : regoText(key)}: ${showType(type, depth + 1)}`;
  });
  const known = fields.length === 0 ? '' : `<${fields.join(', ')}>`;
  const open = t.of === undefined ? '' : `[${showType(t.key, depth + 1)}: ${showType(t.of, depth + 1)}]`;
  return `object${known}${open}`;
}
