import type { Document, Problem, Range } from '../types.ts';

/** `registry/namespace/name:tag@sha256:…`, taken apart. https://github.com/distribution/reference */
export interface ImageReference {
  /** Host with port, when the reference names one. */
  registry?: string;
  /** Path without registry, tag and digest. */
  repository: string;
  tag?: string;
  /** `sha256:…` */
  digest?: string;
}

/** A place that names a container image. */
export interface ImageUse {
  document: Document;
  /** As written, without quotes. */
  text: string;
  /** Where it is written. */
  range: Range;
  /** Undefined when only the run can tell: a variable without a default. */
  reference: ImageReference | undefined;
  /** What the variables came to, when it has any. */
  resolved?: string;
  site: 'from' | 'copy-from' | 'run-mount' | 'syntax' | 'container' | 'service' | 'docker-action' | 'image';
  /** The characters to replace when the reference itself is to change; differs from `range` for `docker://…`. */
  referenceRange: Range;
}

/** A Dockerfile or Containerfile. https://docs.docker.com/reference/dockerfile/ */
export interface Containerfile {
  document: Document;
  documents: readonly Document[];
  stages: Stage[];
  instructions: Instruction[];
  /** Every image it pulls, in source order. Earlier stages and `scratch` are not images. */
  images: ImageUse[];
  problems: Problem[];
}

export interface Stage {
  index: number;
  /** Lower case, as stages are compared. */
  name?: string;
  from: Instruction;
  image?: ImageUse;
  /** The earlier stage it builds on. */
  base?: Stage;
  instructions: Instruction[];
}

export interface Instruction {
  /** Upper case. */
  keyword: string;
  range: Range;
  keywordRange: Range;
  /** Everything after the keyword, continuations joined and comments between them left out. */
  arguments: LogicalText;
  /** `--flag=value` before the arguments. */
  flags: Flag[];
  /** Bodies of `<<EOF` documents. */
  heredocs: { name: string; range: Range; text: string }[];
  /** `["a", "b"]` form: no shell runs. */
  execForm?: string[];
  stage?: Stage;
}

export interface Flag {
  name: string;
  value: string;
  range: Range;
  valueRange: Range;
}

/** Joined text that knows where each character came from. */
export interface LogicalText {
  text: string;
  offsetAt(index: number): number;
}
