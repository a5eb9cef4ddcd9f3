import { type Action, type Command, flag, type Option, valued } from '../command.ts';
import { regoActions } from './options.ts';

const options: Record<string, Option> = {
  bundle: {
    type: 'string',
    value: 'DIR|TAR.GZ',
    short: 'b',
    help: 'exceptions, replay: the policy to ask (default: that of this repository)',
  },
  at: valued('DATE', 'judge as of this day (default: now)'),
  json: flag('print one JSON document, problems included'),
  from: valued('FILE|DIR', 'snapshot: saved answers of the forge, JSON'),
  fetch: flag('snapshot: ask the forge of the remote'),
  output: valued('FILE', 'snapshot: keep it here (default: your state folder)'),
  limit: valued('N', 'log: decisions to print (default 20, 0 for all)'),
  upload: flag('log: send what was not sent yet'),
  reason: valued('TEXT', 'except: why the rule may be broken there'),
  expires: valued('DATE', 'except: last day on which it counts, at most a year from now'),
  path: valued('GLOB', 'except: only in these files'),
  commit: valued('ID', 'except: only of this commit'),
  component: valued('PURL', 'except: only of this package'),
  branch: valued('GLOB', 'except: only on the way to this branch; snapshot: ask about it too'),
  approver: valued('EMAIL', 'except: who signs (default: user.email)'),
  key: valued('FILE', 'except: the SSH key to sign with (default: user.signingkey)'),
  staged: flag('except, input: of what is staged instead of what is outgoing'),
  last: valued('N', 'replay: how many commits or pushes (default: 100)'),
  commits: flag('replay: commits (the default)'),
  pushes: flag('replay: what was pushed from this clone'),
  fresh: flag('replay: judge everything anew'),
  markdown: flag('replay: print Markdown for a merge request'),
  yes: { type: 'boolean', short: 'y', help: 'except: do not ask' },
};

const usage = [
  ...Object.values(regoActions).flatMap((action) => action.usage),
  'policy input [--staged] [POINTER]',
  'policy fetch [URL…]',
  'policy snapshot --from FILE|DIR | --fetch [--branch NAME] [--output FILE]',
  'policy rejection [FILE]',
  'policy log [--limit N] [--json] [--upload]',
  'policy trust',
  'policy except RULE --reason TEXT --expires DATE [--path GLOB | --commit ID | --component PURL] [--branch GLOB]',
  'policy exceptions',
  'policy replay --bundle NEW [--last N] [--commits | --pushes]',
];

/** Which of the options each action knows that needs more than Rego. */
const known: Record<string, string[]> = {
  input: ['staged', 'at'],
  fetch: ['json'],
  snapshot: ['from', 'fetch', 'branch', 'output', 'at'],
  rejection: ['json', 'at'],
  log: ['limit', 'json', 'upload'],
  trust: [],
  except: ['reason', 'expires', 'path', 'commit', 'component', 'branch', 'approver', 'key', 'staged', 'yes', 'at'],
  exceptions: ['bundle', 'json', 'at'],
  replay: ['bundle', 'last', 'commits', 'pushes', 'fresh', 'json', 'markdown', 'at'],
};

/** What each action is for, as its own help says it first. */
const summaries: Record<string, string> = {
  eval: 'Evaluates a query against policy and data, as opa eval does.',
  test: 'Runs the rules named test_ and shows the expression that failed.',
  check: 'Compiles policy and says what is wrong with it; prints nothing when all is well.',
  bench: 'Times loading and deciding.',
  input:
    'Prints the document that policies see of what is outgoing, or the part at a JSON pointer and where it comes from.',
  fetch: 'Asks the bundle services that pregate.yaml names, and keeps what verifies and compiles.',
  snapshot: 'Keeps the rules of the forge, so that a push it would refuse is predicted. Token: PREGATE_FORGE_TOKEN.',
  rejection:
    'Reads what a refused push printed and names the rules behind it: git push 2>&1 | pregate policy rejection',
  log: 'Shows what central policies decided here, newest first.',
  trust: 'Accepts the policy that pregate.yaml names now, after it has changed.',
  except: 'Drafts and signs an exception for what a rule refuses here, and shows what the gates would say with it.',
  exceptions: 'Lists all exceptions and which of them count.',
  replay:
    'Judges commits or pushes of the past by the policy of today and by NEW, and says which would go the other way.',
};

/** `pregate policy` as its help shows it. Two bundles know the command, one of them without the actions that need git. */
export const description: Omit<Command, 'run'> = {
  name: 'policy',
  summary: 'Evaluates and tests Rego policy.',
  usage,
  help: [
    'eval, test, check and bench work on any folder of Rego, with the flags people know from opa. eval prints every answer',
    'to the query; without --data or --bundle it asks the built-in gates, and --input - reads standard input. test runs the',
    'rules named test_ and shows the expression that failed; check compiles only; bench times loading and decisions.',
    'fetch asks the bundle services that pregate.yaml names, and keeps what verifies and compiles.',
    'input prints the document that policies see (gate.input/v1) of what is outgoing, or the part at a JSON pointer and the',
    'place in a file it comes from. Its schema: media/gate.input.schema.json.',
    'snapshot keeps what the forge allows (rulesets, branch protection, push rules), so that a push it would refuse is',
    'predicted: from saved API answers, or with --fetch from GitHub or GitLab (token: PREGATE_FORGE_TOKEN).',
    'rejection reads what a refused push printed (git push 2>&1 | pregate policy rejection), names the rules that refused it,',
    'and says which of them the preview knows.',
    'log shows what central policies decided here; --upload sends it to the decision-log service you configured.',
    'trust accepts the policy that pregate.yaml names now, after it has changed. except drafts and signs an exception for',
    'what a rule refuses here and shows what the gates would say with it; exceptions lists all and which of them count.',
    'replay judges the last commits (each alone, along the first parents) or pushes (from the reflog) by this policy and by NEW.',
  ],
  actions: summarised({ ...regoActions, ...others() }),
  options,
  examples: [
    ["pregate policy eval 'data.pregate.push.deny' --input input.json", 'what the push gate denies'],
    ["pregate policy eval -d policy/ -i input.json --explain fails 'data.app.allow'", 'why a rule did not hold'],
    ['pregate policy test policy/ -v --coverage', 'run a folder’s own tests'],
  ],
};

function summarised(actions: Record<string, Action>): Record<string, Action> {
  const one = ([name, action]: [string, Action]): [string, Action] => {
    const summary = summaries[name];
    return [name, { ...(summary === undefined ? {} : { summary }), ...action }];
  };
  return Object.fromEntries(Object.entries(actions).map(one));
}

/** Help says of shared options which actions they belong to; in that of one action only its own part is left. */
function ownHelp(option: Option, action: string): Option {
  const parts = option.help.split(/; (?=[a-z]+: )/).flatMap((part) => {
    const [, names = '', said = part] = /^([a-z]+(?:, [a-z]+)*): (.*)$/.exec(part) ?? [];
    return names === '' || names.split(', ').includes(action) ? [said] : [];
  });
  return { ...option, help: parts.join('; ') };
}

function others(): Record<string, Action> {
  const action = ([name, names]: [string, string[]]): [string, Action] => [
    name,
    {
      usage: usage.filter((line) => line.split(' ')[1] === name),
      options: Object.fromEntries(names.map((one) => [one, ownHelp(options[one] as Option, name)])),
    },
  ];
  return Object.fromEntries(Object.entries(known).map(action));
}
