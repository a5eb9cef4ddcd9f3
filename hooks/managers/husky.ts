import path from 'node:path';
import type { Action, Notice, Part } from '../action.ts';
import type { HookPlace } from '../detect.ts';
import { fileState } from '../files.ts';
import { type HookName, isMarked, sharedBlock, withBlock, withoutMarked } from '../stub.ts';

/**
 * husky runs `<folder>/<hook>` with `sh`: our lines go into that script, at its start, because it may end early.
 * What husky generates itself (`<folder>/_`) is written anew at every install and left alone.
 */
export function planHusky(place: HookPlace, hooks: readonly HookName[]): Part {
  const folder = place.managed as string;
  const actions: Action[] = [];
  const notices: Notice[] = [
    {
      code: 'shared-hooks',
      message: `${path.relative(place.root, folder)}/ is shared: whoever pulls these lines needs Pregate (pregate init) to commit.`,
      fatal: false,
    },
  ];
  for (const hook of hooks) {
    const file = path.join(folder, hook);
    const state = fileState(file);
    if (state.kind === 'link' || state.kind === 'other') {
      notices.push({
        code: 'hook-not-a-file',
        message: `${file} is a link or a folder and was left alone. Nothing was installed.`,
        fatal: true,
      });
      continue;
    }
    const text = state.bytes?.toString('utf8') ?? '';
    const after = Buffer.from(withBlock(isMarked(text) ? withoutMarked(text) : text, sharedBlock(hook)));
    if (state.bytes?.equals(after)) continue;
    actions.push({
      kind: 'write',
      path: file,
      before: state.bytes,
      beforeMode: state.mode,
      after,
      mode: state.mode ?? 0o755,
      why: state.bytes ? `adds Pregate's lines at the top` : `runs Pregate at ${hook}`,
    });
  }
  return { actions, notices };
}

/** husky keeps its folder out of commits by this file; where it has not made the folder yet our stubs lie there alone. */
export function planIgnored(place: HookPlace): Part {
  const file = path.join(place.hooksDir, '.gitignore');
  if (fileState(file).kind !== 'missing') return { actions: [], notices: [] };
  const write = {
    kind: 'write',
    path: file,
    before: null,
    beforeMode: null,
    after: Buffer.from('*'),
    mode: 0o644,
  } as const;
  return { actions: [{ ...write, why: "keeps husky's folder out of commits, as husky does" }], notices: [] };
}
