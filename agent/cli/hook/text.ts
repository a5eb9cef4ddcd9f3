import { Exit, type ExitCode, type Report } from '../../gate/types.ts';
import { displayPath, displayText } from '../../model/path.ts';
import type { Finding } from '../../model/types.ts';
import { withTodos } from '../../policy/closed.ts';
import type { Gate, Reason } from '../../policy/types.ts';
import { gateOf, isUnjudged, problemsOf } from '../../report/facts.ts';
import { alsoAt, valueKey } from '../../report/places.ts';
import { remedyOf } from '../../report/remedy.ts';
import { count, wrap } from '../../report/style.ts';

/** What was judged: a commit or a push that is about to be made, or a push that a server has received. */
type What = 'commit' | 'push' | 'received';

export interface StopOptions {
  gate: Gate;
  what: What;
  code: ExitCode;
  /** Columns of the terminal; a dialog shows 100. */
  width?: number | undefined;
}
/** Longest first line: VS Code's dialog shows nothing else. */
const firstLine = 120;

/**
 * What a stopped commit or push prints: the whole verdict in the first line, then each reason with its place, why it
 * matters and what to do. Plain text, about 15 lines, nothing that could move a cursor or show a secret.
 */
export function stopText(report: Report, options: StopOptions): string {
  const { gate, what, code } = options;
  const width = Math.max(40, Math.min(120, options.width ?? 100));
  const lines = [
    cut(
      `Pregate ${code === Exit.violation ? 'stopped' : 'could not check'} this ${what === 'commit' ? what : 'push'}: ${headlineOf(report, gate, code)}`,
    ),
    '',
  ];
  const denied = reasons(report, gate, 'deny');
  if (code === Exit.violation) {
    const once = oncePerSecret(report, denied);
    lines.push(...reasonLines(report, once.slice(0, 4), width));
    if (once.length > 4) lines.push(`  and ${once.length - 4} more: ${seeAll(what)}`);
    lines.push(...noticed(report, options, width));
  } else {
    const fatal = problemsOf(report).filter((one) => one.fatal);
    for (const { problem, todo } of withTodos(fatal.slice(0, 5))) {
      lines.push(...wrap(`${displayText(problem.message)} [${problem.code}]`, width - 4).map((line) => `  ${line}`));
      if (todo !== undefined) lines.push(...wrap(todo, width - 4).map((line) => `  ${line}`));
    }
    lines.push(
      ...wrap(`It stopped for that reason. ${seeAll(what)} shows more.`, width - 4).map((line) => `  ${line}`),
    );
  }
  lines.push(...unread(report), '', ...wrap(lastLine(report, what), width));
  const secret = denied.map((reason) => findingOf(report, reason)).find((finding) => finding?.category === 'secret');
  const advice = secret && notASecret(report, secret, what);
  // A command stays on one line: it is there to be copied.
  if (advice !== undefined) lines.push(...(advice.includes('pregate suppress') ? [advice] : wrap(advice, width)));
  return `${lines.join('\n')}\n`;
}

/** The verdict in a few words, always with the file or the ref: `1 secret in config/deploy.env`. */
export function headlineOf(report: Report, gate: Gate, code: ExitCode): string {
  if (code !== Exit.violation) {
    const problem = problemsOf(report).find((one) => one.fatal);
    if (!problem) return `the ${gate} gate gave no answer`;
    return withPlace(displayText(problem.message), problem.path && displayPath(problem.path), '(');
  }
  const denied = reasons(report, gate, 'deny');
  const findings = denied.map((reason) => findingOf(report, reason)).filter((one) => one !== undefined);
  const secrets = findings.filter((finding) => finding.category === 'secret');
  const rest = denied.length - secrets.length;
  if (secrets.length === 0) {
    const first = denied[0];
    if (!first) return `the ${gate} gate refuses`;
    return `${saidOf(report, first)}${rest > 1 ? `, and ${rest - 1} more` : ''}`;
  }
  const places = [...new Set(secrets.map((finding) => displayPlace(finding, report)))];
  const others = places.length > 1 ? ` and ${count(places.length - 1, 'other place')}` : '';
  const where = `${places[0]}${others}`;
  const values = oncePerSecret(report, denied).filter(({ secret }) => secret).length;
  return `${count(values, 'secret')} in ${where}${rest > 0 ? `, and ${count(rest, 'other reason')}` : ''}`;
}

