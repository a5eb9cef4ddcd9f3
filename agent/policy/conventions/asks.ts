import type { Document, Problem } from '../../model/types.ts';
import type { FurtherQuestion } from '../further.ts';
import { admissionReview } from '../gatekeeper/review.ts';
import { pointer } from '../places.ts';
import type { Place } from '../types.ts';
import type { Feed } from './feeds.ts';
import { type Config, parseConfigs, parserOf, unreadFormat } from './parse.ts';
import { placesOfConfig } from './where.ts';

/** One input of a decision. */
export interface Ask {
  input: object;
  /** The file it was read from, when it is one. */
  document?: Document;
  /** The files it was made of, when they are several. */
  documents?: readonly Document[];
  /** `data.conftest.file` of it. */
  file?: { name: string; dir: string };
  /** Where a JSON pointer into the input comes from; the empty pointer is the whole of it. */
  place: (pointer: string) => Place | undefined;
  /** JSON pointers of what is not known here. */
  unknown: string[];
}

export interface Asks {
  asks: Ask[];
  unread: { document: Document; why: string }[];
  problems: Problem[];
}

/** Everything that a feed asks its decision about, within what is judged. */
export function asksOf(feed: Feed, question: FurtherQuestion, related: readonly Document[] = []): Asks {
  const { built, collected } = question;
  switch (feed.input) {
    case 'files':
      return feed.combine ? combined(feed, question, related) : separate(feed, collected.targets);
    case 'gate.input':
      return only([{ input: built.input, place: (at) => built.places.at(at), unknown: built.input.unknown }]);
    case 'pipelines': {
      const touched = new Set(collected.targets.map((document) => document.path));
      const asks = built.input.pipelines.flatMap((pipeline, index) =>
        touched.has(pipeline.path) ? [partOf(pipeline, pointer('pipelines', index), question)] : [],
      );
      return only(asks);
    }
    case 'admission': {
      const touched = new Set(collected.targets.map((document) => document.path));
      const asks = built.input.manifests.flatMap((manifest, index) => {
        const review = touched.has(manifest.from.path) ? admissionReview(manifest.object) : undefined;
        if (!review) return [];
        const base = pointer('manifests', index);
        const place = (at: string) =>
          built.places.at(
            `${base}${at.replace(/^\/(request|review)\/object/, '/object').replace(/^\/(request|review).*/, '')}`,
          );
        return [{ input: review.input, place, unknown: review.unknown }];
      });
      return only(asks);
    }
  }
}

function only(asks: Ask[]): Asks {
  return { asks, unread: [], problems: [] };
}

function partOf(input: object, base: string, { built }: FurtherQuestion): Ask {
  const unknown = built.input.unknown.filter((one) => one.startsWith(`${base}/`)).map((one) => one.slice(base.length));
  return { input, place: (at) => built.places.at(`${base}${at}`), unknown };
}

interface Read {
  document: Document;
  configs: Config[];
}

function readAll(feed: Feed, documents: readonly Document[]): { read: Read[]; unread: Asks['unread'] } {
  const read: Read[] = [];
  const unread: Asks['unread'] = [];
  for (const document of documents) {
    if (!feed.wants(document)) continue;
    const parser = feed.parser ?? parserOf(document.path);
    if (!parser) {
      const why = `files in ${unreadFormat(document.path) ?? 'this format'} are not read in this build`;
      unread.push({ document, why });
      continue;
    }
    const parsed = parseConfigs(document, parser);
    if (parsed.problem !== undefined) unread.push({ document, why: parsed.problem });
    else read.push({ document, configs: parsed.configs });
  }
  return { read, unread };
}

/** Each file, and in it each YAML document or element of a list, is an input of its own. */
function separate(feed: Feed, documents: readonly Document[]): Asks {
  const { read, unread } = readAll(feed, documents);
  const asks = read.flatMap(({ document, configs }) =>
    configs.map((config): Ask => {
      const places = placesOfConfig(document, config);
      const place = (at: string) => places.at(`/input${at}`);
      return { input: config.value as object, document, file: fileOf(document.path), place, unknown: [] };
    }),
  );
  return { asks, unread, problems: [] };
}

/** All files at once, `[{path, contents}]`, changed or not; asked only when the change touches one of them. */
function combined(feed: Feed, { collected }: FurtherQuestion, related: readonly Document[]): Asks {
  if (!collected.targets.some(feed.wants)) return only([]);
  const seen = new Set(collected.targets.map((document) => document.path));
  const all = [...collected.targets, ...related.filter((document) => !seen.has(document.path))];
  const { read, unread } = readAll(
    feed,
    all.sort((a, b) => (a.path < b.path ? -1 : 1)),
  );
  const parts = read.flatMap(({ document, configs }) => configs.map((config) => ({ document, config })));
  const places = parts.map(({ document, config }) => placesOfConfig(document, config));
  const place = (at: string) => {
    const match = /^\/(\d+)(?:\/contents)?(.*)$/.exec(at);
    return places[Number(match?.[1] ?? 0)]?.at(`/input${match?.[2] ?? ''}`);
  };
  const input = parts.map(({ document, config }) => ({ path: document.path, contents: config.value }));
  const documents = read.map((one) => one.document);
  return { asks: input.length === 0 ? [] : [{ input, documents, place, unknown: [] }], unread, problems: [] };
}

function fileOf(path: string): { name: string; dir: string } {
  const slash = path.lastIndexOf('/');
  return { name: path.slice(slash + 1), dir: slash === -1 ? '.' : path.slice(0, slash) };
}
