import type { Range } from '../types.ts';
import type { Place } from './generic/place.ts';
import { type Finder, findKeywords } from './keywords.ts';
import type { Scan, SecretHit } from './types.ts';
import type { Route } from './vocabulary.ts';

/** What was done at one keyword, and what came of it: kept from one keystroke to the next. Offsets are those of the text. */
export interface Step {
  keyword: number;
  start: number;
  end: number;
  /** Where the finders here may read or note more than `near` characters away, they run again after every edit. */
  wide: boolean;
  found: readonly Found[];
  rejected: readonly Range[];
  /** Official rules that are wanted because of it. */
  wanted: readonly string[];
}

/** A hit as it was reported, and after its value was looked into. */
interface Found {
  hit: SecretHit;
  looked: SecretHit;
}

/** A scan from which the next one, of the text after an edit, can go on. */
export interface Trace {
  text: string;
  place: Place;
  steps: readonly Step[];
}

/** How a step takes part in the scan after an edit. */
export interface Planned {
  step: Step;
  /** It runs. Otherwise what came of it is taken over. */
  runs: boolean;
  /** What came of it counts, though it runs: only what it notes for others is needed. */
  keeps: boolean;
}

/** No finder that is not `wide` reads further than this from its keyword. The longest are vendors' values, of 2,400. */
const near = 4096;

/** What a step notes for others (whose value it is, the last hit) concerns places no further away. */
const noted = 2560;

/** What the longest keyword needs on either side. */
const margin = 96;

/** The characters that differ: `[from, to)` of the old text became `[from, next)` of the new one. */
interface Change {
  from: number;
  to: number;
  next: number;
}

/**
 * The steps of a scan of `text`, in their order, when one of another text was `trace`: around what has changed new ones, and
 * the old ones elsewhere with their places moved.
 */
export function planSteps(trace: Trace, text: string, finder: Finder): Planned[] {
  const { from, to, next } = changeBetween(trace.text, text);
  const moved = next - to;
  const planned: Planned[] = [];
  const inner: Range = [from - near, next + near];
  const outer: Range = [inner[0] - noted, inner[1] + noted];
  for (const step of trace.steps) {
    const after = step.start >= from;
    const start = after ? step.start + moved : step.start;
    // What begins in the text that is gone, or close to it, is looked for anew.
    if ((after && step.start < to) || (start >= inner[0] && start < inner[1])) continue;
    const keeps = !step.wide;
    const runs = step.wide || (start >= outer[0] && start < outer[1]);
    planned.push({ step: after && moved !== 0 ? move(step, moved) : step, runs, keeps });
  }
  const low = Math.max(0, inner[0] - margin);
  const part = text.slice(low, inner[1] + margin);
  const fresh: Planned[] = [];
  const tell = (keyword: number, start: number, end: number): void => {
    const place = start + low;
    if (place < inner[0] || place >= inner[1]) return;
    const step: Step = { keyword, start: place, end: end + low, wide: false, found: [], rejected: [], wanted: [] };
    fresh.push({ step, runs: true, keeps: false });
  };
  findKeywords(finder, Buffer.from(part, 'latin1'), tell, part);
  return inOrder(planned, fresh);
}

/** The steps of a scan as they were done. */
interface Taken {
  list: readonly Step[];
  /** What hits that were taken over had become. */
  looked: ReadonlyMap<SecretHit, SecretHit>;
  /** The steps to keep for the next scan. To be asked for when hits have been looked into. */
  settle: () => Step[];
}

/**
 * Does the steps: `visit` runs one, collects the official rules it wants and answers whether it is wide; others are taken over.
 * The hits of a scan are then those of all of them, in their order.
 */
