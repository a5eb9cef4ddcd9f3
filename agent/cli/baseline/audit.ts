import path from 'node:path';
import { Exit, type ExitCode } from '../../gate/types.ts';
import { displayPath } from '../../model/path.ts';
import { count } from '../../report/style.ts';
import { allMetas } from '../../rules/registry.ts';
import { ensureState, readStateFile, repositoryId, stateFolder, writeStateFile } from '../../state.ts';
import { keyOf, type Verdict, writeAnswer, writeBaseline } from '../../suppress.ts';
import { type Args, type Io, text } from '../command.ts';
import { styleOf } from '../render.ts';
import { type Matched, matchAll } from './entries.ts';
import { authorOf, readBaselineFile, writeBaselineFile } from './file.ts';
import { type Keys, readKeys } from './keys.ts';
import { auditPage, type Question } from './page.ts';

/**
 * Asks about every secret alone: is it one? Each answer is written at once, so that leaving and coming back loses nothing.
 * "No secret" and "revoked" become entries of the baseline with a verdict; "real" takes the entry away, so that the gate
 * speaks about it again, and is remembered in the state folder so that it is not asked twice.
 */
export async function audit(args: Args, io: Io): Promise<ExitCode> {
  const keys = readKeys(io);
  try {
    const matched = await matchAll(io);
    const again = args.flags['again'] === true;
    const real = readReal(matched, io);
    const questions = questionsOf(matched, text(args, 'rule')).filter(
      (one) => again || !(one.entries.some((entry) => entry.verdict) || real.has(one.findings[0].secret ?? '')),
    );
    if (questions.length === 0) {
      io.out(`Nothing to ask: every secret here has been looked at${again ? '' : ' (--again asks anew)'}.\n`);
      return Exit.pass;
    }
    const author = await authorOf(matched.file.root, io);
    return await ask({ keys, matched, questions, real, author, io });
  } finally {
    keys.close();
  }
}

interface Session {
  keys: Keys;
  matched: Matched;
  questions: Question[];
  /** Value ids that were called real. */
  real: Set<string>;
  author: string;
  io: Io;
}

async function ask(session: Session): Promise<ExitCode> {
  const { keys, questions, io, matched } = session;
  const metas = new Map((await allMetas()).map((meta) => [meta.id, meta]));
  const style = styleOf(io);
  const answers = new Map<number, 'no secret' | 'real' | 'revoked'>();
  let around = 3;
  for (let at = 0; at < questions.length; ) {
    const question = questions[at] as Question;
    const meta = metas.get(question.findings[0].rule);
    io.out('\u001b[2J\u001b[H');
    io.out(auditPage(question, matched.judgement, { index: at + 1, total: questions.length, around, style, meta }));
    const key = await keys.next();
    if (key === 'q' || key === 'end') break;
    if (key === 'm') around = Math.min(around + 10, 200);
    else if (key === 's') at++;
    else if (key === 'b') at = Math.max(0, at - 1);
    else if (key === 'r') {
      await answerReal(session, question);
      answers.set(at++, 'real');
    } else if (key === 'f' || key === 'v') {
      const verdict: Verdict = key === 'f' ? 'not-a-secret' : 'revoked';
      const usual = key === 'f' ? 'looked at: no secret' : 'revoked and replaced';
      const reason = await askReason(session, usual);
      if (reason === undefined) continue;
      await accept(session, question, { verdict, reason });
      answers.set(at++, key === 'f' ? 'no secret' : 'revoked');
    } else continue;
    if (key !== 'm') around = 3;
  }
  io.out('\u001b[2J\u001b[H');
  io.out(summary(session, answers));
  return Exit.pass;
}

