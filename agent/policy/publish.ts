import type { Job, Pipeline, ScriptBlock, Step } from '../model/pipeline/types.ts';
import { asText, entriesOf, get } from '../model/tree/access.ts';
import type { Range } from '../model/types.ts';
import type { ReleaseInput } from './gate-input.ts';
import { imageTagsOf, type Tag, tagsIn } from './image-tags.ts';
import { type Places, pointer } from './places.ts';

/**
 * What the pipelines release: steps that hand a package, an image or a release to others.
 * Decided from the steps as written; commands inside Makefiles and npm scripts are not followed.
 */
export function releasesOf(pipelines: readonly Pipeline[], places: Places): ReleaseInput[] {
  const releases: ReleaseInput[] = [];
  for (const pipeline of pipelines) {
    const proof = proofOf(pipeline);
    for (const found of [...fromActions(pipeline), ...fromScripts(pipeline)]) {
      places.setRange(pointer('publish', releases.length), pipeline.document, found.range);
      releases.push({
        kind: found.kind,
        what: found.what,
        path: pipeline.document.path,
        job: found.job?.id ?? '',
        tags: found.tags,
        provenance: proof.provenance || provesItself(found),
        sbom: proof.sbom,
        resolved: found.kind !== 'workflow',
      });
    }
  }
  return releases;
}

interface Found {
  kind: string;
  what: string;
  range: Range;
  job: Job | undefined;
  step?: Step;
  tags: Tag[];
}

/** Actions whose only purpose is to publish, with what they publish. */
const publishers: Record<string, string> = {
  'pypa/gh-action-pypi-publish': 'Python package',
  'js-devtools/npm-publish': 'npm package',
  'softprops/action-gh-release': 'release',
  'ncipollo/release-action': 'release',
  'actions/create-release': 'release',
  'goreleaser/goreleaser-action': 'release',
  'rubygems/release-gem': 'gem',
  'redhat-actions/push-to-registry': 'image',
};

function fromActions(pipeline: Pipeline): Found[] {
  const found: Found[] = [];
  for (const reference of pipeline.references) {
    const source = reference.source.toLowerCase();
    const base = { range: reference.node.range, job: reference.job };
    if (reference.kind === 'reusable-workflow' && isRelease(reference.path ?? reference.text)) {
      found.push({ ...base, kind: 'workflow', what: reference.text, tags: [] });
    }
    const { step } = reference;
    if (!step || reference.kind !== 'action') continue;
    const kind = publishers[source];
    if (kind !== undefined) found.push({ ...base, step, kind, what: `A ${kind} (${source})`, tags: [] });
    if (source === 'docker/build-push-action' && asText(get(step.with, 'push')) === 'true') {
      const tags = tagsIn(asText(get(step.with, 'tags')) ?? '');
      found.push({ ...base, step, kind: 'image', what: `An image (${source})`, tags });
    }
    const publish = source === 'changesets/action' && asText(get(step.with, 'publish'));
    if (publish) found.push({ ...base, step, kind: 'npm package', what: `An npm package (${source})`, tags: [] });
  }
  return found;
}

function isRelease(path: string): boolean {
  return /(publish|release)/i.test(path.slice(path.lastIndexOf('/') + 1)) && !path.includes('slsa-github-generator');
}

/** Commands that publish: pattern, what they publish, and their name, since the command itself may hold a password. */
const commands: [RegExp, string, string][] = [
  [/^(npm|lerna) publish\b/, 'npm package', 'npm publish'],
  [/^pnpm publish\b/, 'npm package', 'pnpm publish'],
  [/^bun publish\b/, 'npm package', 'bun publish'],
  [/^yarn (npm )?publish\b/, 'npm package', 'yarn publish'],
  [/^(python3? -m )?twine upload\b/, 'Python package', 'twine upload'],
  [/^(uv|poetry|flit|hatch|pdm) publish\b/, 'Python package', 'publish'],
  [/^cargo publish\b/, 'crate', 'cargo publish'],
  [/^gem push\b/, 'gem', 'gem push'],
  [/^dotnet nuget push\b/, 'NuGet package', 'dotnet nuget push'],
  [/^(\.\/)?(mvn|mvnw) .*\bdeploy\b/, 'Maven artifact', 'mvn deploy'],
  [/^gh release create\b/, 'release', 'gh release create'],
  [/^helm push\b/, 'chart', 'helm push'],
  [/^(docker|podman|buildah) (image )?push\b/, 'image', 'docker push'],
  [/^docker (buildx )?build .*--push\b/, 'image', 'docker build --push'],
];

