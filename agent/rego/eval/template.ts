/** The text of a template string from its parts: each expression is the set of its values. */
import type { Position } from '../errors.ts';
import { type RegoSet, regoText, type Value } from '../values/value.ts';
import { conflict } from './context.ts';

export function templateText(parts: (string | RegoSet)[], pos: Position | undefined): string {
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') text += part;
    else if (part.size === 0) text += '<undefined>';
    else if (part.size > 1) throw conflict('template-strings must not produce multiple outputs', pos);
    else text += shown(part.items()[0] as Value);
  }
  return text;
}

function shown(v: Value): string {
  return typeof v === 'string' ? v : regoText(v);
}
