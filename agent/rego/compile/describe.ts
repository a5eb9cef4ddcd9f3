/** Names and terms as messages show them. */
import type { Term } from '../ast.ts';
import { regoText } from '../values/value.ts';

/** The name as the user wrote it: wildcards are numbered inside, shadowing variables carry a count. */
export function shownName(name: string): string {
  return name.startsWith('$') ? '_' : (name.split("'")[0] ?? name);
}

/** A term as OPA shows it in messages. */
export function describeTerm(t: Term): string {
  switch (t.kind) {
    case 'const':
      return regoText(t.value);
    case 'var':
      return shownName(t.name);
    case 'ref':
      return describeTerm(t.head) + t.path.map(describeKey).join('');
    case 'array':
      return `[${t.items.map(describeTerm).join(', ')}]`;
    case 'set':
      return `{${t.items.map(describeTerm).join(', ')}}`;
    case 'object':
      return `{${t.entries.map(([k, v]) => `${describeTerm(k)}: ${describeTerm(v)}`).join(', ')}}`;
    case 'call':
      return `${t.name ?? describeTerm(t.fn)}(${t.args.map(describeTerm).join(', ')})`;
    default:
      return t.kind.replace('-', ' ');
  }
}

/** What follows in a reference: `.name`, `[0]` or `[x]`. */
export function describeKey(t: Term): string {
  const name = t.kind === 'const' && typeof t.value === 'string' && /^[A-Za-z_]\w*$/.test(t.value);
  return name ? `.${String(t.value)}` : `[${describeTerm(t)}]`;
}
