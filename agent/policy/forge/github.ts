import { fnmatch } from './patterns.ts';
import { type Bypass, type ForgeRule, type ForgeSnapshot, isRecord, recordsOf, textsOf } from './types.ts';

/**
 * The rules of a GitHub repository: of its rulesets, of what the forge lists for a branch where the rulesets themselves
 * are not known, and of classic branch protection. `cloned` is the default branch as this clone knows it, for answers that
 * do not name one. Source of the shapes: docs.github.com/rest/repos/rules.
 */
export function githubRules({ answers }: ForgeSnapshot, cloned: string | null = null): ForgeRule[] {
  const named = isRecord(answers.project) ? answers.project['default_branch'] : undefined;
  const main: Main = typeof named === 'string' ? { name: named, told: true } : { name: cloned, told: false };
  const rulesets = recordsOf(answers.rulesets);
  const known = new Set(rulesets.filter((one) => Array.isArray(one['rules'])).map((one) => one['id']));
  const listed = Object.entries(answers.branch_rules ?? {}).flatMap(([branch, rules]) =>
    recordsOf(rules)
      .filter((rule) => !known.has(rule['ruleset_id']))
      .map((rule): ForgeRule => {
        const ref = `refs/heads/${branch}`;
        const from = `ruleset ${String(rule['ruleset_id'] ?? '')} of ${String(rule['ruleset_source'] ?? 'the repository')}`;
        return {
          ...ruleOf(rule),
          from,
          enforcement: 'active',
          bypass: 'unknown',
          target: 'branch',
          applies: (one) => one === ref,
          everywhere: false,
        };
      }),
  );
  const protections = Object.entries(answers.protection ?? {}).flatMap(([branch, value]) =>
    protectionRules(branch, value),
  );
  return [
    ...rulesets.flatMap((one) => rulesetRules(one, main)),
    ...listed,
    ...protections,
    ...secretScanning(answers.project),
  ];
}

/** Push protection of secret scanning, where the answer about the repository says that it is on. */
function secretScanning(project: unknown): ForgeRule[] {
  const settings = isRecord(project) ? project['security_and_analysis'] : undefined;
  const setting = isRecord(settings) ? settings['secret_scanning_push_protection'] : undefined;
  if (!isRecord(setting) || setting['status'] !== 'enabled') return [];
  return [
    {
      type: 'secret_push_protection',
      parameters: {},
      from: 'push protection of secret scanning',
      enforcement: 'active',
      bypass: 'never',
      target: 'push',
      applies: () => true,
      everywhere: false,
    },
  ];
}

function ruleOf(rule: Record<string, unknown>): Pick<ForgeRule, 'type' | 'parameters'> {
  return { type: String(rule['type'] ?? ''), parameters: isRecord(rule['parameters']) ? rule['parameters'] : {} };
}

/** The default branch: told by the forge, concluded from the clone, or neither. */
interface Main {
  name: string | null;
  told: boolean;
}

function rulesetRules(ruleset: Record<string, unknown>, main: Main): ForgeRule[] {
  const { enforcement, target } = ruleset;
  if (enforcement !== 'active' && enforcement !== 'evaluate') return [];
  const condition = isRecord(ruleset['conditions']) ? ruleset['conditions']['ref_name'] : undefined;
  const include = isRecord(condition) ? textsOf(condition['include']) : ['~ALL'];
  const exclude = isRecord(condition) ? textsOf(condition['exclude']) : [];
  // Rules about the repository itself are told with every push, which they do not refuse.
  const kind = target === 'tag' ? 'tag' : target === 'push' || target === 'repository' ? 'push' : 'branch';
  const prefix = kind === 'tag' ? 'refs/tags/' : 'refs/heads/';
  const matches = (pattern: string, ref: string) => {
    if (pattern === '~ALL') return true;
    if (pattern !== '~DEFAULT_BRANCH') return fnmatch(pattern, ref);
    return main.name === null ? undefined : ref === `refs/heads/${main.name}`;
  };
  const applies = (ref: string) => {
    if (kind === 'push') return true;
    if (!ref.startsWith(prefix)) return false;
    const excluded = someOf(exclude, (pattern) => matches(pattern, ref));
    const included = someOf(include, (pattern) => matches(pattern, ref));
    if (excluded === true || included === false) return false;
    return excluded === undefined ? undefined : included;
  };
  const concluded = kind !== 'push' && !main.told && [...include, ...exclude].includes('~DEFAULT_BRANCH');
  // The list of rulesets names them without their rules: there is one, and what it refuses was not asked.
  const rules = Array.isArray(ruleset['rules']) ? recordsOf(ruleset['rules']) : [{ type: 'not_listed' }];
  return rules.map((rule) => ({
    ...ruleOf(rule),
    from: `ruleset ${JSON.stringify(ruleset['name'] ?? ruleset['id'] ?? '')}`,
    enforcement,
    bypass: bypassOf(ruleset),
    target: kind,
    applies,
    ...(concluded ? { concluded } : {}),
    everywhere: kind === 'branch' && include.includes('~ALL') && exclude.length === 0,
  }));
}

