import { lineStarts } from '../model/document.ts';
import type { Document, Finding, Range } from '../model/types.ts';

/** A neighbour's comment that takes a finding out. It seldom gives a reason, so that its name is all that can be told. */
export interface ForeignMark {
  name: string;
  range: Range;
}

interface Marker {
  name: string;
  pattern: RegExp;
  /** The line it speaks of: its own, or the one below. */
  next?: true;
  applies: (finding: Finding, match: RegExpExecArray) => boolean;
}

const secret = (finding: Finding): boolean => finding.category === 'secret';

/** hadolint's numbers for what rules of ours also say: https://github.com/hadolint/hadolint/wiki */
const hadolint: Record<string, readonly string[]> = {
  DL3006: ['unpinned-images'],
  DL3007: ['unpinned-images'],
  DL3013: ['unhashed-pip-install'],
  DL3016: ['npm-not-ci'],
  DL4001: ['curl-pipe-shell'],
};

const markers: readonly Marker[] = [
  { name: 'gitleaks:allow', pattern: /gitleaks:allow\b/, applies: secret },
  { name: 'betterleaks:allow', pattern: /betterleaks:allow\b/, applies: secret },
  { name: 'trufflehog:ignore', pattern: /trufflehog:ignore\b/, applies: secret },
  { name: 'ggignore', pattern: /\b(?:gg|gitguardian:)ignore\b/, applies: secret },
  { name: 'pragma: allowlist secret', pattern: /pragma: ?(?:allow|white)list[ -]secret\b/, applies: secret },
  {
    name: 'pragma: allowlist nextline secret',
    pattern: /pragma: ?(?:allow|white)list nextline secret\b/,
    next: true,
    applies: secret,
  },
  { name: 'secretlint-disable-line', pattern: /secretlint-disable-line\b/, applies: secret },
  { name: 'secretlint-disable-next-line', pattern: /secretlint-disable-next-line\b/, next: true, applies: secret },
  {
    name: 'zizmor: ignore',
    pattern: /#[^\n]{0,200}?zizmor: ?ignore\[([^\]\n]{1,200})\]/,
    applies: (finding, match) =>
      finding.category === 'pipeline' && (match[1] as string).split(/[ ,]+/).includes(finding.rule),
  },
  {
    name: 'hadolint ignore',
    pattern: /#\s{0,4}hadolint ignore=([A-Z0-9, ]{1,200})/,
    next: true,
    applies: (finding, match) =>
      (match[1] as string).split(/[ ,]+/).some((code) => hadolint[code]?.includes(finding.rule)),
  },
  {
    name: 'ratchet:exclude',
    pattern: /#\s{0,4}ratchet:exclude\b/,
    applies: ({ rule }) => rule === 'unpinned-uses' || rule === 'unpinned-images',
  },
  {
    name: 'nosemgrep',
    pattern: /(?:#|\/\/|--|<!--|\/\*)[^\n]{0,100}?\bnosem(?:grep)?\b/,
    applies: ({ category }) => category === 'secret' || category === 'pipeline',
  },
];

const anyMarker =
  /gitleaks:allow|betterleaks:allow|trufflehog:ignore|ggignore|gitguardian:ignore|pragma: ?(?:allow|white)list|secretlint-disable|zizmor: ?ignore|hadolint ignore=|ratchet:exclude|nosem/;

const cache = new WeakMap<Document, boolean>();

/** The neighbour's mark that speaks of a finding's first line, if there is one. */
export function foreignMark(document: Document, finding: Finding): ForeignMark | undefined {
  let any = cache.get(document);
  if (any === undefined) {
    any = anyMarker.test(document.text);
    cache.set(document, any);
  }
  if (!any) return undefined;
  const line = finding.span.line;
  for (const marker of markers) {
    const on = marker.next ? line - 1 : line;
    const seen = on < 1 ? undefined : lineNear(document, on, finding.range[0]);
    const match = seen && marker.pattern.exec(seen.text);
    if (!match || !marker.applies(finding, match)) continue;
    const start = seen.start + match.index;
    return { name: marker.name, range: [start, start + match[0].length] };
  }
  return secret(finding) ? disabledRegion(document, finding.range[0]) : undefined;
}

/** A line's text; of a very long one only what stands around the finding, so that minified files stay cheap. */
function lineNear(document: Document, line: number, at: number): { text: string; start: number } {
  const start = lineStarts(document)[line - 1] ?? document.text.length;
  const end = lineStarts(document)[line] ?? document.text.length;
  if (end - start <= 4000) return { text: document.text.slice(start, end), start };
  const from = Math.max(start, Math.min(at, end) - 1000);
  return { text: document.text.slice(from, Math.min(end, from + 4000)), start: from };
}

const regions = new WeakMap<Document, Range[]>();

/** `secretlint-disable` counts to the next `secretlint-enable`, or to the end. */
function disabledRegion(document: Document, at: number): ForeignMark | undefined {
  let list = regions.get(document);
  if (!list) {
    list = [];
    let open: number | undefined;
    for (const match of document.text.matchAll(/secretlint-(disable|enable)(?![\w-])/g)) {
      if (match[1] === 'disable') open ??= match.index;
      else if (open !== undefined) {
        list.push([open, match.index]);
        open = undefined;
      }
    }
    if (open !== undefined) list.push([open, document.text.length]);
    regions.set(document, list);
  }
  const region = list.find(([start, end]) => start <= at && at < end);
  return region && { name: 'secretlint-disable', range: [region[0], region[0] + 'secretlint-disable'.length] };
}
