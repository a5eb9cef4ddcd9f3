/** Longest text of one value. */
const MAX_VALUE = 120;

/** `   {x: 1, name: "a"}`; long values are cut. */
export function localsText(locals: Record<string, unknown>): string {
  const parts = Object.entries(locals).map(([name, value]) => `${name}: ${cut(JSON.stringify(value) ?? 'null')}`);
  return parts.length === 0 ? '' : `   {${parts.join(', ')}}`;
}

function cut(text: string): string {
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
}

/** `commit, push and publish`. */
export function enumerated(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
