import type { Problem } from '../../model/types.ts';
import type { Entrypoint } from '../entrypoints.ts';
import type { FurtherJudge, FurtherQuestion } from '../further.ts';
import type { Statement } from '../statements.ts';
import { githubRules } from './github.ts';
import { gitlabRules } from './gitlab.ts';
import { githubPredictions, unknown } from './predict-github.ts';
import { gitlabPredictions } from './predict-gitlab.ts';
import { type RefPush, refPushes } from './push.ts';
import type { ForgeRule, ForgeSnapshot, Verdict } from './types.ts';

export interface ForgeOptions {
  /** How old a snapshot may be, in seconds. */
  maxAgeSeconds: number;
  /** The age was set by the configuration: a snapshot that is older closes the gate. */
  strict: boolean;
  /** Where it lies, for people. */
  name: string;
}

/** The rules of a snapshot, whichever forge it is of; `cloned` is the default branch as the clone knows it. */
export function forgeRules(snapshot: ForgeSnapshot, cloned: string | null = null): ForgeRule[] {
  return snapshot.provider === 'gitlab' ? gitlabRules(snapshot) : githubRules(snapshot, cloned);
}

/**
 * Predicts what the forge would say to a push, by the rules it had when the snapshot was made. Each refusal names its rule.
 * Nothing is said of a push to another repository, and an old snapshot says how old it is.
 */
export function forgeJudge(snapshot: ForgeSnapshot, options: ForgeOptions): FurtherJudge {
  return (question) => {
    if (!question.gates.includes('push') || !question.collected.push) return [];
    const statements: Statement[] = [];
    const problems: Problem[] = [];
    const other = otherRepository(snapshot, question);
    if (other !== undefined) {
      statements.push(say({ effect: 'note', message: other, exactness: 'approximate' }, 'snapshot', options.name));
      return [{ gate: 'push', statements, problems }];
    }
    const age = (Number(question.nowNs / 1_000_000n) - Date.parse(snapshot.fetched_at)) / 1000;
    const old = !(age <= options.maxAgeSeconds);
    if (old) tooOld(age, options, statements, problems);
    const rules = forgeRules(snapshot, question.collected.repo.defaultBranch);
    for (const push of refPushes(question)) {
      for (const rule of rules) {
        const applies = rule.applies(push.ref.dst);
        if (applies === false) continue;
        for (const verdict of applies ? judgeRule(rule, push) : [unclear(push)])
          statements.push(statementOf(verdict, rule, push, options.name, old));
      }
    }
    return [{ gate: 'push', statements: limited(statements), problems }];
  };
}

/** A rule of which nothing here tells whether it is about this ref. */
function unclear(push: RefPush): Verdict {
  return unknown(
    `whether it is about ${push.name} is not known: the saved answers do not tell`,
    'Save the answer about the repository too (GET /repos/{owner}/{repo}), or use --fetch.',
  );
}

function judgeRule(rule: ForgeRule, push: RefPush): Verdict[] {
  const predict = githubPredictions[rule.type] ?? gitlabPredictions[rule.type];
  if (predict) return predict(push, rule);
  return [unknown(`the rule ${rule.type} is not known here`)];
}

function statementOf(verdict: Verdict, rule: ForgeRule, push: RefPush, name: string, old: boolean): Statement {
  const from = rule.from;
  const refused = verdict.effect === 'deny';
  const place = verdict.path
    ? { path: verdict.path }
    : verdict.commit
      ? { path: `commit:${verdict.commit}`, commit: verdict.commit }
      : { path: push.ref.dst, ...(push.ref.new === null ? {} : { commit: push.ref.new }) };
  const base = {
    ...verdict,
    exactness: (old || rule.concluded) && verdict.exactness === 'snapshot' ? 'approximate' : verdict.exactness,
  } as const;
  const settled =
    rule.enforcement === 'evaluate'
      ? { ...base, effect: 'note' as const, message: `dry run of ${from}: ${verdict.message}` }
      : refused && rule.bypass === 'always'
        ? { ...base, effect: 'note' as const, message: `${verdict.message}; you may pass it by (${from})` }
        : refused && rule.bypass === 'unknown'
          ? {
              ...base,
              exactness: 'approximate' as const,
              message: `${verdict.message}, unless you may bypass it (${from})`,
            }
          : { ...base, message: `${verdict.message} (${from})` };
  return { ...say(settled, rule.type, name), place };
}

function say(verdict: Verdict, type: string, name: string): Statement {
  const label = `forge/${type.replace(/^gitlab_/, '').replaceAll('_', '-')}`;
  const entry: Entrypoint = { path: label, effect: 'deny', label, foreign: true };
  return {
    effect: verdict.effect,
    rule: label,
    message: verdict.message,
    entry,
    exactness: verdict.exactness,
    source: { file: name, line: 1 },
    ...(verdict.remedy === undefined ? {} : { remedy: verdict.remedy }),
  };
}

function tooOld(age: number, options: ForgeOptions, statements: Statement[], problems: Problem[]): void {
  const days = Number.isNaN(age) ? 'an unknown time' : `${Math.floor(age / 86_400)} days`;
  const message = `What the forge allows was read ${days} ago (${options.name}); pregate policy snapshot reads it again`;
  if (options.strict) problems.push({ code: 'forge-stale', message, fatal: true });
  else statements.push(say({ effect: 'depends', message, exactness: 'unknowable' }, 'snapshot', options.name));
}

function otherRepository({ repository }: ForgeSnapshot, { collected }: FurtherQuestion): string | undefined {
  const { remote } = collected.repo;
  if (repository === null || !remote?.owner) return undefined;
  const pushed = `${remote.owner}/${remote.repository}`.toLowerCase();
  if (pushed === repository.toLowerCase()) return undefined;
  return `The forge's rules that are known here are of ${repository}; this push goes to ${pushed}`;
}

/** A thousand commits that break one rule are one thing to a person: the first few are named. */
function limited(statements: readonly Statement[]): Statement[] {
  const counts = new Map<string, number>();
  return statements.filter((one) => {
    const key = `${one.rule}\0${one.message}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= 20;
  });
}
