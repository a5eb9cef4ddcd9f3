/** What forges refuse, from answers in the shapes their REST documentation gives. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Collected, PushedRef } from '../../agent/gate/types.ts';
import { decide } from '../../agent/policy/decide.ts';
import { forgeJudge } from '../../agent/policy/forge/judge.ts';
import { readRejection } from '../../agent/policy/forge/rejection.ts';
import { parseSnapshot, type SavedAnswer, snapshotFrom } from '../../agent/policy/forge/snapshot.ts';
import { collectedOf, commitOf, engineOf, file, now, refOf } from './support.ts';

const day = { maxAgeSeconds: 86_400, strict: false, name: 'test' };

function ruleset(rules: object[], more: object = {}) {
  return {
    id: 7,
    name: 'central',
    target: 'branch',
    source_type: 'Organization',
    source: 'acme',
    enforcement: 'active',
    current_user_can_bypass: 'never',
    conditions: { ref_name: { include: ['~ALL'], exclude: [] } },
    rules,
    ...more,
  };
}

const project = { name: 'repository.json', value: { full_name: 'acme/app', default_branch: 'main' } };

function told(saved: SavedAnswer[], parts: Partial<Collected>, options = day) {
  const { snapshot, unknown } = snapshotFrom([project, ...saved], { now, source: 'file', repository: null });
  assert.ok(snapshot, unknown.join());
  const decision = decide({
    collected: collectedOf(parts),
    findings: [],
    engine: engineOf(),
    further: [forgeJudge(snapshot, options)],
  });
  const gate = decision.gates.find((one) => one.gate === 'push');
  const reasons = gate?.reasons.filter((one) => one.rule.startsWith('forge/')) ?? [];
  return {
    gate,
    decision,
    lines: reasons.map((one) => `${one.effect} ${one.rule} ${one.message}`),
    reasons,
  };
}

const github = (rules: object[], parts: Partial<Collected>, more: object = {}) =>
  told([{ name: 'ruleset.json', value: ruleset(rules, more) }], parts);

function pushOf(ref: Partial<PushedRef>, more: Partial<Collected> = {}): Partial<Collected> {
  const commit = commitOf('b', 'good');
  const refs = [refOf({ dst: 'refs/heads/main', create: false, old: 'a'.repeat(40), commits: [commit.oid], ...ref })];
  return { commits: [commit], push: { remote: 'origin', url: '', refs }, ...more };
}

describe('rulesets of GitHub', () => {
  it('refuse creation, update, deletion and force where they say so, with the name of the ruleset', () => {
    const all = [{ type: 'creation' }, { type: 'update' }, { type: 'deletion' }, { type: 'non_fast_forward' }];
    const create = { create: true, old: null };
    assert.deepEqual(github(all, pushOf(create)).lines, [
      'deny forge/creation main may not be created (ruleset "central")',
    ]);
    assert.deepEqual(github(all, pushOf({})).lines, ['deny forge/update main may not be updated (ruleset "central")']);
    assert.deepEqual(github([{ type: 'deletion' }], pushOf({ delete: true, new: null })).lines, [
      'deny forge/deletion main may not be deleted (ruleset "central")',
    ]);
    const forced = github([{ type: 'non_fast_forward' }], pushOf({ force: true }));
    assert.deepEqual(forced.lines, ['deny forge/non-fast-forward main may not be force-pushed (ruleset "central")']);
    assert.equal(forced.reasons[0]?.exactness, 'snapshot');
    assert.match(github([{ type: 'non_fast_forward' }], pushOf({ force: null })).lines[0] ?? '', /^depends/);
  });

  it('apply to the refs they name', () => {
    const main = { conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } } };
    const release = {
      conditions: { ref_name: { include: ['refs/heads/release/**'], exclude: ['refs/heads/release/x'] } },
    };
    const hits = (more: object, dst: string) => github([{ type: 'update' }], pushOf({ dst }), more).lines.length;
    assert.deepEqual([hits(main, 'refs/heads/main'), hits(main, 'refs/heads/dev')], [1, 0]);
    assert.deepEqual(
      ['refs/heads/release/1/2', 'refs/heads/release/x', 'refs/heads/releases'].map((dst) => hits(release, dst)),
      [1, 0, 0],
    );
    const tags = { target: 'tag', conditions: { ref_name: { include: ['refs/tags/v*'], exclude: [] } } };
    const tag = pushOf({ dst: 'refs/tags/v1', kind: 'tag', create: true });
    assert.equal(github([{ type: 'creation' }], tag, tags).lines.length, 1);
    assert.equal(github([{ type: 'creation' }], pushOf({}), tags).lines.length, 0);
  });

  it('judge commits: merges, signatures, messages, addresses, with RE2 and negate', () => {
    const merge = { ...commitOf('b', 'none', 'Merge x'), parents: ['1'.repeat(40), '2'.repeat(40)] };
    const lines = (type: string, parameters: object = {}) =>
      github([{ type, parameters }], pushOf({}, { commits: [merge] })).lines.map((one) =>
        one.split(' ').slice(0, 2).join(' '),
      );
    const pattern = (operator: string, text: string, negate = false) => ({ name: '', operator, pattern: text, negate });
    assert.deepEqual(lines('required_linear_history'), ['deny forge/required-linear-history']);
    assert.deepEqual(lines('required_signatures'), ['deny forge/required-signatures']);
    assert.deepEqual(lines('commit_message_pattern', pattern('regex', '^[A-Z]+-\\d+')), [
      'deny forge/commit-message-pattern',
    ]);
    assert.deepEqual(lines('commit_message_pattern', pattern('starts_with', 'Merge')), []);
    assert.deepEqual(lines('commit_message_pattern', pattern('contains', 'Merge', true)), [
      'deny forge/commit-message-pattern',
    ]);
    assert.deepEqual(lines('commit_author_email_pattern', pattern('ends_with', '@acme.test')), [
      'deny forge/commit-author-email-pattern',
    ]);
    assert.deepEqual(lines('committer_email_pattern', pattern('ends_with', '@example.test')), []);
    assert.deepEqual(lines('commit_message_pattern', pattern('regex', '(?<=x)')), [
      'depends forge/commit-message-pattern',
    ]);
    assert.deepEqual(lines('branch_name_pattern', pattern('regex', '^feature/')), ['deny forge/branch-name-pattern']);
  });

  it('judge files: paths, their length, extensions, sizes', () => {
    const commit = { ...commitOf('b', 'good'), paths: ['.github/workflows/ci.yml', 'bin/tool.EXE'] };
    const big = { ...file('bin/tool.EXE', 'x'), size: 3 * 1024 * 1024 };
    const parts = pushOf({}, { commits: [commit], targets: [big] });
    const lines = (type: string, parameters: object) => github([{ type, parameters }], parts, { target: 'push' }).lines;
    assert.match(
      lines('file_path_restriction', { restricted_file_paths: ['.github/**'] }).join(),
      /^deny .*restricted path/,
    );
    assert.match(
      lines('file_extension_restriction', { restricted_file_extensions: ['*.exe'] }).join(),
      /ending in \.exe/,
    );
    assert.match(lines('max_file_size', { max_file_size: 2 }).join(), /it has 3\.0 MB, and 2 MB is the most/);
    assert.deepEqual(lines('max_file_size', { max_file_size: 4 }), []);
    assert.match(lines('max_file_path_length', { max_file_path_length: 13 }).join(), /longer than 13/);
    const reason = github([{ type: 'max_file_size', parameters: { max_file_size: 2 } }], parts, { target: 'push' })
      .reasons[0];
    assert.equal(reason?.place?.path, 'bin/tool.EXE');
  });

  it('refuse a direct push where a request, a queue or checks are due, and see the gate that nobody can pass', () => {
    const main = { conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } } };
    assert.match(github([{ type: 'pull_request' }], pushOf({}), main).lines[0] ?? '', /^deny forge\/pull-request/);
    assert.match(github([{ type: 'merge_queue' }], pushOf({}), main).lines[0] ?? '', /^deny forge\/merge-queue/);
    const checks = { type: 'required_status_checks', parameters: { required_status_checks: [{ context: 'test' }] } };
    const one = github([checks], pushOf({}), main);
    assert.match(one.lines[0] ?? '', /the checks test must have passed before main takes a commit/);
    assert.equal(one.reasons[0]?.exactness, 'approximate');
    assert.match(github([checks], pushOf({ dst: 'refs/heads/new', create: true })).lines[0] ?? '', /no push can pass/);
    const later = { ...checks, parameters: { ...checks.parameters, do_not_enforce_on_create: true } };
    assert.deepEqual(github([later], pushOf({ dst: 'refs/heads/new', create: true })).lines, []);
    assert.match(github([{ type: 'brand_new_rule' }], pushOf({})).lines[0] ?? '', /^depends .*not known here/);
  });

  it('refuse new commits where workflows, deployments or scans must have run, and leave open who may push', () => {
    const main = { conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } } };
    for (const type of ['workflows', 'required_deployments', 'code_scanning', 'code_quality']) {
      const [reason] = github([{ type }], pushOf({}), main).reasons;
      assert.deepEqual(
        [reason?.effect, reason?.rule, reason?.exactness],
        ['deny', `forge/${type.replaceAll('_', '-')}`, 'approximate'],
      );
      assert.match(reason?.message ?? '', /must have passed before main takes a commit/);
      assert.match(github([{ type }], pushOf({ commits: [] }, { commits: [] }), main).lines[0] ?? '', /^depends/);
      assert.deepEqual(github([{ type }], pushOf({ delete: true, new: null }), main).lines, []);
    }
    const protection = {
      url: 'x',
      enforce_admins: { enabled: true },
      restrictions: { users: [], teams: [], apps: [] },
    };
    const saved = [{ name: 'protection-main.json', value: protection }];
    const [open] = told(saved, pushOf({})).reasons;
    assert.deepEqual([open?.effect, open?.rule], ['depends', 'forge/restricted-pushes']);
    assert.match(open?.message ?? '', /only some people may push to main/);
    assert.deepEqual(
      told(saved, pushOf({ delete: true, new: null })).lines.filter((line) => /some people/.test(line)),
      [],
    );
  });

  it('show what only an evaluation would refuse, and what this person may bypass, as notes', () => {
    const rule = [{ type: 'pull_request' }];
    const dry = github(rule, pushOf({}), { enforcement: 'evaluate' });
    assert.match(dry.lines[0] ?? '', /^note forge\/pull-request dry run of ruleset "central"/);
    assert.match(
      github(rule, pushOf({}), { current_user_can_bypass: 'always' }).lines[0] ?? '',
      /^note .*may pass it by/,
    );
    assert.match(github(rule, pushOf({}), { current_user_can_bypass: 'pull_requests_only' }).lines[0] ?? '', /^deny/);
    const unknown = github(rule, pushOf({}), { current_user_can_bypass: undefined, bypass_actors: [{ actor_id: 1 }] });
    assert.equal(unknown.reasons[0]?.exactness, 'approximate');
    assert.deepEqual(github(rule, pushOf({}), { enforcement: 'disabled' }).lines, []);
  });

  it('are known from the list of a branch and from classic protection as well', () => {
    const listed = [
      { type: 'pull_request', ruleset_source_type: 'Repository', ruleset_source: 'acme/app', ruleset_id: 3 },
    ];
    assert.match(
      told([{ name: 'rules-branches-main.json', value: listed }], pushOf({})).lines[0] ?? '',
      /^deny .*ruleset 3/,
    );
    const protection = {
      url: 'https://api.example.test/repos/acme/app/branches/main/protection',
      enforce_admins: { enabled: true },
      required_linear_history: { enabled: false },
      allow_force_pushes: { enabled: false },
      allow_deletions: { enabled: false },
      required_status_checks: { strict: true, contexts: ['ci'], checks: [{ context: 'ci', app_id: 1 }] },
    };
    const saved = [{ name: 'x.json', value: protection }];
    assert.match(
      told(saved, pushOf({ force: true })).lines.join('\n'),
      /main may not be force-pushed \(branch protection of main\)/,
    );
    assert.match(told(saved, pushOf({})).lines.join('\n'), /the checks ci must have passed/);
    assert.deepEqual(told(saved, pushOf({ dst: 'refs/heads/dev' })).lines, []);
  });
});

describe('rules of GitLab', () => {
  const rule = (fields: object) => [
    { name: 'push_rule.json', value: { commit_message_regex: '', deny_delete_tag: false, ...fields } },
  ];
  const lines = (saved: SavedAnswer[], parts: Partial<Collected>) =>
    told(
      [
        {
          name: 'project.json',
          value: {
            path_with_namespace: 'acme/app',
            default_branch: 'main',
            permissions: { project_access: { access_level: 30 } },
          },
        },
        ...saved,
      ],
      parts,
    ).lines;

  it('push rules judge messages, names, addresses, files and signatures', () => {
    const commit = { ...commitOf('b', 'none', 'Change it'), paths: ['keys/id_rsa', 'a.jar'] };
    const parts = pushOf({ dst: 'refs/heads/topic' }, { commits: [commit] });
    const first = (fields: object) => lines(rule(fields), parts)[0];
    assert.match(
      first({ commit_message_regex: 'JIRA-\\d+' }) ?? '',
      /^deny forge\/commit-message-regex the commit message must match .* \(push rule\)$/,
    );
    assert.equal(first({ commit_message_regex: '^Change' }), undefined);
    assert.match(first({ commit_message_negative_regex: 'Change' }) ?? '', /^deny/);
    assert.match(first({ branch_name_regex: '^(feat|fix)/' }) ?? '', /^deny forge\/branch-name-regex/);
    assert.match(first({ author_email_regex: '@acme\\.test$' }) ?? '', /^deny forge\/author-email-regex/);
    assert.match(first({ file_name_regex: '\\.jar$' }) ?? '', /^deny forge\/file-name-regex/);
    assert.match(first({ prevent_secrets: true }) ?? '', /^deny forge\/prevent-secrets/);
    assert.match(first({ reject_unsigned_commits: true }) ?? '', /^deny forge\/reject-unsigned-commits/);
    assert.match(first({ reject_non_dco_commits: true }) ?? '', /^deny forge\/reject-non-dco-commits/);
    assert.match(first({ commit_committer_check: true }) ?? '', /^depends forge\/commit-committer-check/);
    assert.match(first({ member_check: true }) ?? '', /^depends forge\/member-check/);
    const tag = pushOf({ dst: 'refs/tags/v1', kind: 'tag', delete: true, new: null, commits: [] });
    assert.match(lines(rule({ deny_delete_tag: true }), tag)[0] ?? '', /^deny forge\/deny-delete-tag/);
  });

  it('protected branches and tags take the level they name', () => {
    const branch = (level: number, more = {}) => [
      {
        name: 'b.json',
        value: [
          {
            id: 1,
            name: 'ma*',
            push_access_levels: [{ access_level: level, user_id: null, group_id: null }],
            allow_force_push: false,
            ...more,
          },
        ],
      },
    ];
    assert.match(lines(branch(0), pushOf({}))[0] ?? '', /nobody may push to main/);
    assert.match(lines(branch(40), pushOf({}))[0] ?? '', /takes the access level 40, and yours is 30/);
    assert.deepEqual(lines(branch(30), pushOf({})), []);
    assert.match(lines(branch(30), pushOf({ force: true }))[0] ?? '', /may not be force-pushed/);
    assert.deepEqual(lines(branch(0), pushOf({ dst: 'refs/heads/dev' })), []);
    const tags = [{ name: 't.json', value: [{ name: 'v*', create_access_levels: [{ access_level: 40 }] }] }];
    assert.match(
      lines(tags, pushOf({ dst: 'refs/tags/v1', kind: 'tag', create: true }))[0] ?? '',
      /takes the access level 40/,
    );
  });
});

describe('a snapshot', () => {
  it('that is old depends, or closes the gate where its age is set', () => {
    const saved = [{ name: 'r.json', value: ruleset([{ type: 'update' }]) }];
    const { snapshot } = snapshotFrom(saved, { now: '2026-01-01T00:00:00Z', source: 'file', repository: null });
    assert.ok(snapshot);
    const ask = (strict: boolean) =>
      decide({
        collected: collectedOf({ ...pushOf({ dst: 'refs/heads/x' }) }),
        findings: [],
        engine: engineOf(),
        further: [forgeJudge(snapshot, { ...day, strict })],
      });
    assert.ok(ask(true).problems.some((one) => one.code === 'forge-stale' && one.fatal));
    const reasons = ask(false).gates.find((one) => one.gate === 'push')?.reasons ?? [];
    assert.ok(reasons.some((one) => one.effect === 'depends' && /read 326 days ago/.test(one.message)));
    assert.equal(reasons.find((one) => one.rule === 'forge/update')?.exactness, 'approximate');
  });

  it('of another repository says nothing of this push', () => {
    const remote = {
      name: 'origin',
      url: '',
      provider: 'github',
      host: 'github.com',
      owner: 'other',
      repository: 'app',
    };
    const parts = pushOf({});
    const made = told([{ name: 'r.json', value: ruleset([{ type: 'update' }]) }], {
      ...parts,
      repo: { ...collectedOf().repo, remote },
    });
    assert.deepEqual(made.lines, [
      "note forge/snapshot The forge's rules that are known here are of acme/app; this push goes to other/app",
    ]);
  });

  it('is refused when it is none', () => {
    assert.match(parseSnapshot('{').problem ?? '', /not JSON/);
    assert.match(parseSnapshot('{}').problem ?? '', /no snapshot/);
    assert.deepEqual(
      snapshotFrom([{ name: 'x.json', value: { a: 1 } }], { now, source: '', repository: null }).unknown,
      ['x.json'],
    );
  });
});

describe('the text of a refused push', () => {
  it('leads back to the rules', () => {
    const text = [
      'remote: error: GH013: Repository rule violations found for refs/heads/main.        ',
      'remote: Review all repository rules at https://forge.test/acme/app/rules?ref=refs%2Fheads%2Fmain        ',
      'remote: ',
      'remote: - Changes must be made through a pull request.        ',
      'remote: ',
      'remote: - Commits must have verified signatures.        ',
      'remote:   Found 1 violation:        ',
      'remote: ',
      `remote:   ${'5'.repeat(40)}        `,
      'remote: - A sentence that nobody has seen.        ',
      'To https://forge.test/acme/app',
      ' ! [remote rejected] main -> main (push declined due to repository rule violations)',
    ].join('\n');
    const rejection = readRejection(text);
    assert.equal(rejection?.ref, 'refs/heads/main');
    assert.deepEqual(
      rejection?.rules.map((one) => one.rule),
      ['forge/pull-request', 'forge/required-signatures', 'forge/unknown'],
    );
    assert.deepEqual(rejection?.rules[1]?.commits, ['5'.repeat(40)]);
    const gitlab = readRejection(
      'remote: GitLab: You are not allowed to push code to protected branches on this project.\n',
    );
    assert.deepEqual(
      gitlab?.rules.map((one) => one.rule),
      ['forge/update'],
    );
    assert.equal(readRejection('fatal: could not read from remote'), undefined);
  });
});
