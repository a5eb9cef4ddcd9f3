import { isObject, objectAt, stringAt } from '../model/npm/json-text.ts';
import type { DependencySet } from '../model/sbom/component.ts';
import { type Change, diffDependencies } from '../model/sbom/diff.ts';
import { componentsOfLock } from '../model/sbom/from-lock.ts';
import { type SbomSummary, summaryOf } from '../model/sbom/summary.ts';
import type { Problem } from '../model/types.ts';
import { stateOf } from './state.ts';
import type { SbomResult, Snapshot } from './types.ts';

/** Everything the terminal and the web view show, as data. */
export interface SbomPreview extends SbomSummary {
  label: string;
  /** What it was compared with; undefined without a comparison. */
  base: string | undefined;
  /** `CycloneDX 1.6` or `own inventory`. */
  kind: 'cyclonedx' | 'inventory' | 'lock';
  spec: string | undefined;
  tool: string | undefined;
  complete: boolean;
  /** Why it is not complete; empty when it is. */
  problems: Problem[];
  changes: Change[];
  /** What the repository holds besides and no SBOM from here has: `Python (requirements.txt)`. */
  unread?: string;
}

/**
 * The first view: read from the lockfiles alone, in milliseconds, before any CycloneDX document exists.
 * Without `base` there are counts and no changes.
 */
export function previewOf(snapshot: Snapshot, base?: Snapshot): SbomPreview {
  const now = setOf(snapshot);
  const before = base && setOf(base);
  const changes = before ? diffDependencies(before.set, now.set) : [];
  const problems = [...now.problems, ...(before?.problems ?? [])];
  return {
    ...summaryOf(now.set, changes),
    label: snapshot.label,
    base: base?.label,
    kind: 'lock',
    spec: undefined,
    tool: undefined,
    complete: problems.length === 0,
    problems,
    changes,
  };
}

/** The same view of a finished SBOM; `changes` come from `diffDependencies`, `base` names what was compared with. */
export function summarise(result: SbomResult, changes: readonly Change[] = [], base?: string): SbomPreview {
  return {
    ...summaryOf(result.set, changes),
    label: result.label,
    base,
    kind: result.kind,
    spec: result.bom && `CycloneDX ${stringAt(result.bom, 'specVersion') ?? ''}`.trim(),
    tool: toolOf(result.bom),
    complete: result.complete,
    problems: result.problems,
    changes: [...changes],
  };
}

function setOf(snapshot: Snapshot): { set: DependencySet; problems: Problem[] } {
  const { lock, manifest, members, problems } = stateOf(snapshot);
  const manifests = manifest ? [manifest, ...members] : members;
  const set: DependencySet = lock ? componentsOfLock(lock, manifests) : { components: [], edges: () => [] };
  return { set, problems };
}

function toolOf(bom: SbomResult['bom']): string | undefined {
  const { components } = objectAt(objectAt(bom, 'metadata'), 'tools');
  if (!Array.isArray(components)) return undefined;
  const tool = components.find((each) => isObject(each) && each.name === 'cyclonedx-npm');
  return tool && `cyclonedx-npm ${stringAt(tool, 'version') ?? ''}`.trim();
}
