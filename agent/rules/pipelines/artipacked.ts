import { insertEntry, setEntry } from '../../model/patch.ts';
import { lineHas } from '../../model/pipeline/lines.ts';
import { stepsOf } from '../../model/pipeline/trust.ts';
import type { Job, Pipeline, Step } from '../../model/pipeline/types.ts';
import { asBoolean, asText, commentAfter, entryOf, get, scalarsOf } from '../../model/tree/index.ts';
import type { Fix, Severity } from '../../model/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'artipacked',
    title: 'Checkout that leaves the token on disk',
    category: 'pipeline',
    severity: 'medium',
    confidence: 'medium',
    why: 'actions/checkout writes the token into the repository’s git configuration by default, where every later step can read it.\nAn uploaded folder or image layer that holds .git carries the token out.',
    fix: 'Say persist-credentials: false; a step that must push can be given the token itself.',
    sources: [
      'https://unit42.paloaltonetworks.com/github-repo-artifacts-leak-tokens/',
      'https://github.com/actions/checkout#usage',
    ],
  },
  reads: 'pipeline',
  *check(pipeline) {
    for (const step of stepsOf(pipeline)) {
      if (step.uses?.source.toLowerCase() !== 'actions/checkout' || step.uses.path) continue;
      const persist = entryOf(step.with, 'persist-credentials');
      const stated = persist?.value;
      if (asBoolean(stated) === false || asText(stated)?.includes('${{')) continue;
      const later = laterSteps(pipeline, step);
      if (later.some(needsToken)) continue;
      const leak = later.find(uploadsWorkspace);
      const severity = severityOf(pipeline, step, leak);
      const message = leak
        ? 'The checkout leaves the token in .git/config, and a later step uploads the folder it lies in'
        : 'The checkout leaves the token in .git/config, where every later step of the job can read it';
      yield {
        path: pipeline.document.path,
        range: stated ? (persist?.key.range ?? step.uses.node.range) : step.uses.node.range,
        message,
        severity,
        confidence: leak ? 'high' : 'medium',
        identity: `${step.job?.id ?? ''}:${step.uses.source}`,
        fixes: () => persistFix(pipeline, step),
      };
    }
  },
});

function laterSteps(pipeline: Pipeline, step: Step): Step[] {
  return (step.job?.steps ?? pipeline.action?.steps ?? []).slice(step.index + 1);
}

const pushers =
  /^(?:stefanzweifel\/git-auto-commit-action|peter-evans\/create-pull-request|ad-m\/github-push-action|endbug\/add-and-commit|jamesives\/github-pages-deploy-action|peaceiris\/actions-gh-pages|changesets\/action|cycjimmy\/semantic-release-action|googleapis\/release-please-action|crazy-max\/ghaction-github-pages|actions-js\/push|planetscale\/ghcommit-action|helm\/chart-releaser-action|mathieudutour\/github-tag-action)$/i;

/** The step talks to the repository with the token that the checkout left. */
function needsToken(step: Step): boolean {
  if (pushers.test(step.uses?.source ?? '')) return true;
  const script = step.run?.node.text ?? '';
  if (lineHas(script, /\bgit\b/, /\b(?:push|fetch|pull|submodule|ls-remote|lfs)\b/)) return true;
  return /\b(?:semantic-release|changeset|lerna|release-it|np|goreleaser|mike)\b|\bmkdocs gh-deploy\b/.test(script);
}

function uploadsWorkspace(step: Step): boolean {
  if (!/^actions\/upload-(?:artifact|pages-artifact)$/i.test(step.uses?.source ?? '')) return false;
  const paths = (asText(get(step.with, 'path')) ?? '').split('\n').map((path) => path.trim());
  const holdsGit = paths.some((path) =>
    /^(?:\.|\.\/|\*\*?|\.\/\*\*?|\$\{\{\s*github\.workspace\s*\}\}\/?|.*\.git\/?)$/.test(path),
  );
  const excluded = paths.some((path) => /^!.*\.git/.test(path));
  // Since 4.4 hidden files stay out of the artifact unless asked for.
  const version = /^v?(\d+)(?:\.(\d+))?/.exec(step.uses?.ref ?? '');
  const hidden = asBoolean(get(step.with, 'include-hidden-files')) === true;
  const old = version !== null && Number(version[1]) < 4;
  return holdsGit && !excluded && (hidden || old || paths.some((path) => path.includes('.git')));
}

function severityOf(pipeline: Pipeline, step: Step, leak: Step | undefined): Severity {
  if (leak) return 'high';
  if (versionOf(pipeline, step) >= 6) return 'low';
  return canWrite(step.job) ? 'medium' : 'low';
}

/** From version 6 on the token lies outside the repository's folder. */
function versionOf(pipeline: Pipeline, step: Step): number {
  const reference = step.uses;
  const comment = reference ? commentAfter(pipeline.document, reference.node.range[1])?.text : undefined;
  const text = reference?.pin === 'hash' ? (comment ?? '') : (reference?.ref ?? '');
  return Number(/(?:^|\s|@)v?(\d+)/.exec(text)?.[1] ?? 0);
}

/** The token that is left may change something; a stated permissions block without writes says no. */
function canWrite(job: Job | undefined): boolean {
  const permissions = job?.permissions ?? job?.workflow.permissions;
  if (!permissions) return true;
  if (permissions.all) return permissions.all === 'write';
  return permissions.scopes.some((scope) => scope.access === 'write');
}

function persistFix(pipeline: Pipeline, step: Step): Fix[] {
  const { document } = pipeline;
  const uses = entryOf(step.node, 'uses');
  if (!uses || [...scalarsOf(step.with)].length > 50) return [];
  const edits = step.with
    ? setEntry(document, step.with, 'persist-credentials', false)
    : insertEntry(document, step.node, 'with', { 'persist-credentials': false }, { after: uses });
  return edits.length > 0 ? [{ title: 'Say persist-credentials: false', edits, safe: false }] : [];
}
