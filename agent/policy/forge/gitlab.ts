import { wildcardMatch } from './patterns.ts';
import { type ForgeRule, type ForgeSnapshot, isRecord, recordsOf } from './types.ts';

const everything = () => true;

/**
 * The rules of a GitLab project: push rules, protected branches and tags. Source of the shapes: docs.gitlab.com/api,
 * "Project push rules", "Protected branches", "Protected tags".
 */
export function gitlabRules({ answers }: ForgeSnapshot): ForgeRule[] {
  const project = isRecord(answers.project) ? answers.project : {};
  const level = levelOf(project);
  const user = isRecord(answers.user) ? answers.user : undefined;
  const main = project['default_branch'];
  const base = { enforcement: 'active', bypass: 'never', everywhere: false } as const;
  const pushRule = isRecord(answers.push_rule) ? answers.push_rule : {};
  const ofPush = Object.entries(pushRule)
    .filter(([name, value]) => pushRules.has(name) && value !== '' && value !== null && value !== false && value !== 0)
    .map(([name, value]): ForgeRule => {
      const parameters = { value, user, default_branch: main };
      return { ...base, type: `gitlab_${name}`, parameters, from: 'push rule', target: 'push', applies: everything };
    });
  const branches = recordsOf(answers.protected_branches).map((one): ForgeRule => {
    const name = String(one['name'] ?? '');
    const parameters = { ...one, level };
    const applies = (ref: string) => ref.startsWith('refs/heads/') && wildcardMatch(name, ref.slice(11));
    return {
      ...base,
      type: 'gitlab_protected_branch',
      parameters,
      from: `protected branch ${name}`,
      target: 'branch',
      applies,
    };
  });
  const tags = recordsOf(answers.protected_tags).map((one): ForgeRule => {
    const name = String(one['name'] ?? '');
    const parameters = { ...one, level };
    const applies = (ref: string) => ref.startsWith('refs/tags/') && wildcardMatch(name, ref.slice(10));
    return { ...base, type: 'gitlab_protected_tag', parameters, from: `protected tag ${name}`, target: 'tag', applies };
  });
  return [...ofPush, ...branches, ...tags];
}

const pushRules = new Set([
  'commit_message_regex',
  'commit_message_negative_regex',
  'branch_name_regex',
  'deny_delete_tag',
  'member_check',
  'prevent_secrets',
  'author_email_regex',
  'file_name_regex',
  'max_file_size',
  'commit_committer_check',
  'commit_committer_name_check',
  'reject_unsigned_commits',
  'reject_non_dco_commits',
]);

/** The access level of whoever asked (10 guest … 50 owner); undefined when the answer does not tell. */
function levelOf(project: Record<string, unknown>): number | undefined {
  const permissions = isRecord(project['permissions']) ? project['permissions'] : {};
  const levels = ['project_access', 'group_access'].flatMap((key) => {
    const access = permissions[key];
    return isRecord(access) && typeof access['access_level'] === 'number' ? [access['access_level']] : [];
  });
  return levels.length === 0 ? undefined : Math.max(...levels);
}
