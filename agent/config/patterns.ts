import type { Confidence, Severity } from '../model/types.ts';

/** A kind of secret that a team adds in `secrets.patterns` of `pregate.yaml`. */
export interface OwnPattern {
  /** Names it in findings and problems. Kebab-case, once. */
  id: string;
  /** Regular expression of JavaScript. The value is the group `secret`, else the first group, else all of it. */
  regex: string;
  ignoreCase: boolean;
  /** Lower case; a file without any of them is not searched. None: every file is. */
  keywords: readonly string[];
  /** Least Shannon entropy of the value, in bits per character. */
  entropy: number;
  /** Fewest characters of the value. */
  minLength: number;
  /** Begins the finding's message. */
  message: string;
  severity: Severity;
  confidence: Confidence;
}

const keys = ['id', 'regex', 'ignore-case', 'keywords', 'entropy', 'min-length', 'message', 'severity', 'confidence'];
const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];
const confidences: readonly Confidence[] = ['high', 'medium', 'low'];
const most = 200;

/**
 * Reads a list of patterns from plain data. Every mistake is a line for a person, and a list with a mistake gives no
 * pattern: the configuration is refused as a whole then.
 */
export function readPatterns(value: unknown): { patterns: OwnPattern[]; mistakes: string[] } {
  if (!Array.isArray(value)) return { patterns: [], mistakes: ['patterns must be a list'] };
  const mistakes: string[] = [];
  if (value.length > most) mistakes.push(`patterns holds ${value.length} entries; ${most} are allowed`);
  const seen = new Set<string>();
  const patterns = value.slice(0, most).flatMap((one, index) => {
    const read = readPattern(one, `patterns[${index}]`, mistakes);
    if (read && seen.has(read.id)) mistakes.push(`patterns[${index}].id ${read.id} is there twice`);
    if (read) seen.add(read.id);
    return read ?? [];
  });
  return { patterns: mistakes.length > 0 ? [] : patterns, mistakes };
}

function readPattern(value: unknown, at: string, mistakes: string[]): OwnPattern | undefined {
  const before = mistakes.length;
  const wrong = (key: string, what: string) => void mistakes.push(`${at}.${key} ${what}`);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    mistakes.push(`${at} must hold keys`);
    return undefined;
  }
  const fields = value as Record<string, unknown>;
  for (const key of Object.keys(fields)) {
    if (!keys.includes(key)) mistakes.push(`unknown key ${at}.${key}; known are ${keys.join(', ')}`);
  }
  const { id, regex, keywords = [], entropy = 0, message, severity = 'high', confidence = 'high' } = fields;
  const minLength = fields['min-length'] ?? 1;
  const ignoreCase = fields['ignore-case'] ?? false;
  if (typeof id !== 'string' || !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id) || id.length > 60) {
    wrong('id', 'must be a name in small letters such as acme-token');
  }
  if (typeof ignoreCase !== 'boolean') wrong('ignore-case', 'must be true or false');
  const mistake = mistakeOf(regex, ignoreCase === true);
  if (mistake !== undefined) wrong('regex', mistake);
  if (!Array.isArray(keywords) || keywords.length > 50 || !keywords.every(isKeyword)) {
    wrong('keywords', 'must be a list of texts of two characters or more');
  }
  if (typeof entropy !== 'number' || !(entropy >= 0 && entropy <= 8)) wrong('entropy', 'must be a number from 0 to 8');
  if (!Number.isInteger(minLength) || (minLength as number) < 1 || (minLength as number) > 10_000) {
    wrong('min-length', 'must be a whole number from 1');
  }
  if (message !== undefined && (typeof message !== 'string' || !/^[^\r\n]{1,200}$/.test(message))) {
    wrong('message', 'must be one line of at most 200 characters');
  }
  if (!isOneOf(severities, severity)) wrong('severity', `must be one of ${severities.join(', ')}`);
  if (!isOneOf(confidences, confidence)) wrong('confidence', `must be one of ${confidences.join(', ')}`);
  if (mistakes.length > before) return undefined;
  return {
    id: id as string,
    regex: regex as string,
    ignoreCase: ignoreCase as boolean,
    keywords: (keywords as string[]).map((word) => word.toLowerCase()),
    entropy: entropy as number,
    minLength: minLength as number,
    message: (message as string | undefined) ?? `Secret of the kind ${String(id)}`,
    severity: severity as Severity,
    confidence: confidence as Confidence,
  };
}

function isKeyword(word: unknown): boolean {
  return typeof word === 'string' && word.length >= 2 && word.length <= 100;
}

function isOneOf(known: readonly string[], value: unknown): boolean {
  return typeof value === 'string' && known.includes(value);
}

/** What keeps the text from being a pattern. It is compiled here and run nowhere but in a thread that can be stopped. */
function mistakeOf(regex: unknown, ignoreCase: boolean): string | undefined {
  if (typeof regex !== 'string' || regex === '') return 'must be a regular expression';
  if (regex.length > 2000) return 'is longer than 2,000 characters';
  try {
    new RegExp(regex, flagsOf(ignoreCase));
  } catch (error) {
    return `is no regular expression: ${error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : ''}`;
  }
  return undefined;
}

/** All matches with the places of their groups; `^` and `$` stand for lines; unknown escapes are mistakes. */
export function flagsOf(ignoreCase: boolean): string {
  return ignoreCase ? 'dgimu' : 'dgmu';
}
