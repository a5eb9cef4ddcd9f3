import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snapshot } from '../../agent/sbom/index.ts';

/** A temporary folder of this process's own, so that what other tests leave meanwhile is not taken for ours. */
process.env['TMPDIR'] = mkdtempSync(join(tmpdir(), 'pregate-sbom-test-'));
process.once('exit', () => rmSync(process.env['TMPDIR'] as string, { recursive: true, force: true, maxRetries: 10 }));

/** CycloneDX's own file; the bundle has a test of its own. */
export const cli = join(import.meta.dirname, '../../node_modules/@cyclonedx/cyclonedx-npm/bin/cyclonedx-npm-cli.js');

export interface LockPackage {
  name?: string;
  version?: string;
  resolved?: string;
  integrity?: string;
  dev?: boolean;
  optional?: boolean;
  link?: boolean;
  hasInstallScript?: boolean;
  deprecated?: string;
  license?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  workspaces?: string[];
}

export function integrity(seed: string): string {
  return `sha512-${Buffer.from(seed.padEnd(64, '.')).toString('base64')}`;
}

/** A project of `count` packages: ten direct ones, each the head of a chain; every seventh is for development. */
export function project(count: number, change: (packages: Record<string, LockPackage>) => void = () => {}): Snapshot {
  const packages: Record<string, LockPackage> = {};
  const dependencies: Record<string, string> = {};
  const devDependencies: Record<string, string> = {};
  for (let index = 0; index < count; index++) {
    const name = index % 5 === 0 ? `@scope/package-${index}` : `package-${index}`;
    const next = index + 10;
    const nextName = next % 5 === 0 ? `@scope/package-${next}` : `package-${next}`;
    const dev = index % 10 === 7;
    if (index < 10) (dev ? devDependencies : dependencies)[name] = `^1.0.0`;
    packages[`node_modules/${name}`] = {
      version: `1.${index % 9}.0`,
      resolved: `https://packages.example/${name}/-/${name}-1.${index % 9}.0.tgz`,
      integrity: integrity(name),
      license: 'MIT',
      ...(dev ? { dev: true } : {}),
      ...(next < count ? { dependencies: { [nextName]: '^1.0.0' } } : {}),
    };
  }
  const root = { name: 'app', version: '1.0.0', dependencies, devDependencies };
  change(packages);
  return snapshot({ ...root, private: true }, { '': root, ...packages });
}

export function snapshot(manifest: object, packages: Record<string, LockPackage>, label = 'index'): Snapshot {
  const lock = { name: 'app', version: '1.0.0', lockfileVersion: 3, requires: true, packages };
  return { manifest: bytes(manifest), lock: bytes(lock), label };
}

export function bytes(value: object | string): Uint8Array {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value, null, 2));
}

export function temporary(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'pregate-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 10 }) };
}

/** Folders that a run has left behind. */
export function leftovers(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('pregate-sbom-'));
}
