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
    .filter(([name, value]) => !aboutPushRule.has(name) && isSet(value))
    .map(([name, value]): ForgeRule => {
      const parameters = { value, user, default_branch: main };
      return { ...base, type: `gitlab_${name}`, parameters, from: 'push rule', target: 'push', applies: everything };
    });
  const branches = protectedRules('branch', recordsOf(answers.protected_branches), level);
  const tags = protectedRules('tag', recordsOf(answers.protected_tags), level);
  const secrets = secretPushProtection.some((name) => project[name] === true);
  const scanned: ForgeRule[] = secrets
    ? [
        {
          ...base,
          type: 'secret_push_protection',
          parameters: {},
          from: 'secret push protection',
          target: 'push',
          applies: everything,
        },
      ]
    : [];
  return [...ofPush, ...branches, ...tags, ...scanned];
}

/** Of several protections that match one ref the most permissive counts, so they are one rule: that of the first of them. */
function protectedRules(
  target: 'branch' | 'tag',
  all: readonly Record<string, unknown>[],
  level: number | undefined,
): ForgeRule[] {
  const prefix = target === 'branch' ? 'refs/heads/' : 'refs/tags/';
  const matching = (ref: string) =>
    ref.startsWith(prefix)
      ? all.filter((one) => wildcardMatch(String(one['name'] ?? ''), ref.slice(prefix.length)))
      : [];
  return all.map((one) => ({
    enforcement: 'active',
    bypass: 'never',
    everywhere: false,
    type: `gitlab_protected_${target}`,
    parameters: { all, level },
    from: `protected ${target} ${String(one['name'] ?? '')}`,
    target,
    applies: (ref) => matching(ref)[0] === one,
  }));
}

/** Fields of a push rule that are no rule; one that is not known here is said to be unknown, not passed over. */
const aboutPushRule = new Set([
  'id',
  'project_id',
  'group_id',
  'organization_id',
  'is_sample',
  'regexp_uses_re2',
  'created_at',
  'updated_at',
]);

function isSet(value: unknown): boolean {
  return value !== undefined && value !== '' && value !== null && value !== false && value !== 0;
}

/** The project says under these names that pushes are searched for secrets. */
const secretPushProtection = ['secret_push_protection_enabled', 'pre_receive_secret_detection_enabled'];

/** The access level of whoever asked (10 guest … 50 owner); undefined when the answer does not tell. */
function levelOf(project: Record<string, unknown>): number | undefined {
  const permissions = isRecord(project['permissions']) ? project['permissions'] : {};
  const levels = ['project_access', 'group_access'].flatMap((key) => {
    const access = permissions[key];
    return isRecord(access) && typeof access['access_level'] === 'number' ? [access['access_level']] : [];
  });
  return levels.length === 0 ? undefined : Math.max(...levels);
}
