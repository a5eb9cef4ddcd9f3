import { regexMatch, wildcardMatch } from './patterns.ts';
import { refuse, tooLarge, unknown } from './predict-github.ts';
import { messageOf, type RefPush } from './push.ts';
import { type ForgeRule, isRecord, recordsOf, type Verdict } from './types.ts';

type Predict = (push: RefPush, rule: ForgeRule) => Verdict[];

const value = ({ parameters }: ForgeRule) => String(parameters['value']);

/** What each rule of GitLab says about one ref of a push. Source: docs.gitlab.com, "Push rules", "Protected branches". */
export const gitlabPredictions: Record<string, Predict> = {
  gitlab_commit_message_regex: ({ commits }, rule) =>
    commits.flatMap((commit) =>
      matched(value(rule), messageOf(commit), true, 'the commit message', { commit: commit.oid }),
    ),
  gitlab_commit_message_negative_regex: ({ commits }, rule) =>
    commits.flatMap((commit) =>
      matched(value(rule), messageOf(commit), false, 'the commit message', { commit: commit.oid }),
    ),
  gitlab_branch_name_regex: ({ ref, name }, rule) =>
    ref.kind === 'branch' && !ref.delete && name !== rule.parameters['default_branch']
      ? matched(value(rule), name, true, 'the name of the branch', {})
      : [],
  gitlab_author_email_regex: ({ commits }, rule) =>
    commits.flatMap((commit) => {
      const place = { commit: commit.oid };
      return [
        ...matched(value(rule), commit.author.email, true, "the author's address", place),
        ...matched(value(rule), commit.committer.email, true, "the committer's address", place),
      ].slice(0, 1);
    }),
  gitlab_file_name_regex: ({ files }, rule) =>
    files.flatMap(({ path, commit }) => matched(value(rule), path, false, 'its name', { path, commit })),
  gitlab_max_file_size: ({ blobs }, rule) => tooLarge(blobs, Number(value(rule))),
  gitlab_prevent_secrets: ({ files }) =>
    files
      .filter(({ path }) => secretNames.some((pattern) => pattern.test(path)))
      .map(({ path, commit }) => ({
        ...refuse('a file of this name holds secrets'),
        path,
        commit,
        exactness: 'approximate',
      })),
  gitlab_reject_unsigned_commits: ({ commits }) =>
    commits
      .filter((commit) => !commit.signature.present)
      .map((commit) => ({ ...refuse('commits must be signed', 'pregate sign setup'), commit: commit.oid })),
  gitlab_reject_non_dco_commits: ({ commits }) =>
    commits
      .filter((commit) => !/^Signed-off-by: .+ <.+@.+>\s*$/m.test(messageOf(commit)))
      .map((commit) => ({ ...refuse('commits must be signed off (DCO)', 'git commit --signoff'), commit: commit.oid })),
  gitlab_commit_committer_check: ({ commits }, rule) =>
    commits.flatMap((commit) =>
      own(
        rule,
        commit.oid,
        commit.committer.email,
        ['email', 'commit_email', 'public_email'],
        "the committer's address",
      ),
    ),
  gitlab_commit_committer_name_check: ({ commits }, rule) =>
    commits.flatMap((commit) => own(rule, commit.oid, commit.committer.name, ['name'], "the committer's name")),
  gitlab_member_check: ({ commits }, rule) =>
    commits.flatMap((commit) => {
      const mine = own(rule, commit.oid, commit.author.email, ['email', 'commit_email', 'public_email'], '');
      const message = `whether ${commit.author.email} is a member there is not known here`;
      return mine.length === 0 ? [] : [{ ...unknown(message), commit: commit.oid }];
    }),
  gitlab_deny_delete_tag: ({ ref, name }) =>
    ref.kind === 'tag' && ref.delete ? [refuse(`the tag ${name} may not be deleted by a push`)] : [],
  gitlab_protected_branch: ({ ref, name, commits, files }, rule) => {
    if (ref.delete) return [refuse(`${name} is protected and cannot be deleted by a push`)];
    const matching = matchingOf(rule, name);
    if (ref.force === true && !matching.some((one) => one['allow_force_push'] === true))
      return [refuse(`${name} may not be force-pushed`)];
    if (commits.length === 0 && !ref.create && ref.old === ref.new) return [];
    const verdicts = allowed(rule, matching, 'push_access_levels', `push to ${name}`);
    // Of approvals by code owners the strictest counts, and a direct push of their files is refused.
    const owned = matching.some((one) => one['code_owner_approval_required'] === true) && files.length > 0;
    const open = unknown(`whether ${name} takes files that have code owners without their approval is not known here`);
    return owned && verdicts.length === 0 ? [open] : verdicts;
  },
  gitlab_protected_tag: ({ ref, name }, rule) => {
    if (ref.delete) return [refuse(`the tag ${name} is protected and cannot be deleted by a push`)];
    if (!ref.create) return [refuse(`the tag ${name} is protected and cannot be moved`)];
    return allowed(rule, matchingOf(rule, name), 'create_access_levels', `create the tag ${name}`);
  },
};

