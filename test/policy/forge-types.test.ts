/**
 * Every kind of rule that GitHub's and GitLab's REST documentation names, in answers of that shape: each is predicted, told
 * or *depends*. None is passed over, and neither is one that nobody has heard of.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Collected, PushedRef } from '../../agent/gate/types.ts';
import { decide } from '../../agent/policy/decide.ts';
import { forgeJudge } from '../../agent/policy/forge/judge.ts';
import { snapshotFrom } from '../../agent/policy/forge/snapshot.ts';
import { collectedOf, commitOf, engineOf, file, now, refOf } from './support.ts';

function lines(answers: readonly object[], parts: Partial<Collected>): string[] {
  const saved = answers.map((value, index) => ({ name: `protection-main-${index}.json`, value }));
  const { snapshot, unknown } = snapshotFrom(saved, { now, source: 'file', repository: null, branch: 'main' });
  assert.ok(snapshot, unknown.join());
  const further = [forgeJudge(snapshot, { maxAgeSeconds: 86_400, strict: false, name: 'test' })];
  const { gates } = decide({ collected: collectedOf(parts), findings: [], engine: engineOf(), further });
  const reasons = gates.find((one) => one.gate === 'push')?.reasons ?? [];
  return reasons
    .filter((one) => one.rule.startsWith('forge/'))
    .map((one) => `${one.effect} ${one.rule} ${one.message}`);
}

/** A push to `main` that breaks whatever can be broken: an unsigned merge that forces a large file into a long path. */
const long = `deploy/${'x'.repeat(300)}.pem`;
function badPush(ref: Partial<PushedRef> = {}): Partial<Collected> {
  const commit = {
    ...commitOf('b', 'none', 'wip'),
    parents: ['a'.repeat(40), 'c'.repeat(40)],
    author: { name: 'Ada', email: 'ada@elsewhere.test', date: now },
    committer: { name: 'Ada', email: 'ada@elsewhere.test', date: now },
    paths: [long],
  };
  const refs = [
    refOf({ dst: 'refs/heads/main', create: false, force: true, old: 'a'.repeat(40), commits: [commit.oid], ...ref }),
  ];
  const target = { ...file(long, 'x'), size: 9_000_000 };
  return { commits: [commit], targets: [target], push: { remote: 'origin', url: '', refs } };
}

const project = { id: 1, full_name: 'acme/app', default_branch: 'main', private: true };

const ruleset = (rule: object, more: object = {}) => ({
  id: 42,
  name: 'organisation baseline',
  target: 'branch',
  source_type: 'Organization',
  source: 'acme',
  enforcement: 'active',
  conditions: {
    ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] },
    repository_name: { include: ['~ALL'], exclude: [] },
  },
  rules: [rule],
  node_id: 'RRS_lACqUmVwb3NpdG9yec4A',
  current_user_can_bypass: 'never',
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-06-01T00:00:00.000Z',
  ...more,
});

const pattern = (operator: string, text: string) => ({ name: '', negate: false, operator, pattern: text });

/** Rule, whether a bad push is refused, told or open, and where the ruleset is another than one of branches. */
const githubRules: [rule: { type: string; parameters?: object }, effect: string, more?: object][] = [
  [{ type: 'update', parameters: { update_allows_fetch_and_merge: false } }, 'deny'],
  [{ type: 'non_fast_forward' }, 'deny'],
  [{ type: 'required_linear_history' }, 'deny'],
  [{ type: 'required_signatures' }, 'deny'],
  [
    {
      type: 'pull_request',
      parameters: {
        required_approving_review_count: 1,
        require_code_owner_review: true,
        dismiss_stale_reviews_on_push: true,
        require_last_push_approval: false,
        required_review_thread_resolution: true,
        allowed_merge_methods: ['squash'],
      },
    },
    'deny',
  ],
  [
    {
      type: 'merge_queue',
      parameters: {
        check_response_timeout_minutes: 60,
        grouping_strategy: 'ALLGREEN',
        max_entries_to_build: 5,
        max_entries_to_merge: 5,
        merge_method: 'SQUASH',
        min_entries_to_merge: 1,
        min_entries_to_merge_wait_minutes: 5,
      },
    },
    'deny',
  ],
  [
    {
      type: 'required_status_checks',
      parameters: {
        strict_required_status_checks_policy: true,
        do_not_enforce_on_create: true,
        required_status_checks: [{ context: 'build', integration_id: 15368 }],
      },
    },
    'deny',
  ],
  [{ type: 'required_deployments', parameters: { required_deployment_environments: ['staging'] } }, 'deny'],
  [
    {
      type: 'workflows',
      parameters: {
        do_not_enforce_on_create: false,
        workflows: [{ path: '.github/workflows/scan.yml', repository_id: 5, ref: 'refs/heads/main' }],
      },
    },
    'deny',
  ],
  [
    {
      type: 'code_scanning',
      parameters: {
        code_scanning_tools: [
          { tool: 'CodeQL', alerts_threshold: 'errors', security_alerts_threshold: 'high_or_higher' },
        ],
      },
    },
    'deny',
  ],
  [{ type: 'code_quality', parameters: { severity: 'errors' } }, 'deny'],
  [{ type: 'copilot_code_review', parameters: { review_on_push: true } }, 'note'],
  [{ type: 'commit_message_pattern', parameters: pattern('regex', '^[A-Z]+-[0-9]+ ') }, 'deny'],
  [{ type: 'commit_author_email_pattern', parameters: pattern('ends_with', '@acme.test') }, 'deny'],
  [{ type: 'committer_email_pattern', parameters: pattern('ends_with', '@acme.test') }, 'deny'],
  [{ type: 'branch_name_pattern', parameters: pattern('starts_with', 'feature/') }, 'deny'],
  [
    { type: 'file_path_restriction', parameters: { restricted_file_paths: ['deploy/**/*'] } },
    'deny',
    { target: 'push', conditions: null },
  ],
  [
    { type: 'max_file_path_length', parameters: { max_file_path_length: 256 } },
    'deny',
    { target: 'push', conditions: null },
  ],
  [
    { type: 'file_extension_restriction', parameters: { restricted_file_extensions: ['*.pem'] } },
    'deny',
    { target: 'push', conditions: null },
  ],
  [{ type: 'max_file_size', parameters: { max_file_size: 5 } }, 'deny', { target: 'push', conditions: null }],
  ...['repository_create', 'repository_delete', 'repository_name', 'repository_transfer', 'repository_visibility'].map(
    (type): [{ type: string }, string, object] => [
      { type },
      'note',
      { target: 'repository', conditions: { repository_name: { include: ['~ALL'] } } },
    ],
  ),
  [{ type: 'some_rule_of_next_year', parameters: { x: 1 } }, 'depends'],
  [{ type: 'commit_message_pattern', parameters: pattern('sounds_like', 'x') }, 'depends'],
  [{ type: 'max_file_size', parameters: {} }, 'depends', { target: 'push', conditions: null }],
];

