import { shown } from '../../model/npm/report.ts';
import { eventsReaching, forkEvents, guardOf } from '../../model/pipeline/trust.ts';
import type { Job } from '../../model/pipeline/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'pr-on-self-hosted-runner',
    title: 'Pull requests of outsiders on a machine of yours',
    category: 'pipeline',
    severity: 'high',
    confidence: 'medium',
    why: 'A pull request from a fork brings its own workflow and code, and here they run on a machine in your network that keeps its state.\nWhat it leaves behind meets the next job.',
    fix: 'Run pull requests on GitHub’s own runners, or only for branches of this repository; make the others ephemeral.',
    sources: [
      'https://docs.github.com/en/actions/reference/security/secure-use#hardening-for-self-hosted-runners',
      'https://johnstawinski.com/2024/01/11/playing-with-fire-how-we-executed-a-critical-supply-chain-attack-on-pytorch/',
    ],
  },
  reads: 'pipeline',
  *check(pipeline) {
    const { workflow } = pipeline;
    for (const job of workflow?.jobs ?? []) {
      const event = [...eventsReaching(workflow, job)].find(
        (each) => forkEvents.has(each) || each === 'pull_request_target',
      );
      if (!event || guardOf(job) === 'same-repository' || !job.runsOnNode || !isSelfHosted(job)) continue;
      yield {
        path: pipeline.document.path,
        range: job.runsOnNode.range,
        message: `Job ${shown(job.id)} runs ${event} on a self-hosted machine: code of forks reaches your network`,
        identity: job.id,
      };
    }
  },
});

/** Only the label that GitHub gives to every self-hosted runner is sure; groups may hold hosted ones. */
function isSelfHosted(job: Job): boolean {
  return job.runsOn.some((label) => /(?:^|["'\s,[])self-hosted(?:$|["'\s,\]])/i.test(label.text));
}
