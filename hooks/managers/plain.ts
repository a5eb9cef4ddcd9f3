import path from 'node:path';
import type { Action, Notice, Part } from '../action.ts';
import { type HookPlace, isFrameworkHook } from '../detect.ts';
import { fileState } from '../files.ts';
import { dispatchIn, findsOwn, type HookName, isMarked, keptSuffix, stubText } from '../stub.ts';

/**
 * Stubs in the hooks folder. A hook that is there is moved aside, bytes and mode untouched, and called by the stub.
 * The file of the pre-commit framework stays where it is: it calls `<hook>.legacy` itself, with git's input, and a later
 * `pre-commit install` moves a stub of ours there too. Its own configuration would not do, because the framework hands
 * `pre-push` hooks one ref only and no input.
 */
export function planPlain(place: HookPlace, hooks: readonly HookName[], dispatch: string): Part {
  const parts = hooks.map((hook) => planHook(place, hook, dispatch));
  return { actions: parts.flatMap((part) => part.actions), notices: parts.flatMap((part) => part.notices) };
}

function planHook(place: HookPlace, hook: HookName, dispatch: string): Part {
  const main = path.join(place.hooksDir, hook);
  const file = isFrameworkHook(main) ? `${main}.legacy` : main;
  const text = Buffer.from(stubText(hook, place.shared ? null : dispatch));
  const state = fileState(file);
  if (state.kind === 'missing')
    return { actions: [write(file, null, null, text, `runs Pregate at ${hook}`)], notices: [] };
  if (state.bytes && isMarked(state.bytes.toString('utf8'))) return refresh(file, hook, state.bytes, state.mode, text);
  if (state.kind === 'other') return { actions: [], notices: [blocked(file)] };
  const kept = `${file}${keptSuffix}`;
  if (fileState(kept).kind !== 'missing') return { actions: [], notices: [occupied(kept)] };
  return {
    actions: [
      { kind: 'keep', from: file, to: kept, why: 'the hook that is there stays, and is called' },
      write(file, null, null, text, `runs Pregate at ${hook}, and that hook`),
    ],
    notices: [],
  };
}

function refresh(file: string, hook: HookName, bytes: Buffer, mode: number | null, text: Buffer): Part {
  // Of a repository that several users share the first one's stubs serve all: each finds a dispatcher of their own.
  const there = bytes.toString('utf8');
  const named = dispatchIn(there);
  const serves = named !== undefined && findsOwn(there, named) && there === stubText(hook, named);
  if ((serves || bytes.equals(text)) && mode !== null && (mode & 0o111) !== 0) return { actions: [], notices: [] };
  return { actions: [write(file, bytes, mode, text, `renews Pregate's ${hook}`)], notices: [] };
}

function write(file: string, before: Buffer | null, beforeMode: number | null, after: Buffer, why: string): Action {
  return { kind: 'write', path: file, before, beforeMode, after, mode: 0o755, why };
}

function blocked(file: string): Notice {
  return { code: 'hook-not-a-file', message: `${file} is not a file, so no hook can be put there.`, fatal: true };
}

function occupied(file: string): Notice {
  return {
    code: 'kept-hook-exists',
    message: `${file} exists already, so the hook beside it cannot be kept there. Move one of them away.`,
    fatal: true,
  };
}