describe('rulesets of GitHub', () => {
  for (const [rule, effect, more] of githubRules)
    it(`${rule.type} is ${effect} for a push that breaks it`, () => {
      const said = lines([project, ruleset(rule, more)], badPush());
      assert.equal(said.length, 1, said.join('\n'));
      assert.match(
        said[0] ?? '',
        new RegExp(`^${effect} forge/${rule.type.replaceAll('_', '-')} .*organisation baseline`),
      );
    });

  it('say something of creation, deletion and tags too', () => {
    const created = badPush({ create: true, old: null, force: false });
    assert.match(lines([project, ruleset({ type: 'creation' })], created)[0] ?? '', /^deny forge\/creation/);
    const deleted = badPush({ delete: true, new: null, commits: [], force: false });
    assert.match(lines([project, ruleset({ type: 'deletion' })], deleted)[0] ?? '', /^deny forge\/deletion/);
    const tags = { target: 'tag', conditions: { ref_name: { include: ['~ALL'], exclude: [] } } };
    const name = { type: 'tag_name_pattern', parameters: pattern('regex', '^v[0-9]+$') };
    const tag = badPush({ dst: 'refs/tags/next', kind: 'tag', create: true, old: null, force: false });
    assert.match(lines([project, ruleset(name, tags)], tag)[0] ?? '', /^deny forge\/tag-name-pattern/);
  });

  it('of disabled ones nothing is said, and evaluated ones are told as a dry run', () => {
    assert.deepEqual(lines([project, ruleset({ type: 'update' }, { enforcement: 'disabled' })], badPush()), []);
    assert.match(
      lines([project, ruleset({ type: 'update' }, { enforcement: 'evaluate' })], badPush())[0] ?? '',
      /^note .*dry run/,
    );
  });

  it('push protection of secret scanning is told where it is on', () => {
    const on = { ...project, security_and_analysis: { secret_scanning_push_protection: { status: 'enabled' } } };
    const off = { ...project, security_and_analysis: { secret_scanning_push_protection: { status: 'disabled' } } };
    const other = ruleset({ type: 'update' }, { enforcement: 'disabled' });
    assert.match(lines([on, other], badPush())[0] ?? '', /^note forge\/secret-push-protection the forge searches/);
    assert.deepEqual(lines([off, other], badPush()), []);
  });
});

