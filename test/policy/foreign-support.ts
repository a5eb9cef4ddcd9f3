import type { FeedSetting } from '../../agent/config/feeds.ts';
import type { Collected } from '../../agent/gate/types.ts';
import type { Document } from '../../agent/model/types.ts';
import { bundleFrom } from '../../agent/policy/bundle.ts';
import { supplyData } from '../../agent/policy/conventions/data.ts';
import { type ForeignPlan, planForeign } from '../../agent/policy/conventions/plan.ts';
import { decide } from '../../agent/policy/decide.ts';
import { regoEngine } from '../../agent/policy/engine.ts';
import type { Decision, Gate, GateDecision, PolicyBundle } from '../../agent/policy/types.ts';
import { collectedOf, engineOf, file } from './support.ts';

export type Files = Record<string, string>;

/** A bundle from the texts of its files, as it would be loaded from a folder. */
export function bundleOfFiles(files: Files): PolicyBundle {
  const all = Object.entries(files).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  const { bundle, problems } = bundleFrom(all, { name: 'policy/', kind: 'directory' });
  if (!bundle) throw new Error(problems.map((problem) => problem.message).join('\n'));
  return bundle;
}

export function planOf(files: Files, feeds?: FeedSetting[]): ForeignPlan {
  const bundle = bundleOfFiles(files);
  const { engine, problems } = regoEngine(bundle);
  if (!engine) throw new Error(problems.map((problem) => problem.message).join('\n'));
  const supplied = supplyData(bundle, engine);
  return planForeign(supplied.bundle, supplied.engine, feeds, supplied.told);
}

export interface Asked {
  feeds?: FeedSetting[];
  scope?: Collected['scope'];
  /** Files of the repository that the change does not touch. */
  related?: Files;
  /** A gate or rule to explain. */
  explain?: string;
  /** The changed files as the base has them. */
  base?: Files;
}

export function documentsOf(files: Files): Document[] {
  return Object.entries(files).map(([path, text]) => file(path, text));
}

/** The whole decision about changed files, with the built-in gates beside the policy. */
export function decisionOf(policy: Files, changed: Files, asked: Asked = {}): Decision {
  const plan = planOf(policy, asked.feeds);
  const targets = documentsOf(changed);
  const related = documentsOf(asked.related ?? {});
  const paths = [...targets, ...related].map((document) => document.path);
  return decide({
    collected: collectedOf({
      targets,
      base: documentsOf(asked.base ?? {}),
      ...(asked.scope ? { scope: asked.scope } : {}),
    }),
    findings: [],
    problems: plan.problems,
    engine: engineOf(),
    ...(asked.explain === undefined ? {} : { explain: asked.explain }),
    further: plan.judges({ paths, documents: related }),
  });
}

export function gateIn(decision: Decision, gate: Gate): GateDecision {
  return decision.gates.find((one) => one.gate === gate) as GateDecision;
}

/** `deny main/deny deploy/a.yaml:3 text` for each reason of foreign rules. */
export function toldOf(decision: Decision, gate: Gate): string[] {
  return gateIn(decision, gate)
    .reasons.filter((reason) => !reason.rule.startsWith(`${gate}/`))
    .map((reason) => {
      const { place } = reason;
      const where = place ? ` ${place.path}${place.span ? `:${place.span.line}` : ''}` : '';
      return `${reason.effect} ${reason.rule}${where} ${reason.message}`;
    });
}
