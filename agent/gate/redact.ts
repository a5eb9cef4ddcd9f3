import { documentFromText } from '../model/document.ts';
import { textSubjects } from '../model/subjects-text.ts';
import type { Document } from '../model/types.ts';
import type { Rule } from '../rules/rule.ts';
import { runRules } from '../rules/run.ts';
import type { Report } from './types.ts';

/** Replaces every secret it was made for by a fixed word. */
export type Mask = (text: string) => string;

/** Where nothing has to be masked. */
export const unmasked: Mask = (text) => text;

/** Below this length a value is a word that stands everywhere; its finding shows none of it anyway. */
const shortest = 6;
const word = '‹secret›';

/**
 * Makes the mask for these values. Each is also known as a program may have written it meanwhile: in JSON, in an address,
 * and cut off with an ellipsis.
 */
export function maskOf(values: Iterable<string>): Mask {
  const forms = new Set<string>();
  for (const value of values) {
    if (value.length < shortest) continue;
    for (const form of [
      value,
      JSON.stringify(value).slice(1, -1),
      encodeURIComponent(value.toWellFormed()),
      decoded(value),
    ]) {
      if (form.length >= shortest) forms.add(form);
    }
  }
  if (forms.size === 0) return unmasked;
  // The longest first: a value that holds another one must go as a whole.
  const ordered = [...forms].sort((a, b) => b.length - a.length);
  return (text) => {
    let out = text;
    for (const form of ordered) {
      if (out.includes(form)) out = out.replaceAll(form, word);
      if (out.includes('…')) out = maskCutOff(out, form);
    }
    return out;
  };
}

/** A report whose every text is masked. Paths stay as they are, because places must open; sinks mask what they print. */
export function maskReport(report: Report, mask: Mask): Report {
  // Most commits pass without a word, and walking through all that was said of them costs as much as a small file.
  return mask === unmasked ? report : (maskDeep(report, mask, '') as Report);
}

/**
 * Finds the secrets in texts that are about to be shown, whichever document they came from: a dependency's address, a
 * commit's subject, the name of an unknown key. Returns their values, for `maskOf` and nothing else.
 */
export async function secretsIn(
  rules: readonly Rule[],
  texts: readonly string[],
  documents: readonly Document[] = [],
): Promise<string[]> {
  const secretRules = rules.filter((rule) => rule.reads === 'text' && rule.meta.category === 'secret');
  const shown = documentFromText('shown.txt', texts.join('\n'), { kind: 'message' });
  const result = await runRules({
    targets: texts.length > 0 ? [shown, ...documents] : documents,
    context: [],
    base: [],
    rules: secretRules,
    subjectsOf: textSubjects,
    // Fingerprints of this run are thrown away.
    fingerprintKey: new Uint8Array(32),
    hasBase: false,
  });
  return result.findings.filter((finding) => finding.category === 'secret').map((finding) => finding.identity);
}

/** Every text of a report that may quote the repository. */
export function textsOf(report: Report): string[] {
  const texts = new Set<string>();
  maskDeep(
    { ...report, commits: report.commits.map(({ subject, body }) => ({ subject, body })), repo: report.repo.remote },
    (text) => {
      if (text.length >= shortest) texts.add(text);
      return text;
    },
    '',
  );
  return [...texts];
}

const verbatim = new Set(['path', 'root', 'fingerprint', 'oid', 'tree', 'commit', 'fixes', 'digest', 'finding']);

function maskDeep(value: unknown, mask: Mask, key: string): unknown {
  if (typeof value === 'string') return verbatim.has(key) ? value : mask(value);
  if (Array.isArray(value)) return value.map((one) => maskDeep(one, mask, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, maskDeep(one, mask, name)]));
}

/** A text that was shortened ends in the middle of the value: its head before the ellipsis is masked too. */
function maskCutOff(text: string, form: string): string {
  return text.replace(/\S{6,}?…/g, (part) => {
    for (let length = Math.min(part.length - 1, form.length - 1); length >= shortest; length--) {
      const head = form.slice(0, length);
      if (part.endsWith(`${head}…`)) return `${part.slice(0, -length - 1)}${word}…`;
    }
    return part;
  });
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
