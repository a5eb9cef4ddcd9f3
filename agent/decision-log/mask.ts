/** What a mask may reach, as OPA allows it. */
const roots = ['input', 'result', 'nd_builtin_cache'];

export interface MaskRule {
  op: 'remove' | 'upsert';
  path: string[];
  /** As it is reported in `erased` and `masked`. */
  pointer: string;
  value?: unknown;
}

/** An event of the decision log; see `event.ts`. */
export type Maskable = Record<string, unknown> & { erased?: string[]; masked?: string[] };

/**
 * Reads the value of `data.system.log.mask`: a set of pointers, and of objects `{op, path, value}` with `remove` or
 * `upsert` (openpolicyagent.org/docs/management-decision-logs, "Masking Sensitive Data"). Undefined when an element is
 * none of these: what cannot be masked must not be written.
 */
export function maskRules(value: unknown): MaskRule[] | undefined {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return undefined;
  const rules = (value as unknown[]).map(ruleOf);
  return rules.every((rule) => rule !== undefined) ? rules : undefined;
}

function ruleOf(element: unknown): MaskRule | undefined {
  const fields =
    typeof element === 'string' ? { op: 'remove', path: element } : (element as Record<string, unknown> | null);
  if (typeof fields !== 'object' || fields === null) return undefined;
  const { op, path: pointer, value } = fields as Record<string, unknown>;
  if (typeof pointer !== 'string' || (op !== 'remove' && op !== 'upsert')) return undefined;
  const path = partsOf(pointer);
  if (!path || !roots.includes(path[0] ?? '')) return undefined;
  return { op, path, pointer, ...(op === 'upsert' ? { value: value ?? null } : {}) };
}

/** Parts as OPA splits them: it knows no escapes, so a key that holds a slash is reached by masking what is above it. */
function partsOf(pointer: string): string[] | undefined {
  return pointer.startsWith('/') ? pointer.slice(1).replace(/\/+$/, '').split('/') : undefined;
}

/** The event with every rule applied, and `erased` and `masked` naming those that met something. The input is kept. */
export function applyMask(event: Maskable, rules: readonly MaskRule[]): Maskable {
  const out = structuredClone(event);
  const erased: string[] = [];
  const masked: string[] = [];
  for (const { op, path, pointer, value } of rules) {
    if (op === 'remove' ? remove(out, path) : upsert(out, path, value))
      (op === 'remove' ? erased : masked).push(pointer);
  }
  return {
    ...out,
    ...(erased.length > 0 ? { erased: [...(out.erased ?? []), ...erased] } : {}),
    ...(masked.length > 0 ? { masked: [...(out.masked ?? []), ...masked] } : {}),
  };
}

function remove(root: unknown, path: readonly string[]): boolean {
  const parent = path.slice(0, -1).reduce(child, root);
  const last = path.at(-1) as string;
  if (Array.isArray(parent)) {
    const index = indexOf(parent, last);
    if (index === undefined) return false;
    parent.splice(index, 1);
    return true;
  }
  if (!isRecord(parent) || !Object.hasOwn(parent, last)) return false;
  return delete parent[last];
}

/** Objects on the way are made where they are missing; nothing is made inside of what is no object. */
function upsert(root: Record<string, unknown>, path: readonly string[], value: unknown): boolean {
  let at: unknown = root;
  for (const part of path.slice(0, -1)) {
    if (isRecord(at) && (!Object.hasOwn(at, part) || at[part] === null)) put(at, part, {});
    at = child(at, part);
  }
  const last = path.at(-1) as string;
  if (Array.isArray(at)) {
    const index = indexOf(at, last);
    if (index === undefined) return false;
    at[index] = value;
    return true;
  }
  if (!isRecord(at)) return false;
  put(at, last, value);
  return true;
}

function child(node: unknown, part: string): unknown {
  if (Array.isArray(node)) {
    const index = indexOf(node, part);
    return index === undefined ? undefined : (node as unknown[])[index];
  }
  return isRecord(node) && Object.hasOwn(node, part) ? node[part] : undefined;
}

function indexOf(list: readonly unknown[], part: string): number | undefined {
  const index = /^(0|[1-9]\d{0,8})$/.test(part) ? Number(part) : Number.NaN;
  return index < list.length ? index : undefined;
}

function put(record: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
