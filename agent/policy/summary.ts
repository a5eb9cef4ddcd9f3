import type { GateInput } from './gate-input.ts';
import type { Answer, Gate, Reason } from './types.ts';

/** The gate's line in the ladder: what decides it, in one sentence. */
export function summaryOf(gate: Gate, answer: Answer, reasons: readonly Reason[], input: GateInput): string {
  if (answer === 'allow') return passed[gate](input);
  const effect = answer === 'depends' ? 'depends' : answer;
  const deciding = reasons.filter((reason) => reason.effect === effect);
  const text = signatures(deciding, input) ?? firstOf(deciding);
  return answer === 'depends' ? `depends on: ${text}` : text;
}

function firstOf(reasons: readonly Reason[]): string {
  const [first] = reasons;
  if (!first) return '';
  const more = reasons.length - 1;
  return more === 0 ? first.message : `${first.message} (and ${more} more)`;
}

/** Many unsigned commits are one statement to a person. */
function signatures(reasons: readonly Reason[], input: GateInput): string | undefined {
  const [first] = reasons;
  if (first?.rule !== 'push/unsigned-commit' || reasons.some((reason) => reason.rule !== first.rule)) return undefined;
  const commits = reasons.map((reason) => reason.place?.commit?.slice(0, 7)).filter((sha) => sha !== undefined);
  if (commits.length === 0) return undefined;
  const shown = commits.slice(0, 3).join(', ');
  const verb = commits.length === 1 ? 'is' : 'are';
  return `${commits.length} of ${plural(input.commits.length, 'commit')} ${verb} not signed: ${shown}${commits.length > 3 ? ', …' : ''}`;
}

const passed: Record<Gate, (input: GateInput) => string> = {
  commit: (input) => changePasses(input),
  push: (input) => changePasses(input),
  build: ({ pipelines }) => passes(pipelines.length, 'pipeline', 'no pipeline or lock stands in the way'),
  publish: ({ publish }) => passes(publish.length, 'release step', 'nothing is published'),
  deploy: ({ manifests }) => passes(manifests.length, 'manifest', 'no manifests'),
};

function passes(count: number, word: string, none: string): string {
  return count === 0 ? none : `${plural(count, word)} pass${count === 1 ? 'es' : ''}`;
}

function changePasses({ commits, changes }: GateInput): string {
  if (commits.length > 0) return `${plural(commits.length, 'commit')} and ${plural(changes.length, 'file')} pass`;
  return passes(changes.length, 'file', 'nothing that this gate stops');
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
