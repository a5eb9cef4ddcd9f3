import type { Confidence, Document, Range, Related, Severity } from '../types.ts';

/** A secret that was found. `identity` is its value: hashed by the engine at once, never kept, shown or logged. */
export interface SecretHit {
  rule: string;
  range: Range;
  message: string;
  severity: Severity;
  confidence: Confidence;
  identity: string;
  /** Its checksum is right, and it is of a kind that opens something. */
  proven?: true;
  related?: Related[];
  /** The vendor's name stands beside it, which says more than a prefix that several vendors use. */
  named?: true;
  /** How it was found, for tests and for the merge: a stronger source hides a weaker one at the same place. */
  by: 'structure' | 'provider' | 'vendor' | 'url' | 'official' | 'generic';
}

/** What a test of a value's inner structure says. `invalid`: it has the shape, but cannot be a live one. */
export type Verdict = 'valid' | 'invalid' | 'unknown' | 'reject';

/** One kind of credential of one vendor, as data. */
export interface Provider {
  /** Rule id. */
  id: string;
  /** Noun phrase that begins the message: "GitHub personal access token". */
  title: string;
  /** Lower-case text whose presence makes `pattern` worth trying. */
  keywords: readonly string[];
  /**
   * `token` (the default): sticky, tried exactly at the keyword, which is the value's own prefix.
   * `near`: tried on a window of text around the keyword; group 1 is the value.
   */
  at?: 'token' | 'near';
  /** Bounded: no unbounded repetition, so that a window's length bounds its cost. */
  pattern: RegExp;
  /** For `near`: how many characters before the keyword's start the window begins; without it, at the keyword's end. */
  back?: number;
  /** For `near`: length of the window. 120 unless told. */
  window?: number;
  /** For `token`: a character at a fixed distance from the start, looked at first because the keyword alone is common. */
  probe?: readonly [distance: number, character: string];
  /** Characters that may not follow the value; letters and digits unless told. */
  end?: RegExp;
  severity: Severity;
  confidence: Confidence;
  /** Must be found in the 400 characters before and the 200 behind the value. */
  beside?: RegExp;
  /** Beside this it is one of those that are made to be published: information. */
  published?: RegExp;
  check?: (value: string) => Verdict;
  /** Said in the message when `check` answers `valid`: "checksum valid". */
  proof?: string;
  /** Said when `check` answers `invalid`; confidence falls to medium. */
  doubt?: string;
  /** Least Shannon entropy per character of the value behind its prefix, in bits. 2.5 unless told; 0 turns it off. */
  minEntropy?: number;
  /** Where to make it useless, in the vendor's words. */
  rotate: string;
  /** Vendor's page or specification that states the format. */
  source: string;
  /** The page was read when the row was written. Rows without it rest on what is commonly known of the format. */
  read?: true;
}

/** Credentials of a vendor that say nothing by themselves: found beside its name, under the name of a key. */
export interface Vendor {
  /** Rule id. */
  id: string;
  keys: readonly VendorKey[];
  /** Length of the longest value. */
  most: number;
}

export interface VendorKey {
  title: string;
  /** The whole value, anchored at both ends. Bounded. */
  pattern: RegExp;
  /** Characters besides letters, digits, `_` and `-` that the value can hold. */
  signs: string;
  least: number;
  most: number;
  /** The vendor does not state the length, so the words around the value have to say more. */
  open: boolean;
  /** It begins with text of its own, too. */
  prefixed: boolean;
  severity: Severity;
  confidence: Confidence;
  /** It is written as a part of a URL's path. */
  path: boolean;
  /** The vendor makes keys of the same form for pages and for servers: the words around one say which it is. */
  page: boolean;
  minEntropy: number | undefined;
}

/** What finders share while one document is scanned. */
export interface Scan {
  document: Document;
  text: string;
  hits: SecretHit[];
  /** Places that were looked at closely and found to be placeholders: a weaker finder must not report them. */
  rejected: Range[];
  /** For finders that look at a wide window: up to where they have looked already, so that no text is read twice. */
  seen: Map<string, number>;
  /** Where the next `Basic` or `Bearer` begins, or -1, and up to where somebody has looked for it. */
  schemes: { at: number; upTo: number };
  unbroken: Stretch;
  /** A finder has read, or noted for later ones, more than its neighbourhood: see `steps.ts`. */
  far: boolean;
}

/** Text in which nothing ends a value without quotes: what was read for one name is not read again for the next. */
export interface Stretch {
  from: number;
  to: number;
}