/** Whether any of them holds; undefined when none does and of one it is not known. */
function someOf(patterns: readonly string[], holds: (pattern: string) => boolean | undefined): boolean | undefined {
  const answers = patterns.map(holds);
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

/** Who may bypass on the way of a request only, may not on a direct push. */
function bypassOf(ruleset: Record<string, unknown>): Bypass {
  const can = ruleset['current_user_can_bypass'];
  if (can === 'always' || can === 'exempt') return 'always';
  if (can === 'never' || can === 'pull_requests_only') return 'never';
  const actors = ruleset['bypass_actors'];
  return Array.isArray(actors) && actors.length === 0 ? 'never' : 'unknown';
}

const switches: [key: string, type: string, on: boolean][] = [
  ['required_linear_history', 'required_linear_history', true],
  ['required_signatures', 'required_signatures', true],
  ['allow_force_pushes', 'non_fast_forward', false],
  ['allow_deletions', 'deletion', false],
  ['block_creations', 'creation', true],
  ['lock_branch', 'update', true],
];

/** Classic protection as the rules that rulesets call the same. */
function protectionRules(branch: string, value: unknown): ForgeRule[] {
  if (!isRecord(value)) return [];
  const enabled = (key: string) => isRecord(value[key]) && value[key]['enabled'] === true;
  const found: Pick<ForgeRule, 'type' | 'parameters'>[] = switches
    .filter(([key, , on]) => (on ? enabled(key) : isRecord(value[key]) && !enabled(key)))
    .map(([, type]) => ({ type, parameters: {} }));
  if (isRecord(value['required_pull_request_reviews'])) {
    found.push({ type: 'pull_request', parameters: value['required_pull_request_reviews'] });
  }
  const checks = value['required_status_checks'];
  if (isRecord(checks)) {
    const named = recordsOf(checks['checks']).map((check) => ({ context: check['context'] }));
    const contexts = textsOf(checks['contexts']).map((context) => ({ context }));
    const list = named.length > 0 ? named : contexts;
    if (list.length > 0) found.push({ type: 'required_status_checks', parameters: { required_status_checks: list } });
  }
  if (isRecord(value['restrictions'])) found.push({ type: 'restricted_pushes', parameters: value['restrictions'] });
  // Some people and apps may be let past the need for a request; whether this one is among them is not known here.
  const reviews = value['required_pull_request_reviews'];
  const allowances = isRecord(reviews) ? reviews['bypass_pull_request_allowances'] : undefined;
  const excepted =
    isRecord(allowances) && Object.values(allowances).some((list) => Array.isArray(list) && list.length > 0);
  return found.map((rule) => ({
    ...rule,
    from: `branch protection of ${branch}`,
    enforcement: 'active',
    // Without it administrators pass, and whether this person is one is not known here.
    bypass: enabled('enforce_admins') && !(excepted && rule.type === 'pull_request') ? 'never' : 'unknown',
    target: 'branch',
    applies: (ref) => ref === `refs/heads/${branch}`,
    everywhere: false,
  }));
}
