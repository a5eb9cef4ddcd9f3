/**
 * The daemon's main thread: takes requests from the socket, hands them to threads that it can end, and answers. It reads
 * no repository itself. One for each user; started by a hook that found none, ended when nobody asks any more.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, lstatSync, renameSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { ask } from './client.ts';
import { openDoor } from './door.ts';
import { ensureDaemonFolder, type Info, isOff, isOurs, readInfo, withLock, writeInfo } from './folder.ts';
import { type Answered, cold, startPool } from './pool.ts';
import { endProcess } from './process.ts';
import { type Answer, answerBytes, largestRequest, parseRequest, type Request } from './protocol.ts';

/** A hook that is not answered by then looks for itself, and shows its progress while it does. */
const deadline = 2000;
/** Without a request for so long the daemon ends. `PREGATE_DAEMON_IDLE` says otherwise, in seconds. */
const idleSeconds = 30 * 60;
/** How often the daemon looks whether it is still wanted. */
const beat = 5000;

/** A hook's objects die young: a small nursery keeps the process from growing by what one large push has touched. */
const resourceLimits = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 8 };

/** Starts to serve unless another daemon of this build does already. Returns when it is serving, or need not. */
export async function startServer(env: NodeJS.ProcessEnv): Promise<void> {
  if (isOff(env)) return;
  const program = process.argv[1] as string;
  const bundle = path.basename(path.dirname(program));
  if (!/^[0-9a-f]{32}$/.test(bundle)) return;
  await withLock(env, async () => {
    const running = readInfo(env);
    if (running && (await isAlive(running, bundle, env))) return;
    await listen(program, bundle, env);
  });
}

/** A daemon of this build that answers stays. Any other is asked to end, and ended when it does not. */
async function isAlive(info: Info, bundle: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  if (info.bundle === bundle && (await ask(info, { hook: 'status' }, 1000))) return true;
  if (!(await ask(info, { hook: 'stop' }, 1000))) endProcess(info, env);
  return false;
}

async function listen(program: string, bundle: string, env: NodeJS.ProcessEnv): Promise<void> {
  const folder = ensureDaemonFolder(env);
  const info: Info = {
    bundle,
    socket: path.join(folder, 'socket'),
    token: randomBytes(16).toString('hex'),
    pid: process.pid,
  };
  const pool = startPool(() => new Worker(program, { argv: ['hook', 'worker'], resourceLimits }));
  const state = { asked: Date.now(), started: Date.now(), served: 0, cold: 0, reports: 0 };
  const answer = async (request: Request, pipe?: number): Promise<Answered | undefined> => {
    if (!isRight(request, info) || !isOurs(folder, 'folder')) return undefined;
    if (request.hook === 'stop') setImmediate(end);
    if (request.hook === 'status') return statusOf({ ...state, threads: pool.threads() });
    if (request.hook === 'stop') return { ...cold, code: 0 };
    // An editor can look itself, and must keep no hook waiting and no daemon alive.
    if (request.hook === 'report' && !pool.idle()) return cold;
    if (request.hook === 'report') {
      const report = await pool.run(request, deadline);
      if (report.code === 0) state.reports++;
      return report;
    }
    state.asked = Date.now();
    state.served++;
    const answer = await pool.run(request, deadline, pipe);
    if (answer.code === 'cold') state.cold++;
    return answer;
  };
  const server = createServer({ allowHalfOpen: true }, (socket) => receive(socket, answer));
  // Names of sockets are short (unix(7): 108 bytes), folders need not be: the name is given from inside the folder.
  process.chdir(folder);
  process.umask(0o077);
  const temporary = `s${process.pid}`;
  await open(server, temporary);
  chmodSync(temporary, 0o600);
  const { ino } = lstatSync(temporary);
  renameSync(temporary, 'socket');
  const door = openDoor(folder, bundle, answer);
  writeInfo({ ...info, ...(door && { door: door.fd }) }, env);

  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    if (isStill(info.socket, ino)) rmSync(info.socket, { force: true });
    server.close();
    door?.close();
    void pool.close().finally(() => process.exit(0));
    setTimeout(() => process.exit(0), 1000).unref();
  };
  const idle = (Number(env['PREGATE_DAEMON_IDLE']) || idleSeconds) * 1000;
  setInterval(
    () => {
      pool.trim();
      // Switched off, replaced, or its folder is gone: nobody can reach it any more.
      if (Date.now() - state.asked > idle || isOff(env) || !isStill(info.socket, ino)) end();
    },
    Math.min(beat, idle),
  );
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}

function open(server: Server, name: string): Promise<void> {
  rmSync(name, { force: true });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(name, resolve);
  });
}

function isStill(socket: string, ino: number): boolean {
  return lstatSync(socket, { throwIfNoEntry: false })?.ino === ino;
}

/** Reads one request and writes one answer. Whoever sends something else gets nothing, which is "look for yourself". */
function receive(socket: Socket, answer: (request: Request) => Promise<Answer | undefined>): void {
  const chunks: Buffer[] = [];
  let size = 0;
  socket.on('error', () => socket.destroy());
  socket.setTimeout(10_000, () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > largestRequest) socket.destroy();
    else chunks.push(chunk);
  });
  socket.on('end', async () => {
    const request = parseRequest(Buffer.concat(chunks));
    const answered = request && (await answer(request));
    if (request && answered) socket.end(answerBytes(request, answered));
    else socket.destroy();
  });
}

/** The token shows that the other side can read this user's files; the build, that it means this program. */
function isRight(request: Request, info: Info): boolean {
  const [given, right] = [Buffer.from(request.token), Buffer.from(info.token)];
  return given.length === right.length && timingSafeEqual(given, right) && request.bundle === info.bundle;
}

function statusOf(state: object): Answer {
  const { rss } = process.memoryUsage();
  return { ...cold, code: 0, text: `${JSON.stringify({ ...state, rss, now: Date.now() })}\n` };
}