/** One reason with its place: a finding's first clause, or what the policy says of a ref, a commit or a file. */
function saidOf(report: Report, reason: Reason): string {
  const finding = findingOf(report, reason);
  if (finding) {
    // Details and line numbers follow below; here the place must stay in sight.
    const clause = (displayText(finding.message).split(/: |; /, 1)[0] as string).replace(
      / (?:up to|at|in) line \d+$/,
      '',
    );
    // A sentence goes on behind the colon, unless its first word is a name.
    const lower = /^[A-Z][a-z]+ [a-z]/.test(clause) && !/^(?:Docker|Kubernetes|Jenkins|Terraform)\b/.test(clause);
    return withPlace(lower ? clause.charAt(0).toLowerCase() + clause.slice(1) : clause, displayPlace(finding, report));
  }
  const message = displayText(reason.message);
  const { path, commit } = reason.place ?? { path: '' };
  if (path.startsWith('commit:')) return withPlace(message, path.slice(7, 14), '(');
  if (path !== '') return withPlace(message, displayPath(path));
  if (commit !== undefined) return withPlace(message, commit.slice(0, 7), '(');
  const refs = (report.push?.refs ?? []).map((ref) => displayText(ref.dst));
  if (refs.some((ref) => message.includes(ref))) return message;
  const branch = report.repo.branch === null ? undefined : displayText(report.repo.branch);
  return withPlace(message, refs[0] ?? branch, '(');
}

/** The message with its place behind it, unless it names it; what is too long for the first line is cut before it. */
function withPlace(message: string, place: string | undefined, how: 'in' | '(' = 'in'): string {
  if (place === undefined || place === '' || message.includes(place)) return message;
  const room = Math.max(24, firstLine - 'Pregate could not check this commit: , and 99 more in '.length - place.length);
  const short = message.length <= room ? message : `${message.slice(0, room - 1)}…`;
  return how === 'in' ? `${short} in ${place}` : `${short} (${place})`;
}

function reasons(report: Report, gate: Gate, effect: Reason['effect']): Reason[] {
  return gateOf(report.decision, gate)?.reasons.filter((reason) => reason.effect === effect) ?? [];
}

function findingOf(report: Report, reason: Reason): Finding | undefined {
  if (reason.finding === undefined) return undefined;
  return report.findings.find((finding) => finding.fingerprint === reason.finding);
}

function displayPlace(finding: Finding, report: Report): string {
  const note = noteOf(finding.path, report);
  if (note) return `a note on ${note.on} (${note.refs})`;
  if (finding.path.startsWith('commit:')) return `the message of commit ${finding.path.slice(7, 14)}`;
  if (finding.path === 'COMMIT_EDITMSG') return 'the commit message';
  if (finding.path.startsWith('tag:')) return `the message of tag ${displayPath(finding.path.slice(4))}`;
  return `${displayPath(finding.path)}${finding.commit ? ` (commit ${finding.commit.slice(0, 7)})` : ''}`;
}

/** What a push of notes calls by the id of the object they annotate (git-notes, "NOTES"; two digits may be a folder). */
function noteOf(path: string, report: Report): { on: string; refs: string } | undefined {
  const id = path.replaceAll('/', '');
  const refs = report.push?.refs.filter((ref) => ref.dst.startsWith('refs/notes/') && ref.new !== null) ?? [];
  if (refs.length === 0 || !/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(id)) return undefined;
  return { on: id.slice(0, 7), refs: refs.map((ref) => displayText(ref.dst)).join(', ') };
}

