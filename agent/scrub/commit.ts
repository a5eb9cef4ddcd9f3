import { GitFailure } from '../git/failure.ts';
import { type Git, gitOutput } from '../git/run.ts';

/** A commit object as lines and message, so that everything nobody asked to change stays byte for byte. */
export interface CommitText {
  /** Header lines with their continuation lines, in order. */
  headers: { name: string; value: Buffer }[];
  message: Buffer;
}

export function readCommitText(object: Buffer): CommitText {
  const headers: CommitText['headers'] = [];
  let at = 0;
  while (at < object.length && object[at] !== 10) {
    let end = object.indexOf(10, at);
    while (end !== -1 && object[end + 1] === 0x20) end = object.indexOf(10, end + 1);
    if (end === -1) end = object.length;
    const space = object.indexOf(0x20, at);
    headers.push({ name: object.toString('latin1', at, space), value: object.subarray(space + 1, end) });
    at = end + 1;
  }
  return { headers, message: object.subarray(at + 1) };
}

export interface CommitEdits {
  tree: string;
  parents: readonly string[];
  message: Buffer;
  /** Sign the new commit, as git is set up to. Without it a signature is left out: it would be wrong. */
  sign: boolean;
}

const signatures = new Set(['gpgsig', 'gpgsig-sha256']);

export function isSigned({ headers }: CommitText): boolean {
  return headers.some(({ name }) => signatures.has(name));
}

/** Writes a commit like another one, with another tree, parents or message; author, committer and dates stay. */
export async function writeCommit(git: Git, old: CommitText, edits: CommitEdits): Promise<string> {
  const text = withEdits(old, edits);
  if (!edits.sign) return hash(git, text);
  const oid = await signed(git, old, edits);
  // Git tidies names and may add headers of its own: what it signed must still say the same.
  const made = readCommitText(await gitOutput(git, ['cat-file', 'commit', oid]));
  const bare = joined(
    made.headers.filter(({ name }) => !signatures.has(name)),
    made.message,
  );
  if (!bare.equals(text)) {
    throw new GitFailure({
      code: 'scrub-signature',
      message:
        'Git would not sign one of these commits without changing it otherwise. Nothing was changed. pregate scrub takes --no-sign.',
      fatal: true,
    });
  }
  return oid;
}

function withEdits(old: CommitText, { tree, parents, message }: CommitEdits): Buffer {
  const rest = old.headers.filter(({ name }) => name !== 'tree' && name !== 'parent' && !signatures.has(name));
  const head = [
    { name: 'tree', value: Buffer.from(tree) },
    ...parents.map((parent) => ({ name: 'parent', value: Buffer.from(parent) })),
  ];
  return joined([...head, ...rest], message);
}

function joined(headers: CommitText['headers'], message: Buffer): Buffer {
  const lines = headers.map(({ name, value }) => Buffer.concat([Buffer.from(`${name} `), value, Buffer.from('\n')]));
  return Buffer.concat([...lines, Buffer.from('\n'), message]);
}

async function hash(git: Git, text: Buffer): Promise<string> {
  const out = await gitOutput(git, ['hash-object', '-t', 'commit', '-w', '--stdin'], { input: text });
  return out.toString('latin1').trim();
}

async function signed(git: Git, old: CommitText, { tree, parents, message }: CommitEdits): Promise<string> {
  const encoding = old.headers.find(({ name }) => name === 'encoding')?.value.toString('latin1');
  const env = { ...git.env, ...personOf(old, 'author', 'AUTHOR'), ...personOf(old, 'committer', 'COMMITTER') };
  const words = [
    ...(encoding === undefined ? [] : ['-c', `i18n.commitEncoding=${encoding}`]),
    'commit-tree',
    '-S',
    ...parents.flatMap((parent) => ['-p', parent]),
    tree,
  ];
  const out = await gitOutput({ ...git, env }, words, { input: message });
  return out.toString('latin1').trim();
}

function personOf({ headers }: CommitText, header: string, name: string): NodeJS.ProcessEnv {
  const text = headers.find((one) => one.name === header)?.value.toString('utf8') ?? '';
  const match = /^(.*?) ?<(.*)> (-?\d+ [+-]\d{4})$/s.exec(text);
  if (!match) return {};
  const [, person = '', email = '', date = ''] = match;
  return { [`GIT_${name}_NAME`]: person, [`GIT_${name}_EMAIL`]: email, [`GIT_${name}_DATE`]: `@${date}` };
}
