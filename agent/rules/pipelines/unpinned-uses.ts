import { shown } from '../../model/npm/report.ts';
import { replaceIn, setTrailingComment } from '../../model/patch.ts';
import type { Pipeline, Reference } from '../../model/pipeline/types.ts';
import { commentAfter } from '../../model/tree/index.ts';
import type { Document, Edit, Fix, Related, Severity } from '../../model/types.ts';
import { defineRule, type RuleContext } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'unpinned-uses',
    title: 'Pipeline code by a reference that can move',
    category: 'pipeline',
    severity: 'high',
    confidence: 'high',
    why: "A tag or branch can be moved to other code, as happened to tj-actions/changed-files in March 2025.\nThe next run executes that code with this job's token and secrets.",
    fix: 'Pin to the full commit id and keep the version as a comment, so that update bots can follow: uses: owner/name@<40 hex> # v1.2.3',
    sources: [
      'https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions',
      'https://nvd.nist.gov/vuln/detail/CVE-2025-30066',
      'https://docs.gitlab.com/ci/yaml/#includeintegrity',
    ],
  },
  reads: 'pipeline',
  *check(pipeline, context) {
    for (const reference of pipeline.references) {
      const judged = judge(reference);
      if (!judged) continue;
      const pinned = pinnedElsewhere(reference, context);
      const related: Related[] = pinned ? [relatedTo(pinned)] : [];
      yield {
        path: pipeline.document.path,
        range: reference.node.range,
        message: judged.message,
        severity: judged.severity,
        related,
        identity:
          reference.text + (reference.ref && !reference.text.includes(reference.ref) ? `@${reference.ref}` : ''),
        ...(pinned ? { fixes: () => pinFix(pipeline.document, reference, pinned) } : {}),
      };
    }
  },
});

function judge(reference: Reference): { severity: Severity; message: string } | undefined {
  switch (reference.kind) {
    case 'action':
    case 'reusable-workflow':
      return judgeUses(reference);
    case 'include':
    case 'component':
      return judgeInclude(reference);
    case 'orb':
      return judgeOrb(reference);
    case 'template':
      return judgeTemplate(reference);
    case 'pipe':
      if (reference.pin !== 'none' && reference.pin !== 'branch') return undefined;
      return {
        severity: 'medium',
        message: `${shown(reference.text)} names no version: each run takes the newest one`,
      };
    default:
      return undefined;
  }
}

function judgeUses(reference: Reference): { severity: Severity; message: string } | undefined {
  const { pin, ref } = reference;
  if (pin === 'hash' || pin === 'unknown' || !reference.source.includes('/')) return undefined;
  const name = shown(reference.text);
  if (pin === 'none')
    return { severity: 'high', message: `${name} names no version: whatever its default branch holds is run` };
  if (/^(?=.*\d)[0-9a-f]{7,39}$/.test(ref ?? '')) {
    return {
      severity: 'high',
      message: `${name} is pinned by a short commit id, which is ambiguous and is not taken as a pin`,
    };
  }
  const code = reference.kind === 'reusable-workflow' ? 'reusable workflow' : 'action';
  if (pin === 'branch') {
    return {
      severity: 'high',
      message: `${name} follows a branch: every push to it changes the ${code} that runs here`,
    };
  }
  // GitHub's own are moved by the people who also run the runner.
  const severity = /^(?:actions|github)\//i.test(reference.source) ? 'medium' : 'high';
  return { severity, message: `${name} can change under you: whoever moves the tag decides what runs in this job` };
}

function judgeInclude(reference: Reference): { severity: Severity; message: string } | undefined {
  const name = shown(reference.text);
  if (reference.kind === 'component') {
    if (reference.pin !== 'branch' && reference.pin !== 'none') return undefined;
    return { severity: 'medium', message: `Component ${name} follows a branch or ~latest: its code changes under you` };
  }
  if (/^https?:/.test(reference.source)) {
    if (reference.pin !== 'none') return undefined;
    return {
      severity: 'high',
      message: `${name} is included without a hash: whoever serves it decides what this pipeline runs`,
    };
  }
  if (reference.pin !== 'none' && reference.pin !== 'branch') return undefined;
  const how = reference.pin === 'none' ? 'its default branch' : `branch ${shown(reference.ref ?? '')}`;
  return {
    severity: 'low',
    message: `Project ${name} is included from ${how}: every push there changes this pipeline`,
  };
}

