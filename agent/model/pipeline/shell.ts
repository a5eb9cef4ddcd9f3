import type { ShellDialect } from '../script/types.ts';
import { asScalar, get } from '../tree/index.ts';
import type { Job, Step } from './types.ts';

/** The shell of a step, stated or by default, and which of our dialects reads it. */
export function shellOf(
  step: Step,
  job: Job | undefined,
): { shell: string; dialect: ShellDialect | undefined; certain: boolean } {
  const stated = asScalar(get(step.node, 'shell')) ?? job?.defaultShell ?? job?.workflow.defaultShell;
  if (stated && stated.text !== '') {
    if (stated.text.includes('${{')) return { shell: stated.text, dialect: 'bash', certain: false };
    return { shell: stated.text, dialect: shellDialect(stated.text), certain: true };
  }
  if (job?.container) return { shell: 'sh', dialect: 'sh', certain: true };
  const labels = job?.runsOn.map((label) => label.text.toLowerCase()) ?? [];
  if (labels.some((label) => label.includes('windows'))) return { shell: 'pwsh', dialect: 'pwsh', certain: true };
  const certain = labels.some((label) => /^(?:ubuntu|macos|linux)\b/.test(label));
  return { shell: 'bash', dialect: 'bash', certain };
}

export function shellDialect(shell: string): ShellDialect | undefined {
  const program = (shell.trim().split(/\s/, 1)[0] as string)
    .toLowerCase()
    .replace(/^.*[/\\]/, '')
    .replace(/\.exe$/, '');
  if (program === 'bash' || program === 'zsh') return 'bash';
  if (program === 'sh' || program === 'dash' || program === 'ash') return 'sh';
  if (program === 'pwsh' || program === 'powershell') return 'pwsh';
  return program === 'cmd' ? 'cmd' : undefined;
}
