import { documentFromText } from '../document.ts';
import type { Document, Problem } from '../types.ts';
import { act, type Look } from './actions.ts';
import { addCompanions } from './companions.ts';
import { decodeLayers } from './decode.ts';
import { isPlaceholder } from './generic/negatives.ts';
import { findInDump, findInNotes } from './generic/notes.ts';
import { findForeign } from './generic/pairs.ts';
import { type Place, placeOf } from './generic/place.ts';
import { findInTable, isTable } from './generic/tables.ts';
import { type Finder, findKeywords, type OnKeyword } from './keywords.ts';
import { describe, matchProvider, titleOf } from './match.ts';
import { matchVendor } from './match-vendor.ts';
import { mergeHits } from './merge.ts';
import { joinParts } from './multipart.ts';
import { cannotRead, cannotReport, runOfficial } from './official.ts';
import { nameOwners } from './owners.ts';
import { isWide, planSteps, type Trace, takeSteps } from './steps.ts';
import { findInCredentialFile } from './structure/files.ts';
import { findHidden } from './structure/hidden.ts';
import { findKeyStore } from './structure/keystore.ts';
import { findUrlCredentials } from './structure/url.ts';
import type { Scan, SecretHit } from './types.ts';
import { type Route, vocabulary } from './vocabulary.ts';

export interface SecretScan {
  hits: readonly SecretHit[];
  problems: readonly Problem[];
}

const scans = new WeakMap<Document, SecretScan>();

/**
 * Looks for secrets in a document: one pass for keywords, then only what those keywords lead to. Synchronous, pure,
 * linear in the text; the same document is looked at once. Hits are sorted by place and do not overlap.
 */
export function scanSecrets(document: Document): SecretScan {
  let scan = scans.get(document);
  if (!scan) {
    scan = edited.has(document) ? runAfter(edited.get(document) ?? undefined, document) : run(document, 0);
    edited.delete(document);
    scans.set(document, scan);
  }
  return scan;
}

/** Documents of an editor that have not been looked at, and what each was before the last edit. */
const edited = new WeakMap<Document, Document | null>();
/** How the documents of an editor were looked at. */
const traces = new WeakMap<Document, Trace>();

/**
 * Says that a document is the text in an editor, which was `previous` before the last edit. Its scan takes over what was found
 * there wherever nothing that a finder reads has changed; the answer of `scanSecrets` is the same.
 */
export function followEdit(document: Document, previous: Document | undefined): void {
  // Each would keep the one before it, if nobody asks for their secrets.
  if (previous) edited.delete(previous);
  edited.set(document, previous ?? null);
}

/** Notes what a scan of this document has said elsewhere: in another thread, with the same code on the same bytes. */
export function keepScan(document: Document, scan: SecretScan): void {
  scans.set(document, scan);
}

function runAfter(previous: Document | undefined, document: Document): SecretScan {
  const scan = scanOf(document);
  const place = placeOf(document);
  const before = previous && traces.get(previous);
  const from = before && sameAs(before.place, place) ? before : { text: '', place, steps: [] };
  const { finder, routeOf } = vocabulary();
  const wanted = new Set<string>();
  const steps = takeSteps(scan, planSteps(from, scan.text, finder), (step, own) => {
    const route = routeOf(step.keyword);
    visit(scan, place, own, 0, route, step.start, step.end);
    return isWide(route);
  });
  for (const step of steps.list) for (const name of step.wanted) wanted.add(name);
  lookAround(scan, place);
  lookInside(scan, steps.looked);
  traces.set(document, { text: scan.text, place, steps: steps.settle() });
  return conclude(scan, wanted, 0);
}

function sameAs(one: Place, other: Place): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What a scan of a document begins with. */
export function scanOf(document: Document): Scan {
  return {
    document,
    text: document.text,
    hits: [],
    rejected: [],
    seen: new Map(),
    schemes: { at: -1, upTo: 0 },
    unbroken: { from: 0, to: -1 },
    far: false,
  };
}

function run(document: Document, depth: number): SecretScan {
  const scan = scanOf(document);
  const place = placeOf(document);
  const wanted = new Set<string>();
  const { finder, routeOf } = vocabulary();
  tellKeywords(document, finder, (id, start, end) => visit(scan, place, wanted, depth, routeOf(id), start, end));
  lookAround(scan, place);
  if (depth === 0) lookInside(scan);
  return conclude(scan, wanted, depth);
}

/** Does what a keyword leads to, and adds the official rules that are wanted for it. */
function visit(
  scan: Scan,
  place: Place,
  wanted: Set<string>,
  depth: number,
  route: Route,
  start: number,
  end: number,
): void {
  const { text } = scan;
  for (const row of route.providers) matchProvider(scan, row, start, end);
  for (const word of route.vendors) matchVendor(scan, word, place, start, end);
  for (const rule of route.official) if (!cannotReport(rule, text, start, end)) wanted.add(rule.name);
  if (route.hidden !== undefined && depth < 2) {
    findHidden(scan, route.hidden, start, (inner) => look(inner, depth + 1));
  }
  if (route.action === undefined) return;
  if (route.action !== 'url') act(route.action, { scan, place, start, end, depth, look });
  else if (findUrlCredentials(scan, place, start))
    for (const rule of vocabulary().urlRules) if (!cannotRead(rule, text, start)) wanted.add(rule.name);
}

