import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { previewOf, sbomOf } from '../../agent/sbom/index.ts';
import type { Snapshot } from '../../agent/sbom/types.ts';
import { dist, median, type Row, scratch, times } from '../row.ts';

const count = 2400;

/** From the bytes of manifest and lock, before and after, to the rows a person sees; nothing is remembered. */
export const sbomPreview: Row = {
  name: 'SBOM preview, 2,400 components, first paint',
  budgetText: '≤ 100 ms',
  budget: 100,
  async measure() {
    let rows = 0;
    const spent = await times(
      15,
      (index) => {
        const preview = previewOf(snapshot(index + 100), snapshot(index + 101));
        if (preview.counts.components < count) throw new Error(`${preview.counts.components} components were read`);
        rows = preview.rows.length;
      },
      3,
    );
    return { figure: median(spent), unit: 'ms', note: `${rows} rows; ${await documentTime()}` };
  },
};

/** The CycloneDX document comes later, in the background: its time has no budget and is told. */
async function documentTime(): Promise<string> {
  const cli = join(dist, 'sbom.cjs');
  if (!existsSync(cli)) return 'document: dist/sbom.cjs is not built';
  const { folder, env } = scratch();
  const start = performance.now();
  const result = await sbomOf(snapshot(1), { cli, env, root: folder });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  return result.kind === 'cyclonedx' ? `CycloneDX document ${seconds} s` : `no document: ${result.problems[0]?.code}`;
}

/** An npm project whose lock has a chain of packages below each of forty direct dependencies. */
function snapshot(seed: number): Snapshot {
  const direct = 40;
  const version = (at: number) => `1.${at % 13}.${at % 50 === 0 ? seed : 3}`;
  const dependencies = Object.fromEntries(
    Array.from({ length: direct }, (_, at) => [`package-${at}`, `^${version(at)}`]),
  );
  const packages: Record<string, unknown> = { '': { name: 'example', version: '1.0.0', dependencies } };
  for (let at = 0; at < count; at++) {
    const name = `package-${at}`;
    const below = at + direct;
    packages[`node_modules/${name}`] = {
      version: version(at),
      resolved: `https://registry.example/${name}/-/${name}-${version(at)}.tgz`,
      integrity: `sha512-${createHash('sha512')
        .update(`${name}@${version(at)}`)
        .digest('base64')}`,
      license: at % 11 === 0 ? 'ISC' : 'MIT',
      ...(at % 40 === 3 ? { hasInstallScript: true } : {}),
      ...(below < count ? { dependencies: { [`package-${below}`]: `^${version(below)}` } } : {}),
    };
  }
  const manifest = { name: 'example', version: '1.0.0', dependencies };
  const lock = { name: 'example', version: '1.0.0', lockfileVersion: 3, requires: true, packages };
  const bytes = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
  return { label: `state ${seed}`, manifest: bytes(manifest), lock: bytes(lock) };
}
