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

function take(answers: ForgeSnapshot['answers'], value: unknown, branch: string | undefined): boolean {
  if (Array.isArray(value)) {
    const [first] = recordsOf(value);
    // An empty list may be the answer to any of the questions, and adds nothing.
    if (!first) return value.length === 0;
    if ('ruleset_id' in first && 'type' in first) {
      if (branch === undefined) return false;
      answers.branch_rules = { ...answers.branch_rules, [branch]: value };
    } else if ('enforcement' in first) answers.rulesets = merged(answers.rulesets, value);
    else if ('push_access_levels' in first) answers.protected_branches = value;
    else if ('create_access_levels' in first) answers.protected_tags = value;
    else return false;
    return true;
  }
  if (!isRecord(value)) return false;
  if ('enforcement' in value && 'target' in value) answers.rulesets = merged(answers.rulesets, [value]);
  else if ('enforce_admins' in value || 'required_pull_request_reviews' in value || 'allow_force_pushes' in value) {
    const named = /\/branches\/([^/]+)\/protection$/.exec(String(value['url'] ?? ''))?.[1];
    const of = named === undefined ? branch : decodeURIComponent(named);
    if (of === undefined) return false;
    answers.protection = { ...answers.protection, [of]: value };
  } else if ('commit_message_regex' in value || 'deny_delete_tag' in value) answers.push_rule = value;
  else if ('default_branch' in value) answers.project = value;
  else if ('username' in value || 'login' in value) answers.user = value;
  else return false;
  return true;
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
