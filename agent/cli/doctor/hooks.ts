import { existsSync } from 'node:fs';
import path from 'node:path';
import { runningBundle } from '../../../hooks/bundle.ts';
import { type InstallPlan, planInstall, readManifest } from '../../../hooks/install.ts';
import { type HookStatus, hooksReport } from '../../../hooks/status.ts';
import { word } from '../../../hooks/stub.ts';
import type { Place } from '../../git/place.ts';
import { type Git, runGit } from '../../git/run.ts';
import type { Io } from '../command.ts';
import { type Finding, messageOf } from './finding.ts';

const name = 'hooks';

/** The hooks of this working tree and, where they run here, whether they run in the others of this repository too. */
export async function hooksFindings(place: Place, git: Git, io: Io): Promise<Finding[]> {
  const here = await hooksOf(place, io);
  return here.state === 'wrong' ? [here] : [here, ...(await worktrees(place, git, io))];
}

/** Installed, and still what was installed: a plan that would write something means that something has drifted. */
async function hooksOf(place: Place, io: Io): Promise<Finding> {
  try {
    const plan = await planInstall({ cwd: place.root, env: io.env, bundle: runningBundle() });
    const notice = plan.notices.find((one) => one.fatal);
    if (notice) return wrong(notice.message, notice.remedy);
    const report = await hooksReport(place.root, io.env);
    const asleep = report.hooks.filter((one) => one.state !== 'active');
    const never = (readManifest(place.commonDir, io.env)?.done.length ?? 0) === 0;
    if (never && asleep.length === report.hooks.length && plan.actions.length > 0) {
      return wrong(`not installed (${plan.place.label})`, 'pregate init');
    }
    // Git says nothing about most of these: each hook that would not run is named, with why.
    const [first] = asleep;
    if (first !== undefined) return wrong(`${first.hook} does not run: ${first.what}${andMore(asleep)}`, first.remedy);
    const [problem] = report.problems;
    if (problem !== undefined) return wrong(problem);
    return driftOf(plan);
  } catch (error) {
    return wrong(messageOf(error, 'the hooks could not be looked at'));
  }
}

function wrong(line: string, remedy?: string): Finding {
  return { name, state: 'wrong', line, ...(remedy === undefined ? {} : { remedy }) };
}

function driftOf({ actions, place }: InstallPlan): Finding {
  if (actions.length === 0) return { name, state: 'good', line: `in place (${place.label})` };
  const what = [...new Set(actions.map((action) => action.why))].join('; ');
  const remedy = 'pregate init';
  const spare = actions.every((action) => action.kind === 'write' && action.spare);
  return spare
    ? { name, state: 'note', line: `in place (${place.label}); what is missing would serve beside it: ${what}`, remedy }
    : wrong(`changed since they were installed: ${what}`, remedy);
}

function andMore([, ...others]: readonly HookStatus[]): string {
  const named = others.map(({ hook, state }) => `${hook} ${state.replaceAll('-', ' ')}`);
  return others.length === 0 ? '' : `, and ${others.length} more: ${named.join(', ')}`;
}

/** Working trees in which no hook of ours runs although they run here: husky's folder is not shared among them. */
async function worktrees(place: Place, git: Git, io: Io): Promise<Finding[]> {
  const { stdout } = await runGit({ ...git, cwd: place.root }, ['worktree', 'list', '--porcelain']);
  const roots = [...stdout.toString('utf8').matchAll(/^worktree (.+)$/gm)].map(([, root]) => root as string);
  const others = roots.filter((root) => path.resolve(root) !== path.resolve(place.root) && existsSync(root));
  const findings: Finding[] = [];
  for (const root of others.slice(0, 20)) {
    const report = await hooksReport(root, io.env).catch(() => undefined);
    const first = report?.place.bare ? undefined : report?.hooks.find((one) => one.state !== 'active');
    if (first === undefined) continue;
    const line = `${root}: ${first.hook} does not run, ${first.what}`;
    findings.push({ name: 'worktree', state: 'wrong', line, remedy: `(cd ${word(root)} && pregate init)` });
  }
  return findings;
}
