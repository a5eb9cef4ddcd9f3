import { shown } from '../../model/npm/report.ts';
import { foreignContentOf } from '../../model/pipeline/foreign.ts';
import { expressionsIn } from '../../model/pipeline/spans.ts';
import { type Source, sourcesOf } from '../../model/pipeline/taint.ts';
import { eventsReaching, forkEvents, privilegedEvents, stepsOf } from '../../model/pipeline/trust.ts';
import type { Pipeline, Step } from '../../model/pipeline/types.ts';
import { type Command, effective, type Script, type Word } from '../../model/script.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'github-env',
    title: 'Foreign text written to GITHUB_ENV or GITHUB_PATH',
    category: 'pipeline',
    severity: 'high',
    confidence: 'high',
    why: 'Each line of GITHUB_ENV becomes a variable of the later steps, each line of GITHUB_PATH a folder programs are taken from.\nA value with a line break in it sets LD_PRELOAD or NODE_OPTIONS, and so runs code.',
    fix: 'Hand the value over as a step output and read it in env:, or check it against a pattern before it is written.',
    sources: ['https://codeql.github.com/codeql-query-help/actions/actions-envvar-injection-critical/'],
  },
  reads: 'pipeline',
  *check(pipeline, context) {
    if (!pipeline.workflow && !pipeline.action) return;
    for (const step of stepsOf(pipeline)) {
      if (!step.run || !/GITHUB_(?:ENV|PATH)/.test(step.run.node.text)) continue;
      const script = context.all('script').find((each) => each.block?.node === step.run?.node);
      for (const command of script?.commands ?? []) {
        const target = targetOf(command);
        const origin = target && script && originOf(pipeline, step, script, command);
        if (!origin) continue;
        const privileged = [...eventsReaching(pipeline.workflow, step.job, step)].some((event) =>
          privilegedEvents.has(event),
        );
        yield {
          path: pipeline.document.path,
          range: command.range,
          message: `${shown(origin)} is written to ${target}: a line break in it sets any variable of the later steps`,
          severity: privileged ? 'critical' : 'high',
          confidence: 'medium',
          identity: `${target}:${origin}`,
        };
      }
    }
  },
});

/** `GITHUB_ENV` or `GITHUB_PATH`, when the command writes there, itself or through `tee`. */
function targetOf(command: Command): string | undefined {
  for (const { operator, target } of command.redirects) if (/^>/.test(operator)) return nameIn(target);
  const tee = command.pipeTo && effective(command.pipeTo);
  if (tee?.name !== 'tee') return undefined;
  return tee.args.map(nameIn).find((name) => name !== undefined);
}

function nameIn(word: Word): string | undefined {
  return /\bGITHUB_(?:ENV|PATH)\b|github\.(?:env|path)\b/.exec(word.text)?.[0].toUpperCase().replace('.', '_');
}

function originOf(pipeline: Pipeline, step: Step, script: Script, command: Command): string | undefined {
  const scope = { pipeline, step, ...(step.job ? { job: step.job } : {}) };
  const events = eventsReaching(pipeline.workflow, step.job, step);
  const counts = (source: Source) =>
    source.trust === 'outsider' &&
    (!pipeline.workflow || (source.events ?? [...events]).some((event) => events.has(event)));
  const [first, last] = spanOf(script, command);
  for (const span of expressionsIn(step.run?.node)) {
    if (span.start < first || span.start >= last || !span.expression) continue;
    const source = sourcesOf(span.expression, scope).find(counts);
    if (source) return source.name;
  }
  const text = script.view.text.slice(first, last);
  for (const env of [step.env, step.job?.env, pipeline.workflow?.env]) {
    for (const { key, value } of env?.entries ?? []) {
      if (value?.kind !== 'scalar' || !new RegExp(`\\$\\{?${escaped(key.text)}\\b`).test(text)) continue;
      for (const { expression } of expressionsIn(value)) {
        const source = expression && sourcesOf(expression, scope).find(counts);
        // A heredoc with a random mark, or a check of the value, is what GitHub recommends.
        if (source && !/\btr\s+-d\b|\bsed\b|\bgrep\b/.test(text)) return source.name;
      }
    }
  }
  return fileOrigin(pipeline, step, command);
}

/** `cat pr/number.txt >> $GITHUB_ENV` after an artifact of another run was unpacked. */
function fileOrigin(pipeline: Pipeline, step: Step, command: Command): string | undefined {
  const { job } = step;
  if (!job || !isReader(command)) return undefined;
  const events = eventsReaching(pipeline.workflow, job, step);
  const open = [...events].some((event) => privilegedEvents.has(event) || forkEvents.has(event));
  const earlier = foreignContentOf(pipeline, job).find((content) => content.step.index < step.index);
  return open && earlier ? `A file of ${earlier.what}` : undefined;
}

function isReader(command: Command): boolean {
  const inner = command.words.flatMap((word) => word.substitutions.flatMap((part) => part.commands));
  const names = [command, ...inner].map((each) => effective(each)?.name ?? '');
  return (
    names.some((name) => /^(?:cat|head|tail|jq|grep|awk|sed)$/.test(name)) ||
    command.words.some((word) => /\$\(\s*</.test(word.text))
  );
}

/** Place of a command in the script's text, its heredocs with it. */
function spanOf(script: Script, command: Command): [number, number] {
  const words = [...command.words, ...command.assignments.map(({ value }) => value)];
  const heredocs = command.heredocs.map(({ end }) => end);
  const start = Math.min(...words.map((word) => word.start), script.view.text.length);
  return [start, Math.max(start, ...words.map((word) => word.end), ...heredocs)];
}

function escaped(text: string): string {
  return text.replace(/[^\w]/g, '\\$&');
}
