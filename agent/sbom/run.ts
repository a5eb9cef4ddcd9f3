import { spawn, spawnSync } from 'node:child_process';

export interface RunRequest {
  node: string;
  args: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  timeoutMs: number;
  signal?: AbortSignal;
}

export interface RunAnswer {
  code: number | null;
  stdout: Buffer;
  stderr: string;
  /** Why it was killed. */
  stopped?: 'timeout' | 'aborted' | 'too-much-output' | 'not-started';
}

/** A document of 100,000 components has about 150 MB. */
const maxOutput = 256 * 1024 * 1024;
const maxErrors = 1024 * 1024;

/**
 * Runs a Node program in a process group of its own and kills the whole group when time is up: CycloneDX starts npm,
 * and killing the parent alone would leave it running. Never rejects.
 */
export function run(request: RunRequest): Promise<RunAnswer> {
  return new Promise((resolve) => {
    const out: Buffer[] = [];
    let outLength = 0;
    let errors = '';
    let stopped: RunAnswer['stopped'];
    const child = spawn(request.node, [...request.args], {
      cwd: request.cwd,
      env: request.env,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      shell: false,
    });
    const stop = (why: NonNullable<RunAnswer['stopped']>): void => {
      stopped ??= why;
      killGroup(child.pid);
    };
    const timer = setTimeout(() => stop('timeout'), request.timeoutMs);
    const onAbort = (): void => stop('aborted');
    // The group is not the terminal's, so that Ctrl-C reaches only us: it is passed on, and then has its usual effect.
    const onSignal = (signal: NodeJS.Signals): void => {
      killGroup(child.pid);
      forget();
      process.kill(process.pid, signal);
    };
    const forget = (): void => {
      for (const signal of endings) process.off(signal, onSignal);
    };
    for (const signal of endings) process.once(signal, onSignal);
    if (request.signal?.aborted) stop('aborted');
    request.signal?.addEventListener('abort', onAbort, { once: true });
    child.stdout.on('data', (chunk: Buffer) => {
      outLength += chunk.length;
      if (outLength > maxOutput) stop('too-much-output');
      else out.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (errors.length < maxErrors) errors += chunk.toString('utf8');
    });
    const finish = (code: number | null): void => {
      clearTimeout(timer);
      forget();
      request.signal?.removeEventListener('abort', onAbort);
      resolve({ code, stdout: Buffer.concat(out), stderr: errors, ...(stopped ? { stopped } : {}) });
    };
    child.on('error', (error) => {
      stopped ??= 'not-started';
      errors += error.message;
      finish(null);
    });
    child.on('close', finish);
  });
}

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true });
    else process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
