import { readFileSync } from 'node:fs';
import path from 'node:path';
import { spool } from '../audit/spool.ts';
import { type VerdictFacts, verdictOf } from '../audit/verdict.ts';
import { check, judgeCollected, preload, signatures } from '../gate/check.ts';
import { type CollectOptions, collect, type Standing } from '../gate/collect.ts';
import type { Judgement } from '../gate/judge.ts';
import type { Mask } from '../gate/redact.ts';
import { mergeReports, splitScope } from '../gate/split.ts';
import { type Collected, Exit, type ExitCode, type PushRef, type Report, type Scope } from '../gate/types.ts';
import { amWords, commitWords } from '../git/commit-words.ts';
import { GitFailure, problemOf } from '../git/failure.ts';
import { openObjects } from '../git/objects.ts';
import { findPlace, type Place } from '../git/place.ts';
import type { RawChange } from '../git/raw.ts';
import { withoutCredentials } from '../git/remote-url.ts';
import { isOid, openGit, runGit } from '../git/run.ts';
import { displayText } from '../model/path.ts';
import type { Problem } from '../model/types.ts';
import type { Gate } from '../policy/types.ts';
import { exitCodeOf } from '../report/facts.ts';
import { forLocale } from '../report/plain-signs.ts';
import { gitArguments } from '../sign/process.ts';
import { stateFolder } from '../state-folder.ts';
import { type Command, UsageError } from './command.ts';
import { clearUnverified, noteChanges, noteTree, stagedTree } from './hook/checked.ts';
import { sharedStanding } from './hook/shared.ts';
import { isSkipped } from './hook/skip.ts';
import { headlineOf, partText, stopText, unjudgedText } from './hook/text.ts';
import { milliseconds, startWatchdog, unwatched, type Watchdog } from './hook/watchdog.ts';

/** What a hook may touch outside: its folder, git's environment and input, and the place for its words. */
export interface HookIo {
  cwd: string;
  env: NodeJS.ProcessEnv;
  stdin: NodeJS.ReadableStream;
  err: (text: string) => void;
  /** Columns of the terminal, where it is known. */
  width?: number | undefined;
  /** Ends the process at once when the watchdog closes the gate. Default: `process.exit`. */
  exit?: (code: ExitCode) => void;
  /** The process that git is an ancestor of, where that is not this one's parent. */
  pid?: number;
  standing?: Standing;
  /** The end of the index that `standing` tells about, where its shell has seen it. */
  seal?: () => Promise<Uint8Array | undefined>;
  /** Somebody else ends this run when it takes too long. */
  watched?: boolean;
}

export const command: Command = {
  name: 'hook',
  summary: 'What the installed hooks call; git gives it arguments and input.',
  usage: [
    'hook pre-commit',
    'hook pre-merge-commit',
    'hook commit-msg FILE',
    'hook post-commit',
    'hook pre-push REMOTE URL',
  ],
  options: {},
  run: (args, io) => runHook(args.positionals[0] ?? '', args.positionals.slice(1), io),
};

/**
 * Runs one hook as git calls it (githooks(5)): `argv` are git's arguments after the hook's name.
 * Silent on pass. Exit 0 pass, 1 the gate refuses, 2 no such hook, 3 could not check: everything but 0 stops git.
 */
export async function runHook(name: string, argv: readonly string[], io: HookIo): Promise<ExitCode> {
  if (name === 'post-commit') {
    const { afterCommit } = await import('./hook/after-commit.ts');
    return afterCommit(io, { check, findPlace, openGit, openObjects, runGit });
  }
  const hook = Object.hasOwn(hooks, name) ? hooks[name as keyof typeof hooks] : undefined;
  if (!hook) throw new UsageError(`there is no hook ${JSON.stringify(name)}: ${Object.keys(hooks).join(', ')}`);
  const watchdog = io.watched ? unwatched : startWatchdog(io, hook.what);
  try {
    const started = milliseconds();
    const judged = await judgeScopes(name, hook, await hook.scopes(argv, io), io, watchdog);
    return judged ? await conclude(name, hook, judged, milliseconds() - started, io) : Exit.pass;
  } catch (error) {
    watchdog.clear();
    io.err(couldNotStart(hook.what, problemOf(error, 'read what git asked about')));
    return Exit.couldNotCheck;
  } finally {
    watchdog.stop();
  }
}

interface Hook {
  what: 'commit' | 'push';
  gate: Gate;
  scopes: (argv: readonly string[], io: HookIo) => Promise<Scope[]>;
}

const staged = async (): Promise<Scope[]> => [{ kind: 'staged' }];

const hooks: Record<'pre-commit' | 'pre-merge-commit' | 'commit-msg' | 'pre-push', Hook> = {
  'pre-commit': { what: 'commit', gate: 'commit', scopes: staged },
  'pre-merge-commit': { what: 'commit', gate: 'commit', scopes: staged },
  'commit-msg': { what: 'commit', gate: 'commit', scopes: messageScope },
  'pre-push': { what: 'push', gate: 'push', scopes: pushScopes },
};

