import { type Expression, walkExpression } from '../../model/pipeline/expression.ts';
import { expressionsIn } from '../../model/pipeline/spans.ts';
import { scalarsOf } from '../../model/tree/index.ts';
import type { Severity } from '../../model/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'overprovisioned-secrets',
    title: 'Every secret handed to one place',
    category: 'pipeline',
    severity: 'medium',
    confidence: 'high',
    why: 'toJSON(secrets) and secrets[name] make the runner load every secret of the repository for this job.\nOne leak, or one action that is taken over, then gives all of them.',
    fix: 'Name each secret that is needed: ${{ secrets.NAME }}.',
    sources: ['https://docs.github.com/en/actions/reference/security/secure-use#use-secrets-for-sensitive-information'],
  },
  reads: 'pipeline',
  *check(pipeline) {
    const root = pipeline.workflow?.root ?? pipeline.action?.root;
    for (const scalar of scalarsOf(root)) {
      if (!/secrets/i.test(scalar.text)) continue;
      for (const span of expressionsIn(scalar)) {
        const judged = span.expression && judge(span.expression);
        if (!judged) continue;
        yield { path: pipeline.document.path, range: span.range, ...judged, identity: span.text.trim() };
      }
    }
  },
});

function judge(expression: Expression): { message: string; severity: Severity } | undefined {
  for (const part of walkExpression(expression)) {
    if (part.kind === 'call' && part.name === 'tojson') {
      const [argument] = part.args;
      if (argument?.kind === 'context' && argument.path.length === 1 && argument.path[0] === 'secrets') {
        return { severity: 'medium', message: 'toJSON(secrets) hands over every secret of this repository at once' };
      }
    }
    if (part.kind === 'context' && part.path[0] === 'secrets' && part.path[1] === '*') {
      return {
        severity: 'low',
        message: 'A secret by a computed name makes the runner load every secret for this job',
      };
    }
  }
  return undefined;
}
