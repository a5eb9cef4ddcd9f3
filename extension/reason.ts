/** `… until 2027-01-31` at the end of a reason is its expiry. */
export function splitExpiry(text: string): { reason: string; expires?: string } {
  const match = /^(.*?)[\s,;]*\b(?:until|expires)[:\s]+(\d{4}-\d{2}-\d{2})\s*$/i.exec(text.trim().slice(0, 500));
  const [, reason = '', expires] = match ?? [];
  return match && reason.trim() !== '' && expires ? { reason: reason.trim(), expires } : { reason: text.trim() };
}
