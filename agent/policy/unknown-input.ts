import { closest } from '../config/closest.ts';
import type { Problem } from '../model/types.ts';
import { type InputShape, inputShape } from './input-shape.generated.ts';
import type { PolicyEngine } from './types.ts';

/**
 * Rules of Pregate's own gates that read a key the input never has: they can never fire, and a gate that passes for such a
 * reason looks as exact as any other. The compiler says what they read, the schema of `gate.input/v1` what there is.
 * Said once for each key, and never fatal: a policy may serve other gates as well.
 */
export function unknownInput(engine: PolicyEngine | undefined): Problem[] {
  const references = engine?.references?.() ?? [];
  // Tests, and rules that ask others about an input of their own.
  const others = new Set(
    references.filter((one) => one.kind === 'replaced' && one.root === 'input').map((one) => one.file),
  );
  const said = new Map<string, Problem>();
  for (const {
    root,
    kind,
    path,
    package: [top],
    file,
    line,
  } of references) {
    if (root !== 'input' || kind !== 'read' || top !== 'pregate' || others.has(file)) continue;
    const strange = strangeKey(path);
    if (!strange || said.has(strange.read)) continue;
    const { read, near } = strange;
    said.set(read, {
      code: 'unknown-input',
      message: `${file}:${line} reads ${read}, which gate.input/v1 does not have${near ? `; did you mean ${near}` : ''}. What needs it never fires. All keys: pregate policy input`,
      fatal: false,
    });
  }
  return [...said.values()];
}

/** The first key of a path that the schema does not know, and the one that was meant. */
function strangeKey(path: readonly (string | undefined)[]): { read: string; near: string | undefined } | undefined {
  let shape: InputShape = inputShape;
  let read = 'input';
  for (const key of path) {
    if (shape === 0) return undefined;
    if (Array.isArray(shape)) {
      // `input.commits.sha`: a list has no names.
      if (key !== undefined) return { read: `${read}.${key}`, near: `${read}[_].${key}` };
      shape = shape[0] as InputShape;
      read = `${read}[_]`;
      continue;
    }
    // A variable goes through all keys: what lies below is not the same everywhere.
    if (key === undefined) return undefined;
    if (!Object.hasOwn(shape, key)) {
      const near = closest(key, Object.keys(shape));
      return { read: `${read}.${key}`, near: near && `${read}.${near}` };
    }
    shape = (shape as Record<string, InputShape>)[key] as InputShape;
    read = `${read}.${key}`;
  }
  return undefined;
}