export function takeSteps(
  scan: Scan,
  planned: readonly Planned[],
  visit: (step: Step, wanted: Set<string>) => boolean,
): Taken {
  const known = new Set<SecretHit>();
  const looked = new Map<SecretHit, SecretHit>();
  const hitsOf: SecretHit[][] = [];
  const list = planned.map(({ step, runs, keeps }): Step => {
    const rejected = scan.rejected.length;
    const wanted = new Set<string>();
    scan.far = false;
    const wide = runs && visit(step, wanted);
    const fresh = takeFresh(scan, known);
    if (keeps) {
      scan.rejected.length = rejected;
      scan.rejected.push(...step.rejected);
      fresh.length = 0;
      for (const one of step.found) {
        const hit = { ...one.hit };
        looked.set(hit, one.looked);
        fresh.push(hit);
      }
    }
    for (const hit of fresh) {
      known.add(hit);
      scan.hits.push(hit);
    }
    hitsOf.push(fresh);
    if (keeps) return step;
    return { ...step, wide: wide || scan.far, rejected: scan.rejected.slice(rejected), wanted: [...wanted], found: [] };
  });
  // A vendor that stands nearer takes the hit of one before it away.
  const left = new Set(scan.hits);
  const raw = hitsOf.map((hits) => hits.filter((hit) => left.has(hit)).map((hit) => [hit, { ...hit }] as const));
  const settle = (): Step[] =>
    list.map((step, index) => {
      const found = (raw[index] ?? []).map(([hit, before]) => ({ hit: before, looked: { ...hit } }));
      return found.length === 0 && step.found.length === 0 ? step : { ...step, found };
    });
  return { list, looked, settle };
}

/** Takes the hits that the last step has reported from the end of the list. */
function takeFresh(scan: Scan, known: ReadonlySet<SecretHit>): SecretHit[] {
  const fresh: SecretHit[] = [];
  for (let last = scan.hits.at(-1); last !== undefined && !known.has(last); last = scan.hits.at(-1)) {
    fresh.unshift(last);
    scan.hits.pop();
  }
  return fresh;
}

/** The order in which the pass over the text tells keywords. */
function inOrder(planned: readonly Planned[], fresh: readonly Planned[]): Planned[] {
  const before = ({ step: a }: Planned, { step: b }: Planned): number =>
    a.end - b.end || a.start - b.start || a.keyword - b.keyword;
  // Three sorted pieces one behind the other, which sorting finds.
  const split =
    fresh[0] === undefined ? planned.length : planned.findIndex((one) => before(one, fresh[0] as Planned) > 0);
  const at = split === -1 ? planned.length : split;
  return [...planned.slice(0, at), ...fresh, ...planned.slice(at)].sort(before);
}

function move(step: Step, by: number): Step {
  return {
    ...step,
    start: step.start + by,
    end: step.end + by,
    found: step.found.map(({ hit, looked }) => ({ hit: moveHit(hit, by), looked: moveHit(looked, by) })),
    rejected: step.rejected.map(([start, end]) => [start + by, end + by]),
  };
}

function moveHit(hit: SecretHit, by: number): SecretHit {
  return { ...hit, range: [hit.range[0] + by, hit.range[1] + by] };
}

function changeBetween(old: string, text: string): Change {
  const most = Math.min(old.length, text.length);
  let from = 0;
  while (from < most && sameAt(old, from, text, from)) from += piece;
  from = Math.min(from, most);
  while (from < most && old.charCodeAt(from) === text.charCodeAt(from)) from++;
  let back = 0;
  while (back + piece <= most - from && sameAt(old, old.length - back - piece, text, text.length - back - piece))
    back += piece;
  while (back < most - from && old.charCodeAt(old.length - back - 1) === text.charCodeAt(text.length - back - 1))
    back++;
  return { from, to: old.length - back, next: text.length - back };
}

/** Pieces are compared at once, as the engine can. */
const piece = 1024;

function sameAt(old: string, oldAt: number, text: string, at: number): boolean {
  return old.slice(oldAt, oldAt + piece) === text.slice(at, at + piece);
}

/** Actions that read only around their keyword, and note nothing that lasts. */
const nearby = new Set(['generic', 'call', 'command', 'basic', 'bearer', 'url', 'hook', 'dn']);

const wides = new WeakMap<Route, boolean>();

/** Something of what a keyword leads to may read further than `near`. */
export function isWide(route: Route): boolean {
  let wide = wides.get(route);
  if (wide === undefined) {
    wide =
      route.hidden !== undefined ||
      (route.action !== undefined && !nearby.has(route.action)) ||
      route.providers.some(({ pattern }) => longest(pattern) > 2400);
    wides.set(route, wide);
  }
  return wide;
}

/** The largest count of a repetition. */
function longest({ source }: RegExp): number {
  return Math.max(
    0,
    ...[...source.matchAll(/\{(?:\d+,)?(\d*)\}/g)].map(([, count]) => (count === '' ? 1e9 : Number(count))),
  );
}
