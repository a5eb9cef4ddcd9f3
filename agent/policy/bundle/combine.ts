import { createHash } from 'node:crypto';
import type { LoadedBundle } from '../bundle.ts';
import type { PolicyBundle, PolicySource } from '../types.ts';
import { joinExact, merge } from './data.ts';
import { overlapOf } from './roots.ts';

/**
 * Several bundles as one policy, as OPA activates them (openpolicyagent.org/docs/management-bundles, "Multiple Sources
 * of Policy and Data"): their roots may not overlap, and a rule of one may use what another brings. Compiled policy
 * stands alone. One bundle that cannot be used leaves none.
 */
export function combineBundles(parts: readonly LoadedBundle[]): LoadedBundle {
  const problems = parts.flatMap((part) => part.problems);
  const bundles = parts.flatMap((part) => part.bundle ?? []);
  const [only] = bundles;
  if (parts.length === 1) return { problems, ...(only ? { bundle: only } : {}) };
  const complain = (code: string, message: string) => problems.push({ code, message, fatal: true });
  bundles.forEach((bundle, index) => {
    if (bundle.compiled)
      complain('bundle-compiled', `${bundle.source.name} is compiled policy, which cannot judge with others`);
    for (const other of bundles.slice(0, index)) {
      const overlap = overlapOf(other.roots ?? [''], bundle.roots ?? ['']);
      if (!overlap) continue;
      const [a, b] = overlap.map((root) => (root === '' ? 'everything' : root));
      const message = `the roots of ${other.source.name} (${a}) and ${bundle.source.name} (${b}) overlap`;
      complain('bundle-overlap', `${message}; name the part of each in .manifest`);
    }
  });
  if (problems.some((problem) => problem.fatal)) return { problems };
  if (bundles.every(({ modules, documents }) => modules.length === 0 && !documents?.length)) {
    const names = bundles.map(({ source }) => source.name).join(' and ');
    complain('bundle-empty', `${names} have no .rego file and no ConstraintTemplate`);
    return { problems };
  }
  return { bundle: combined(bundles), problems };
}

function combined(bundles: readonly PolicyBundle[]): PolicyBundle {
  const sources = bundles.map((bundle) => bundle.source);
  const fileVersions: Record<string, 0 | 1> = {};
  let data: unknown = {};
  const modules = bundles.flatMap((bundle, index) => {
    // Roots do not overlap, so no datum is given twice.
    data = merge(data, bundle.data) ?? data;
    return bundle.modules.map((module) => {
      const path = `${nameOf(bundle.source, index)}/${module.path}`;
      fileVersions[path] = bundle.fileVersions?.[module.path] ?? bundle.regoVersion ?? 1;
      return { path, text: module.text };
    });
  });
  const source: PolicySource = {
    name: sources.map((one) => one.name).join(' + '),
    revision: sources
      .map((one) => one.revision)
      .filter(Boolean)
      .join(' + '),
    kind: 'mixed',
    signature: sources.map((one) => one.signature).join(', '),
    digest: createHash('sha256')
      .update(sources.map((one) => one.digest).join('\n'))
      .digest('hex'),
    ...oldest(sources),
    ...notesOf(sources),
    parts: sources,
  };
  const roots = bundles.flatMap((bundle) => bundle.roots ?? ['']);
  const documents = bundles.flatMap((bundle, index) =>
    (bundle.documents ?? []).map(({ path, text }) => ({ path: `${nameOf(bundle.source, index)}/${path}`, text })),
  );
  const exact = bundles.some((bundle) => bundle.dataJson !== undefined)
    ? { dataJson: joinExact(bundles.map((bundle) => bundle.dataJson ?? JSON.stringify(bundle.data))) }
    : {};
  return {
    source,
    modules,
    data,
    ...exact,
    regoVersion: 1,
    fileVersions,
    roots,
    metadata: { pregate: feedsOf(bundles) },
    ...(documents.length > 0 ? { documents } : {}),
  };
}

/** What the `.manifest` of each part says its decisions are fed; nothing when none says anything. */
function feedsOf(bundles: readonly PolicyBundle[]): { feeds?: unknown[] } {
  const listed = bundles.map((bundle) => (bundle.metadata?.['pregate'] as { feeds?: unknown } | undefined)?.feeds);
  const feeds = listed.flatMap((one) => (one === undefined ? [] : (one as unknown[])));
  return feeds.length === 0 ? {} : { feeds };
}

/** Modules of two bundles may have one path; the place in a message must tell them apart. */
function nameOf({ name }: PolicySource, index: number): string {
  const last = name.split(/[?#]/)[0]?.split(/[/:]/).filter(Boolean).at(-1) ?? '';
  return `${index + 1}-${last.replace(/\.(tar\.gz|tgz|tar)$/, '') || 'bundle'}`;
}

function oldest(sources: readonly PolicySource[]): { confirmed?: string } {
  const [first] = sources.flatMap((source) => source.confirmed ?? []).sort();
  return first === undefined ? {} : { confirmed: first };
}

function notesOf(sources: readonly PolicySource[]): { note?: string } {
  const notes = sources.flatMap((source) => (source.note === undefined ? [] : `${source.name} was ${source.note}`));
  return notes.length === 0 ? {} : { note: notes.join('; ') };
}
