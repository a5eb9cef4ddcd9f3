import type { Collected, CommitInfo } from '../gate/types.ts';
import type { Pipeline } from '../model/pipeline/types.ts';
import type { Document, Finding } from '../model/types.ts';
import { changeInputs } from './changes.ts';
import { weighExceptions } from './exceptions.ts';
import type { CommitInput, ExceptionInput, FindingInput, GateInput, RefInput, SbomInput } from './gate-input.ts';
import { manifestsOf } from './manifests.ts';
import { setOwnPlaces } from './own-places.ts';
import { buildsOf, pipelineInputs } from './pipelines.ts';
import { type Places, placesOf, pointer } from './places.ts';
import { releasesOf } from './publish.ts';
import type { PolicySource } from './types.ts';
import { weakeningOf } from './weakening.ts';

export interface InputExtra {
  /** Models of the scope, where they were built. */
  pipelines?: readonly Pipeline[];
  /** From `sbomOf`; without it the components count as unknown. */
  sbom?: SbomInput;
  /** The bundle that will judge. */
  policy?: PolicySource;
  /** Snapshots of what the forge is set to. */
  settings?: Record<string, unknown>;
  /** Compare each changed text with its base, for `changes[].lines`; without it these are null. */
  lines?: boolean;
}

export interface BuiltInput {
  input: GateInput;
  places: Places;
  /** The same list as `input.unknown`. */
  unknown: string[];
}

/**
 * Builds `gate.input/v1` from what was collected and found. `findings` are all of them, suppressed ones included.
 * Pure, and free of machine paths and secrets' values, so that the same change gives the same document everywhere.
 */
export function gateInput(collected: Collected, findings: readonly Finding[], extra: InputExtra = {}): BuiltInput {
  const places = placesOf();
  const files = [...collected.targets, ...collected.context];
  const builds = buildsOf(extra.pipelines ?? []);
  const deployed = manifestsOf(files, findings, places);
  const secretMessages = new Set(findings.filter((one) => one.category === 'secret').map((one) => one.path));
  const actor = collected.commits[0]?.committer;
  const input: GateInput = {
    schema: 'gate.input/v1',
    stage: stages[collected.scope],
    time: { now: collected.now, now_ns: String(nowNs(collected.now)) },
    repo: repoInput(collected),
    actor: { name: actor?.name ?? null, email: actor?.email ?? null, login: null, roles: null, signing_keys: null },
    push: collected.push && { remote: collected.push.remote, refs: refInputs(collected, places) },
    commits: collected.commits.map((commit, index) => commitInput(commit, index, secretMessages, places)),
    signing: {
      required: collected.signing.required,
      configured: collected.signing.configured,
      will_sign: collected.signing.willSign,
      problem: collected.signing.problem ?? null,
    },
    changes: changeInputs(collected, places, extra.lines ?? false),
    findings: findingInputs(findings, places),
    weakened: weakeningOf(collected, places),
    sbom: { format: 'lock', components: extra.sbom?.components ?? null, edges: extra.sbom?.edges ?? null },
    sbom_diff: extra.sbom?.diff ?? { changes: null, added: null, removed: null, changed: null, license_changed: null },
    pipelines: pipelineInputs(builds, places),
    publish: releasesOf(builds, places),
    manifests: deployed.manifests,
    unread_manifests: deployed.unread,
    images: deployed.images,
    attestations: null,
    checks: null,
    settings: extra.settings ?? null,
    reviews: { state: 'unknown' },
    codeowners: codeownersOf(files, places),
    exceptions: exceptionInputs(collected),
    bundles: extra.policy ? [bundleInput(extra.policy)] : [],
    unknown: [],
  };
  extra.sbom?.setPlaces(places);
  setOwnPlaces(collected, input, places);
  input.unknown = unknownOf(input);
  return { input, places, unknown: input.unknown };
}

/** The same input with another policy as the one that judges: everything large is shared. */
export function withPolicy(built: BuiltInput, policy: PolicySource): BuiltInput {
  return { ...built, input: { ...built.input, bundles: [bundleInput(policy)] } };
}

