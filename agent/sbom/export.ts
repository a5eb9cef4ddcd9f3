import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { isObject, type JsonObject, objectAt } from '../model/npm/json-text.ts';
import { displayPath } from '../model/path.ts';
import type { Problem } from '../model/types.ts';
import type { SbomResult } from './types.ts';

export interface ExportOptions {
  /** Nothing is written outside this folder, whatever links say. */
  root: string;
  /** ISO 8601 UTC, the time of the commit that is described. Without it the document stays without a time. */
  timestamp?: string;
}

/**
 * Writes the CycloneDX document, relative paths being below `root`. The file appears whole or not at all.
 * Gives the problem instead of throwing: `sbom-not-made`, `export-outside-root`, `export-failed`.
 */
export function exportSbom(result: SbomResult, path: string, options: ExportOptions): Problem | undefined {
  if (!result.bom) {
    const why = result.problems[0]?.message ?? 'there is no CycloneDX document';
    return { code: 'sbom-not-made', message: `Nothing was written: ${why}`, fatal: true };
  }
  try {
    const target = targetOf(path, options.root);
    if (target === undefined) {
      const message = `Nothing was written: ${displayPath(path)} leads out of the repository. Choose a path inside it.`;
      return { code: 'export-outside-root', message, fatal: true };
    }
    writeWhole(target, exportText(result.bom, options));
    return undefined;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    const message = `${displayPath(path)} was not written (${code}). Check that its folder exists and can be written.`;
    return { code: 'export-failed', message, fatal: true };
  }
}

/** The document as it leaves the house: time of the commit, phase, and a serial number that follows from the content. */
export function exportText(bom: JsonObject, { timestamp }: Pick<ExportOptions, 'timestamp'>): string {
  const metadata = { ...objectAt(bom, 'metadata') };
  const spec = String(bom.specVersion ?? '1.6');
  if (timestamp !== undefined) {
    metadata.timestamp = timestamp;
    metadata.properties = withoutReproducible(metadata.properties);
    if (Array.isArray(metadata.properties) && metadata.properties.length === 0) delete metadata.properties;
  }
  // Lifecycles came with version 1.5 of the specification.
  if (spec !== '1.4') metadata.lifecycles = [{ phase: 'pre-build' }];
  const content: JsonObject = { ...bom, metadata };
  const serialNumber = `urn:uuid:${uuidOf(JSON.stringify(content))}`;
  const { $schema, bomFormat, specVersion, version, ...rest } = content;
  return `${JSON.stringify({ $schema, bomFormat, specVersion, version, serialNumber, ...rest }, null, 2)}\n`;
}

function withoutReproducible(properties: unknown): unknown[] {
  const list = Array.isArray(properties) ? properties : [];
  return list.filter((item) => !(isObject(item) && item.name === 'cdx:reproducible'));
}

/** A version 8 UUID (RFC 9562: free form), taken from the hash of the content. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The real place of the file, links resolved; undefined when that is not inside the root. */
function targetOf(path: string, root: string): string | undefined {
  const wanted = resolve(root, path);
  const realRoot = realpathSync(root);
  const place = real(wanted) ?? danglingSafe(wanted);
  return place !== undefined && isInside(place, realRoot) ? place : undefined;
}

function real(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** For a file that is not there yet. A dangling link also "is not there"; renaming onto it replaces the link itself. */
function danglingSafe(wanted: string): string {
  return join(realpathSync(dirname(wanted)), basename(wanted));
}

function isInside(path: string, root: string): boolean {
  const way = relative(root, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function writeWhole(target: string, text: string): void {
  const draft = `${target}.${process.pid}.tmp`;
  // `wx` refuses a file or link that somebody put there before us.
  const file = openSync(draft, 'wx', 0o644);
  try {
    const bytes = Buffer.from(text);
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    fsyncSync(file);
    closeSync(file);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
