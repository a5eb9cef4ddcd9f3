/** A whole number with commas between thousands. `toLocaleString` says the same and loads 8 ms of language data first. */
export function grouped(amount: number): string {
  return String(amount).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
