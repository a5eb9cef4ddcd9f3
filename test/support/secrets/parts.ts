import { alphanumeric, base64, base64Url, digits, hex, lower, upper } from '../random.ts';

/**
 * Credentials as their vendors describe them, written without looking at the tables: rule id, the name under which
 * people keep it in the environment, and the value as literal text and (alphabet, length) in turn. `exact` values have a
 * length and an alphabet that the vendor states or that all its keys have, so that one character more or less is none.
 */
export interface Credential {
  id: string;
  variable: string;
  parts: readonly Part[];
  exact: boolean;
}

export type Part = string | readonly [alphabet: string, length: number];

/** The page says how long it is and of what it consists, or all its keys have the same. */
export const stated = (id: string, variable: string, ...parts: Part[]): Credential => ({
  id,
  variable,
  parts,
  exact: true,
});
/** The page says what it is called; its length is not stated. */
export const named = (id: string, variable: string, ...parts: Part[]): Credential => ({
  id,
  variable,
  parts,
  exact: false,
});

export const x = (length: number): Part => [hex, length];
export const a = (length: number): Part => [alphanumeric, length];
export const b = (length: number): Part => [base64Url, length];
export const s = (length: number): Part => [base64, length];
export const u = (length: number): Part => [upper + digits, length];
export const l = (length: number): Part => [lower + digits, length];
export const uuid: readonly Part[] = [x(8), '-', x(4), '-4', x(3), '-a', x(3), '-', x(12)];
