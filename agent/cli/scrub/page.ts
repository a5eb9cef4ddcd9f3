import type { Mask } from '../../gate/redact.ts';
import { decodePath, displayPath, displayText } from '../../model/path.ts';
import { count, type Style, wrap } from '../../report/style.ts';
import { allMetas } from '../../rules/registry.ts';
import type { RawFinding } from '../../rules/run.ts';
import type { ScrubPlan } from '../../scrub/plan.ts';
import { replacement } from '../../scrub/replace.ts';
import type { Workplace } from '../../scrub/repository.ts';
import { UsageError } from '../command.ts';

export interface Choice {
  /** `path`, `path:line`, or the beginning of a fingerprint. */
  place: string | undefined;
  commit: string | undefined;
  /** Findings that are not certain too. */
  all: boolean;
}

/** The secrets that are meant. What a person names is taken whatever its confidence. */
export function chosenFrom(findings: readonly RawFinding[], { place, commit, all }: Choice): RawFinding[] {
  const secrets = findings.filter((finding) => finding.category === 'secret' && finding.severity !== 'info');
  if (commit !== undefined) return secrets.filter((finding) => finding.commit === commit);
  if (place === undefined) return secrets.filter((finding) => all || finding.confidence === 'high');
  const byPrint = /^[0-9a-f]{6,32}$/.test(place) ? secrets.filter((one) => one.fingerprint.startsWith(place)) : [];
  const match = /^(.*?)(?::(\d+))?$/s.exec(place) as RegExpExecArray;
  const line = match[2] === undefined ? undefined : Number(match[2]);
  const here = secrets.filter((one) => one.path === match[1] && (line === undefined || one.span.line === line));
  const chosen = byPrint.length > 0 ? byPrint : here;
  if (chosen.length === 0)
    throw new UsageError(
      `${displayText(place)} names no secret in the commits that no remote has; nothing was changed`,
    );
  return chosen;
}

export interface PageInput {
  /** What can be scrubbed, and what has been pushed already. */
  local: readonly RawFinding[];
  gone: readonly RawFinding[];
  plan: ScrubPlan;
  place: Workplace;
  /** Other refs that keep the old commits. */
  others: readonly string[];
  sign: boolean;
  style: Style;
  mask: Mask;
}

/** What would happen, before it happens. */
export async function scrubPage({ local, gone, plan, place, others, sign, style, mask }: PageInput): Promise<string> {
  const metas = new Map((await allMetas()).map((meta) => [meta.id, meta]));
  const branch = place.branch.replace(/^refs\/heads\//, '');
  const lines: string[] = [];
  const say = (line: string, indent = 2): void => {
    for (const part of wrap(line, style.width - indent)) lines.push(`${' '.repeat(indent)}${part}`);
  };
  const title = (text: string, paint = (line: string) => line): void => {
    for (const line of wrap(text, style.width)) lines.push(paint(style.bold(line)));
  };
  const list = (findings: readonly RawFinding[]): void => {
    for (const finding of findings) {
      const commit = finding.commit ? `, came with ${finding.commit.slice(0, 10)}` : '';
      say(`${style.bold(finding.rule)}  ${displayPath(finding.path)}:${finding.span.line}${commit}`);
      say(style.dim(displayText(finding.message)), 6);
    }
  };
  if (gone.length > 0) {
    title(`${count(gone.length, 'secret')} cannot be scrubbed: a remote has it already`, style.red);
    list(gone);
    for (const rule of new Set(gone.map((finding) => finding.rule)))
      say(`Revoke it: ${metas.get(rule)?.fix ?? 'where it was issued.'}`);
    lines.push('');
  }
  if (plan.commits.length > 0) {
    const first = plan.commits[0]?.oid.slice(0, 10);
    title(`${count(local.length, 'secret')} in commits of ${displayText(branch)} that no remote has`);
    list(local);
    lines.push('', style.bold('What would change'));
    for (const [path, versions] of plan.paths) say(pathLine(path, versions, plan));
    if (plan.messages > 0) say(`${count(plan.messages, 'commit message')}: the value becomes ${replacement}`);
    say(
      `${count(plan.commits.length, 'commit')} from ${first} on ${plan.commits.length === 1 ? 'gets a new id' : 'get new ids'}; authors, dates and merges stay`,
    );
    if (sign) say('the new commits are signed, as git is set up to');
    else if (plan.signed > 0) say(`${count(plan.signed, 'signature')} would be lost: git is not set up to sign here`);
    if (plan.unread > 0) say(`${count(plan.unread, 'object')} of more than 64 MB could not be looked at`);
    for (const name of others.slice(0, 10)) say(`${style.yellow('still holds it afterwards:')} ${displayText(name)}`);
    say('Revoke it all the same if anyone may have seen it.');
    for (const ending of new Set(local.map((finding) => finding.ending))) if (ending) say(style.dim(ending), 4);
  } else if (gone.length === 0) lines.push('Nothing that can be rewritten holds it.');
  return mask(`${lines.join('\n')}\n`);
}

function pathLine(path: string, versions: number, plan: ScrubPlan): string {
  const name = displayPath(decodePath(Buffer.from(path, 'latin1')));
  const dropped = [...plan.blobs.values()].every((content) => content === null);
  return dropped
    ? `${name}: taken away (${count(versions, 'version')})`
    : `${name}: the value becomes ${replacement} (${count(versions, 'version')})`;
}
