import type { Entrypoint } from '../entrypoints.ts';
import type { FurtherAnswer } from '../further.ts';
import type { Compiled } from './compile.ts';
import type { AdmissionPolicy, Constraint } from './read.ts';

interface Policies {
  compiled: readonly Compiled[];
  constraints: readonly Constraint[];
  admission: readonly AdmissionPolicy[];
}

/**
 * Says at admission what is written in CEL and so not answered here: policies of Kubernetes itself *depend*; a template
 * that has Rego beside its CEL is answered by its Rego, which is said.
 */
export function sayCel(
  answer: FurtherAnswer,
  { compiled, constraints, admission }: Policies,
  entryOf: (constraint: Pick<Constraint, 'kind' | 'name'>) => Entrypoint,
): void {
  for (const { name, file, line } of admission) {
    const message = `[${name}] is a ValidatingAdmissionPolicy: its CEL is not evaluated here, only by the API server`;
    const entry = entryOf({ kind: 'ValidatingAdmissionPolicy', name });
    answer.statements.push({ effect: 'depends', message, entry, source: { file, line } });
  }
  for (const constraint of constraints) {
    const both = compiled.some((one) => one.template.kind === constraint.kind && one.template.cel && one.policy);
    if (!both) continue;
    const message = `[${constraint.name}] has Rego and CEL: its Rego was asked; where the cluster makes ValidatingAdmissionPolicies of templates, the API server runs the CEL`;
    const source = { file: constraint.file, line: constraint.line };
    const entry = entryOf(constraint);
    answer.statements.push({ effect: 'note', message, entry, source, exactness: 'approximate' });
  }
}
