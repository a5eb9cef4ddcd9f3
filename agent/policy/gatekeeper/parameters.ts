import type { Problem } from '../../model/types.ts';
import { fromJs } from '../../rego/index.ts';
import { compileSchema, SchemaError } from '../../rego/jsonschema/compile.ts';
import { validateDocument } from '../../rego/jsonschema/validate.ts';
import type { Constraint, Template } from './read.ts';
import { isRecord } from './review.ts';

/** The part of a template's schema that describes parameters; legacy schemas of the CRD's spec have them one level below. */
export function parametersSchema({ schema }: Template): unknown {
  const properties = isRecord(schema) && isRecord(schema['properties']) ? schema['properties'] : {};
  return isRecord(properties['parameters']) ? properties['parameters'] : schema;
}

/** Parameters with the defaults of the template's schema, as the API server stores them. */
export function withDefaults(value: unknown, schema: unknown): unknown {
  if (!isRecord(schema)) return value;
  if (value === undefined) return schema['default'];
  if (isRecord(value) && isRecord(schema['properties'])) {
    const out = { ...value };
    for (const [key, inner] of Object.entries(schema['properties'])) {
      const filled = withDefaults(Object.hasOwn(out, key) ? out[key] : undefined, inner);
      if (filled !== undefined) out[key] = filled;
    }
    return out;
  }
  if (Array.isArray(value) && schema['items']) return value.map((one) => withDefaults(one, schema['items']));
  return value;
}

/** Constraints whose parameters their template's schema refuses: an API server would not take them, so nothing enforces them. */
export function checkParameters(templates: readonly Template[], constraints: readonly Constraint[]): Problem[] {
  return constraints.flatMap(({ kind, name, file, line, parameters }): Problem[] => {
    const template = templates.find((one) => one.kind === kind);
    const schema = template && parametersSchema(template);
    if (!isRecord(schema)) return [];
    const wrong = mistakeIn(withDefaults(parameters, schema), schema);
    if (wrong === undefined) return [];
    const message = `${file}:${line}: constraint ${name}: ${wrong}, by the schema of its template. No constraint was evaluated`;
    return [{ code: 'gatekeeper-template', message, path: file, fatal: true }];
  });
}

function mistakeIn(value: unknown, schema: Record<string, unknown>): string | undefined {
  try {
    // A template's schema is small; the steps that a policy would have to pay for are not counted.
    const [first] = validateDocument(
      compileSchema(fromJs(plain(schema)), () => undefined),
      fromJs(value),
    );
    if (!first) return undefined;
    return `${first.field === '(Root)' ? 'parameters' : `parameters.${first.field}`}: ${first.desc}`;
  } catch (error) {
    if (error instanceof SchemaError) return undefined;
    throw error;
  }
}

/** OpenAPI's `nullable` in the words of JSON Schema; what Kubernetes adds (`x-…`) and examples are left out. */
function plain(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(plain);
  if (!isRecord(schema)) return schema;
  const kept = Object.entries(schema).filter(
    ([key]) => !/^(x-|nullable$|example$|description$|default$|format$)/.test(key),
  );
  const out = Object.fromEntries(kept.map(([key, one]) => [key, plain(one)]));
  return schema['nullable'] === true && typeof out['type'] === 'string' ? { ...out, type: [out['type'], 'null'] } : out;
}
