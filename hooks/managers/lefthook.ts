import path from 'node:path';
import { parseDocument } from 'yaml';
import type { Notice, Part } from '../action.ts';
import type { HookPlace } from '../detect.ts';
import { fileState } from '../files.ts';
import {
  aroundBlock,
  dispatchIn,
  findsOwn,
  type HookName,
  isMarked,
  marked,
  quote,
  unlessAround,
  withBlock,
  withoutMarked,
  yamlBlock,
} from '../stub.ts';
import { planPlain } from './plain.ts';

/**
 * lefthook merges `lefthook-local.yml` over the shared configuration, so our commands go there: the shared file is not
 * touched and lefthook's own stubs stay. `use_stdin` gives us git's lines at `pre-push`, and lefthook gives them to the
 * other commands too (tried with lefthook 2.2.2).
 */
export function planLefthook(place: HookPlace, hooks: readonly HookName[], dispatch: string): Part {
  const existing = ['lefthook-local.yml', 'lefthook-local.yaml', '.lefthook-local.yml', '.lefthook-local.yaml']
    .map((name) => path.join(place.root, name))
    .find((file) => fileState(file).kind !== 'missing');
  const other = ['lefthook-local.toml', 'lefthook-local.json', '.lefthook-local.toml', '.lefthook-local.json']
    .map((name) => path.join(place.root, name))
    .find((file) => fileState(file).kind !== 'missing');
  if (other !== undefined) return refused(other, 'only YAML is edited');
  const file = existing ?? path.join(place.root, 'lefthook-local.yml');
  const state = fileState(file);
  if (state.kind === 'link' || state.kind === 'other') return refused(file, 'it is a link or a folder');
  const text = state.bytes?.toString('utf8') ?? '';
  const clean = isMarked(text) ? withoutMarked(text) : text;
  let after: string = clean;
  for (const hook of hooks) {
    const edited = addCommand(after, hook, dispatch);
    if (edited === undefined)
      return refused(file, `its ${hook} section is not written in a form that can be edited safely`);
    after = edited;
  }
  if (!isProven(clean, after, hooks)) return refused(file, 'the edit could not be proven to change nothing else');
  const notices: Notice[] = [];
  if (after === text) return { actions: [], notices };
  return {
    actions: [
      {
        kind: 'write',
        path: file,
        before: state.bytes,
        beforeMode: state.mode,
        after: Buffer.from(after),
        mode: state.mode ?? 0o644,
        spare: true,
        why: `adds Pregate's commands for ${hooks.join(', ')}`,
      },
    ],
    notices,
  };
}

/**
 * Lines around lefthook's own stubs, and stubs of ours where it has none: they serve worktrees, which have no
 * `lefthook-local.yml`, and until the next `lefthook install`. That one writes its stubs anew without our lines, and the commands
 * of `lefthook-local.yml` go on.
 */
export function planAround(place: HookPlace, hooks: readonly HookName[], dispatch: string): Part {
  const parts = hooks.map((hook): Part => {
    const file = path.join(place.hooksDir, hook);
    const state = fileState(file);
    const text = state.bytes?.toString('latin1') ?? '';
    if (!isLefthookStub(text)) return planPlain(place, [hook], dispatch);
    const clean = withoutMarked(text);
    const after = withBlock(clean, Buffer.from(aroundBlock(hook, dispatch)).toString('latin1'));
    // Another user of this repository has put them there: each finds a dispatcher of their own.
    const named = dispatchIn(text);
    const serves = named !== undefined && findsOwn(text, named) && withBlock(clean, aroundBlock(hook, named)) === text;
    if (after === text || serves) return { actions: [], notices: [] };
    const before = clean === text ? state.bytes : Buffer.from(clean, 'latin1');
    const why = `adds Pregate's lines around lefthook's`;
    const write = {
      kind: 'write',
      path: file,
      before,
      beforeMode: state.mode,
      mode: state.mode ?? 0o755,
      why,
    } as const;
    return { actions: [{ ...write, after: Buffer.from(after, 'latin1'), spare: true }], notices: [] };
  });
  return { actions: parts.flatMap((part) => part.actions), notices: parts.flatMap((part) => part.notices) };
}

/** What `lefthook install` writes calls itself so. */
export function isLefthookStub(text: string): boolean {
  return text.includes('call_lefthook');
}