function judgeOrb(reference: Reference): { severity: Severity; message: string } | undefined {
  const name = shown(reference.text);
  if (reference.pin === 'hash' || reference.pin === 'unknown') return undefined;
  if (reference.pin === 'tag')
    return { severity: 'medium', message: `Orb ${name} names a part of a version: new releases run unseen` };
  return { severity: 'high', message: `Orb ${name} follows a moving version: its code changes under you` };
}

function judgeTemplate(reference: Reference): { severity: Severity; message: string } | undefined {
  if (reference.pin !== 'none' && reference.pin !== 'branch') return undefined;
  return {
    severity: 'medium',
    message: `Templates of ${shown(reference.text)} follow a branch: every push there changes this pipeline`,
  };
}

interface Pinned {
  document: Document;
  reference: Reference;
  ref: string;
  /** The version its comment names. */
  version: string;
}

/** The same source pinned by a full commit id elsewhere in the repository, with a comment that names the same version. */
function pinnedElsewhere(reference: Reference, context: RuleContext): Pinned | undefined {
  if (reference.kind !== 'action' && reference.kind !== 'reusable-workflow') return undefined;
  const wanted = reference.ref;
  if (!wanted) return undefined;
  const found: Pinned[] = [];
  for (const pinned of pinsOf(context.all('pipeline')).get(reference.source.toLowerCase()) ?? []) {
    if (covers(wanted, pinned.version)) found.push(pinned);
  }
  found.sort((a, b) => compareVersions(b.version, a.version) || (a.document.path < b.document.path ? -1 : 1));
  // The same words win over a newer release of the same line.
  return found.find((pinned) => pinned.version === wanted) ?? found[0];
}

const pins = new WeakMap<readonly Pipeline[], Map<string, Pinned[]>>();

function pinsOf(pipelines: readonly Pipeline[]): Map<string, Pinned[]> {
  let map = pins.get(pipelines);
  if (map) return map;
  map = new Map();
  for (const { document, references } of pipelines) {
    for (const reference of references) {
      if (reference.pin !== 'hash' || !reference.ref || !reference.source.includes('/')) continue;
      const comment = commentAfter(document, reference.node.range[1])?.text ?? '';
      const version = /(?:^|[\s@=:])(v?\d+(?:\.\d+){0,3}(?:[-+][\w.]+)?)(?=\s|$)/.exec(comment)?.[1];
      if (!version) continue;
      const key = reference.source.toLowerCase();
      map.set(key, [...(map.get(key) ?? []), { document, reference, ref: reference.ref, version }]);
    }
  }
  pins.set(pipelines, map);
  return map;
}

/** `v4` covers `v4.1.7`; `v4.1` does not cover `v4.2.0`. */
function covers(wanted: string, version: string): boolean {
  return version === wanted || (/^v?\d+(?:\.\d+)?$/.test(wanted) && version.startsWith(`${wanted}.`));
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.replace(/^v/, '').split(/[.+-]/).map(Number)) as [number[], number[]];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] || 0) - (right[at] || 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function relatedTo(pinned: Pinned): Related {
  const { document, reference, version } = pinned;
  return { path: document.path, range: reference.node.range, message: `pinned here, as ${version}` };
}

function pinFix(document: Document, reference: Reference, pinned: Pinned): Fix[] {
  const { node, ref } = reference;
  if (!ref) return [];
  const at = node.text.lastIndexOf(`@${ref}`) + 1;
  const pin = replaceIn(document, node, at, at + ref.length, pinned.ref);
  const comment = commentEdits(document, reference, pinned.version);
  if (pin.length === 0) return [];
  const title = `Pin to ${pinned.ref.slice(0, 7)}… (${pinned.version}), as ${pinned.document.path} does`;
  return [{ title, edits: [...pin, ...comment], safe: pinned.version === ref }];
}

/** A comment that says more than a version is a person's; it stays. */
function commentEdits(document: Document, reference: Reference, version: string): Edit[] {
  const existing = commentAfter(document, reference.node.range[1]);
  if (existing && !/^v?\d[\w.]*$/.test(existing.text)) return [];
  return setTrailingComment(document, reference.node, version);
}
