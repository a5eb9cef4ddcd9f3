import { entryOf } from '../tree/index.ts';
import type { ScalarNode } from '../types.ts';
import type { Step } from './types.ts';

/** A scalar of a step that is run as code. */
export interface CodeSink {
  node: ScalarNode;
  kind: 'run' | 'github-script' | 'input';
  /** For messages: "the script". */
  what: string;
}

/** Inputs of actions that are code for some interpreter; from the actions' own documentation. */
const inputs: Record<string, string[]> = {
  'actions/github-script': ['script'],
  'amadevus/pwsh-script': ['script'],
  'appleboy/ssh-action': ['script'],
  'azure/cli': ['inlinescript'],
  'azure/powershell': ['inlinescript'],
  'devcontainers/ci': ['runcmd'],
  'jannekem/run-python-script-action': ['script'],
  'mikefarah/yq': ['cmd'],
  'nick-fields/retry': ['command', 'on_retry_command'],
  'nick-invision/retry': ['command', 'on_retry_command'],
  'reactivecircus/android-emulator-runner': ['script', 'pre-emulator-launch-script'],
  'vmactions/freebsd-vm': ['run', 'prepare'],
  'vmactions/openbsd-vm': ['run', 'prepare'],
  'vmactions/netbsd-vm': ['run', 'prepare'],
  'uraimo/run-on-arch-action': ['run', 'install', 'setup'],
  'garygrossgarten/github-action-ssh': ['command'],
  'addnab/docker-run-action': ['run'],
  'coactions/setup-xvfb': ['run'],
  'gabrielbb/xvfb-action': ['run'],
};

/** The scalars of a step that are run as code: `run:` and the code inputs of known actions. */
export function codeSinksOf(step: Step): CodeSink[] {
  const sinks: CodeSink[] = [];
  if (step.run) sinks.push({ node: step.run.node, kind: 'run', what: 'the script' });
  const source = step.uses?.source.toLowerCase();
  const names = source && Object.hasOwn(inputs, source) ? inputs[source] : undefined;
  for (const { key, value } of names ? (step.with?.entries ?? []) : []) {
    if (value?.kind !== 'scalar' || !names?.includes(key.text.toLowerCase())) continue;
    const kind = source === 'actions/github-script' ? 'github-script' : 'input';
    sinks.push({
      node: value,
      kind,
      what: kind === 'github-script' ? 'JavaScript' : `the ${key.text} of ${step.uses?.source}`,
    });
  }
  const shell = entryOf(step.node, 'shell')?.value;
  if (shell?.kind === 'scalar' && step.run)
    sinks.push({ node: shell, kind: 'input', what: 'the shell that is started' });
  return sinks;
}
