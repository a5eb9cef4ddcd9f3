import { workspace } from 'vscode';
import type { AgentSettings } from '../agent/protocol.ts';

/** Settings of the agent as the person has set them; the manifest holds the defaults, the agent checks the values. */
export function agentSettings(): AgentSettings {
  const settings = workspace.getConfiguration('pregate');
  return {
    background: settings.get('background', true),
    delay: settings.get('delay', 300),
    remote: settings.get('remote', ''),
    advice: settings.get('advice', 'warning'),
  };
}

/** Executable that runs the hooks when a person has named one; only user settings count, never those of a workspace. */
export function runtimeSetting(): string | undefined {
  const value = workspace.getConfiguration('pregate').inspect<string>('runtime')?.globalValue?.trim();
  return value ? value : undefined;
}