function fromScripts(pipeline: Pipeline): Found[] {
  const found: Found[] = [];
  for (const script of pipeline.scripts) {
    for (const { text, offset } of commandsOf(script)) {
      const hit = commands.find(([pattern]) => pattern.test(text));
      if (!hit || text.includes('--dry-run')) continue;
      const [, kind, name] = hit;
      const start = script.node.offsetAt(offset);
      found.push({
        kind,
        what: `${kind === 'npm package' || kind === 'image' ? 'An' : 'A'} ${kind} (${name})`,
        range: [start, Math.max(start, script.node.offsetAt(offset + text.length))],
        job: script.job,
        ...(script.step ? { step: script.step } : {}),
        tags: kind === 'image' ? imageTagsOf(text) : [],
      });
    }
  }
  return found;
}

/** Commands of a script, one per line or `&&`; continuation lines are joined. Quoted separators are not understood. */
function commandsOf(script: ScriptBlock): { text: string; offset: number }[] {
  const source = script.node.text.slice(0, 100_000);
  const out: { text: string; offset: number }[] = [];
  let at = 0;
  for (const line of source.replace(/\\\r?\n/g, (end) => ' '.repeat(end.length)).split('\n')) {
    let from = 0;
    for (const part of line.split(/(?<=&&|\|\||;)/)) {
      const text = part.replace(/(&&|\|\||;)$/, '').trim();
      const lead = part.length - part.trimStart().length;
      const bare = text.replace(/^(sudo |env )?([A-Za-z_][A-Za-z0-9_]*=\S* )*/, '').replace(/ {2,}/g, ' ');
      if (bare !== '' && !bare.startsWith('#')) out.push({ text: bare, offset: at + from + lead });
      from += part.length;
    }
    at += line.length + 1;
  }
  return out;
}

const provenanceWords =
  /--provenance\b|cosign (sign|attest)\b|gpg .{0,200}--(detach-)?sign\b|minisign -S|actions\/attest(-build-provenance)?@|slsa-framework\/slsa-github-generator|sigstore\/gh-action-sigstore|NPM_CONFIG_PROVENANCE: *["']?true/i;
const sbomWords =
  /anchore\/sbom-action|cyclonedx|\bcdxgen\b|\bsyft\b|\b(npm|pnpm) sbom\b|--sbom\b|spdx-sbom|actions\/attest-sbom@|^ *sbom: *["']?true|pregate sbom/im;
const provenanceInput = /^ *provenance: *["']?(true|mode=)/m;

/** Looks at the whole file: a proof made by another job of the same pipeline counts. */
function proofOf(pipeline: Pipeline): { provenance: boolean; sbom: boolean } {
  const text = pipeline.document.text
    .split('\n')
    .map((line) => line.slice(0, 2000))
    .filter((line) => !/^\s*#/.test(line))
    .join('\n');
  return { provenance: provenanceWords.test(text) || provenanceInput.test(text), sbom: sbomWords.test(text) };
}

/**
 * Trusted publishing attests by itself: npm (docs.npmjs.com/trusted-publishers) and PyPI's action from v1.11 on, unless
 * a token is given.
 */
function provesItself(found: Found): boolean {
  if (found.kind !== 'npm package' && found.kind !== 'Python package') return false;
  const { job, step } = found;
  const permissions = job?.permissions ?? job?.workflow.permissions;
  const mayAsk = permissions?.scopes.some((scope) => scope.name === 'id-token' && scope.access === 'write') ?? false;
  const inputs = [step?.with, step?.env, job?.env, job?.workflow.env].flatMap((map) => entriesOf(map));
  const token = inputs.some((entry) => /token|password/i.test(entry.key.text));
  return (mayAsk || permissions?.all === 'write') && !token;
}