/** `lefthook-local.yml` is this person's alone and names a folder of theirs: git is told to leave it out, where it is not yet. */
export function planExclude(place: HookPlace): Part {
  const file = path.join(place.commonDir, 'info', 'exclude');
  const state = fileState(file);
  const text = state.bytes?.toString('latin1') ?? '';
  const block = marked('lefthook', ['/lefthook-local.yml']);
  if (state.kind === 'link' || state.kind === 'other' || text.includes(block)) return { actions: [], notices: [] };
  const after = Buffer.from(`${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${block}`, 'latin1');
  const write = { kind: 'write', path: file, before: state.bytes, beforeMode: state.mode, after } as const;
  const why = 'keeps lefthook-local.yml out of commits';
  return { actions: [{ ...write, mode: state.mode ?? 0o644, why }], notices: [] };
}

/** What lefthook puts in for each hook: it replaces `{1}` and `{2}` by git's arguments. */
function commandLines(hook: HookName, dispatch: string): string[] {
  const args = {
    'pre-push': " '{1}' '{2}'",
    'commit-msg': " '{1}'",
    'applypatch-msg': " '{1}'",
    'pre-applypatch': '',
    'pre-commit': '',
    'post-commit': '',
    'pre-merge-commit': '',
  }[hook];
  return [
    'pregate:',
    `  run: ${JSON.stringify(`${unlessAround(hook)}; ${quote(dispatch)} ${hook}${args}`)}`,
    ...(hook === 'pre-push' ? ['  use_stdin: true'] : []),
  ];
}

function addCommand(text: string, hook: HookName, dispatch: string): string | undefined {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  const end = text === '' || text.endsWith('\n') ? '\n' : '';
  const at = lines.findIndex((line) => new RegExp(`^${hook}:\\s*(#.*)?$`).test(line));
  if (at === -1) {
    if (lines.some((line) => line.startsWith(`${hook}:`))) return undefined;
    const block = yamlBlock(
      [`${hook}:`, '  commands:', ...commandLines(hook, dispatch).map((line) => `    ${line}`)],
      '',
    );
    return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${block}`;
  }
  const next = lines.findIndex((line, index) => index > at && /^[^\s#]/.test(line));
  const stop = next === -1 ? lines.length : next;
  const child = lines.slice(at + 1, stop).find((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  const indent = /^ */.exec(child ?? '  ')?.[0] || '  ';
  const commands = lines.findIndex(
    (line, index) => index > at && index < stop && line.startsWith(`${indent}commands:`),
  );
  if (commands === -1) {
    const block = yamlBlock(['commands:', ...commandLines(hook, dispatch).map((line) => `  ${line}`)], indent);
    return insert(lines, at + 1, block) + end;
  }
  if (!/^\s*commands:\s*(#.*)?$/.test(lines[commands] as string)) return undefined;
  const inner = lines.slice(commands + 1, stop).find((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  const deep = /^ */.exec(inner ?? '')?.[0] ?? '';
  const block = yamlBlock(commandLines(hook, dispatch), deep.length > indent.length ? deep : `${indent}  `);
  return insert(lines, commands + 1, block) + end;
}

function insert(lines: readonly string[], at: number, block: string): string {
  return [...lines.slice(0, at), block.replace(/\n$/, ''), ...lines.slice(at)].join('\n');
}

/** The edited file reads as before, plus exactly our commands. */
function isProven(before: string, after: string, hooks: readonly HookName[]): boolean {
  const edited = parseDocument(after);
  const original = parseDocument(before);
  if (edited.errors.length > 0 || original.errors.length > 0) return false;
  const [left, wanted] = [values(edited), values(original)];
  if (!left || !wanted) return false;
  for (const hook of hooks) {
    const commands = sections(left[hook])['commands'];
    if (sections(sections(commands)['pregate'])['run'] === undefined) return false;
    delete sections(commands)['pregate'];
    dropEmpty(sections(left[hook]), 'commands', sections(wanted[hook]));
    dropEmpty(left, hook, wanted);
  }
  return JSON.stringify(left) === JSON.stringify(wanted);
}

type Section = Record<string, unknown>;

/** The document's values; undefined when its aliases multiply beyond what the parser allows. */
function values(document: ReturnType<typeof parseDocument>): Section | undefined {
  try {
    return sections(document.toJS());
  } catch {
    return undefined;
  }
}

function sections(value: unknown): Section {
  return typeof value === 'object' && value !== null ? (value as Section) : {};
}

/** A section that holds nothing but what we took out goes back to what it was: absent, or without a value. */
function dropEmpty(parent: Section, key: string, original: Section): void {
  if (Object.keys(sections(parent[key])).length > 0) return;
  if (!(key in original)) delete parent[key];
  else if (original[key] === null) parent[key] = null;
}

function refused(file: string, why: string): Part {
  return {
    actions: [],
    notices: [
      {
        code: 'lefthook-not-edited',
        message: `${file} was not changed: ${why}. Nothing was installed. Add a command "pregate" for each hook yourself.`,
        fatal: true,
      },
    ],
  };
}
