import type { Report } from '../gate/types.ts';
import { displayText } from '../model/path.ts';
import type { Gate, Reason } from '../policy/types.ts';
import { placeText } from './ladder.ts';
import { count, type Style, wrap } from './style.ts';
import { signs, words } from './verdict.ts';

type Effect = Reason['effect'] | 'silent';

/** One reason that has another effect on another day. */
export interface Flip {
  gate: Gate;
  rule: string;
  from: Effect;
  to: Effect;
  message: string;
  place: string;
  /** The first day of the new effect, where it is known. */
  on?: string;
  /** What ends or begins then. */
  because: string;
}

/** Compares two reports of the same change, made as of two instants: what has another effect in the later one, and why. */
export function flipsBetween(now: Report, later: Report): Flip[] {
  const before = reasonsOf(now);
  const after = reasonsOf(later);
  const flips: Flip[] = [];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [old, fresh] = [before.get(key), after.get(key)];
    const from: Effect = old?.effect ?? 'silent';
    const to: Effect = fresh?.effect ?? 'silent';
    const reason = fresh ?? old;
    if (from === to || !reason || (from === 'silent' && to === 'note')) continue;
    const { gate, rule, message } = reason;
    flips.push({ gate, rule, from, to, message, place: placeText(reason), ...causeOf(old, fresh, now, later) });
  }
  return flips.sort((a, b) => ((a.on ?? '~') < (b.on ?? '~') ? -1 : (a.on ?? '~') > (b.on ?? '~') ? 1 : 0));
}

/** What a reason does, as a person says it. */
export const effectWords: Record<Effect, string> = {
  deny: 'refuses',
  warn: 'warns',
  depends: 'depends',
  note: 'is noted',
  silent: 'is silent',
};

/** `pregate preview --at`: the day, what is different then, and which gates change their answer. */
export function renderFlips(now: Report, later: Report, style: Style): string {
  const flips = flipsBetween(now, later);
  const lines: string[] = [];
  for (const gate of later.decision.gates) {
    const before = now.decision.gates.find((one) => one.gate === gate.gate);
    if (!before || before.answer === gate.answer) continue;
    lines.push(
      `    ${style.bold(gate.gate.padEnd(9))} ${signs[before.answer]} ${words[before.answer]} today, ${signs[gate.answer]} ${words[gate.answer]} then`,
    );
  }
  if (lines.length > 0) lines.push('');
  for (const { on, rule, from, to, message, place, because } of flips) {
    lines.push(
      `    ${(on ?? 'by then').padEnd(12)}${style.bold(displayText(rule))} ${effectWords[to]}, today it ${effectWords[from]}`,
    );
    for (const line of wrap(displayText(`${because}. ${message}`), style.width - 18))
      lines.push(`                ${line}`);
    if (place !== '') lines.push(style.dim(`                ${place}`));
  }
  const day = later.now.slice(0, 10);
  const head =
    flips.length === 0
      ? `Nothing about this change is different on ${day}.`
      : `${count(flips.length, 'answer')} of the policy ${flips.length === 1 ? 'is' : 'are'} different on ${day}:`;
  return `  ${style.bold(head)}\n${lines.length > 0 ? `\n${lines.join('\n')}\n` : ''}`;
}

function reasonsOf(report: Report): Map<string, Reason> {
  const out = new Map<string, Reason>();
  for (const reason of report.decision.gates.flatMap((gate) => gate.reasons)) {
    const { gate, rule, finding, place } = reason;
    const where =
      finding ?? (place ? `${place.path}\0${place.commit ?? ''}\0${place.span?.line ?? ''}` : reason.message);
    out.set(`${gate}\0${rule}\0${where}`, reason);
  }
  return out;
}

function causeOf(
  old: Reason | undefined,
  fresh: Reason | undefined,
  now: Report,
  later: Report,
): Pick<Flip, 'on' | 'because'> {
  if (old?.exception?.state === 'counts' && fresh?.exception?.state !== 'counts') {
    const { id, approver, expires } = old.exception;
    if (fresh?.exception?.state === 'expired')
      return { on: dayAfter(expires), because: `exception ${id} of ${approver} ends on ${expires}` };
    return { because: `exception ${id} stops counting: ${fresh?.exception?.problem ?? 'it is not there any more'}` };
  }
  if (old?.effectiveOn !== undefined && fresh?.effectiveOn === undefined && fresh?.effect === 'deny') {
    return { on: old.effectiveOn.slice(0, 10), because: `the policy refuses it from ${old.effectiveOn.slice(0, 10)}` };
  }
  const fingerprint = fresh?.finding ?? old?.finding;
  const ended = now.suppressed.find((one) => one.fingerprint === fingerprint);
  const expires = ended?.suppressed?.expires;
  if (expires !== undefined && !later.suppressed.some((one) => one.fingerprint === fingerprint)) {
    return { on: dayAfter(expires), because: `its suppression ends on ${expires}` };
  }
  return { because: 'the policy looks at the date' };
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