/** A reason, with the other places where the same secret stands. */
interface Told {
  reason: Reason;
  more: Finding[];
  secret: boolean;
}

/** A secret that stands in several places is one reason to a person. */
function oncePerSecret(report: Report, list: readonly Reason[]): Told[] {
  const told = new Map<string, Told>();
  for (const [index, reason] of list.entries()) {
    const finding = findingOf(report, reason);
    const secret = finding?.category === 'secret';
    const key = (secret ? valueKey(finding) : undefined) ?? String(index);
    const known = told.get(key);
    if (known && finding) known.more.push(finding);
    else told.set(key, { reason, more: [], secret });
  }
  return [...told.values()];
}

/** The first column: `a.env:3 1fabcd1`. */
function placeOf(report: Report, reason: Reason, finding: Finding | undefined): string {
  const line = finding ? finding.span.line : reason.place?.span?.line;
  const at = line === undefined ? '' : `:${line}`;
  const path = finding?.path ?? reason.place?.path ?? '';
  const commit = (finding?.commit ?? reason.place?.commit ?? '').slice(0, 7);
  const note = noteOf(path, report);
  if (note) return `note on ${note.on}${at}`;
  // Of a commit it is the message that has lines; without one the commit itself is meant.
  if (path.startsWith('commit:')) return `${line === undefined ? '' : 'message of '}${commit}`.trim();
  return [path === '' ? '' : `${displayPath(path)}${at}`, commit].filter((part) => part !== '').join(' ');
}

/** Place, rule and text in three columns; the text wraps below itself. */
function reasonLines(report: Report, list: readonly Told[], width: number): string[] {
  const rows = list.map(({ reason, more }, index) => {
    const finding = findingOf(report, reason);
    const place = placeOf(report, reason, finding);
    const rule = finding?.rule ?? reason.rule;
    // Said once for each rule, below its last reason.
    const last = !list
      .slice(index + 1)
      .some((other) => (findingOf(report, other.reason)?.rule ?? other.reason.rule) === rule);
    const advice = last ? [remedyOf(reason, report.findings) ?? '', finding ? `pregate explain ${rule}` : ''] : [];
    const also = finding && more.length > 0 ? `It ${alsoAt(finding, more).replace('also', 'also stands')}.` : '';
    const text = [finding?.message ?? reason.message, also, ...advice];
    return { place, rule: displayText(rule), text: text.filter((part) => part !== '').map(displayText) };
  });
  const first = Math.min(40, Math.max(0, ...rows.map((row) => row.place.length)));
  const second = Math.min(24, Math.max(0, ...rows.map((row) => row.rule.length)));
  // In a narrow terminal the text stands below, and not beside.
  const narrow = width < 80;
  const indent = narrow ? 6 : 2 + first + 2 + second + 2;
  return rows.flatMap((row) => {
    const body = row.text.flatMap((part) => wrap(part, Math.max(32, width - indent)));
    const head = `  ${row.place.padEnd(first)}  ${row.rule.padEnd(second)}  `;
    const fits = !narrow && row.place.length <= first && row.rule.length <= second;
    const lines = body.map((text) => `${' '.repeat(indent)}${text}`);
    if (!fits) return [`  ${row.place}  ${row.rule}`, ...lines];
    return [`${head}${body[0] ?? ''}`.trimEnd(), ...lines.slice(1)];
  });
}

/** Secrets first, then the most severe: two are shown, and the rest is counted. */
function noticed(report: Report, { gate, what }: StopOptions, width: number): string[] {
  const weight = ({ reason, finding }: Noticed): number => {
    if (finding?.category === 'secret' || /secret/.test(reason.rule)) return -1;
    return finding ? rank[finding.severity] : rank.medium;
  };
  const warned = reasons(report, gate, 'warn')
    .map((reason) => ({ reason, finding: findingOf(report, reason) }))
    .sort((a, b) => weight(a) - weight(b) || severityOf(a) - severityOf(b));
  if (warned.length === 0) return [];
  const once = oncePerSecret(
    report,
    warned.map(({ reason }) => reason),
  );
  const shown = once.slice(0, 2);
  const preview = what === 'commit' ? 'pregate preview --staged --why commit' : 'pregate preview --why push';
  const more = once.length > 2 ? [`  and ${once.length - 2} more: ${preview}`] : [];
  return ['Not stopping, worth a look:', ...reasonLines(report, shown, width), ...more];
}

