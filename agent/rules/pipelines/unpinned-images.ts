import { type ImageReference, type ImageUse, parseImage } from '../../model/containerfile.ts';
import { shown } from '../../model/npm/report.ts';
import { matrixTexts } from '../../model/pipeline/matrix.ts';
import type { Pipeline } from '../../model/pipeline/types.ts';
import type { Confidence, Fix, Severity } from '../../model/types.ts';
import { defineRule, type RuleContext } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'unpinned-images',
    title: 'Container image by a name that can move',
    category: 'pipeline',
    severity: 'high',
    confidence: 'high',
    why: 'Without a tag, or by latest, each pull can bring another image, and nobody reviews the change.\nOnly a digest names one content; a tag is a promise of whoever holds the repository.',
    fix: 'Name a version and its digest: image:1.2.3@sha256:… (the digest of the index, so that every platform works).',
    sources: [
      'https://docs.docker.com/build/building/best-practices/#pin-base-image-versions',
      'https://github.com/ossf/scorecard/blob/main/docs/checks.md#pinned-dependencies',
    ],
  },
  reads: 'pipeline',
  *check(pipeline, context) {
    for (const use of pipeline.images) {
      const judged = judge(use, pipeline);
      if (!judged) continue;
      const pinned = use.reference && !use.text.includes('$') ? pinnedElsewhere(use.reference, context) : undefined;
      yield {
        path: pipeline.document.path,
        range: use.range,
        ...judged,
        identity: use.text,
        ...(pinned ? { fixes: () => pinFix(use, pinned) } : {}),
      };
    }
  },
});

interface Judged {
  severity: Severity;
  confidence: Confidence;
  message: string;
}

function judge(use: ImageUse, pipeline: Pipeline): Judged | undefined {
  if (use.reference) return judgeReference(use.reference, use.resolved ?? use.text, use.resolved !== undefined);
  if (!use.text.includes('$')) return undefined;
  const values = matrixTexts(pipeline, use);
  if (values) {
    const worst = values
      .map((text) => ({ text, reference: parseImage(text) }))
      .map(({ text, reference }) => (reference ? judgeReference(reference, text, true) : undefined))
      .sort((a, b) => rank(a) - rank(b))[0];
    return worst;
  }
  // A digest behind the variable pins, whatever the name before it.
  if (/@sha256:[0-9a-f]{64}$/.test(use.text)) return undefined;
  const message = `Only the run can tell which image ${shown(use.text)} is: whether it is pinned is not known`;
  return { severity: 'info', confidence: 'low', message };
}

function judgeReference(reference: ImageReference, text: string, resolved: boolean): Judged | undefined {
  if (reference.digest) return undefined;
  const name = shown(text);
  const confidence = resolved ? 'medium' : 'high';
  const { tag } = reference;
  if (tag === undefined) {
    return {
      severity: 'high',
      confidence,
      message: `Image ${name} has no tag: each pull takes whatever latest is then`,
    };
  }
  if (tag === 'latest') return { severity: 'high', confidence, message: `Image ${name} is whatever was pushed last` };
  if (!namesVersion(tag)) {
    return {
      severity: 'medium',
      confidence,
      message: `Image ${name} names a channel, not a version: its content moves`,
    };
  }
  return {
    severity: 'info',
    confidence,
    message: `Image ${name} has no digest: the tag can be moved to another content`,
  };
}

const channels =
  /(?:^|[-_.])(?:stable|testing|unstable|rolling|edge|nightly|canary|beta|dev|main|master|lts|current|mainline|latest)(?:$|[-_.])/i;
/** Names that Debian and Ubuntu give to one release each. */
const codenames =
  /(?:^|[-_.])(?:trixie|bookworm|bullseye|buster|stretch|jessie|resolute|plucky|oracular|noble|mantic|lunar|jammy|focal|bionic|xenial|trusty)(?:$|[-_.])/i;

function namesVersion(tag: string): boolean {
  return /\d/.test(tag) || (codenames.test(tag) && !channels.test(tag));
}

const order: Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

function rank(judged: Judged | undefined): number {
  return judged ? order.indexOf(judged.severity) : order.length;
}

/** A digest that the repository already uses for the same name and tag. */
function pinnedElsewhere(wanted: ImageReference, context: RuleContext): ImageUse | undefined {
  for (const { images } of context.all('pipeline')) {
    for (const use of images) {
      if (use.reference?.digest && sameTag(use.reference, wanted)) return use;
    }
  }
  return undefined;
}

function sameTag(a: ImageReference, b: ImageReference): boolean {
  return hub(a) === hub(b) && a.tag !== undefined && a.tag === b.tag && a.tag !== 'latest';
}

/** Docker's own registry may be written out or left out, and so may the folder of its official images. */
const dockerHosts = [undefined, ['docker', 'io'].join('.'), ['index', 'docker', 'io'].join('.')];

function hub({ registry, repository }: ImageReference): string {
  const path = repository.replace(/^library\//, '');
  return dockerHosts.includes(registry) ? path : `${registry}/${path}`;
}

function pinFix(use: ImageUse, pinned: ImageUse): Fix[] {
  const digest = pinned.reference?.digest;
  if (!digest) return [];
  const end = use.referenceRange[1];
  const edits = [{ path: use.document.path, range: [end, end] as const, text: `@${digest}` }];
  return [{ title: `Pin to ${digest.slice(0, 15)}…, as ${pinned.document.path} does`, edits, safe: true }];
}