/** All protections of the project that match the ref. */
function matchingOf({ parameters }: ForgeRule, name: string): Record<string, unknown>[] {
  return recordsOf(parameters['all']).filter((one) => wildcardMatch(String(one['name'] ?? ''), name));
}

/** Names of files that GitLab's `prevent_secrets` refuses, as far as its documentation lists them. */
const secretNames = [
  /(^|\/)aws\/credentials$/,
  /(^|\/)(ssh|config)\/(personal|server)_(rsa|dsa|ed\d+|ecdsa)$/,
  /(^|[/_])(id_rsa|id_dsa|id_ed25519|id_ecdsa)$/,
  /\.(pem|key|history)$/,
  /_history$/,
];

function matched(
  pattern: string,
  text: string,
  wanted: boolean,
  what: string,
  place: { commit?: string; path?: string },
): Verdict[] {
  const found = regexMatch(`(?m)${pattern}`, text);
  const message = `${what} ${wanted ? 'must' : 'must not'} match ${JSON.stringify(pattern)}`;
  if (found === undefined) {
    return [{ ...unknown(`${message}, which cannot be evaluated here`), ...place }];
  }
  return found === wanted ? [] : [{ ...refuse(message), ...place }];
}

/** What must be the account's own: certain when the snapshot knows the account, open otherwise. */
function own(rule: ForgeRule, commit: string, text: string, keys: readonly string[], what: string): Verdict[] {
  const { user } = rule.parameters;
  if (!isRecord(user)) {
    const message = `${what || text} must be that of the account that pushes, which is not known here`;
    return [{ ...unknown(message), commit }];
  }
  if (keys.some((key) => user[key] === text)) return [];
  // An account may have further confirmed addresses that this answer does not list.
  return [{ ...refuse(`${what} ${text} is not that of the account that pushes`), commit, exactness: 'approximate' }];
}

/** Access levels name roles (0 nobody, 30 developer, 40 maintainer, 60 administrator), people or groups; one is enough. */
function allowed(rule: ForgeRule, matching: readonly Record<string, unknown>[], key: string, what: string): Verdict[] {
  if (matching.some((one) => !Array.isArray(one[key]))) return [unknown(`who may ${what} is not in the saved answer`)];
  const levels = matching.flatMap((one) => recordsOf(one[key]));
  const roles = levels.filter((one) => one['user_id'] == null && one['group_id'] == null);
  const least = Math.min(...roles.map((one) => Number(one['access_level'])).filter((level) => level > 0));
  const named = levels.length > roles.length;
  const several = matching.length > 1 ? ` (of ${matching.length} protections the most permissive counts)` : '';
  const { level } = rule.parameters;
  if (least === Number.POSITIVE_INFINITY && !named)
    return [refuse(`nobody may ${what}${several}`, 'Push another branch and open a merge request.')];
  if (typeof level === 'number' && level >= least) return [];
  if (typeof level === 'number' && !named) {
    return [refuse(`to ${what} takes the access level ${least}, and yours is ${level}${several}`)];
  }
  return [unknown(`whether you may ${what} is not known here`)];
}
