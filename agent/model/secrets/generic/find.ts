import type { Scan } from '../types.ts';
import { type Candidate, readCandidate } from './candidate.ts';
import { isMerchantSalt, meaningOf } from './doubtful.ts';
import { directives, lineStart, settings, standsAlone } from './loose.ts';
import { isPlaceholder } from './negatives.ts';
import type { Place } from './place.ts';
import { refusalOf } from './refusals.ts';
import { pushGeneric } from './report.ts';
import { scoreValue, standsIn } from './score.ts';
import type { Score, Setting } from './setting.ts';
import { settle, takeRestOfLine } from './settle.ts';
import { scoreBeside } from './user.ts';
import type { KeyKind } from './words.ts';

/**
 * Reads what stands around a key word and reports its value when it looks like a secret: is there a value, does its place speak
 * against it (`refusals.ts`), what does its name mean, and how sure is it (`score.ts`)?
 */
export function findGeneric(scan: Scan, place: Place, start: number, end: number): void {
  const candidate = readCandidate(scan, place, start, end);
  if (!candidate || refusalOf(candidate) !== undefined) return;
  settle(candidate);
  const { assigned } = candidate;
  const meaning = candidate.kind === 'maybe' ? meaningOf(candidate) : candidate.kind;
  candidate.kind = meaning === 'owned' ? 'key' : meaning;
  if (isMerchantSalt(candidate)) {
    pushGeneric(scan, place, { ...assigned, rule: 'generic-secret', title: titles.secret, confidence: 'low' });
    return;
  }
  const score = scoreOf(candidate);
  if (!score || (assigned.loose && !standsAlone(scan.text, assigned, score, candidate.kind, place))) {
    if (score ? isPlaceholder(assigned.value) : standsIn(assigned.value))
      scan.rejected.push([assigned.start, assigned.end]);
    return;
  }
  const inString = isConnection(scan.text, assigned.start);
  pushGeneric(scan, place, {
    ...assigned,
    rule: inString ? 'connection-string' : score.password ? 'generic-password' : 'generic-secret',
    title: inString ? 'Password in a connection string' : titles[candidate.kind],
    confidence: meaning === 'owned' ? 'low' : score.confidence,
  });
}

/** How sure the value is. What a login beside it says is asked last, because it costs a search. */
function scoreOf(candidate: Candidate): Score | undefined {
  const { text, assigned, kind } = candidate;
  const setting = settingOf(candidate);
  const exact = kind === 'password' && setting.exact === true;
  if (exact && takeRestOfLine(candidate)) setting.quoted = true;
  return (
    scoreValue(assigned.value, kind, setting) ??
    (exact && assigned.quoted ? scoreBeside(text, assigned, setting) : undefined)
  );
}

/** Names of what people make up: secrets, and the keys that their own programs sign and encrypt with. */
const chosen =
  /(?:secret(?:[_.-]?(?:or[_-]?)?key(?:[_.-]?base)?)?|(?:jwt|sign(?:ing|ature)?|enc(?:rypt(?:ion)?)?|crypt(?:o)?|cipher|hmac|aes|des)(?:secret)?[_.-]?key)['"\]]{0,2}$/i;

/** What name and place say of how weak a value may be. */
function settingOf({ place, assigned: { identifier, quoted, loose } }: Candidate): Setting {
  return {
    quoted,
    config:
      place.config &&
      (!loose || directives.test(identifier) || (quoted && settings.test(identifier))) &&
      !/(?:confirm(?:ation)?|repeat|again|verify)["'\]]{0,2}$/i.test(identifier),
    exact:
      (/(?:passwo?r?d|pwd|passphrase)['"\]]{0,2}$/i.test(identifier) ||
        (quoted && /(?:^|[_.$-]|db|my|user|usr|ftp|smtp|mail)(?:pass|pw)$/i.test(identifier))) &&
      !loose,
    chosen: !loose && chosen.test(identifier),
    phrase: /pass_?phrase['"\]]{0,2}$/i.test(identifier),
    capitals: place.config && /^[A-Z][A-Z0-9_]{3,40}$/.test(identifier),
  };
}

/** The value is one field of `Server=…;User Id=…;Password=…`, or of `host=… user=… password=…`. */
function isConnection(text: string, start: number): boolean {
  return /(?:server|data source|host|hostname|addr|address|database|initial catalog|endpoint|user id|uid|username|dsn|sqlserver:\/\/[\w.:]{1,80})\s?[=;][^;]{0,200};|\bhost=\S{1,80}\s[^\n]{0,120}\bpassword=$/i.test(
    text.slice(lineStart(text, start), start),
  );
}

/** The identifier is not named: it is the author's text, and a password may repeat its words. */
const titles: Readonly<Record<KeyKind, string>> = {
  password: 'Password in plain text',
  key: 'Key in plain text',
  secret: 'Secret in plain text',
  maybe: 'Secret in plain text',
};
