import { wordsOf } from './generic/words.ts';
import { findKeywords } from './keywords.ts';
import { describe } from './match.ts';
import { standsAsName } from './match-vendor.ts';
import { vendorAt } from './providers/index.ts';
import type { SecretHit, VendorKey } from './types.ts';
import { vocabulary } from './vocabulary.ts';

/** How far from a value its vendor may be named: some five lines. */
const around = 260;

/** So many values of one text are looked at; a file with more is a list, and what each opens says its kind there. */
const most = 300;

/** Where code lies and where it is built: they are named beside everything, and a value without their prefix is seldom theirs. */
const everywhere = new Set([
  'github-token',
  'gitlab-token',
  'npm-token',
  'travis-token',
  'docker-token',
  'circleci-token',
]);

/** What a vendor calls a credential of its own. */
interface Owner {
  id: string;
  key: VendorKey;
}

/**
 * Gives a value without a shape the kind of the one vendor that is named near it, or by the file's path, and whose credentials
 * look so: `api_key: …` above `site: datadoghq.eu`, the third argument of `Braintree::Gateway.new`. Where two vendors could be
 * meant nobody is. Only the kind changes: how sure the value is was said without it.
 */
export function nameOwners(text: string, path: string, hits: readonly SecretHit[]): void {
  let looked = 0;
  for (const hit of hits) {
    if (hit.rule !== 'generic-secret' || hit.by !== 'generic' || ++looked > most) continue;
    if (!isPlain(text, hit)) continue;
    const [start, end] = hit.range;
    const near = text.slice(Math.max(0, start - around), end + around);
    const known = byTheirIds.find(([id, looks]) => looks.test(hit.identity) && id.test(near));
    if (known) {
      hit.rule = known[2];
      hit.message = describe(known[3], end - start);
      continue;
    }
    const owner =
      ownerIn(text.slice(Math.max(0, start - around), start), hit.identity) ??
      ownerIn(text.slice(end, end + around), hit.identity) ??
      ownerIn(path.slice(path.lastIndexOf('/') + 1).slice(-60), hit.identity);
    if (!owner) continue;
    hit.rule = owner.id;
    hit.message = describe(owner.key.title, end - start);
  }
}

/** Names that say what a value is and not whose. */
const plain = new Set(
  `x my api app application key keys token tokens secret secrets access auth client consumer private bearer license licence write admin
  account user personal authorization project service live prod production test server value credential credentials default sdk agent
  appsecret appkey apikey apitoken apisecret authkey authtoken accesskey accesstoken secretkey clientsecret privatekey ingestion ingest read rest the hex string str id const let var`.split(
    /\s+/,
  ),
);

/** The value's own name does not say whose it is: `SESSION_SECRET` belongs to nobody who is named near it. */
function isPlain(text: string, { range }: SecretHit): boolean {
  const name = /([\w.-]{2,60})["'`\])}>]{0,3}\s{0,8}(?:=>|:=|[:=])\s{0,8}[@N]?["'`]{0,3}$/.exec(
    text.slice(Math.max(0, range[0] - 90), range[0]),
  )?.[1];
  return name === undefined || wordsOf(name.slice(name.lastIndexOf('.') + 1)).every((word) => plain.has(word));
}

/** Identifiers that say whose they are by their form, and what the secret beside each looks like. */
const byTheirIds: readonly (readonly [id: RegExp, looks: RegExp, rule: string, title: string])[] = [
  [/(?<![A-Za-z0-9])wx[0-9a-f]{16}(?![A-Za-z0-9])/, /^[0-9a-f]{32}$/, 'wechat-secret', 'WeChat app secret'],
  [/(?<![A-Za-z0-9])AC[0-9a-f]{32}(?![A-Za-z0-9])/, /^[0-9a-f]{32}$/, 'twilio-auth-token', 'Twilio auth token'],
];

/** The one vendor that is named in a text and whose values look like this one. A value of no stated length proves nothing. */
function ownerIn(text: string, value: string): Owner | undefined {
  const found = new Map<string, Owner>();
  const { finder, routeOf } = vocabulary();
  findKeywords(
    finder,
    Buffer.from(text, 'latin1'),
    (keyword, start, end) => {
      for (const word of routeOf(keyword).vendors) {
        if (!standsAsName(text, start, end, word.rest) || (word.ordinary && !isImported(text, start))) continue;
        const vendor = vendorAt(word.entry);
        if (everywhere.has(vendor.id)) continue;
        const key = vendor.keys.find(
          (one) => !one.open && one.severity !== 'info' && !one.page && one.pattern.test(value),
        );
        if (key) found.set(vendor.id, { id: vendor.id, key });
      }
    },
    text,
  );
  return found.size === 1 ? [...found.values()][0] : undefined;
}

/** What is imported under an ordinary word is the vendor's module: `import segment.analytics`, `require('@hex/…')`. */
function isImported(text: string, start: number): boolean {
  return /\b(?:import|from|use|using|gem|require)[ (]["']?@?$/.test(text.slice(Math.max(0, start - 12), start));
}