function summary({ questions, matched }: Session, answers: ReadonlyMap<number, string>): string {
  const counted = (word: string) => [...answers.values()].filter((one) => one === word).length;
  const lines = [
    `${answers.size} of ${questions.length} answered: ${counted('no secret')} no secret, ${counted('revoked')} revoked, ${counted('real')} real.`,
  ];
  for (const [at, word] of answers) {
    if (word !== 'real') continue;
    const [finding] = (questions[at] as Question).findings;
    lines.push(
      `  real: ${displayPath(finding.path)}:${finding.span.line} ${finding.rule}   pregate explain ${finding.rule}`,
    );
  }
  const left = questions.length - answers.size;
  if (left > 0) lines.push(`${count(left, 'question')} left: pregate baseline audit`);
  if (answers.size > counted('real')) lines.push(`Commit the answers with: git add ${displayPath(matched.file.path)}`);
  return `${matched.judgement.mask(lines.join('\n'))}\n`;
}

/** A line of text with a usual answer; undefined when it was left by Escape. */
async function askReason({ keys, io }: Session, usual: string): Promise<string | undefined> {
  io.out(`\n  why? [${usual}] `);
  let typed = '';
  for (;;) {
    const key = await keys.next();
    if (key === 'escape' || key === 'end') return undefined;
    if (key === 'enter') return typed.trim() === '' ? usual : typed.trim();
    if (key === 'backspace') {
      if (typed !== '') io.out('\b \b');
      typed = typed.slice(0, -1);
    } else if (typed.length < 200) {
      typed += key;
      io.out(key);
    }
  }
}

async function accept(session: Session, question: Question, said: { verdict: Verdict; reason: string }): Promise<void> {
  const { matched, author, real } = session;
  const file = await readBaselineFile(matched.file.root, matched.file.path);
  const candidates = question.findings.map((finding) => ({ finding, identity: finding.identity }));
  const { text: body, entries } = writeAnswer(file.baseline, { candidates, old: question.entries, author, ...said });
  await writeBaselineFile(file, body);
  question.entries = entries;
  if (real.delete(question.findings[0].secret ?? '')) writeReal(session);
}

async function answerReal(session: Session, question: Question): Promise<void> {
  const { matched, real } = session;
  const file = await readBaselineFile(matched.file.root, matched.file.path);
  const old = new Set(question.entries.map(keyOf));
  const drop = (file.baseline?.entries ?? []).filter((entry) => old.has(keyOf(entry)));
  if (file.baseline && drop.length > 0) {
    await writeBaselineFile(file, writeBaseline(file.baseline, [], { reason: '', author: '', drop }));
  }
  question.entries = [];
  real.add(question.findings[0].secret ?? '');
  writeReal(session);
}

/** One question for each value, wherever it stands, in the order of places. */
function questionsOf({ candidates, entryOf }: Matched, rule: string | undefined): Question[] {
  const questions = new Map<string, Question>();
  for (const candidate of candidates) {
    const { finding } = candidate;
    if (finding.category !== 'secret' || (rule !== undefined && finding.rule !== rule)) continue;
    const key = `${finding.rule}\0${finding.secret}`;
    const entry = entryOf.get(candidate);
    const known = questions.get(key);
    if (known) known.findings.push(finding);
    else questions.set(key, { findings: [finding], entries: [] });
    const question = questions.get(key) as Question;
    if (entry && !question.entries.includes(entry)) question.entries.push(entry);
  }
  return [...questions.values()];
}

function realFile({ judgement }: Pick<Matched, 'judgement'>, folder: string): string | undefined {
  const { commonDir } = judgement.report.repo;
  return commonDir === undefined ? undefined : path.join(folder, 'repositories', repositoryId(commonDir), 'audit.json');
}

/** Values that were called real before, as keyed hashes of this installation. */
function readReal(matched: Matched, io: Io): Set<string> {
  const file = realFile(matched, stateFolder(io.env));
  try {
    const value: unknown = JSON.parse((file && readStateFile(file)) ?? '[]');
    return new Set(Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);
  } catch {
    // A damaged memory only means that questions come again.
    return new Set();
  }
}

function writeReal({ matched, real, io }: Session): void {
  const { commonDir } = matched.judgement.report.repo;
  if (commonDir === undefined) return;
  const file = path.join(ensureState(io.env, 'repositories', repositoryId(commonDir)), 'audit.json');
  writeStateFile(file, `${JSON.stringify([...real].sort())}\n`);
}