it('classic protection lets some past the need for a request, and nobody knows whether you are one', () => {
  const reviews = {
    url: 'x',
    dismiss_stale_reviews: true,
    require_code_owner_reviews: true,
    required_approving_review_count: 2,
  };
  const protection = (more: object) => ({
    url: 'https://api.github.com/repos/acme/app/branches/main/protection',
    enforce_admins: { url: 'x', enabled: true },
    required_pull_request_reviews: { ...reviews, ...more },
    required_conversation_resolution: { enabled: true },
    allow_force_pushes: { enabled: true },
    allow_deletions: { enabled: true },
  });
  const [plain] = lines([project, protection({})], badPush());
  assert.match(plain ?? '', /^deny forge\/pull-request changes to main must come through a pull request \(branch/);
  const empty = { users: [], teams: [], apps: [] };
  assert.equal(lines([project, protection({ bypass_pull_request_allowances: empty })], badPush())[0], plain);
  const some = { ...empty, apps: [{ id: 1, slug: 'release-bot' }] };
  const [open] = lines([project, protection({ bypass_pull_request_allowances: some })], badPush());
  assert.match(open ?? '', /unless you may bypass it/);
});

describe('projects of GitLab', () => {
  const gitlab = {
    id: 3,
    path_with_namespace: 'acme/app',
    default_branch: 'main',
    permissions: { project_access: { access_level: 30 } },
  };
  const pushRule = {
    id: 1,
    project_id: 3,
    commit_message_regex: '',
    commit_message_negative_regex: '',
    branch_name_regex: '',
    deny_delete_tag: false,
    created_at: '2012-10-12T17:04:47Z',
    member_check: false,
    prevent_secrets: false,
    author_email_regex: '',
    file_name_regex: '',
    max_file_size: 0,
    commit_committer_check: null,
    commit_committer_name_check: false,
    reject_unsigned_commits: false,
    reject_non_dco_commits: null,
  };
  const cases: [key: string, value: unknown, effect: string, ref?: Partial<PushedRef>][] = [
    ['commit_message_regex', '^[A-Z]+-\\d+', 'deny'],
    ['commit_message_negative_regex', 'wip', 'deny'],
    ['branch_name_regex', '^(feature|fix)/', 'deny', { dst: 'refs/heads/work' }],
    ['author_email_regex', '@acme\\.test$', 'deny'],
    ['file_name_regex', '\\.pem$', 'deny'],
    ['max_file_size', 5, 'deny'],
    ['prevent_secrets', true, 'deny'],
    ['reject_unsigned_commits', true, 'deny'],
    ['reject_non_dco_commits', true, 'deny'],
    ['commit_committer_check', true, 'depends'],
    ['commit_committer_name_check', true, 'depends'],
    ['member_check', true, 'depends'],
    ['deny_delete_tag', true, 'deny', { dst: 'refs/tags/v1', kind: 'tag', delete: true, new: null, commits: [] }],
    ['reject_something_of_next_year', true, 'depends'],
    ['commit_message_regex', '(?=lookahead)', 'depends'],
  ];
  for (const [key, value, effect, ref] of cases)
    it(`${key} is ${effect} for a push that breaks it`, () => {
      const said = lines([gitlab, { ...pushRule, [key]: value }], badPush(ref));
      assert.equal(said.length, 1, said.join('\n'));
      const words = key.includes('next_year') ? `the rule gitlab_${key} is not known here` : '';
      assert.match(said[0] ?? '', new RegExp(`^${effect} forge/${key.replaceAll('_', '-')} .*${words}`));
    });

  it('says nothing of a push rule that is set to nothing', () => {
    assert.deepEqual(lines([gitlab, pushRule], badPush()), []);
  });

  const level = (access_level: number) => [{ id: 9, access_level, user_id: null, group_id: null }];
  const branch = (name: string, access: number, more: object = {}) => ({
    id: name.length,
    name,
    push_access_levels: level(access),
    merge_access_levels: level(40),
    allow_force_push: false,
    code_owner_approval_required: false,
    ...more,
  });
  const gentle = badPush({ force: false });

  it('let the most permissive of several protections count, exact names too', () => {
    assert.match(lines([gitlab, [branch('main', 0)]], gentle)[0] ?? '', /^deny .*nobody may push to main/);
    assert.deepEqual(lines([gitlab, [branch('main', 0), branch('*', 30)]], gentle), []);
    const both = lines([gitlab, [branch('main', 0), branch('m*', 40)]], gentle);
    assert.equal(both.length, 1);
    assert.match(both[0] ?? '', /access level 40, and yours is 30 \(of 2 protections the most permissive counts\)/);
    const forced = [branch('main', 30), branch('*', 30, { allow_force_push: true })];
    assert.deepEqual(lines([gitlab, forced], badPush()), []);
    const tags = [
      { name: 'v*', create_access_levels: level(40) },
      { name: 'v1*', create_access_levels: level(30) },
    ];
    const tag = badPush({ dst: 'refs/tags/v1', kind: 'tag', create: true, old: null, force: false });
    assert.deepEqual(lines([gitlab, tags], tag), []);
  });

  it('leave open what code owners must approve, and levels that the answer does not hold', () => {
    const owned = [branch('main', 30, { code_owner_approval_required: true })];
    assert.match(lines([gitlab, owned], gentle)[0] ?? '', /^depends forge\/protected-branch .*code owners/);
    const bare = [branch('main', 0), { ...branch('ma*', 0), push_access_levels: undefined }];
    assert.match(lines([gitlab, bare], gentle)[0] ?? '', /^depends .*who may push to main is not in the saved answer/);
  });

  it('tell that pushes are searched for secrets', () => {
    const searched = { ...gitlab, secret_push_protection_enabled: true };
    assert.match(lines([searched, pushRule], gentle)[0] ?? '', /^note forge\/secret-push-protection/);
  });
});
