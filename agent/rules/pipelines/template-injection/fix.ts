import { insertEntry, replaceIn } from '../../../model/patch.ts';
import type { CodeSink } from '../../../model/pipeline/sinks.ts';
import { type ExpressionSpan, expressionsIn } from '../../../model/pipeline/spans.ts';
import type { Pipeline, Step } from '../../../model/pipeline/types.ts';
import { quoteAt } from '../../../model/script/quote.ts';
import { asText, entryOf } from '../../../model/tree/index.ts';
import type { Edit, Entry, Fix } from '../../../model/types.ts';
import type { RuleContext } from '../../rule.ts';
import { scriptReplacement } from './javascript.ts';

/** Characters of the script to replace, and what with. */
export interface Replacement {
  from: number;
  to: number;
  text: string;
  /** The value reaches the same program as the same text; otherwise word splitting may change. */
  safe: boolean;
  /** What the variable holds, where that is not the expression itself. */
  value?: string;
}

/** Moves the expression into `env:` and reads the variable in the script's own syntax. None where that is not surely right. */
export function injectionFixes(
  pipeline: Pipeline,
  step: Step,
  sink: CodeSink,
  span: ExpressionSpan,
  context: RuleContext,
): Fix[] {
  if (sink.kind === 'input' || pipeline.workflow?.root.flow || step.node.flow) return [];
  // A script that is nothing but the value is meant to be run: there is no right place for quotes.
  if (sink.node.text.trim().length === span.end - span.start) return [];
  const { document } = pipeline;
  const expression = `\${{ ${span.text.trim()} }}`;
  const { name, existing } = variableFor(pipeline, step, span, expression);
  const replacement =
    sink.kind === 'run' ? shellReplacement(step, span, name, context) : scriptReplacement(sink.node.text, span, name);
  if (!replacement) return [];
  const script = replaceIn(document, sink.node, replacement.from, replacement.to, replacement.text);
  const env = existing ? [] : envEdits(pipeline, step, name, expression);
  if (script.length === 0 || (!existing && env.length === 0)) return [];
  const title = existing ? `Use the variable ${name} instead` : `Hand it over in env as ${name}`;
  return [{ title, edits: [...env, ...script], safe: replacement.safe }];
}

function shellReplacement(
  step: Step,
  span: ExpressionSpan,
  name: string,
  context: RuleContext,
): Replacement | undefined {
  const block = step.run;
  if (!block?.dialect || block.dialect === 'cmd') return undefined;
  const script = context.all('script').find((each) => each.block?.node === block.node);
  if (!script) return undefined;
  const state = quoteAt(script, span.start);
  const power = block.dialect === 'pwsh';
  const reference = power ? `\${env:${name}}` : `\${${name}}`;
  const place = { from: span.start, to: span.end };
  if (state === 'double' || (state === 'heredoc' && !power)) return { ...place, text: reference, safe: block.certain };
  if (state === 'assignment' || state === 'bare') {
    return { ...place, text: `"${reference}"`, safe: state === 'assignment' && block.certain };
  }
  if (state !== 'single' || power) return undefined;
  return { ...place, text: `'"${reference}"'`, safe: block.certain };
}

function envEdits(pipeline: Pipeline, step: Step, name: string, expression: string): Edit[] {
  const { document } = pipeline;
  if (step.env) return insertEntry(document, step.env, name, expression);
  const before = entryOf(step.node, 'run') ?? entryOf(step.node, 'with');
  return before ? insertEntry(document, step.node, 'env', { [name]: expression }, { before }) : [];
}

/** A name that says what it holds, or the variable that already holds it. */
function variableFor(
  pipeline: Pipeline,
  step: Step,
  span: ExpressionSpan,
  expression: string,
): { name: string; existing: boolean } {
  const holders = [step.env, step.job?.env, pipeline.workflow?.env];
  // What stands in `env` is a variable of the script already.
  const path = span.expression?.kind === 'context' ? span.expression.path : [];
  if (path[0] === 'env' && path.length === 2) {
    const keys = holders.flatMap((holder) => holder?.entries ?? []).map(({ key }) => key.text);
    const own = keys.find((key) => key.toLowerCase() === path[1]);
    if (own) return { name: own, existing: true };
  }
  for (const { key, value } of step.env?.entries ?? []) {
    if (sameExpression(value, expression)) return { name: key.text, existing: true };
  }
  const wanted = nameOf(span);
  const script = step.run?.node.text ?? '';
  for (let count = 1; ; count++) {
    const name = count === 1 ? wanted : `${wanted}_${count}`;
    const taken = holders.some((holder) => entryOf(holder, name)) || new RegExp(`\\b${name}\\b`).test(script);
    if (!taken || count > 20) return { name, existing: false };
  }
}

function sameExpression(value: Entry['value'], expression: string): boolean {
  const text = asText(value);
  if (!text || value?.kind !== 'scalar') return false;
  const [only, ...more] = expressionsIn(value);
  return (
    more.length === 0 &&
    only !== undefined &&
    text.trim() === text.slice(only.start, only.end) &&
    `\${{ ${only.text.trim()} }}` === expression
  );
}

/** `github.event.pull_request.title` → `PULL_REQUEST_TITLE`; never a name that a program or the runner listens to. */
function nameOf(span: ExpressionSpan): string {
  const path = /[A-Za-z_][\w-]*(?:\.[\w*-]+)+/.exec(span.text)?.[0] ?? 'value';
  const parts = path.split('.').filter((part) => part !== '*');
  const short =
    parts[0] === 'github' && parts[1] === 'event' && parts.length > 3
      ? parts.slice(2)
      : parts[0] === 'github'
        ? parts.slice(1)
        : parts;
  const name = short
    .join('_')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
  return /^(?:GITHUB|RUNNER|ACTIONS)_|^\d|^[A-Z]*$/.test(name) ? `VALUE_${name}` : name;
}
