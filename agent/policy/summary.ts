import type { Collected } from '../gate/types.ts';
import { grouped } from '../model/grouped.ts';
import type { GateInput } from './gate-input.ts';
import type { Answer, Gate, Reason } from './types.ts';

export interface Judged {
  input: GateInput;
  /** Its targets are what was judged; the input also has the unchanged pipelines that were read beside them. */
  collected: Pick<Collected, 'scope' | 'targets'>;
}

/** The gate's line in the ladder: what decides it, in one sentence. */
export function summaryOf(gate: Gate, answer: Answer, reasons: readonly Reason[], judged: Judged): string {
  if (answer === 'allow') return `${passed[gate](judged)}${unseenOf(reasons)}${keptOf(reasons)}`;
  const deciding = reasons.filter((reason) => reason.effect === answer);
  const text = signatures(deciding, judged.input);
  return text === undefined ? decidingText(answer, reasons) : answered(answer, text);
}

/** The first of the reasons for an answer that is no pass, and how many more there are. */
export function decidingText(answer: Exclude<Answer, 'allow'>, reasons: readonly Reason[]): string {
  return answered(answer, firstOf(reasons.filter((reason) => reason.effect === answer)));
}

function answered(answer: Answer, text: string): string {
  return answer === 'depends' ? `depends on: ${text}` : text;
}

function firstOf(reasons: readonly Reason[]): string {
  const [first] = reasons;
  if (!first) return '';
  const more = reasons.length - 1;
  return more === 0 ? first.message : `${first.message} (and ${number(more)} more)`;
}

/** Many unsigned commits are one statement to a person. */
function signatures(reasons: readonly Reason[], input: GateInput): string | undefined {
  const [first] = reasons;
  if (first?.rule !== 'push/unsigned-commit' || reasons.some((reason) => reason.rule !== first.rule)) return undefined;
  const commits = reasons.map((reason) => reason.place?.commit?.slice(0, 7)).filter((sha) => sha !== undefined);
  if (commits.length === 0) return undefined;
  const shown = commits.slice(0, 3).join(', ');
  const verb = commits.length === 1 ? 'is' : 'are';
  return `${number(commits.length)} of ${plural(input.commits.length, 'commit')} ${verb} not signed: ${shown}${commits.length > 3 ? ', …' : ''}`;
}

/** Why a pass is an approximation, or of nothing, in the line that says so. */
function unseenOf(reasons: readonly Reason[]): string {
  const unseen = reasons.find(({ rule }) => /(^|\/)(not-looked-at|nothing-to-judge)$/.test(rule));
  return unseen ? `; ${unseen.message.charAt(0).toLowerCase()}${unseen.message.slice(1)}` : '';
}

/** What would have been refused: by rules that are only tried out, and by those an exception excuses. */
function keptOf(reasons: readonly Reason[]): string {
  const shadow = reasons.filter(
    (one) => one.rollout?.level === 'shadow' && one.effect === 'note' && one.rollout.would === 'deny',
  );
  const excused = reasons.filter((one) => one.exception?.state === 'counts');
  const rules = new Set(shadow.map((one) => one.rule)).size;
  return [
    rules > 0 ? `; ${plural(rules, 'rule')} in shadow would refuse` : '',
    excused.length > 0 ? `; ${plural(excused.length, 'refusal')} excused` : '',
  ].join('');
}

const passed: Record<Gate, (judged: Judged) => string> = {
  commit: ({ input }) => changePasses(input),
  push: ({ input }) => changePasses(input),
  build: (judged) => passes(touched(judged, judged.input.pipelines).length, 'pipeline', none(judged, 'pipeline')),
  publish: (judged) =>
    passes(touched(judged, judged.input.publish).length, 'release step', none(judged, 'release step')),
  deploy: (judged) => {
    const manifests = judged.input.manifests.map((manifest) => manifest.from);
    return passes(touched(judged, manifests).length, 'manifest', none(judged, 'manifest'));
  },
};

function touched<T extends { path: string }>({ collected }: Judged, list: readonly T[]): T[] {
  const paths = new Set(collected.targets.map((document) => document.path));
  return list.filter((one) => paths.has(one.path));
}

/** Nothing of a kind was judged: that is said of what was looked at, not of the repository. */
function none({ collected }: Judged, word: string): string {
  if (collected.scope === 'all') return `no ${word}s in this repository`;
  if (collected.scope === 'paths' || collected.scope === 'text') return `no ${word} in these files`;
  return word === 'manifest' ? 'no manifest in this change' : `this change touches no ${word}`;
}

function passes(count: number, word: string, none: string): string {
  return count === 0 ? none : `${plural(count, word)} pass${count === 1 ? 'es' : ''}`;
}

function changePasses({ commits, changes }: GateInput): string {
  if (commits.length > 0) return `${plural(commits.length, 'commit')} and ${plural(changes.length, 'file')} pass`;
  return passes(changes.length, 'file', 'nothing that this gate stops');
}

function plural(count: number, word: string): string {
  return `${number(count)} ${word}${count === 1 ? '' : 's'}`;
}

function number(count: number): string {
  return grouped(count);
}
