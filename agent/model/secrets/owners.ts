import { twilioAccount } from './companions.ts';
import { copyOf, wordsOf } from './generic/words.ts';
import { findKeywords } from './keywords.ts';
import { rename } from './match.ts';
import { standsAsName } from './match-vendor.ts';
import { vendorAt } from './providers/index.ts';
import type { SecretHit, Vendor, VendorKey } from './types.ts';
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
  const file = path.slice(path.lastIndexOf('/') + 1).slice(-60);
  for (const hit of hits) {
    if (hit.rule === 'aws-secret-access-key') nameElsewhere(text, hit);
    if (hit.rule !== 'generic-secret' || hit.by !== 'generic' || ++looked > most) continue;
    if (!isPlain(text, hit)) continue;
    const [start, end] = hit.range;
    const near = text.slice(Math.max(0, start - around), end + around);
    const byId = byTheirIds.find(({ id, looks }) => looks.test(hit.identity) && id.test(near));
    if (byId) {
      rename(hit, byId.rule, byId.title);
      continue;
    }
    const owner =
      ownerOf(vendorsIn(text.slice(Math.max(0, start - around), start)), hit.identity) ??
      ownerOf(vendorsIn(text.slice(end, end + around)), hit.identity) ??
      ownerOf(vendorsIn(file), hit.identity);
    if (owner) rename(hit, owner.id, owner.key.title);
  }
}

/** Clouds whose keys have the form and the names of AWS's. */
const elsewhere: readonly { named: RegExp; rule: string; title: string }[] = [
  { named: /huawei/i, rule: 'huaweicloud-key', title: 'Huawei Cloud secret access key' },
];

/** A secret access key that stands beside another cloud's name is that cloud's, unless its own name says AWS. */
function nameElsewhere(text: string, hit: SecretHit): void {
  const [start, end] = hit.range;
  const before = text.slice(Math.max(0, start - around), start);
  if (/aws[\w.-]*["'\]]{0,2}\s{0,8}(?:=>|:=|[:=])\s{0,8}["']?$/i.test(before)) return;
  const cloud = elsewhere.find(({ named }) => named.test(before) || named.test(text.slice(end, end + around)));
  if (cloud) rename(hit, cloud.rule, cloud.title);
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
const byTheirIds: readonly { id: RegExp; looks: RegExp; rule: string; title: string }[] = [
  {
    id: /(?<![A-Za-z0-9])wx[0-9a-f]{16}(?![A-Za-z0-9])/,
    looks: /^[0-9a-f]{32}$/,
    rule: 'wechat-secret',
    title: 'WeChat app secret',
  },
  { id: twilioAccount, looks: /^[0-9a-f]{32}$/, rule: 'twilio-auth-token', title: 'Twilio auth token' },
];

/** The one of these vendors whose values look like this one. A value of no stated length proves nothing. */
function ownerOf(vendors: readonly Vendor[], value: string): Owner | undefined {
  const found = new Map<string, Owner>();
  for (const { id, keys } of vendors) {
    const key = keys.find((one) => !one.open && one.severity !== 'info' && !one.page && one.pattern.test(value));
    if (key) found.set(id, { id, key });
  }
  return found.size === 1 ? [...found.values()][0] : undefined;
}

/** After a keystroke the text around most values is what it was; looking for keywords in it is what takes time. */
const known = new Map<string, readonly Vendor[]>();

/** The vendors that are named in a text. */
function vendorsIn(text: string): readonly Vendor[] {
  let vendors = known.get(text);
  if (vendors === undefined) {
    vendors = findVendors(text);
    if (known.size >= 1024) known.clear();
    known.set(copyOf(text), vendors);
  }
  return vendors;
}

function findVendors(text: string): Vendor[] {
  const found: Vendor[] = [];
  const { finder, routeOf } = vocabulary();
  findKeywords(
    finder,
    Buffer.from(text, 'latin1'),
    (keyword, start, end) => {
      for (const word of routeOf(keyword).vendors) {
        if (!standsAsName(text, start, end, word.rest) || (word.ordinary && !isImported(text, start))) continue;
        const vendor = vendorAt(word.entry);
        if (!everywhere.has(vendor.id)) found.push(vendor);
      }
    },
    text,
  );
  return found;
}

/** What is imported under an ordinary word is the vendor's module: `import segment.analytics`, `require('@hex/…')`. */
function isImported(text: string, start: number): boolean {
  return /\b(?:import|from|use|using|gem|require)[ (]["']?@?$/.test(text.slice(Math.max(0, start - 12), start));
}
