import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';

export type RunOptions = {
  /** Working directory, absolute. */
  cwd: string;
  /** Complete environment of the child; the caller's own one when it is left out. */
  env?: NodeJS.ProcessEnv;
  /** Milliseconds after which the child is killed. */
  timeout: number;
  /** What an error calls it; the program with its first argument when it is left out. */
  name?: string;
};

/**
 * Runs a program without a shell and returns its stdout as text.
 * Throws a one-line error with the program's last line of stderr when it fails, is missing or takes too long.
 */
export function run(program: string, args: readonly string[], options: RunOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const { cwd, env = process.env } = options;
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    // Not the `timeout` of spawn: its timer stays when the program does not exist, and this process would wait for it.
    const timer = setTimeout(() => child.kill('SIGKILL'), options.timeout);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const name = options.name ?? [program, ...args.slice(0, 1)].join(' ');
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`${name}: ${error.message}`));
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) {
        resolve(stdout);
        return;
      }
      const how = signal === null ? `exit code ${code}` : `${signal} (limit ${Math.round(options.timeout / 1000)} s)`;
      reject(new Error(`${name}: ${how}: ${summary(stderr) || summary(stdout) || 'no output'}`));
    });
  });
}

/**
 * Runs npm and returns its stdout: the npm that runs `npm test` when there is one (`npm_execpath`), else `npm` on the
 * PATH. Errors as {@link run}.
 */
export function runNpm(args: readonly string[], options: RunOptions): Promise<string> {
  const env = { ...process.env, ...options.env };
  const name = options.name ?? ['npm', ...args.slice(0, 2)].join(' ');
  // npm starts `#!/usr/bin/env node`: the Node of this process has to come first, whatever Node the machine has.
  env['PATH'] = nodeFirst(env['PATH']);
  const script = process.env['npm_execpath'];
  // pnpm and yarn set the same variable, and their command lines are not npm's.
  if (script !== undefined && /[\\/]npm(-cli)?\.[cm]?js$/.test(script)) {
    return run(process.execPath, [script, ...args], { ...options, env, name });
  }
  return run('npm', args, { ...options, env, name });
}

/** Returns a PATH whose first folder is the one of the running Node. */
export function nodeFirst(path: string | undefined): string {
  const folder = dirname(process.execPath);
  return path === undefined || path === '' ? folder : `${folder}${delimiter}${path}`;
}

/** One line out of an error output: the code and the reason of npm, or the last line of anything else. */
function summary(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const npm = lines
    .filter((line) => line.startsWith('npm error '))
    .map((line) => line.slice('npm error '.length).trim());
  if (npm.length === 0) {
    return (lines.at(-1) ?? '').trim();
  }
  const code = npm.find((line) => line.startsWith('code '))?.slice('code '.length);
  const reason = npm.find((line) => !/^(code|syscall|errno|path|network This)\b|^A complete log/.test(line));
  return [code, reason].filter((part) => part !== undefined).join(': ');
}
