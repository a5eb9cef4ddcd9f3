import { shown } from '../../model/npm/report.ts';
import { foreignContentOf } from '../../model/pipeline/foreign.ts';
import { holdsPower } from '../../model/pipeline/power.ts';
import { eventsReaching, guardOf } from '../../model/pipeline/trust.ts';
import type { Job, Pipeline, Trigger, Workflow } from '../../model/pipeline/types.ts';
import type { Confidence, Severity } from '../../model/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dangerous-triggers',
    title: 'Trigger that gives outsiders a run with secrets',
    category: 'pipeline',
    severity: 'medium',
    confidence: 'medium',
    why: 'pull_request_target and workflow_run start from what an outsider did, but run with the write token and secrets of this repository.\nAny step that touches the outsider’s content then hands both over.',
    fix: 'Use pull_request where nothing secret is needed. Otherwise check out no foreign code, keep permissions minimal, and restrict who and what it runs for.',
    sources: [
      'https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/',
      'https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#pull_request_target',
    ],
  },
  reads: 'pipeline',
  *check(pipeline) {
    const workflow = pipeline.workflow;
    if (!workflow) return;
    for (const trigger of workflow.triggers) {
      if (trigger.name !== 'pull_request_target' && trigger.name !== 'workflow_run') continue;
      const judged = judge(pipeline, workflow, trigger);
      if (!judged) continue;
      yield { path: pipeline.document.path, range: trigger.node.range, ...judged, identity: trigger.name };
    }
  },
});

interface Judged {
  severity: Severity;
  confidence: Confidence;
  message: string;
}

function judge(pipeline: Pipeline, workflow: Workflow, trigger: Trigger): Judged | undefined {
  const jobs = workflow.jobs.filter((job) => eventsReaching(workflow, job).has(trigger.name));
  const open = jobs.filter((job) => guardOf(job) !== 'same-repository' && !onlyOwnBranches(job, trigger));
  if (open.length === 0) return undefined;
  const risky = open.find((job) => holdsPower(workflow, job));
  const what =
    trigger.name === 'workflow_run' ? 'runs after workflows that forks can start' : 'runs for pull requests of forks';
  if (!risky) {
    const message = `${trigger.name} ${what}; its jobs hold no secret and may not write, so keep it that way`;
    return { severity: 'low', confidence: 'medium', message };
  }
  const message = `${trigger.name} ${what}, with this repository's token and secrets: job ${shown(risky.id)} can write or holds secrets`;
  // One job that only labels or comments is what the trigger is made for.
  return {
    severity: open.some((job) => foreignContentOf(pipeline, job).length > 0) ? 'high' : 'medium',
    confidence: 'medium',
    message,
  };
}

/** `if: github.event.workflow_run.event == 'push'` and the like leave no pull request. */
function onlyOwnBranches(job: Job, trigger: Trigger): boolean {
  if (trigger.name !== 'workflow_run') return false;
  const condition = job.condition?.node.text ?? '';
  return (
    /github\.event\.workflow_run\.event\s*==\s*'(?:push|schedule|workflow_dispatch|release|merge_group)'/.test(
      condition,
    ) && !condition.includes('||')
  );
}
