import { defaultConfig } from '../../agent/config.ts';
import type { Change, Collected, CommitInfo, PushedRef, SignatureStatus } from '../../agent/gate/types.ts';
import { documentFromText, spanOf } from '../../agent/model/document.ts';
import { pipelineOf } from '../../agent/model/pipeline/index.ts';
import type { Document, Finding } from '../../agent/model/types.ts';
import { type DecideOptions, decide } from '../../agent/policy/decide.ts';
import { defaultBundle } from '../../agent/policy/default.ts';
import { regoEngine } from '../../agent/policy/engine.ts';
import type { Gate, GateDecision, PolicyBundle, PolicyEngine } from '../../agent/policy/types.ts';

export const now = '2026-11-23T12:00:00.000Z';

/** A push of nothing to a repository with a base: each test adds what it is about. */
export function collectedOf(parts: Partial<Collected> = {}): Collected {
  return {
    scope: 'outgoing',
    label: 'test',
    repo: {
      root: '/nowhere',
      git: true,
      branch: 'feature',
      head: 'b'.repeat(40),
      upstreamBase: 'refs/remotes/origin/main',
      mergeBase: 'a'.repeat(40),
      remote: null,
      defaultBranch: 'main',
      shallow: false,
    },
    targets: [],
    context: [],
    base: [],
    history: [],
    changes: [],
    commits: [],
    push: { remote: 'origin', url: 'ssh://example.test/a.git', refs: [] },
    signing: { required: false, configured: false, willSign: null },
    config: defaultConfig,
    proposedConfig: null,
    skipped: [],
    problems: [],
    now,
    fingerprintKey: Buffer.from('test'),
    ...parts,
  };
}

export function commitOf(digit: string, status: SignatureStatus, subject = 'Change a thing'): CommitInfo {
  const person = { name: 'Ada', email: 'ada@example.test', date: '2026-11-23T11:00:00+00:00' };
  return {
    oid: digit.repeat(40),
    tree: 'e'.repeat(40),
    parents: ['a'.repeat(40)],
    author: person,
    committer: person,
    subject,
    body: '',
    signature: { present: status !== 'none', status },
    paths: ['a.txt'],
  };
}

export function refOf(parts: Partial<PushedRef> = {}): PushedRef {
  return {
    src: 'refs/heads/feature',
    dst: 'refs/heads/feature',
    kind: 'branch',
    old: null,
    new: 'b'.repeat(40),
    create: true,
    delete: false,
    force: false,
    commits: [],
    protected: false,
    ...parts,
  };
}

/** A finding on the first place where `needle` stands in the document. */
export function findingOf(document: Document, needle: string, parts: Partial<Finding> = {}): Finding {
  const start = document.text.indexOf(needle);
  const range = [start, start + needle.length] as const;
  return {
    rule: 'github-token',
    category: 'secret',
    severity: 'critical',
    confidence: 'high',
    message: 'GitHub token: anyone who reads it can use it',
    path: document.path,
    range,
    span: spanOf(document, range),
    related: [],
    fingerprint: `${document.path}:${needle.length}`,
    introduced: true,
    ...parts,
  };
}

export function file(path: string, text: string): Document {
  return documentFromText(path, text);
}

export function engineOf(bundle: PolicyBundle = defaultBundle()): PolicyEngine {
  const { engine, problems } = regoEngine(bundle);
  if (!engine) throw new Error(problems.map((problem) => problem.message).join('\n'));
  return engine;
}

/** A bundle of one file. */
export function bundleOf(text: string, path = 'policy.rego'): PolicyBundle {
  const source = { name: path, revision: '', kind: 'directory', signature: 'unsigned', digest: text } as const;
  return { source, modules: [{ path, text }], data: {} };
}

/** The decision of one gate; pipelines come from the documents themselves. */
export function gateOf(gate: Gate, collected: Collected, options: Partial<DecideOptions> = {}): GateDecision {
  const pipeline = [...collected.targets, ...collected.context].flatMap((document) => pipelineOf(document) ?? []);
  const decision = decide({
    collected,
    findings: [],
    subjects: { pipeline, npm: [] },
    engine: engineOf(),
    ...options,
  });
  return decision.gates.find((one) => one.gate === gate) as GateDecision;
}

/** `deny push/secret` for each reason. */
export function said(decision: GateDecision): string[] {
  return decision.reasons.map((reason) => `${reason.effect} ${reason.rule}`);
}

/** A file that was changed, of which nothing but its path matters. */
export function changeOf(path: string): Change {
  return { path, status: 'M', mode: '100644', oid: null, size: 1, binary: false, lfs: false, submodule: false };
}
