import { applyEdits, proveFixes } from '../fix.ts';
import { documentFromText } from '../model/document.ts';
import { displayPath } from '../model/path.ts';
import type { Document, Edit, Finding } from '../model/types.ts';
import { type Atom, smallestChange } from '../policy/smallest-change.ts';
import type { Reason } from '../policy/types.ts';
import { type CheckOptions, judgeCollected } from './check.ts';
import type { Judgement } from './judge.ts';
import type { Collected } from './types.ts';

/** Something that can be done to a push: edit files in a commit on top, or sign its commits again. */
export type FixAtom = Atom &
  ({ kind: 'edit'; edits: Edit[]; title: string; place: string } | { kind: 'sign'; title: string });

export interface PushFix {
  /** In the order in which a person would do them. */
  atoms: FixAtom[];
  /** New text of each file that changes. */
  files: Map<string, string>;
  /** What would still be refused. */
  left: Reason[];
}

/**
 * Finds the smallest set of edits that takes back as many refusals of a push as can be taken back, judging all gates in
 * memory for each try. Only fixes that `proveFixes` has proven take part. Empty when nothing here can help.
 */
export async function findPushFix(
  collected: Collected,
  judgement: Judgement,
  options: Pick<CheckOptions, 'bundle' | 'cwd' | 'env' | 'onProgress'> & { maySign: boolean },
): Promise<PushFix> {
  const refused = denials(judgement);
  const atoms = await atomsOf(collected, judgement, refused, options.maySign);
  const judged = new Map<string, Reason[] | undefined>();
  const leftAfter = async (set: readonly FixAtom[]) => {
    const key = set
      .map((atom) => atom.id)
      .sort()
      .join('\0');
    if (!judged.has(key)) {
      options.onProgress?.({ done: 0, total: 0, label: `edits tried: ${judged.size}` });
      const changed = withAtoms(collected, judgement, set);
      judged.set(key, changed && denials(await judgeCollected(changed, options)));
    }
    return judged.get(key);
  };
  const all = await leftAfter(atoms);
  if (atoms.length === 0 || all === undefined || all.length >= refused.length)
    return { atoms: [], files: new Map(), left: refused };
  const least = all.length;
  const kept = await smallestChange(atoms, async (set) => (await leftAfter(set))?.length === least);
  return {
    atoms: kept,
    files: filesOf(judgement, kept) ?? new Map(),
    left: (await leftAfter(kept)) ?? refused,
  };
}

/** Everything that refuses, once per gate. */
export function denials({ report }: Judgement): Reason[] {
  return report.decision.gates.flatMap((gate) => gate.reasons).filter((reason) => reason.effect === 'deny');
}

async function atomsOf(
  collected: Collected,
  { raw, run }: Judgement,
  refused: readonly Reason[],
  maySign: boolean,
): Promise<FixAtom[]> {
  const atoms: FixAtom[] = [];
  const taken: Edit[] = [];
  for (const finding of candidates(raw, refused)) {
    const [fix] = await proveFixes(run, finding);
    // Of two fixes that touch the same text only one can be done; the other finding may be gone with it.
    if (!fix || fix.edits.some((edit) => taken.some((other) => overlap(edit, other)))) continue;
    taken.push(...fix.edits);
    const place = `${displayPath(finding.path)}:${finding.span.line}`;
    atoms.push({
      id: `edit ${finding.fingerprint}`,
      cost: fix.safe ? 1 : 2,
      kind: 'edit',
      edits: fix.edits,
      title: fix.title,
      place,
    });
  }
  const unsigned = new Set(collected.commits.filter((one) => one.signature.status !== 'good').map((one) => one.oid));
  const aboutSignatures = refused.some(
    ({ place }) => place?.path.startsWith('commit:') && unsigned.has(place.commit ?? ''),
  );
  if (maySign && aboutSignatures) {
    const count = collected.commits.length;
    atoms.push({
      id: 'sign',
      cost: 3,
      kind: 'sign',
      title: `sign the ${count === 1 ? 'outgoing commit' : `${count} outgoing commits`} again`,
    });
  }
  return atoms;
}

/** Findings whose own fixes may serve a rule that was not written for Pregate are tried up to this number. */
const mostBeside = 24;

/**
 * Findings whose fixes are tried: those that are refused, and where a rule of another policy refuses a file without naming
 * a finding, those of that file. Whether their fixes help is not guessed: it is judged.
 */
function candidates<T extends Finding>(raw: readonly T[], refused: readonly Reason[]): T[] {
  const wanted = new Set(refused.map((reason) => reason.finding));
  const files = new Set(refused.flatMap(({ finding, place }) => (finding === undefined && place ? place.path : [])));
  const here = raw.filter((one) => one.commit === undefined);
  const named = here.filter((one) => wanted.has(one.fingerprint));
  const beside = here.filter((one) => !wanted.has(one.fingerprint) && files.has(one.path));
  return [...named, ...beside.slice(0, mostBeside)];
}

function overlap(a: Edit, b: Edit): boolean {
  return a.path === b.path && a.range[0] <= b.range[1] && b.range[0] <= a.range[1];
}

function filesOf({ run }: Judgement, atoms: readonly FixAtom[]): Map<string, string> | undefined {
  const documents = [...run.targets, ...run.context].filter((document) => document.kind === 'file');
  return applyEdits(
    documents,
    atoms.flatMap((atom) => (atom.kind === 'edit' ? atom.edits : [])),
  );
}

/** The push as it would be: signatures are taken for good here, and verified when the real commits are judged. */
function withAtoms(collected: Collected, judgement: Judgement, atoms: readonly FixAtom[]): Collected | undefined {
  const files = filesOf(judgement, atoms);
  if (!files) return undefined;
  const edited = (document: Document): Document => {
    const text = document.kind === 'file' ? files.get(document.path) : undefined;
    return text === undefined
      ? document
      : documentFromText(document.path, text, { ...(document.mode ? { mode: document.mode } : {}) });
  };
  const moved = collected.context.filter((document) => files.has(document.path));
  const signs = atoms.some((atom) => atom.kind === 'sign');
  return {
    ...collected,
    targets: [...collected.targets, ...moved].map(edited),
    context: collected.context.filter((document) => !files.has(document.path)),
    commits: signs
      ? collected.commits.map((commit) => ({ ...commit, signature: { present: true, format: 'ssh', status: 'good' } }))
      : collected.commits,
  };
}