/** Nanoseconds since 1970 of an ISO 8601 instant; text that is no date gives 0. */
export function nowNs(now: string): bigint {
  const milliseconds = Date.parse(now);
  return Number.isNaN(milliseconds) ? 0n : BigInt(milliseconds) * 1_000_000n;
}

const stages: Record<Collected['scope'], string> = {
  text: 'editor',
  paths: 'editor',
  staged: 'pre-commit',
  outgoing: 'pre-push',
  range: 'ci',
  all: 'ci',
  history: 'ci',
};

function repoInput({ repo }: Collected): GateInput['repo'] {
  const { remote } = repo;
  return {
    branch: repo.branch,
    head: repo.head,
    base: repo.mergeBase,
    default_branch: repo.defaultBranch,
    shallow: repo.shallow,
    remotes: remote
      ? [
          {
            name: remote.name,
            url: withoutCredentials(remote.url),
            provider: remote.provider,
            host: remote.host,
            owner: remote.owner,
            name_on_host: remote.repository,
          },
        ]
      : [],
  };
}

/** A remote's address may carry a password before the `@`. */
function withoutCredentials(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1');
}

function refInputs(collected: Collected, places: Places): RefInput[] {
  return (collected.push?.refs ?? []).map((ref, index) => {
    places.set(pointer('push', 'refs', index), { path: ref.dst, ...(ref.new === null ? {} : { commit: ref.new }) });
    return {
      src: ref.src,
      dst: ref.dst,
      kind: ref.kind,
      old: ref.old,
      new: ref.new,
      create: ref.create,
      delete: ref.delete,
      force: ref.force,
      protected: ref.protected,
      commits: ref.commits,
    };
  });
}

function commitInput(
  commit: CommitInfo,
  index: number,
  secretMessages: ReadonlySet<string>,
  places: Places,
): CommitInput {
  // Policies put subjects into their messages, so a message that holds a secret is not handed on at all.
  const hidden = secretMessages.has(`commit:${commit.oid}`);
  const body = hidden ? '(redacted)' : commit.body;
  places.set(pointer('commits', index), { path: `commit:${commit.oid}`, commit: commit.oid });
  const { signature } = commit;
  return {
    sha: commit.oid,
    parents: commit.parents,
    author: commit.author,
    committer: commit.committer,
    subject: hidden ? '(redacted)' : commit.subject,
    body,
    trailers: trailersOf(body),
    merge: commit.parents.length > 1,
    signature: {
      present: signature.present,
      format: signature.format ?? null,
      status: signature.status,
      key: signature.key ?? null,
      signer: signature.signer ?? null,
      host_verified: 'unknown',
    },
    new: true,
    paths: commit.paths,
  };
}

/** `Key: value` lines of the last paragraph (git-interpret-trailers); other paragraphs are prose. */
function trailersOf(body: string): Record<string, string[]> {
  const last =
    body
      .trimEnd()
      .split(/\n[ \t]*\n/)
      .at(-1) ?? '';
  const trailers = new Map<string, string[]>();
  for (const line of last.split('\n')) {
    const match = /^([A-Za-z0-9-]+):[ \t]*(.*)$/.exec(line);
    if (!match) continue;
    const [, key, value] = match as unknown as [string, string, string];
    trailers.set(key, [...(trailers.get(key) ?? []), value.trimEnd()]);
  }
  return Object.fromEntries(trailers);
}

function introducedBy({ commit, introduced }: Finding): string | null {
  if (introduced === undefined) return null;
  return introduced ? (commit ?? 'worktree') : 'base';
}

