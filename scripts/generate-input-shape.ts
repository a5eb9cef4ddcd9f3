import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: unknown;
  definitions?: Record<string, Schema>;
}

/** The keys of `media/gate.input.schema.json` as a tree, without what only people read. */
export function renderInputShape(): string {
  const schema = JSON.parse(
    readFileSync(join(import.meta.dirname, '..', 'media', 'gate.input.schema.json'), 'utf8'),
  ) as Schema;
  return [
    '// Generated from media/gate.input.schema.json by `npm run generate`. Do not edit.\n',
    '/** An object with exactly these keys, a list of one kind of element, or 0: anything may be there. */\n',
    'export type InputShape = { readonly [key: string]: InputShape } | readonly [InputShape] | 0;\n\n',
    `export const inputShape: InputShape = ${JSON.stringify(shapeOf(schema, schema))};\n`,
  ].join('');
}

function shapeOf(part: Schema, root: Schema): unknown {
  if (part.$ref) return shapeOf(root.definitions?.[part.$ref.split('/').at(-1) as string] as Schema, root);
  if (part.items) return [shapeOf(part.items, root)];
  if (!part.properties || part.additionalProperties !== false) return 0;
  return Object.fromEntries(Object.entries(part.properties).map(([key, one]) => [key, shapeOf(one, root)]));
}