interface Noticed {
  reason: Reason;
  finding: Finding | undefined;
}

const rank: Record<Finding['severity'], number> = { critical: 0, high: 1, medium: 2, low: 3, info: 4 };

function severityOf({ finding }: Noticed): number {
  return finding ? rank[finding.severity] : rank.medium;
}

/**
 * What to do about a finding that is no secret, where something can be done: a file of the index can be accepted before
 * the next commit; a push with a base does not take a suppression it brings itself; a message cannot be accepted at all.
 */
function notASecret(report: Report, finding: Finding, what: What): string | undefined {
  if (isMessage(finding.path)) return undefined;
  if (what !== 'commit') {
    if (report.repo.mergeBase === null) return undefined;
    return 'Not a secret? A suppression counts once it is on the protected branch: bring it there first.';
  }
  if (finding.commit !== undefined || !report.changes.some((change) => change.path === finding.path)) return undefined;
  // What is staged need not be what lies on disk.
  return `Not a secret? pregate suppress --staged ${displayPath(finding.path)}:${finding.span.line} --reason "…"`;
}

function isMessage(path: string): boolean {
  return path === 'COMMIT_EDITMSG' || path.startsWith('commit:') || path.startsWith('tag:');
}

/** What was looked at in part or not at all is said in one line, whatever the verdict. */
function unread(report: Report): string[] {
  if (report.skipped.length === 0) return [];
  const reasonsSeen = [...new Set(report.skipped.map((skip) => skip.reason))].slice(0, 3).join(', ');
  return [`  Not looked at, or in part: ${count(report.skipped.length, 'file')} (${reasonsSeen})`];
}

/**
 * What is said of a commit or push that passes although a file was too large to be read whole: nobody is to take the silence
 * for a look at all of it. Undefined when everything was read. LFS and submodules are other stores, and not said each time.
 */
export function partText(report: Report): string | undefined {
  const cut = report.skipped.filter((skip) => skip.partial && skip.reason === 'too-large');
  const [first] = cut;
  if (!first) return undefined;
  const others = cut.length > 1 ? ` and ${count(cut.length - 1, 'other file')}` : '';
  return `Pregate read ${displayPath(first.path)}${others} in part only: too large. A secret in the rest is not seen.\n`;
}

/** A policy without rules for a gate lets everything by: that is said, because silence means that it passed. */
export function unjudgedText(report: Report, gate: Gate, what: What): string | undefined {
  const decision = gateOf(report.decision, gate);
  if (!decision || !isUnjudged(decision)) return undefined;
  const because = displayText(decision.summary).replace(/^not judged: /, '');
  return `Pregate did not judge this ${what === 'commit' ? what : 'push'}: ${because} (${displayText(report.policy.name)})\n`;
}

/** What did not happen. Everything was sent to a server, which keeps none of it (git-receive-pack, "Quarantine Environment"). */
const notDone: Record<What, string> = {
  commit: 'Nothing was changed.',
  push: 'Nothing was sent.',
  received: 'Nothing was accepted.',
};

function lastLine(report: Report, what: What): string {
  const { name, revision } = report.policy;
  const policy = `policy ${displayText(name)}${revision === '' ? '' : `@${displayText(revision)}`}`;
  const done = notDone[what];
  return report.decision.engine === undefined ? `${done} No policy judged it.` : `${done} Enforced by ${policy}.`;
}

function seeAll(what: What): string {
  return what === 'commit' ? 'pregate check --staged' : 'pregate check --outgoing';
}

function cut(line: string): string {
  return line.length <= firstLine ? line : `${line.slice(0, firstLine - 1)}…`;
}
