import { isAbsolute } from 'node:path';
import type { AgentSettings, InitializationOptions } from '../protocol.ts';

export const defaultSettings: AgentSettings = { background: true, delay: 300, remote: '', advice: 'warning' };

/**
 * Reads `initializationOptions`. Another editor than VS Code may start the server and send nothing: then it is trusted,
 * as a person who starts a program by hand is.
 */
export function readOptions(value: unknown): InitializationOptions {
  const given = recordOf(value);
  const runtime = recordOf(given['runtime']);
  const executable = runtime['executable'];
  const packageRoot = given['packageRoot'];
  return {
    trusted: given['trusted'] !== false,
    git: given['git'] !== false,
    packageRoot: typeof packageRoot === 'string' && isAbsolute(packageRoot) ? packageRoot : process.cwd(),
    runtime:
      typeof executable === 'string' && isAbsolute(executable)
        ? { executable, electron: runtime['electron'] === true }
        : { executable: '', electron: false },
    settings: readSettings(given['settings']),
  };
}

/** Reads the settings; a value of the wrong kind counts as not set. */
export function readSettings(value: unknown): AgentSettings {
  const { background, delay, remote, advice } = recordOf(value);
  return {
    background: typeof background === 'boolean' ? background : defaultSettings.background,
    delay: typeof delay === 'number' && delay >= 0 && delay <= 5_000 ? delay : defaultSettings.delay,
    // A remote is handed to git: a name that looks like an option or an address is none.
    remote: typeof remote === 'string' && /^[\w][\w./-]{0,99}$/.test(remote) ? remote : defaultSettings.remote,
    advice: advice === 'information' || advice === 'hint' ? advice : 'warning',
  };
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
