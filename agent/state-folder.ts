/**
 * Where Pregate keeps what belongs to this user and machine: XDG's state folder on Linux (XDG Base Directory 0.8),
 * Application Support on macOS, LocalAppData on Windows. Undefined when the environment names no home.
 */
export function stateFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
  const override = env['PREGATE_STATE_DIR'];
  if (override && isAbsolute(override)) return override;
  if (platform === 'win32') return below(env['LOCALAPPDATA'], 'Pregate');
  if (platform === 'darwin') return below(env['HOME'], 'Library/Application Support/Pregate');
  const state = env['XDG_STATE_HOME'];
  if (state && isAbsolute(state)) return below(state, 'pregate');
  return below(env['HOME'], '.local/state/pregate');
}

function below(base: string | undefined, rest: string): string | undefined {
  return base ? `${base.replace(/[/\\]+$/, '')}/${rest}` : undefined;
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:[/\\]/.test(path);
}
