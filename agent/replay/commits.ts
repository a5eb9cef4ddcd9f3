import { judgingConfig } from '../gate/collect/config.ts';
import { type BlobRequest, blobDocument, limitsFor, nameDocuments } from '../gate/collect/documents.ts';
import { readExceptions } from '../gate/collect/exceptions.ts';
import { modelGroup } from '../gate/collect/names.ts';
import type { Repository, Run } from '../gate/collect/run.ts';
import { changeOf } from '../gate/collect/staged.ts';
import type { Change, Collected, RepoInfo, SignatureInfo, SigningState } from '../gate/types.ts';
import { commitInfo, parseCommit } from '../git/commit.ts';
import { modes, parseDiffTree, parseTree, type RawChange } from '../git/raw.ts';
import { gitOutput, isZero } from '../git/run.ts';
import { documentFromBytes } from '../model/document.ts';
import type { Document, RepoPath } from '../model/types.ts';
import type { Step } from './steps.ts';

/** What all steps of one replay share, read once. */
export interface History {
  info: RepoInfo;
  signing: SigningState;
  signatures: ReadonlyMap<string, SignatureInfo>;
  fingerprintKey: Uint8Array;
}

/** Objects kept between steps: what one commit brings, the next has as its base. */
const keptDocuments = 5_000;

/**
 * Builds what `collect` gives for a range, for one commit after the other. One `diff-tree` lists all changes, one
 * `cat-file` reads all objects, the listing of the tree is carried along, and a blob that several commits share stays one
 * document, so that what was parsed of it is parsed once.
 */
export function commitReader(
  run: Run,
  repository: Repository,
  history: History,
  steps: readonly Step[],
): (step: Step) => Promise<Collected> {
  const documents = new Map<string, Document>();
  const tree = new Map<RepoPath, { oid: string; mode: string }>();
  let diffs: Map<string, RawChange[]> | undefined;
  let standing: string | null | undefined;

  async function listDiffs(): Promise<Map<string, RawChange[]>> {
    const lines = steps.map(({ from, to }) => (from === null ? to : `${to} ${from}`));
    const options = ['-r', '--raw', '-z', '--no-abbrev', '--no-renames', '--root', '--ignore-submodules=none'];
    const output = await gitOutput(repository.git, ['diff-tree', '--stdin', ...options], {
      input: `${lines.join('\n')}\n`,
    });
    return new Map(parseDiffTree(output).map((diff) => [diff.commit, diff.changes]));
  }

  /** The files of models as `commit` has them, from its own listing. */
  async function stand(commit: string | null): Promise<void> {
    tree.clear();
    if (commit === null) return;
    const listing = await gitOutput(repository.git, ['ls-tree', '-r', '-z', '--full-tree', commit]);
    for (const { path, oid, mode } of parseTree(listing, (path) => modelGroup(path) !== undefined)) {
      if (mode !== modes.submodule) tree.set(path, { oid, mode });
    }
  }

  async function document(request: BlobRequest): Promise<Document | undefined> {
    if (request.mode === modes.submodule || isZero(request.oid)) return undefined;
    const key = `${request.oid}\0${request.mode}\0${request.path}`;
    const known = documents.get(key);
    if (known) return known;
    const object = await repository.objects.read(request.oid, limitsFor(run, request.path));
    if (object?.type !== 'blob') return undefined;
    const made = blobDocument(run, object, request, { label: '', quiet: true });
    documents.set(key, made);
    if (documents.size > keptDocuments) documents.delete(documents.keys().next().value as string);
    return made;
  }

  const readAll = async (requests: readonly BlobRequest[]) =>
    (await Promise.all(requests.map(document))).filter((one) => one !== undefined);

  return async (step) => {
    diffs ??= await listDiffs();
    if (standing !== step.from) await stand(step.from);
    const changed = diffs.get(step.to) ?? [];
    const touched = new Set(changed.map((change) => change.path));
    const unchanged = [...tree].filter(([path]) => !touched.has(path)).map(([path, entry]) => ({ path, ...entry }));
    const object = await repository.objects.read(step.to);
    const raw = object?.type === 'commit' ? parseCommit(object.bytes) : undefined;
    const news = changed
      .filter((change) => change.status !== 'D')
      .map(({ path, newOid: oid, newMode: mode }) => ({ path, oid, mode }));
    const olds = changed.map(({ path, oldOid: oid, oldMode: mode }) => ({ path, oid, mode }));
    const [targets, old, context] = await Promise.all([readAll(news), readAll(olds), readAll(unchanged)]);
    const base = step.from === null ? [] : [...old, ...context];
    const config = await judgingConfig(run, [...targets, ...context], step.from === null ? null : base);
    const info = raw ? commitInfo(step.to, raw, [...touched]) : undefined;
    apply(tree, changed);
    standing = step.to;
    const message = raw
      ? [
          documentFromBytes(`commit:${step.to}`, Buffer.from(raw.messageText), {
            kind: 'message',
            commit: step.to,
            oid: step.to,
          }),
        ]
      : [];
    const place = { scope: 'range', repo: { ...history.info, head: step.to, mergeBase: step.from } } as const;
    const exceptions = await readExceptions(run, place);
    return {
      ...place,
      ...(exceptions ? { exceptions } : {}),
      label: step.to.slice(0, 7),
      targets: [...nameDocuments(touched), ...message, ...targets],
      context,
      base,
      history: [],
      changes: changed.map((change) => changeWith(change, targets)),
      commits: info ? [{ ...info, signature: history.signatures.get(step.to) ?? info.signature }] : [],
      push: null,
      signing: { ...history.signing, required: config.config.signing.required ?? false },
      ...config,
      skipped: [],
      problems: raw
        ? []
        : [{ code: 'object-missing', message: `Commit ${step.to.slice(0, 10)} is not here`, fatal: true }],
      now: run.now,
      fingerprintKey: history.fingerprintKey,
    };
  };
}

function apply(tree: Map<RepoPath, { oid: string; mode: string }>, changes: readonly RawChange[]): void {
  for (const { path, status, newOid: oid, newMode: mode } of changes) {
    if (status === 'D' || mode === modes.submodule) tree.delete(path);
    else if (modelGroup(path) !== undefined) tree.set(path, { oid, mode });
  }
}

function changeWith(raw: RawChange, targets: readonly Document[]): Change {
  const document = targets.find((one) => one.path === raw.path);
  return { ...changeOf(raw), size: document?.size ?? null, binary: document?.encoding === 'binary' };
}
