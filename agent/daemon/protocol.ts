/**
 * The words between a hook's shell and the daemon. The shell has no client of its own: `git credential-cache --socket`
 * writes `action=get`, a timeout and then its standard input, closes its half, and prints what comes back.
 * A request is fields, each ended by NUL: magic, token, nonce, bundle, hook, process, folder, number of arguments, the
 * arguments, `NAME=value` of the variables that are set (an empty field is one that is not), `end`; then the payload.
 */
export const magic = 'pregate1';

/** Bytes of a request: the raw difference of 300,000 files. What is larger is checked without the daemon. */
export const largestRequest = 64 * 1024 * 1024;

export interface Request {
  token: string;
  nonce: string;
  bundle: string;
  /** A hook's name, `report`, which an editor sends, or `status` and `stop`, which the command line sends. */
  hook: string;
  /** The process that git is the parent of; 0 when nobody asks for a commit. */
  pid: number;
  cwd: string;
  args: string[];
  env: Record<string, string>;
  payload: Buffer;
}

/** What of a request stands in its answer, so that the hook knows it is the one to this request. */
export type Addressed = Pick<Request, 'token' | 'nonce' | 'bundle'>;

/** What a hook is told: git's exit code and what stands on stderr; `tree` is what the index would become, or zeros. */
export interface Answer {
  code: number | 'cold';
  tree: string;
  text: string;
}

/** Parses a whole request. Undefined when it is of another shape: whoever sent it gets no answer. */
export function parseRequest(bytes: Buffer): Request | undefined {
  const start = /^(?:action=get\ntimeout=\d+\n)?(?=pregate1\0)/.exec(bytes.toString('latin1', 0, 64));
  if (!start) return undefined;
  let at = start[0].length;
  const field = (): string | undefined => {
    const end = bytes.indexOf(0, at);
    if (end === -1) return undefined;
    const text = bytes.toString('utf8', at, end);
    at = end + 1;
    return text;
  };
  const [, token, nonce, bundle, hook, pid, cwd, count] = Array.from({ length: 8 }, field);
  if (!token || !nonce || !bundle || !hook || !cwd || !/^\d{1,9}$/.test(pid ?? '') || !/^\d{1,2}$/.test(count ?? ''))
    return undefined;
  if (!/^[0-9A-Za-z-]{1,64}$/.test(nonce) || !cwd.startsWith('/')) return undefined;
  const args: string[] = [];
  for (let index = 0; index < Number(count); index++) {
    const arg = field();
    if (arg === undefined) return undefined;
    args.push(arg);
  }
  const env: Record<string, string> = {};
  for (;;) {
    const one = field();
    if (one === undefined) return undefined;
    if (one === 'end') break;
    const equals = one.indexOf('=');
    if (equals > 0) env[one.slice(0, equals)] = one.slice(equals + 1);
  }
  return { token, nonce, bundle, hook, pid: Number(pid), cwd, args, env, payload: bytes.subarray(at) };
}

/** A request as bytes; what the shell writes with `printf`. */
export function requestBytes(request: Request): Buffer {
  const { token, nonce, bundle, hook, pid, cwd, args, env, payload } = request;
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const fields = [magic, token, nonce, bundle, hook, String(pid), cwd, String(args.length), ...args, ...variables];
  return Buffer.concat([Buffer.from(`${[...fields, 'end'].join('\0')}\0`), payload]);
}

/** First line: magic, token, nonce, bundle, tree, code. Then the text. */
export function answerBytes(request: Addressed, answer: Answer): Buffer {
  const head = [magic, request.token, request.nonce, request.bundle, answer.tree, answer.code].join(' ');
  return Buffer.from(`${head}\n${answer.text}`);
}

/** The same at the door: a shell that holds both ends of a pipe sees no end, so the last line says it. */
export function doorBytes(request: Addressed, answer: Answer): Buffer {
  const { text } = answer;
  const end = `${text === '' || text.endsWith('\n') ? '' : '\n'}end ${request.nonce}\n`;
  return Buffer.concat([answerBytes(request, answer), Buffer.from(end)]);
}

/** The answer to a request, or undefined when it answers another one, or none. */
export function parseAnswer(bytes: Buffer, request: Addressed): Answer | undefined {
  const text = bytes.toString('utf8');
  const end = text.indexOf('\n');
  const [word, token, nonce, bundle, tree, code] = text.slice(0, Math.max(0, end)).split(' ');
  if (word !== magic || token !== request.token || nonce !== request.nonce || bundle !== request.bundle)
    return undefined;
  if (tree === undefined || !/^[0-9a-f]{40,64}$/.test(tree) || !/^(\d|cold)$/.test(code ?? '')) return undefined;
  return { code: code === 'cold' ? 'cold' : Number(code), tree, text: text.slice(end + 1) };
}