/** A report with what takes secrets out of any words about it. */
type Judged = Pick<Judgement, 'report' | 'mask'>;

/** Judges one scope after the other, as one: a push leads to several trees, and a person reads one verdict. */
async function judgeScopes(
  name: string,
  hook: Hook,
  scopes: readonly Scope[],
  io: HookIo,
  watchdog: Watchdog,
): Promise<Judged | undefined> {
  if (scopes.length === 0) return undefined;
  const shared = scopes.length > 1 && !io.standing ? sharedStanding() : undefined;
  const shares = shared ? { ...io, standing: shared.standing } : io;
  const all: Judged[] = [];
  try {
    for (const scope of scopes) all.push(await judgeScope(name, hook, scope, shares, watchdog));
  } finally {
    shared?.close();
    watchdog.clear();
  }
  return {
    report: mergeReports(all.map(({ report }) => report)),
    mask: (text) => all.reduce((masked, { mask }) => mask(masked), text),
  };
}

async function judgeScope(name: string, hook: Hook, scope: Scope, io: HookIo, watchdog: Watchdog): Promise<Judged> {
  watchdog.reading();
  let coming: { place: Place; parent: string | null; changes: readonly RawChange[] } | undefined;
  const onIndex: CollectOptions['onIndex'] = (place, commit) => {
    coming = { place, ...commit };
  };
  const known = await knownBlobs(hook, io);
  const options = { ...collectOptions(io, watchdog, hook.what === 'commit'), ...(known ? known.options : {}) };
  const collecting = collect(scope, { ...options, onIndex });
  void preload();
  let collected = await collecting;
  // What earlier hooks have looked at says nothing of patterns that the team has added since.
  if (known?.relied() && collected.config.secrets.patterns.length > 0) {
    collected = await collect(scope, { ...options, isKnown: () => false, onIndex });
  }
  watchdog.judging(bytesOf(collected));
  const judged = await judgeCollected(collected, { cwd: io.cwd, env: io.env, gates: [hook.gate], log: true });
  known?.learn(judged);
  if (exitCodeOf(judged.report, [hook.gate]) === Exit.pass && name === 'pre-commit' && coming) {
    const { place, parent, changes } = coming;
    const tree = io.standing?.staged?.tree ?? stagedTree(place, io.env, io.cwd, await io.seal?.());
    if (tree !== undefined) noteTree(parent, tree, io.env);
    else await noteChanges(parent, changes, io.env);
  }
  return { report: judged.report, mask: judged.mask };
}

/** Keeps the verdict, says it, and does what belongs to it. */
async function conclude(name: string, hook: Hook, judged: Judged, ms: number, io: HookIo): Promise<ExitCode> {
  const { report, mask } = judged;
  const code = exitCodeOf(report, [hook.gate]);
  const kept = keepVerdict(report, { hook: name, gate: hook.gate, code, ms }, io);
  // Git calls two hooks for one commit: the first says it.
  const unjudged = name === 'commit-msg' ? undefined : unjudgedText(report, hook.gate, hook.what);
  const part = code === Exit.pass ? (unjudged ?? partText(report)) : undefined;
  if (part !== undefined) io.err(forLocale(mask(part), io.env));
  // Of a commit that passes `post-commit` says it.
  if (code === Exit.pass && hook.gate !== 'push') return code;
  if (code === Exit.pass) {
    io.err(kept);
    clearUnverified(
      report.commits.map((commit) => commit.oid),
      io.env,
    );
    await writeLog(io, code);
    const { stateBeforePush } = await import('../attest/on-push.ts');
    const problem = await stateBeforePush(report, io.cwd, io.env);
    if (problem !== undefined) io.err(`Pregate: ${displayText(problem)}\n`);
    return code;
  }
  if (code === Exit.violation && hook.gate === 'commit' && isSkipped(report, mask, io.env)) {
    const headline = mask(headlineOf(report, hook.gate, code));
    io.err(
      `Pregate lets this commit pass, as PREGATE_SKIP says: ${headline}\n  It is in the audit log, and the push will be judged with it.\n`,
    );
    return Exit.pass;
  }
  const width = io.width ?? (Number(io.env['COLUMNS']) || undefined);
  io.err(forLocale(mask(stopText(report, { gate: hook.gate, what: hook.what, code, width })), io.env));
  io.err(kept);
  if (name === 'pre-push') await rememberBlock(report, mask, hook.gate, code, io);
  return writeLog(io, code);
}

/**
 * What earlier hooks have looked at: a push does not look again, and tells the next one. A commit tells it too, where that
 * costs nothing: in the daemon, after the verdict.
 */
async function knownBlobs(hook: Hook, io: HookIo) {
  if (hook.what === 'commit' && !io.watched) return undefined;
  const [{ openKnown }, { learn }] = await Promise.all([import('../known/known.ts'), import('../known/learn.ts')]);
  const known = openKnown(io.env);
  if (!known) return undefined;
  if (hook.what === 'commit')
    return {
      options: {},
      relied: () => false,
      learn: (judged: Judgement) => void setImmediate(() => learn(known, judged)),
    };
  known.refresh();
  let relied = false;
  const isKnown: typeof known.has = (place) => {
    const has = known.has(place);
    relied ||= has;
    return has;
  };
  return {
    options: { isKnown },
    relied: () => relied,
    learn(judged: Judgement) {
      learn(known, judged);
      known.flush();
    },
  };
}

