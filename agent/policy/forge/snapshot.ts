import { type ForgeSnapshot, isRecord, recordsOf } from './types.ts';

/** A saved answer of a forge: its file's name, and what is in it. */
export interface SavedAnswer {
  name: string;
  value: unknown;
}

/** Reads a snapshot as it is kept; undefined with a reason when it is none. */
export function parseSnapshot(text: string): { snapshot?: ForgeSnapshot; problem?: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'it is not JSON' };
  }
  if (!isRecord(value) || value['schema'] !== 'pregate.forge/v1')
    return { problem: 'it is no snapshot (pregate policy snapshot makes one)' };
  const { provider, fetched_at: date, answers } = value;
  if (provider !== 'github' && provider !== 'gitlab') return { problem: 'its provider is neither github nor gitlab' };
  if (typeof date !== 'string' || Number.isNaN(Date.parse(date)))
    return { problem: 'its date (fetched_at) cannot be read' };
  if (!isRecord(answers)) return { problem: 'it holds no answers' };
  return { snapshot: value as unknown as ForgeSnapshot };
}

/**
 * Makes a snapshot from saved API answers. Each is recognised by its fields, whatever its file is called; the branch of
 * `rules/branches/{branch}` and of a protection comes from the answer, else from the file's name. Answers that are
 * recognised as nothing are named, so that none is left out in silence.
 */
export function snapshotFrom(
  saved: readonly SavedAnswer[],
  made: { now: string; source: string; repository: string | null; branch?: string },
): { snapshot?: ForgeSnapshot; unknown: string[] } {
  const answers: ForgeSnapshot['answers'] = {};
  const unknown: string[] = [];
  for (const { name, value } of saved) if (!take(answers, value, branchOf(name, made.branch))) unknown.push(name);
  const gitlab = answers.push_rule !== undefined || answers.protected_branches || answers.protected_tags;
  const github = answers.rulesets || answers.branch_rules || answers.protection;
  if (!gitlab && !github) return { unknown };
  const snapshot: ForgeSnapshot = {
    schema: 'pregate.forge/v1',
    provider: github ? 'github' : 'gitlab',
    repository: repositoryOf(answers.project) ?? made.repository,
    fetched_at: made.now,
    source: made.source,
    answers,
  };
  return { snapshot, unknown };
}

/** Puts an answer where its fields say it belongs; false when they say nothing. */
function take(answers: ForgeSnapshot['answers'], value: unknown, branch: string | undefined): boolean {
  if (Array.isArray(value)) return takeList(answers, value, branch);
  return isRecord(value) && takeRecord(answers, value, branch);
}

function takeList(answers: ForgeSnapshot['answers'], list: unknown[], branch: string | undefined): boolean {
  const [first] = recordsOf(list);
  // An empty list may be the answer to any of the questions, and adds nothing.
  if (!first) return list.length === 0;
  if ('ruleset_id' in first && 'type' in first) {
    if (branch === undefined) return false;
    answers.branch_rules = { ...answers.branch_rules, [branch]: list };
  } else if ('enforcement' in first) answers.rulesets = merged(answers.rulesets, list);
  else if ('push_access_levels' in first) answers.protected_branches = list;
  else if ('create_access_levels' in first) answers.protected_tags = list;
  else return false;
  return true;
}

function takeRecord(
  answers: ForgeSnapshot['answers'],
  record: Record<string, unknown>,
  branch: string | undefined,
): boolean {
  const has = (...fields: string[]): boolean => fields.some((field) => field in record);
  if (has('enforcement') && has('target')) answers.rulesets = merged(answers.rulesets, [record]);
  else if (has('enforce_admins', 'required_pull_request_reviews', 'allow_force_pushes')) {
    const protectedBranch = branchOfProtection(record) ?? branch;
    if (protectedBranch === undefined) return false;
    answers.protection = { ...answers.protection, [protectedBranch]: record };
  } else if (has('commit_message_regex', 'deny_delete_tag')) answers.push_rule = record;
  else if (has('default_branch')) answers.project = record;
  else if (has('username', 'login')) answers.user = record;
  else return false;
  return true;
}

/** GitHub's answer about a protection names its own address, and that the branch. */
function branchOfProtection(record: Record<string, unknown>): string | undefined {
  const named = /\/branches\/([^/]+)\/protection$/.exec(String(record['url'] ?? ''))?.[1];
  return named === undefined ? undefined : decodeURIComponent(named);
}

/** The list of rulesets has no rules; the answer about each one has, and stands for it. */
function merged(known: unknown[] | undefined, more: readonly unknown[]): unknown[] {
  const out = new Map<unknown, unknown>();
  for (const one of [...(known ?? []), ...more]) {
    const id = isRecord(one) ? one['id'] : undefined;
    const before = out.get(id);
    if (!isRecord(before) || !Array.isArray(before['rules'])) out.set(id, one);
  }
  return [...out.values()];
}

/** `rules-branches-main.json`, `protection-main.json` or `main.json`. */
function branchOf(name: string, given: string | undefined): string | undefined {
  if (given !== undefined) return given;
  const base = name.slice(name.lastIndexOf('/') + 1).replace(/\.json$/, '');
  return (
    /^(?:rules[-_]branches|branch[-_]rules|protection|branch[-_]protection)[-_](.+)$/.exec(base)?.[1] ??
    (base || undefined)
  );
}

function repositoryOf(project: unknown): string | undefined {
  if (!isRecord(project)) return undefined;
  const name = project['full_name'] ?? project['path_with_namespace'];
  return typeof name === 'string' ? name : undefined;
}
