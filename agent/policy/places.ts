import { spanOf } from '../model/document.ts';
import { at as nodeAt } from '../model/tree/access.ts';
import type { Document, Node, Range } from '../model/types.ts';
import type { Place } from './types.ts';

/** Finds where a JSON pointer into the gate input comes from. Spans are made only for pointers that are asked for. */
export interface Places {
  /** The place of the longest prefix of `pointer` that has one. */
  at(pointer: string): Place | undefined;
  set(pointer: string, place: Place): void;
  /** The elements of a list, by index: nothing is made for those that nobody asks for. */
  setEach(pointer: string, placeAt: (index: number) => Place | undefined): void;
  setRange(pointer: string, document: Document, range: Range): void;
  /** A whole parsed node: pointers that go on below it are followed into the document. */
  setNode(pointer: string, document: Document, node: Node): void;
}

type Source =
  | Place
  | { document: Document; range: Range }
  | { document: Document; node: Node }
  | { each: (index: number) => Place | undefined };

/** Makes an empty map of places. Pointers are RFC 6901 text such as `/findings/3`. */
export function placesOf(): Places {
  const places = new Map<string, Source>();
  return {
    set: (pointer, place) => places.set(pointer, place),
    setEach: (pointer, each) => places.set(pointer, { each }),
    setRange: (pointer, document, range) => places.set(pointer, { document, range }),
    setNode: (pointer, document, node) => places.set(pointer, { document, node }),
    at(pointer) {
      for (let prefix = pointer; prefix !== ''; prefix = prefix.slice(0, prefix.lastIndexOf('/'))) {
        const found = places.get(prefix);
        if (!found) continue;
        if ('each' in found) {
          const [index] = partsOf(pointer.slice(prefix.length));
          const place = index === undefined ? undefined : found.each(Number(index));
          if (place) return place;
          continue;
        }
        if ('range' in found) return placeOf(found.document, found.range);
        if ('node' in found) return placeOf(found.document, follow(found.node, pointer.slice(prefix.length)).range);
        return found;
      }
      return undefined;
    },
  };
}

/** A JSON pointer (RFC 6901) from its parts. */
export function pointer(...parts: (string | number)[]): string {
  return parts.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The parts of a JSON pointer; the empty pointer has none. */
export function partsOf(text: string): string[] {
  if (!text.startsWith('/')) return [];
  const parts = text.slice(1).split('/');
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function follow(node: Node, rest: string): Node {
  let current = node;
  for (const part of partsOf(rest)) {
    const next = nodeAt(current, current.kind === 'seq' ? Number(part) : part);
    if (!next) break;
    current = next;
  }
  return current;
}

function placeOf(document: Document, range: Range): Place {
  return {
    path: document.path,
    span: spanOf(document, range),
    ...(document.commit === undefined ? {} : { commit: document.commit }),
  };
}
