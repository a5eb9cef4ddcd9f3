/**
 * Why a policy closes a gate: what each code means and what helps, in groups that ask for the same. The line itself says
 * what is wrong; this says what to do about it, also where the line is all that a person sees (hooks, `preview`).
 */
export const policyCodes: readonly [codes: string, means: string, todo: string][] = [
  [
    'policy-changed',
    'pregate.yaml names another policy, key or scope than the one this user has met in this repository.',
    'If that is meant: pregate policy trust. If not, look at who changed pregate.yaml.',
  ],
  [
    'bundle-not-fetched',
    'The policy lies on a bundle service that was never asked, so there is no copy to judge by.',
    'pregate policy fetch',
  ],
  [
    'bundle-fetch',
    'The bundle service could not be asked, or sent no bundle. A copy that is here stays in use and grows old.',
    'Mend what the line names (address, credentials and CA stand in your own configuration, docs/bundles.md), then pregate policy fetch.',
  ],
  [
    'bundle-stale',
    'The last good copy of the policy is older than policy.max-age, or of a time to come.',
    'pregate policy fetch; if the service sends nothing newer, ask who publishes the policy.',
  ],
  [
    'bundle-unverified',
    'The signature of the policy does not hold: key, algorithm, scope, a file, or its own end.',
    'Use nothing of it. Ask who publishes the policy whether key or bundle changed, then pregate policy fetch.',
  ],
  [
    'bundle-unsigned',
    'policy.key asks for a signature, and the policy has none.',
    'Ask who publishes it to sign it (opa build --signing-key); without policy.key it counts unsigned.',
  ],
  [
    'bundle-signed',
    'The policy is signed, and nothing says with which key. A signature that nobody verifies proves nothing.',
    'Name the key in pregate.yaml: policy.key (docs/bundles.md).',
  ],
  [
    'bundle-key',
    'The key or credential that the policy needs is not in your own configuration, or cannot be read.',
    'Add it to your own configuration: keys and services, docs/bundles.md.',
  ],
  [
    'bundle-source',
    'policy.bundle is no source that is understood, or leads out of the repository.',
    'Mend policy.bundle: a path, file:, git:, oci: or https: (docs/bundles.md).',
  ],
  [
    'bundle-unreadable bundle-encoding',
    'The policy is missing, cut off, too large, not UTF-8, or holds links; a part of a policy is no policy.',
    'Look at what the line names, or publish it again with opa build.',
  ],
  [
    'bundle-manifest bundle-data bundle-roots',
    'A file of the policy contradicts OPA’s format: .manifest, data, or something outside the declared roots.',
    'Mend the file that is named where the policy is published; opa build refuses the same.',
  ],
  [
    'bundle-empty',
    'The policy holds no rule, so it could refuse nothing.',
    'Look whether policy.bundle names the right folder, and whether the bundle was built from it.',
  ],
  [
    'bundle-overlap',
    'Two policies claim the same part of the document, so nobody can say whose rule counts.',
    'Name the part of each in .manifest, under roots.',
  ],
  [
    'bundle-compiled bundle-delta',
    'The bundle is of a form that is not judged by: several compiled policies, plan.json, or a delta bundle.',
    'Publish Rego, or one policy.wasm for each bundle.',
  ],
  [
    'policy-missing policy-unreadable policy-value policy-files policy-feed',
    'The policy is not there, cannot be read, or gave no answer: every gate that needs it is closed.',
    'pregate policy check <folder> says where; docs/bundles.md says how bundles are read.',
  ],
  [
    'policy-compile',
    'The policy does not compile, so none of it judges.',
    'Mend the line that is named: pregate policy check <folder> shows all of them.',
  ],
  [
    'policy-error',
    'A rule of the policy could not be evaluated to its end.',
    'Mend the rule that is named; pregate policy eval shows it with the same input.',
  ],
  [
    'policy-steps policy-memory',
    'A decision took more steps, or made more values, than it may.',
    'pregate policy eval --profile shows which rule: let it look at less.',
  ],
  [
    'engine-unreachable',
    'The OPA server that was to decide did not answer, or its answer is no decision.',
    'See whether it runs and has the policy; without --engine opa-server the bundle is judged here.',
  ],
  [
    'engine-difference',
    'The opa program and our engine answer one question differently, so neither is believed.',
    'Report it with the decision that is named; without --verify-with our engine answers alone.',
  ],
  [
    'cross-check-missing cross-check-partial',
    'What --verify-with asked for could not be compared, or not all of it.',
    'The line says what is missing: Rego source, or an opa program on the PATH and outside the repository.',
  ],
  [
    'policy-offline',
    'A rule asks the network, which no gate does here; what it would have said is unknown.',
    'Let the policy take the answer from its data.',
  ],
  [
    'unknown-input rego-test rollout-unread gatekeeper-error gatekeeper-template',
    'A policy asks for something that cannot be known or read here.',
    'pregate preview --why shows the rule and what it reads.',
  ],
];

/** What to do about a problem: undefined where its own line names the command, or nothing is known beyond the line. */
export function todoOf({ code, message }: { code: string; message: string }): string | undefined {
  if (/\bpregate [a-z]+/.test(message)) return undefined;
  if (code === 'policy-compile' && /`(?:if|contains)` keyword is required/.test(message)) return olderRego;
  return policyCodes.find(([codes]) => codes.split(' ').includes(code))?.[2];
}

const olderRego =
  'It is written in Rego v0: say so in its .manifest, {"rego_version": 0}, or rewrite it (opa fmt --v0-v1).';

/** Each problem with what to do about it: once for several that ask for the same, below the last of them. */
export function withTodos<T extends { code: string; message: string; fatal: boolean }>(
  problems: readonly T[],
): { problem: T; todo?: string }[] {
  const todos = problems.map((problem) => (problem.fatal ? todoOf(problem) : undefined));
  return problems.map((problem, index) => {
    const todo = todos[index];
    return todo === undefined || todos.indexOf(todo, index + 1) !== -1 ? { problem } : { problem, todo };
  });
}
