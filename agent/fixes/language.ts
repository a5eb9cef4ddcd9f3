import type { Document, Range } from '../model/types.ts';

/** What is to be replaced. */
export interface Place {
  document: Document;
  /** The value, without quotes. */
  value: Range;
  /** What the variable that takes its place is called. */
  name: string;
  rule: string;
}

export interface Replacement {
  range: Range;
  text: string;
  title: string;
  /** Further edits of the same file, such as an import. */
  more?: { range: Range; text: string }[];
  /** The variable's name where it belongs into `.env.example`: it is read from the environment. */
  environment?: string;
}

/** One format of files. */
export interface Language {
  files: RegExp;
  /** Tells a file of this kind by its text, where its name does not. */
  text?: RegExp;
  /** Undefined where the value cannot be replaced with certainty. */
  replace(place: Place): Replacement | undefined;
}

/** The title of every fix that reads the environment. */
export function readTitle(name: string): string {
  return `Read ${name} from the environment`;
}

/** The line up to an offset, and from one on. */
export function lineBefore(text: string, at: number): string {
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
}

export function lineAfter(text: string, at: number): string {
  const end = text.indexOf('\n', at);
  return text.slice(at, end === -1 ? text.length : end);
}
