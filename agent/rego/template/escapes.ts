/** How Go's templates escape texts for scripts and pages. */

/** Go's `JSEscapeString`. */
export function escapeScript(text: string): string {
  return text.replace(/[\\'"<>&=]|[\0-\x1f\x7f]/g, (c) => {
    if (c === '\\' || c === "'" || c === '"') return `\\${c}`;
    return `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  });
}

const NAMED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Go's `HTMLEscapeString`. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => NAMED[c] ?? `&#${c.charCodeAt(0)};`);
}
