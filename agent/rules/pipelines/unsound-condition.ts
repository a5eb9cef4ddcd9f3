import { replaceScalar } from '../../model/patch.ts';
import { parseExpression } from '../../model/pipeline/expression.ts';
import { type ExpressionSpan, expressionsIn } from '../../model/pipeline/spans.ts';
import { stepsOf } from '../../model/pipeline/trust.ts';
import type { Condition, Pipeline } from '../../model/pipeline/types.ts';
import type { Fix } from '../../model/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'unsound-condition',
    title: 'Condition that is always true',
    category: 'pipeline',
    severity: 'high',
    confidence: 'high',
    why: 'Text around ${{ … }}, even the line break at the end of a block, turns the whole condition into a string, and a string that is not empty is true.\nThe check it was meant to be never stops anything.',
    fix: 'Write the condition without ${{ }}, or as one ${{ … }} with nothing around it.',
    sources: [
      'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idif',
      'https://github.com/actions/runner/issues/1173',
    ],
  },
  reads: 'pipeline',
  *check(pipeline) {
    const conditions: Condition[] = [];
    for (const job of pipeline.workflow?.jobs ?? []) if (job.condition) conditions.push(job.condition);
    for (const step of stepsOf(pipeline)) if (step.condition) conditions.push(step.condition);
    for (const { node } of conditions) {
      const spans = expressionsIn(node);
      if (spans.length === 0 || isWhole(node.text, spans)) continue;
      const block = node.style === 'literal' || node.style === 'folded';
      const onlyBreak = node.text.trim().length === (spans[0]?.end ?? 0) - (spans[0]?.start ?? 0);
      const message =
        block && onlyBreak
          ? 'This condition is always true: the block ends in a line break, so it is text and not a value'
          : 'This condition is always true: with text around ${{ … }} it is a string, and strings count as true';
      yield {
        path: pipeline.document.path,
        range: node.range,
        message,
        identity: node.text.trim(),
        fixes: () => unwrapFix(pipeline, node, spans),
      };
    }
  },
});

function isWhole(text: string, spans: readonly ExpressionSpan[]): boolean {
  const [only] = spans;
  return spans.length === 1 && only !== undefined && only.start === 0 && only.end === text.length;
}

/** Takes the marks away; what they held is bracketed where an operator stands beside it. */
function unwrapFix(pipeline: Pipeline, node: Condition['node'], spans: readonly ExpressionSpan[]): Fix[] {
  let text = '';
  let at = 0;
  const alone =
    spans.length === 1 &&
    node.text.slice(0, spans[0]?.start).trim() === '' &&
    node.text.slice(spans[0]?.end).trim() === '';
  for (const span of spans) {
    const bracket = !alone && span.expression?.kind === 'operator' && span.expression.operator !== '!';
    const inner = span.text.trim();
    text += node.text.slice(at, span.start) + (bracket ? `(${inner})` : inner);
    at = span.end;
  }
  text = (text + node.text.slice(at)).trim();
  if (!parseExpression(text) || text.includes('\n')) return [];
  const plain = node.style === 'literal' || node.style === 'folded' ? 'plain' : node.style;
  const edits = replaceScalar(pipeline.document, node, text, plain);
  // The step or job will be skipped when the condition does not hold: that is the point, and a change.
  return [{ title: 'Write the condition without ${{ }}', edits, safe: false }];
}
