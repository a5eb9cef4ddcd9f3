import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { type Info, isOurs } from './folder.ts';
import { type Answer, largestRequest, parseAnswer, type Request, requestBytes } from './protocol.ts';

/** What to ask; the rest of a request is made here. */
export type Question = Pick<Request, 'hook'> & Partial<Pick<Request, 'cwd' | 'args' | 'env' | 'payload' | 'pid'>>;

/**
 * Asks a daemon and checks that the answer is its own, and to this question. Undefined when there is none in time, or one
 * that does not fit. Never throws.
 */
export async function ask(info: Info, question: Question, milliseconds = 2000): Promise<Answer | undefined> {
  if (!isOurs(info.socket, 'socket') || !isOurs(path.dirname(info.socket), 'folder')) return undefined;
  const request: Request = {
    token: info.token,
    nonce: randomBytes(16).toString('hex'),
    bundle: info.bundle,
    pid: 0,
    cwd: '/',
    args: [],
    env: {},
    payload: Buffer.alloc(0),
    ...question,
  };
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const socket = connectTo(info.socket);
    const done = (answer: Answer | undefined) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => done(undefined), milliseconds);
    socket.on('error', () => done(undefined));
    socket.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > largestRequest) done(undefined);
      else chunks.push(chunk);
    });
    socket.on('end', () => done(parseAnswer(Buffer.concat(chunks), request)));
    socket.end(requestBytes(request));
  });
}

/** The system takes 104 to 108 bytes for a socket's name (unix(7)): a longer path is named from inside its folder. */
function connectTo(socket: string): Socket {
  if (Buffer.byteLength(socket) < 100) return connect(socket);
  const here = process.cwd();
  process.chdir(path.dirname(socket));
  try {
    return connect(path.basename(socket));
  } finally {
    process.chdir(here);
  }
}
