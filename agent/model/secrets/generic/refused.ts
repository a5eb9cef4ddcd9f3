import { withoutPercent } from '../decode.ts';
import { isVersionOrPath } from './forms.ts';
import { isConstant, namesSecret } from './looks.ts';
import { isCamelName, isPlaceholder, mostlyWords, saysSecret } from './negatives.ts';
import { isOrdinary } from './ordinary.ts';
import { isNoName, isOwnPassword } from './password.ts';
import { isPublished } from './published.ts';
import type { Setting } from './setting.ts';
import { type KeyKind, kindOfIdentifier } from './words.ts';

/**
 * Why a value is no secret, by what it says itself, in the order in which it is asked. What its place says is asked in
 * `refusals.ts`; what is left is rated by `password.ts` and `token.ts`.
 */
export const valueRefusals: Readonly<Record<string, (value: string, kind: KeyKind, setting: Setting) => boolean>> = {
  'a name in capitals, as constants and variables have': isConstant,
  'a class that holds keys': (value) => /^[A-Z][A-Za-z0-9]{3,40}(?:Public|Private|Secret)Key$/.test(value),
  'an address for mail': (value) => /^[a-z]+@[a-z]+\.[a-z]{2,4}$/.test(value),
  'a name of words in one piece': (value, kind, setting) =>
    isCamelName(value) && !(kind === 'password' && (isOwnPassword(value, setting) || isNoName(value, setting))),
  'a placeholder': isPlaceholder,
  'nothing but words for a secret': saysSecret,
  'the name of a secret': (value, kind, setting) =>
    namesSecret(value) && !(kind === 'password' && isOwnPassword(value, setting)),
  'a word that names a secret itself': (value) =>
    /^[a-z]+$/i.test(value) && (kindOfIdentifier(value) !== undefined || /^[cx]srf_?token$/i.test(value)),
  'a version, a path, a file, an algorithm': isVersionOrPath,
  'one of these behind percent-encoding': (value) => {
    const plain = value.includes('%') ? withoutPercent(value) : value;
    return (
      plain !== value && (isPlaceholder(plain) || saysSecret(plain) || mostlyWords(plain) || isVersionOrPath(plain))
    );
  },
};

const inOrder = Object.entries(valueRefusals);

/** Why the value is no secret under a name that means `kind`; `undefined` when nothing in it speaks against it. Linear in the value. */
export function refusalOfValue(value: string, kind: KeyKind, setting: Setting): string | undefined {
  for (const [name, holds] of inOrder) if (holds(value, kind, setting)) return name;
  return undefined;
}

/** What stands where a secret could stand, and what specifications and vendors print as an example. */
export function isKnownToBeNone(value: string): boolean {
  return isOrdinary(value) || isPublished(value);
}
