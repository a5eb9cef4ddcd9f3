import { explainRule } from '../../rego/explain.ts';
import type { Entrypoint } from '../entrypoints.ts';
import { type ExplainedInput, explainInputs, isMeant, maximumTraced } from '../explain-inputs.ts';
import type { FurtherAnswer } from '../further.ts';
import type { Gate, Place, RuleExplanation } from '../types.ts';
import { type Compiled, limits, queryOf } from './compile.ts';
import type { Constraint } from './read.ts';

/** What one constraint did with one object. */
export interface Tried {
  place: Place | undefined;
  /** The input its template was asked about; undefined where the object was not matched. */
  input?: Record<string, unknown>;
  /** Why it was not asked. */
  why?: string;
}

/**
 * Why a constraint stayed silent, where `--why` asks for it by gate, kind of template, or name: the expression that stopped
 * each body, or what of its match did not fit.
 */
export function explainConstraint(
  gate: Gate,
  { kind, name, file, line }: Constraint,
  compiled: Compiled | undefined,
  entry: Entrypoint,
  tried: readonly Tried[],
  { asked, nowNs }: { asked: string; nowNs: bigint },
): Pick<FurtherAnswer, 'explanations' | 'explainable'> {
  const names = [entry.label, entry.path, kind, name];
  if (asked !== gate && !isMeant(asked, names)) return { explainable: [entry.label] };
  const inputs = tried.flatMap((one) => (one.input ? [{ ...one, input: one.input }] : []));
  const policy = compiled?.policy;
  if (!policy || inputs.length === 0) {
    const unasked = !policy
      ? `[${name}] has no Rego that could be asked here`
      : ((tried.find((one) => !/ match\.kinds /.test(one.why ?? '')) ?? tried[0])?.why ??
        `[${name}] was asked about nothing: no object of this change is its own`);
    const rule: RuleExplanation = {
      path: entry.path,
      file,
      line,
      fired: false,
      gate,
      rule: entry.label,
      effect: 'deny',
      unasked,
    };
    return { explanations: [rule], explainable: [entry.label] };
  }
  const traced = inputs.slice(0, maximumTraced).map(({ place, input }): ExplainedInput => {
    const { bodies } = explainRule(policy, compiled.query, { input, nowNs, ...limits }, queryOf(compiled));
    // Lines of the template's Rego begin where it stands in the YAML.
    const offset = (compiled.template.rego?.line ?? 1) - 1;
    const moved = bodies.map((body) => ({
      ...body,
      line: body.line + offset,
      ...(body.stopped ? { stopped: { ...body.stopped, line: body.stopped.line + offset } } : {}),
    }));
    return { place, bodies: moved };
  });
  return { explanations: explainInputs(gate, entry, [], traced), explainable: [entry.label] };
}
