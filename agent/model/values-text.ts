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