/** Looks for secrets in a text that was encoded; `path` names it for what says the kind of a file by its name. */
const look: Look = (text, depth, path = 'decoded.txt') => run(documentFromText(path, text), depth).hits;

/** What no keyword leads to. */
function lookAround(scan: Scan, place: Place): void {
  const { document, text } = scan;
  const name = nameOf(document);
  if (isTable(name)) findInTable(scan, place);
  findInNotes(scan, place, name);
  findInDump(scan, place);
  if (document.bytes.length !== text.length && !place.generated && !place.texts) findForeign(scan, place);
}

function conclude(scan: Scan, wanted: ReadonlySet<string>, depth: number): SecretScan {
  const { document } = scan;
  findInCredentialFile(scan, nameOf(document));
  const store = depth === 0 ? findKeyStore(document) : undefined;
  if (store) scan.hits.push(store);
  const problems = depth === 0 && wanted.size > 0 ? addOfficial(scan, wanted) : [];
  const merged = mergeHits(scan.hits, scan.rejected);
  if (depth === 0) nameOwners(scan.text, document.path, merged);
  const hits = joinParts(document, merged);
  if (depth === 0) addCompanions(document, hits);
  return { hits, problems };
}

function nameOf({ path }: Document): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}

/**
 * Tells the keywords of a document. As many bytes as characters means that each is one byte at the same offset; otherwise
 * the characters are made to be, and those outside of ASCII are cut.
 */
function tellKeywords({ text, bytes, encoding }: Document, finder: Finder, onKeyword: OnKeyword): void {
  const same = (encoding === 'utf-8' || encoding === 'binary') && bytes.length === text.length;
  if (same) findKeywords(finder, bytes, onKeyword);
  else findKeywords(finder, Buffer.from(text, 'latin1'), onKeyword, text);
}

/** Ranges that only the official rules found: reported under our ids, so that one name suppresses both. */
function addOfficial(scan: Scan, wanted: ReadonlySet<string>): Problem[] {
  const { reports, problems } = runOfficial(scan.document, wanted);
  for (const { rule, range } of reports) {
    const value = scan.text.slice(range[0], range[1]);
    // The official rules take words and short examples behind a prefix for a token.
    if (
      (rule === 'slack' && value.length < 20) ||
      isPlaceholder(value) ||
      (rule !== 'huggingface' && !/\d|:\/\//.test(value))
    )
      continue;
    const [id, title] = officialNames[rule] ?? ['generic-secret', 'Secret'];
    scan.hits.push({
      rule: id,
      range,
      message: describe(title, value.length),
      severity: 'high',
      confidence: 'medium',
      identity: value,
      by: 'official',
    });
  }
  return problems;
}

/**
 * A value under a secret's name may be base64, hexadecimal or percent-encoding of a credential that has a shape. `looked` says
 * what became of hits that were looked into before.
 */
function lookInside(scan: Scan, looked?: ReadonlyMap<SecretHit, SecretHit>): void {
  for (const hit of scan.hits) {
    const known = looked?.get(hit);
    if (known) {
      Object.assign(hit, known);
      continue;
    }
    if (hit.by !== 'generic' || hit.identity.length < 24) continue;
    const text = decodeLayers(hit.identity).pop();
    const best = text === undefined ? undefined : run(documentFromText('decoded.txt', text), 1).hits[0];
    if (best === undefined || best.by === 'generic') continue;
    Object.assign(hit, {
      rule: best.rule,
      message: describe(`${titleOf(best.message)}, encoded`, hit.identity.length),
      severity: best.severity,
      confidence: best.confidence,
      by: best.by,
    });
  }
}

const officialNames: Record<string, readonly [id: string, title: string]> = {
  aws: ['aws-secret-access-key', 'AWS secret access key'],
  gcp: ['gcp-service-account-key', 'Google Cloud service account key'],
  npm: ['npm-token', 'npm access token'],
  slack: ['slack-token', 'Slack token or webhook'],
  basicauth: ['basic-auth-url', 'Password in a URL'],
  openai: ['openai-api-key', 'OpenAI API key'],
  anthropic: ['anthropic-api-key', 'Anthropic API key'],
  groq: ['groq-api-key', 'Groq API key'],
  huggingface: ['huggingface-token', 'Hugging Face access token'],
  linear: ['linear-token', 'Linear API key'],
  notion: ['notion-token', 'Notion integration token'],
  privatekey: ['private-key', 'Private key'],
  sendgrid: ['sendgrid-api-key', 'SendGrid API key'],
  shopify: ['shopify-token', 'Shopify access token'],
  stripe: ['stripe-secret-key', 'Stripe secret key'],
  github: ['github-token', 'GitHub token'],
  gitlab: ['gitlab-token', 'GitLab access token'],
  grafana: ['grafana-token', 'Grafana token'],
  '1password': ['onepassword-token', '1Password service account token'],
  'database-connection-string': ['connection-string', 'Password in a connection string'],
  'hashicorp-vault': ['vault-token', 'HashiCorp Vault token'],
  vercel: ['vercel-token', 'Vercel access token'],
  databricks: ['databricks-token', 'Databricks personal access token'],
  docker: ['docker-token', 'Docker personal access token'],
  figma: ['figma-token', 'Figma personal access token'],
  cloudflare: ['cloudflare-token', 'Cloudflare API token'],
  tailscale: ['tailscale-key', 'Tailscale key'],
};

export type { SecretHit } from './types.ts';