function collectOptions(io: HookIo, watchdog: Watchdog, committing: boolean): CollectOptions {
  // Git tells its hooks nothing of its options; where its command line cannot be seen, the push looks at the whole commit.
  const words = committing ? gitArguments(io.pid) : undefined;
  const typed = words && (commitWords(words) ?? amWords(words));
  return {
    ...(typed ? { typed } : {}),
    cwd: io.cwd,
    env: io.env,
    onProgress: watchdog.progress,
    ...(io.standing ? { standing: io.standing } : {}),
    ...signatures({ env: io.env, committing, ...(io.pid === undefined ? {} : { pid: io.pid }) }),
  };
}

async function messageScope(argv: readonly string[], io: HookIo): Promise<Scope[]> {
  const file = argv[0];
  if (file === undefined) throw new UsageError('commit-msg needs the path of the message file');
  try {
    return [{ kind: 'staged', message: readFileSync(path.resolve(io.cwd, file)) }];
  } catch (error) {
    throw new GitFailure({
      code: 'message-unreadable',
      message: `The commit message could not be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}). Nothing was checked.`,
      fatal: true,
    });
  }
}

/** An up-to-date push runs the hook with empty input: there is nothing to judge. */
async function pushScopes(argv: readonly string[], io: HookIo): Promise<Scope[]> {
  const refs = parsePushLines(await readAll(io.stdin));
  if (refs.length === 0) return [];
  const where = { ...(argv[0] ? { remote: argv[0] } : {}), ...(argv[1] ? { url: argv[1] } : {}) };
  return splitScope({ kind: 'outgoing', refs, ...where });
}

/** Lines `<local ref> <local oid> <remote ref> <remote oid>` (githooks(5)); a line of another shape stops the push. */
export function parsePushLines(input: string): PushRef[] {
  const refs: PushRef[] = [];
  for (const line of input.split('\n')) {
    if (line.trim() === '') continue;
    const [localRef, localOid, remoteRef, remoteOid, more] = line.split(' ');
    if (
      !localRef ||
      !localOid ||
      !remoteRef ||
      !remoteOid ||
      more !== undefined ||
      !isOid(localOid) ||
      !isOid(remoteOid)
    ) {
      throw new GitFailure({
        code: 'bad-push-line',
        message: 'Git named the refs of this push in a way that was not understood. Nothing was checked.',
        fatal: true,
      });
    }
    refs.push({ localRef, localOid, remoteRef, remoteOid });
  }
  return refs;
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as string | Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}

/** Leaves the verdict for the audit log: one small file, which a passing commit can afford. Answers what to say of it. */
function keepVerdict(report: Report, facts: Omit<VerdictFacts, 'by'>, io: HookIo): string {
  const { commonDir } = report.repo;
  const state = stateFolder(io.env, process.platform);
  // The verdict stands whether or not it can be logged; `pregate log verify` and the doctor say what is wrong.
  if (commonDir === undefined || state === undefined) return '';
  const kept = spool(state, commonDir, verdictOf(report, { ...facts, by: io.watched ? 'daemon' : 'cold' }));
  return said[kept];
}

const said = {
  whole: '',
  gap: 'The audit log has no room for this verdict; an entry will say so when there is: pregate doctor\n',
  lost: 'The audit log has a gap, because the state folder cannot be written: pregate doctor\n',
};

/** Chains what was left for the log, where there is time for it: before a push, and when something was stopped anyway. */
async function writeLog(io: HookIo, code: ExitCode): Promise<ExitCode> {
  const { foldSpool } = await import('../audit/log.ts');
  await foldSpool(io.env);
  return code;
}

/** What the editor shows when the push that failed was stopped by us. It holds no content, only the headline. */
async function rememberBlock(report: Report, mask: Mask, gate: Gate, code: ExitCode, io: HookIo): Promise<void> {
  try {
    const { writeLastBlock } = await import('../state.ts');
    const place = await findPlace(openGit(io.cwd, io.env));
    const remote = report.push ? report.push.remote || withoutCredentials(report.push.url) : '';
    const headline = mask(headlineOf(report, gate, code));
    writeLastBlock(place.commonDir, { at: report.now, hook: 'pre-push', headline, remote: mask(remote) }, io.env);
  } catch {
    // The verdict stands and has been printed; only the editor will not find it again.
  }
}

function bytesOf(collected: Collected): number {
  const lists = [collected.targets, collected.context, collected.base, collected.history];
  return lists.reduce((sum, list) => sum + list.reduce((inner, document) => inner + document.bytes.length, 0), 0);
}

function couldNotStart(what: string, problem: Problem): string {
  return `Pregate could not check this ${what}, so it stopped it.\n\n  ${problem.message}\n`;
}
