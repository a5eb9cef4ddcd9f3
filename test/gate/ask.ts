import { Readable } from 'node:stream';
import { runHook } from '../../agent/cli/hook.ts';
import { check } from '../../agent/gate/check.ts';
import type { PushRef, Report } from '../../agent/gate/types.ts';
import { withoutProgress } from '../git/support.ts';
import { type GeneratedPush, learn } from './commits.ts';
import { tryGit, type World } from './world.ts';

export interface Answer {
  refused: boolean;
  said: string;
}

/** What is said before the push. */
export function preview(world: World, push: GeneratedPush): Promise<Report> {
  return check(
    { kind: 'outgoing', remote: 'origin', url: world.server, refs: linesOf(push) },
    { cwd: push.clone.dir, env: world.env },
  );
}

/** The function behind the installed hook, with the input git gives it (githooks(5), pre-push). */
export async function askHook(world: World, push: GeneratedPush): Promise<Answer> {
  const lines = linesOf(push).map((ref) => `${ref.localRef} ${ref.localOid} ${ref.remoteRef} ${ref.remoteOid}\n`);
  const said: string[] = [];
  const code = await runHook('pre-push', ['origin', world.server], {
    cwd: push.clone.dir,
    env: world.env,
    stdin: Readable.from(lines),
    err: (text) => void said.push(text),
  });
  return { refused: code !== 0, said: said.join('') };
}

const zero = '0'.repeat(40);

export function linesOf(push: GeneratedPush): PushRef[] {
  return push.updates.map((update) => ({
    localRef: update.new === null ? '(delete)' : update.src,
    localOid: update.new ?? zero,
    remoteRef: update.dst,
    remoteOid: update.old ?? zero,
  }));
}

/** The real push, past the local hook; what the server accepts becomes part of the world. */
export function send(world: World, push: GeneratedPush): Answer {
  const result = gitPush(world, push, ['--no-verify']);
  const refused = result.code !== 0;
  // Any other refusal is a mistake of this test, and not an answer.
  if (refused && !result.output.includes('pre-receive hook declined')) throw new Error(`git push: ${result.output}`);
  if (!refused) accept(world, push);
  return { refused, said: result.output.trim() };
}

/** The same push through the hooks that are installed; `sent` says whether anything reached the server's gate. */
export function sendThroughHook(world: World, push: GeneratedPush): Answer & { sent: boolean } {
  const result = gitPush(world, push, []);
  const refused = result.code !== 0;
  if (!refused) accept(world, push);
  return {
    refused,
    said: withoutProgress(result.output).trim(),
    sent: !refused || result.output.includes('pre-receive hook declined'),
  };
}

function gitPush(world: World, push: GeneratedPush, options: string[]): { code: number; output: string } {
  const specs = push.updates.map((update) => `+${update.src}:${update.dst}`);
  return tryGit(push.clone.dir, world.env, ['push', '-q', ...options, 'origin', ...specs]);
}

function accept(world: World, push: GeneratedPush): void {
  for (const update of push.updates) {
    if (update.new === null) world.refs.delete(update.dst);
    else {
      world.refs.set(update.dst, update.new);
      learn(world, push.clone, update.new);
    }
  }
}
