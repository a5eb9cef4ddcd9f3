import { statSync } from 'node:fs';

/** Hooks that Pregate takes part in. */
export const hookNames = [
  'pre-commit',
  'pre-merge-commit',
  'commit-msg',
  'post-commit',
  'applypatch-msg',
  'pre-applypatch',
  'pre-push',
] as const;
export type HookName = (typeof hookNames)[number];

/** Suffix of a hook that was there before; it lies beside our stub and is called by it. */
export const keptSuffix = '.before-pregate';

const begin = '# pregate:begin';
const end = '# pregate:end';

/**
 * The file git runs. It only finds `dispatch` and calls the hook that was there before, with git's arguments and input.
 * In commit hooks the other hook goes first, because it may change the index or the message and we must see the outcome;
 * in `pre-push` ours goes first, because the other may take minutes.
 */
export function stubText(hook: HookName, dispatch: string | null): string {
  const lines = [
    '#!/bin/sh',
    `${begin} ${hook} (written by "pregate init", taken away by "pregate init --remove")`,
    ...findDispatch(dispatch),
    `kept=$0${keptSuffix}`,
    ...(hook === 'pre-push' ? pushBody : commitBody(hook)),
    end,
  ];
  return `${lines.join('\n')}\n`;
}

function commitBody(hook: HookName): string[] {
  // After the commit git goes on whatever a hook says, and so do we.
  const kept = hook === 'post-commit' ? '  "$kept" "$@"' : '  "$kept" "$@" || exit $?';
  return ['if [ -x "$kept" ]; then', kept, 'fi', ...run(hook)];
}

/** The dispatcher is read into the same shell: starting another one would take half a millisecond. */
function run(hook: HookName): string[] {
  return [`set -- ${hook} "$@"`, '. "$pregate"'];
}

// The input is needed twice. The point keeps its last line ends, which `$(…)` would cut off.
const pushBody = [
  'if [ ! -x "$kept" ]; then',
  ...run('pre-push').map((line) => `  ${line}`),
  'fi',
  'input=$(cat && printf .)',
  'printf %s "${input%.}" | "$pregate" pre-push "$@" || exit $?',
  'printf %s "${input%.}" | "$kept" "$@"',
];

/**
 * Lines for a script that others share (`.husky/pre-push`): ours go first, because such a script may end early, and the
 * input of `pre-push` is given back to what follows.
 */
export function sharedBlock(hook: HookName): string {
  const call =
    hook === 'pre-push'
      ? [
          'pregate_input=$(cat)',
          'printf "%s\\n" "$pregate_input" | "$pregate" pre-push "$@" || exit $?',
          'if [ -n "$pregate_input" ]; then exec <<PREGATE_INPUT',
          '$pregate_input',
          'PREGATE_INPUT',
          'else exec </dev/null; fi',
        ]
      : [`"$pregate" ${hook} "$@" || exit $?`];
  return marked(hook, [...findDispatch(null), ...call]);
}

/**
 * Lines for lefthook's own stub: it is run once more from within, without them, and we look at the outcome, so that also a
 * worktree without a `lefthook-local.yml` is looked at, and `LEFTHOOK=0`. The process number tells the inner run from a commit
 * that a command of lefthook makes.
 */
export function aroundBlock(hook: HookName, dispatch: string): string {
  const inner = `PREGATE_AROUND="${hook} $$" "$0" "$@"`;
  const body =
    hook === 'pre-push'
      ? [
          'input=$(cat && printf .)',
          'printf %s "${input%.}" | "$pregate" pre-push "$@" || exit $?',
          `printf %s "\${input%.}" | ${inner}`,
          'exit $?',
        ]
      : [hook === 'post-commit' ? inner : `${inner} || exit $?`, ...run(hook)];
  return marked(hook, [
    ...findDispatch(dispatch),
    `if [ "\${PREGATE_AROUND-}" != "${hook} $PPID" ]; then`,
    ...body.map((line) => `  ${line}`),
    'fi',
  ]);
}

/** What a command of lefthook asks first: whether the lines of `aroundBlock` stand around it and look anyway. */
export function unlessAround(hook: HookName): string {
  return `case \${PREGATE_AROUND-} in '${hook} '*) exit 0 ;; esac`;
}

