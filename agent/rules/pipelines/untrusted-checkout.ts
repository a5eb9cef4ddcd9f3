import { foreignContentOf, privilegedAmong } from '../../model/pipeline/foreign.ts';
import { holdsPower } from '../../model/pipeline/power.ts';
import { eventsReaching, guardOf } from '../../model/pipeline/trust.ts';
import type { Job, Step, Workflow } from '../../model/pipeline/types.ts';
import { type Command, effective } from '../../model/script.ts';
import type { Confidence, Severity } from '../../model/types.ts';
import { defineRule, type RuleContext } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'untrusted-checkout',
    title: 'Foreign code checked out beside secrets',
    category: 'pipeline',
    severity: 'high',
    confidence: 'high',
    why: 'The job runs with this repository’s token and secrets, and now holds files an outsider wrote.\nA build script, a test, a package hook or a local action among them runs with all of that.',
    fix: 'Build foreign code on pull_request, without secrets; let a second, privileged workflow only read its results as data.',
    sources: ['https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/'],
  },
  reads: 'pipeline',
  *check(pipeline, context) {
    const { workflow } = pipeline;
    for (const job of workflow?.jobs ?? []) {
      if (!workflow || job.steps.length === 0) continue;
      for (const { step, kind, what } of foreignContentOf(pipeline, job)) {
        if (kind !== 'checkout' || privilegedAmong(eventsReaching(workflow, job, step)).length === 0) continue;
        const guard = guardOf(job, step);
        if (guard === 'same-repository') continue;
        const runner = job.steps.slice(step.index).find((later) => runsFiles(later, step, context));
        const judged = judge(workflow, job, runner, guard);
        const range = step.uses?.node.range ?? step.run?.node.range ?? step.node.range;
        const how = runner ? 'and then runs files of it' : 'and holds its files';
        const power = holdsPower(workflow, job)
          ? "this repository's secrets or a token that can write"
          : 'a token of this repository';
        yield {
          path: pipeline.document.path,
          range,
          message: `The job checks out ${what} ${how}, with ${power}`,
          ...judged,
          related: runner ? [{ path: pipeline.document.path, range: runner.node.range, message: 'runs here' }] : [],
          identity: `${job.id}:${step.uses?.source ?? 'run'}`,
        };
      }
    }
  },
});

function judge(
  workflow: Workflow,
  job: Job,
  runner: Step | undefined,
  guard: string | undefined,
): { severity: Severity; confidence: Confidence } {
  const power = holdsPower(workflow, job);
  // A label, an approval or a person of trust stands before it; what they saw can still change after.
  if (guard || job.environment || isLabelGated(job)) return { severity: 'medium', confidence: 'medium' };
  if (runner) return { severity: power ? 'critical' : 'high', confidence: 'high' };
  return { severity: power ? 'high' : 'medium', confidence: 'medium' };
}

function isLabelGated(job: Job): boolean {
  const condition = job.condition?.node.text ?? '';
  return /\blabels?\b[^&|]*\bname\b|github\.event\.label\.name|github\.event\.action\s*==\s*'labeled'/.test(condition);
}

/** Tools that run what they find in the folder they work in. */
const tools =
  /^(?:npm|npx|yarn|pnpm|pnpx|bun|bunx|deno|node|make|gmake|cmake|ninja|meson|pip3?|python[\d.]*|pytest|tox|nox|poetry|pdm|uv|uvx|hatch|pre-commit|go|cargo|mvn|gradle|ant|sbt|bundle|rake|gem|ruby|composer|php|phpunit|dotnet|msbuild|nuget|terraform|tofu|terragrunt|pulumi|ansible-playbook|docker|docker-compose|podman|buildah|bazel|buck2|nix|just|task|mise|swift|xcodebuild|fastlane|flutter|dart|mix|rebar3|stack|cabal|zig|helm|goreleaser|jekyll|hugo|mkdocs|eslint|prettier|vite|webpack|rubocop|golangci-lint|act)$/;
const shells = /^(?:sh|bash|zsh|dash|ksh|source|\.)$/;

function runsFiles(step: Step, checkout: Step, context: RuleContext): boolean {
  if (step === checkout) return step.run !== undefined && commandsOf(step, context).some(runsFile);
  if (step.uses?.kind === 'local') return true;
  if (
    /^(?:docker\/build-push-action|docker\/bake-action|pre-commit\/action|golangci\/golangci-lint-action|gradle\/gradle-build-action|cypress-io\/github-action)$/i.test(
      step.uses?.source ?? '',
    )
  )
    return true;
  return commandsOf(step, context).some(runsFile);
}

function commandsOf(step: Step, context: RuleContext): readonly Command[] {
  if (!step.run) return [];
  return context.all('script').find((script) => script.block?.node === step.run?.node)?.commands ?? [];
}

function runsFile(command: Command): boolean {
  const run = effective(command);
  if (!run) return false;
  if (/^\.{1,2}\//.test(run.program.text)) return true;
  if (shells.test(run.name)) return run.args.some((word) => /[./]/.test(word.text) && !word.text.startsWith('-'));
  if (!tools.test(run.name)) return false;
  const verbs = run.args.map((word) => word.text);
  return !verbs.some((verb) => /^(?:--version|-v|--help|login|--ignore-scripts)$/.test(verb));
}
