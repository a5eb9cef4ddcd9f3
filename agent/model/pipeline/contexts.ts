import { asText, entriesOf, get, itemsOf } from '../tree/index.ts';
import type { Source } from './taint.ts';
import type { Workflow } from './types.ts';

type Finding = Pick<Source, 'trust' | 'events'> | undefined;

const pullRequest = ['pull_request', 'pull_request_target', 'pull_request_review', 'pull_request_review_comment'];
const issue = ['issues', 'issue_comment'];

/**
 * Free text that outsiders write, below `github.event`. Logins, ids, numbers, hashes, URLs and `owner/name` pairs are
 * left out: their alphabets hold nothing a shell would act on.
 * https://docs.github.com/en/actions/concepts/security/script-injections,
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads
 */
const outsiderPaths: [RegExp, readonly string[]][] = [
  [/^issue(?:\.(?:title|body))?$/, issue],
  [/^pull_request(?:\.(?:title|body))?$/, pullRequest],
  [/^pull_request\.head(?:\.(?:ref|label))?$/, pullRequest],
  [/^pull_request\.head\.repo(?:\.(?:default_branch|description|homepage))?$/, pullRequest],
  [
    /^comment(?:\.(?:body|path|diff_hunk))?$/,
    ['issue_comment', 'commit_comment', 'discussion_comment', 'pull_request_review_comment'],
  ],
  [/^review(?:\.body)?$/, ['pull_request_review']],
  [/^discussion(?:\.(?:title|body))?$/, ['discussion', 'discussion_comment']],
  [/^pages(?:\..+\.(?:page_name|title|summary))?$/, ['gollum']],
  [/^(?:head_commit|commits(?:\.[^.]+)?)(?:\.message|\.(?:author|committer)(?:\.(?:name|email))?)?$/, ['push']],
  [/^workflow_run(?:\.(?:head_branch|display_title))?$/, ['workflow_run']],
  [/^workflow_run\.head_commit(?:\.message|\.(?:author|committer)(?:\.(?:name|email))?)?$/, ['workflow_run']],
  [/^workflow_run\.head_repository(?:\.description)?$/, ['workflow_run']],
  [/^workflow_run\.pull_requests(?:\..+\.head\.ref)?$/, ['workflow_run']],
  [/^check_(?:suite|run\.check_suite)\.head_branch$/, ['check_suite', 'check_run']],
  [/^changes\.(?:title|body|head\.ref)\.from$/, [...issue, ...pullRequest]],
  [/^forkee(?:\.(?:description|homepage|default_branch))?$/, ['fork']],
];

/** Text that only people with write or triage access decide. */
const insiderPaths: [RegExp, readonly string[] | undefined][] = [
  [/^(?:inputs|client_payload)(?:\..+)?$/, ['workflow_dispatch', 'repository_dispatch']],
  [/^(?:label|milestone)\.(?:name|title|description)$/, undefined],
  [/^(?:pull_request|issue)\.(?:labels|milestone)(?:\..*(?:name|title|description))?$/, undefined],
  [/^release(?:\.(?:name|body|tag_name|target_commitish))?$/, ['release']],
];

/** Who decides `github.<path>`; undefined when nobody can put code into it. */
export function outsiderSource(path: string[], workflow: Workflow | undefined): Finding {
  const name = path.join('.');
  if (name === '' || name === 'event') return { trust: 'outsider' };
  if (name === 'head_ref') return { trust: 'outsider', events: ['pull_request', 'pull_request_target'] };
  if (/^(?:ref|ref_name|event\.ref)$/.test(name)) {
    return branchIsFree(workflow) ? { trust: 'insider', events: ['push', 'create', 'delete'] } : undefined;
  }
  if (path[0] !== 'event') return undefined;
  const below = name.slice('event.'.length);
  const outsider = outsiderPaths.find(([pattern]) => pattern.test(below));
  if (outsider) return { trust: 'outsider', events: outsider[1] };
  const input = /^inputs\.([^.]+)$/.exec(below)?.[1];
  if (input && isSafeInput(workflow, input)) return undefined;
  const insider = insiderPaths.find(([pattern]) => pattern.test(below));
  return insider ? { trust: 'insider', ...(insider[1] ? { events: insider[1] } : {}) } : undefined;
}

function isSafeInput(workflow: Workflow | undefined, name: string): boolean {
  const dispatch = workflow?.triggers.find((trigger) => trigger.name === 'workflow_dispatch');
  const input = entriesOf(get(dispatch?.value, 'inputs')).find(({ key }) => key.text.toLowerCase() === name)?.value;
  return /^(?:boolean|number|choice|environment)$/.test(asText(get(input, 'type')) ?? '');
}

/** Filters without a pattern leave only names that the workflow itself spells out. */
function branchIsFree(workflow: Workflow | undefined): boolean {
  for (const trigger of workflow?.triggers ?? []) {
    if (trigger.name === 'create' || trigger.name === 'delete') return true;
    if (trigger.name !== 'push') continue;
    const filters = ['branches', 'tags'].flatMap((key) => itemsOf(get(trigger.value, key)));
    if (filters.length === 0 || filters.some((filter) => /[*?[\]+!]/.test(asText(filter) ?? '*'))) return true;
  }
  return false;
}