/** Finds the dispatcher of whoever runs this, in the places of `agent/state-folder.ts`. */
const findOwn = [
  'for pregate in "${PREGATE_STATE_DIR-}" "${XDG_STATE_HOME:-${HOME-}/.local/state}/pregate" ' +
    '"${HOME-}/.local/state/pregate" "${HOME-}/Library/Application Support/Pregate" "${LOCALAPPDATA-}/Pregate"; do',
  '  pregate=$pregate/hooks/dispatch',
  '  if [ -x "$pregate" ]; then break; fi',
  'done',
];

/**
 * Sets `$pregate`. A stub in `.git` knows the path of the user who made it; the others of a repository that several users
 * share have their own, and run no program out of somebody else's home. A shared script finds it for every user.
 */
function findDispatch(dispatch: string | null): string[] {
  const find =
    dispatch === null
      ? findOwn
      : [`pregate=${quote(dispatch)}`, 'if [ ! -O "$pregate" ]; then', ...findOwn.map((line) => `  ${line}`), 'fi'];
  return [
    ...find,
    'if [ ! -x "$pregate" ]; then',
    `  printf '%s\\n' 'Pregate could not check this: it is not installed for this user. It stopped for that reason.' >&2`,
    `  printf '%s\\n' 'Nothing was changed. Repair it with: pregate init' >&2`,
    '  exit 3',
    'fi',
  ];
}

/** The same on one line, for git's configuration: see `findDispatch`. */
export function findDispatchShort(dispatch: string): string {
  const [head = '', ...loop] = findOwn.map((line) => line.trim());
  return `pregate=${quote(dispatch)}; if [ ! -O "$pregate" ]; then ${head} ${loop.join('; ')}; fi`;
}

/** True when a stub or command names the dispatcher of somebody else, or none, so that this user's own is run. */
export function findsOwn(text: string, named: string): boolean {
  return text.includes('[ ! -O "$pregate" ]') && !isOwn(named);
}

function isOwn(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false })?.uid === process.geteuid?.();
  } catch {
    // It lies in a home that is closed to us.
    return false;
  }
}

/** The dispatcher that a stub of a hooks folder names; undefined when it names none. */
export function dispatchIn(text: string): string | undefined {
  return /^pregate='(.*)'$/m.exec(text)?.[1]?.replaceAll("'\\''", "'");
}

/** Quotes text for a POSIX shell. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** True when a script holds lines of ours. */
export function isMarked(text: string): boolean {
  return text.split('\n').some((line) => line.trimStart().startsWith(begin));
}

/** The text without our lines; everything else stays as it is, byte for byte. */
export function withoutMarked(text: string): string {
  const out: string[] = [];
  let inside = false;
  for (const line of text.split('\n')) {
    const bare = line.trimStart();
    if (bare.startsWith(begin)) inside = true;
    if (!inside) out.push(line);
    if (bare.startsWith(end)) inside = false;
  }
  return out.join('\n');
}

/** Our block put into a script: after the first line when that names an interpreter, else at the top. */
export function withBlock(text: string, block: string): string {
  if (!text.startsWith('#!')) return block + text;
  const newline = text.indexOf('\n');
  if (newline === -1) return `${text}\n${block}`;
  return text.slice(0, newline + 1) + block + text.slice(newline + 1);
}

/** Lines between our marks, for files with comments that begin with `#`. */
export function marked(what: string, lines: readonly string[]): string {
  const head = `${begin} ${what} (written by "pregate init", taken away by "pregate init --remove")`;
  return `${[head, ...lines, end].join('\n')}\n`;
}

/** Marks lines of YAML as ours. */
export function yamlBlock(lines: readonly string[], indent: string): string {
  return [`${indent}${begin}`, ...lines.map((line) => indent + line), `${indent}${end}`]
    .map((line) => `${line}\n`)
    .join('');
}

/** A word for a POSIX shell: as it is when every shell takes it literally, in quotes otherwise. */
export function word(text: string): string {
  return /^[A-Za-z0-9_./@:%+][A-Za-z0-9_./@:%+=,-]*$/.test(text) ? text : quote(text);
}
