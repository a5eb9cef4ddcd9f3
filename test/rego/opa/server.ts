/** A running `opa` server on a socket of its own, asked for one document after another. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RegoModule } from '../../../agent/rego/index.ts';

export interface Server {
  /** The response to `POST /v1/data/<path>` with the input: its status and JSON text. */
  ask: (path: string, input: string) => Promise<{ status: number; text: string }>;
  stop: () => void;
}

export async function startOpa(
  modules: readonly RegoModule[],
  data: unknown,
  flags: readonly string[] = [],
): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'rego-server-'));
  const policy = join(folder, 'p');
  mkdirSync(policy);
  for (const m of modules) writeFileSync(join(policy, m.path), m.text);
  writeFileSync(join(policy, 'data.json'), JSON.stringify(data));
  const socketPath = join(folder, 's');
  const child = spawn(
    'opa',
    ['run', '--server', '--log-level', 'error', '--addr', `unix://${socketPath}`, ...flags, policy],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let problem = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      problem += chunk.toString('utf8');
    });
  const send = (method: string, path: string, body: string): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const sent = request({ socketPath, method, path }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  const stop = (): void => {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  for (let attempt = 0; ; attempt++) {
    try {
      await send('GET', '/health', '');
      break;
    } catch {
      if (attempt > 200 || child.exitCode !== null) {
        stop();
        throw new Error(`opa does not start: ${problem.slice(0, 2000)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return { ask: (path, input) => send('POST', `/v1/data/${path}`, `{"input": ${input}}`), stop };
}