function findingInputs(findings: readonly Finding[], places: Places): FindingInput[] {
  const seen = new Map<string, number>();
  return findings.map((finding, index) => {
    const count = (seen.get(finding.fingerprint) ?? 0) + 1;
    seen.set(finding.fingerprint, count);
    places.set(pointer('findings', index), {
      path: finding.path,
      span: finding.span,
      ...(finding.commit === undefined ? {} : { commit: finding.commit }),
    });
    const { span, suppressed } = finding;
    return {
      id: count === 1 ? finding.fingerprint : `${finding.fingerprint}-${count}`,
      rule: finding.rule,
      class: finding.category,
      severity: finding.severity,
      confidence: finding.confidence,
      message: finding.message,
      path: finding.path,
      range: { line: span.line, column: span.column, end_line: span.endLine, end_column: span.endColumn },
      commit: finding.commit ?? null,
      introduced: finding.introduced ?? null,
      introduced_by: introducedBy(finding),
      fingerprint: finding.fingerprint,
      suppressed: suppressed
        ? {
            by: suppressed.by,
            reason: suppressed.reason,
            expires: suppressed.expires ?? null,
            introduced: suppressed.introduced,
          }
        : null,
    };
  });
}

const codeownersPaths = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

function codeownersOf(files: readonly Document[], places: Places): GateInput['codeowners'] {
  const document = codeownersPaths.map((path) => files.find((file) => file.path === path)).find((file) => file);
  const out: GateInput['codeowners'] = [];
  (document?.text ?? '').split('\n').forEach((text, index) => {
    const line = text.replace(/(^|\s)#.*$/, '').trim();
    if (document === undefined || line === '' || line.startsWith('[')) return;
    const [pattern, ...owners] = line.split(/\s+/) as [string, ...string[]];
    const column = text.indexOf(pattern) + 1;
    const span = { line: index + 1, column, endLine: index + 1, endColumn: column + line.length };
    places.set(pointer('codeowners', out.length), { path: document.path, span });
    out.push({ pattern, owners });
  });
  return out;
}

/** Those in force at this instant: signed by who may, narrow, and not ended. */
function exceptionInputs({ exceptions, now }: Collected): ExceptionInput[] {
  const { weighed } = weighExceptions(exceptions?.entries ?? [], undefined, now);
  const inForce = weighed.filter((one) => one.invalid === undefined && !one.expired);
  return inForce.map(({ exception: { id, rule, scope, reason, approver, created, expires, key } }) => ({
    id,
    rule,
    scope: { ...scope },
    reason,
    approved_by: approver,
    created,
    expires,
    key: key ?? null,
  }));
}

function bundleInput(source: PolicySource): GateInput['bundles'][number] {
  return {
    name: source.name,
    revision: source.revision,
    digest: source.digest,
    verified: source.signature,
    fetched_at: source.confirmed ?? null,
  };
}

const lockPointers = [
  ...['/sbom/components', '/sbom/edges', '/sbom_diff/changes'],
  ...['/sbom_diff/added', '/sbom_diff/removed', '/sbom_diff/changed', '/sbom_diff/license_changed'],
];

function unknownOf(input: GateInput): string[] {
  const refs = input.push?.refs ?? [];
  return [
    ...refs.flatMap((ref, index) => (ref.force === null ? [pointer('push', 'refs', index, 'force')] : [])),
    ...input.commits.map((_, index) => pointer('commits', index, 'signature', 'host_verified')),
    ...input.pipelines.flatMap((pipeline, index) =>
      pipeline.unresolved_includes.map((_, at) => pointer('pipelines', index, 'unresolved_includes', at)),
    ),
    ...input.publish.flatMap((release, index) => [
      ...(release.resolved ? [] : [pointer('publish', index, 'resolved')]),
      ...release.tags.flatMap((tag, at) =>
        tag.mutable === null ? [pointer('publish', index, 'tags', at, 'mutable')] : [],
      ),
    ]),
    ...input.images.map((_, index) => pointer('images', index, 'signatures')),
    ...input.unread_manifests.map((_, index) => pointer('unread_manifests', index)),
    ...(input.sbom.components === null ? lockPointers : []),
    ...['/actor/login', '/actor/roles', '/actor/signing_keys'],
    ...['/attestations', '/checks', '/reviews/state', ...(input.settings === null ? ['/settings'] : [])],
  ];
}
