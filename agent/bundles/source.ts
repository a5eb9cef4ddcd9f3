import { isAbsolute } from 'node:path';
import { BundleError } from './limits.ts';

/** Where a bundle lies, as `policy.bundle` or `--bundle` names it. */
export type Source =
  /** `anywhere`: named with `file:`, so that it may lie outside the repository. */
  | { kind: 'path'; path: string; anywhere?: true }
  | { kind: 'git'; repository?: string; ref: string; path: string }
  | { kind: 'oci'; layout: string; reference?: string }
  | { kind: 'http'; url: URL };

/**
 * Reads a source: a path, `file:PATH` or `file:///PATH`, `git:REF:PATH` of this repository, `git:/REPOSITORY#REF:PATH` of
 * another one on disk, `oci:LAYOUT:TAG` or `oci:LAYOUT@sha256:…`, an http(s) address. Throws `BundleError`.
 */
export function parseSource(spec: string): Source {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(spec)?.[1]?.toLowerCase();
  const rest = spec.slice((scheme?.length ?? 0) + 1);
  switch (scheme) {
    case undefined:
      return { kind: 'path', path: spec };
    case 'file':
      return { kind: 'path', path: filePath(rest), anywhere: true };
    case 'git':
      return gitSource(rest);
    case 'oci':
      return ociSource(rest);
    case 'http':
    case 'https':
      return { kind: 'http', url: address(spec) };
    default:
      throw wrong(`${scheme}: is no source of policy; use a path, file:, git:, oci: or https:`);
  }
}

/** The parsed address of a bundle service. Credentials in it would be in the repository for all to read. */
function address(spec: string): URL {
  let url: URL;
  try {
    url = new URL(spec);
  } catch {
    throw wrong(`${spec} is not a readable address`);
  }
  if (url.username !== '' || url.password !== '') {
    throw wrong(
      `the address at ${url.host} holds credentials; take them out and name them in your own configuration (docs/bundles.md)`,
    );
  }
  url.hash = '';
  return url;
}

function filePath(rest: string): string {
  if (!rest.startsWith('//')) return rest;
  if (!rest.startsWith('///')) throw wrong('file: names a path of this machine, without a host: file:///path');
  const path = decodeURIComponent(rest.slice(2));
  return /^\/[A-Za-z]:\//.test(path) ? path.slice(1) : path;
}

function gitSource(rest: string): Source {
  const hash = rest.indexOf('#');
  const repository = hash === -1 ? undefined : rest.slice(0, hash);
  const [ref = '', path = '', more] = rest.slice(hash + 1).split(':');
  if (ref === '' || ref.startsWith('-') || more !== undefined)
    throw wrong('git: needs a ref and a path: git:v1.2.0:policy');
  if (repository !== undefined && !isAbsolute(repository)) {
    throw wrong('git: names another repository by its full path: git:/srv/policy.git#main:bundle');
  }
  if (path.split('/').includes('..') || isAbsolute(path)) throw wrong('the path of git: lies inside the repository');
  const inside = path.replace(/^(\.\/)+|\/+$/g, '');
  return { kind: 'git', ref, path: inside === '.' ? '' : inside, ...(repository === undefined ? {} : { repository }) };
}

function ociSource(rest: string): Source {
  const match = /^(.+?)(?:@(sha256:[0-9a-f]{64})|:([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?$/.exec(rest);
  if (!match?.[1]) throw wrong('oci: needs a folder: oci:build/policy:latest');
  const reference = match[2] ?? match[3];
  return { kind: 'oci', layout: match[1], ...(reference === undefined ? {} : { reference }) };
}

function wrong(message: string): BundleError {
  return new BundleError(message, 'bundle-source');
}
