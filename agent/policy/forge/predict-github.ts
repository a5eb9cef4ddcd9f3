import { fnmatch, patternHolds, patternWords } from './patterns.ts';
import { messageOf, type RefPush } from './push.ts';
import { type ForgeRule, recordsOf, textsOf, type Verdict } from './types.ts';

type Predict = (push: RefPush, rule: ForgeRule) => Verdict[];

/**
 * What each rule type of GitHub says about one ref of a push. New commits only: metadata is not enforced on history that is
 * there. Source: docs.github.com, "Available rules for rulesets".
 */
export const githubPredictions: Record<string, Predict> = {
  creation: ({ ref, name }) => (ref.create ? [refuse(`${name} may not be created`)] : []),
  update: ({ ref, name }) => (!ref.create && !ref.delete ? [refuse(`${name} may not be updated`)] : []),
  restricted_pushes: ({ ref, name }) => (ref.delete ? [] : [unknown(`only some people may push to ${name}`)]),
  deletion: ({ ref, name }) => (ref.delete ? [refuse(`${name} may not be deleted`)] : []),
  non_fast_forward: ({ ref, name }) => {
    if (ref.force === null && !ref.create && !ref.delete) {
      return [unknown(`whether ${name} is forced is not known here, and it may not be`)];
    }
    return ref.force === true
      ? [refuse(`${name} may not be force-pushed`, 'Rebase onto what is there, or push another branch.')]
      : [];
  },
  required_linear_history: ({ commits }) =>
    commits
      .filter((commit) => commit.parents.length > 1)
      .map((commit) => ({
        ...refuse('merge commits are not allowed', 'Rebase instead of merging.'),
        commit: commit.oid,
      })),
  required_signatures: ({ commits }) => {
    const bad = commits.filter((commit) => !commit.signature.present || commit.signature.status === 'bad');
    if (bad.length > 0) {
      return bad.map((commit) => ({ ...refuse('commits must be signed', 'pregate sign setup'), commit: commit.oid }));
    }
    const message = 'commits must be signed by a key that the account has; whether it has this one is not known here';
    return commits.length === 0 ? [] : [{ effect: 'note', message, exactness: 'approximate' }];
  },
  commit_message_pattern: ({ commits }, { parameters }) =>
    commits.flatMap((commit) => held(parameters, messageOf(commit), 'the commit message', { commit: commit.oid })),
  commit_author_email_pattern: ({ commits }, { parameters }) =>
    commits.flatMap((commit) => held(parameters, commit.author.email, "the author's address", { commit: commit.oid })),
  committer_email_pattern: ({ commits }, { parameters }) =>
    commits.flatMap((commit) =>
      held(parameters, commit.committer.email, "the committer's address", { commit: commit.oid }),
    ),
  branch_name_pattern: ({ ref, name }, { parameters }) =>
    ref.kind === 'branch' && !ref.delete ? held(parameters, name, 'the name of the branch', {}) : [],
  tag_name_pattern: ({ ref, name }, { parameters }) =>
    ref.kind === 'tag' && !ref.delete ? held(parameters, name, 'the name of the tag', {}) : [],
  file_path_restriction: ({ paths }, { parameters }) => {
    const restricted = textsOf(parameters['restricted_file_paths']);
    const unread = restricted.filter((pattern) => inRestricted(pattern, '') === undefined);
    const refused = paths.flatMap(({ path, commit }) => {
      const hit = restricted.find((pattern) => inRestricted(pattern, path));
      return hit === undefined ? [] : [{ ...refuse(`${path} lies in the restricted path ${hit}`), path, commit }];
    });
    const unclear = unread.map((pattern) =>
      unknown(`whether a path lies in the restricted ${JSON.stringify(pattern)} cannot be evaluated here`),
    );
    return [...refused, ...(paths.length === 0 ? [] : unclear)];
  },
  max_file_path_length: ({ files }, { parameters }) => {
    const most = Number(parameters['max_file_path_length']);
    if (Number.isNaN(most)) return [unknown('how long a path may be is not in the saved answer')];
    const long = files.filter(({ path }) => [...path].length > most);
    return long.map(({ path, commit }) => ({ ...refuse(`its path is longer than ${most} characters`), path, commit }));
  },
  file_extension_restriction: ({ files }, { parameters }) => {
    const restricted = textsOf(parameters['restricted_file_extensions']).map((one) =>
      one.replace(/^\*?\.?/, '.').toLowerCase(),
    );
    return files.flatMap(({ path, commit }) => {
      const hit = restricted.find((extension) => path.toLowerCase().endsWith(extension));
      return hit === undefined ? [] : [{ ...refuse(`files ending in ${hit} may not be pushed`), path, commit }];
    });
  },
  max_file_size: ({ blobs }, { parameters }) => {
    const most = Number(parameters['max_file_size']);
    return tooLarge(blobs, most);
  },
  pull_request: ({ ref, name }) =>
    ref.delete
      ? []
      : [refuse(`changes to ${name} must come through a pull request`, 'Push another branch and open a request.')],
  merge_queue: ({ ref, name }) =>
    ref.delete
      ? []
      : [refuse(`changes to ${name} must come through the merge queue`, 'Push another branch and open a request.')],
  required_status_checks: (push, rule) => {
    const names = recordsOf(rule.parameters['required_status_checks']).map((one) => String(one['context']));
    return afterPush(push, rule, `the checks ${names.join(', ')}`);
  },
  workflows: (push, rule) => afterPush(push, rule, 'required workflows'),
  required_deployments: (push, rule) => afterPush(push, rule, 'required deployments'),
  code_scanning: (push, rule) => afterPush(push, rule, 'the results of code scanning'),
  code_quality: (push, rule) => afterPush(push, rule, 'the results of code quality'),
  copilot_code_review: ({ ref }) =>
    ref.delete ? [] : [note('Copilot is asked for a review of a pull request; no push is refused for it')],
  repository_create: aboutTheRepository,
  repository_delete: aboutTheRepository,
  repository_name: aboutTheRepository,
  repository_transfer: aboutTheRepository,
  repository_visibility: aboutTheRepository,
  // Neither is a rule of a ruleset: settings of the repository and the project that look at every push.
  secret_push_protection: ({ commits }) =>
    commits.length === 0
      ? []
      : [
          note(
            'the forge searches the push for secrets by patterns of its own and refuses what it finds',
            'approximate',
          ),
        ],
  // Not GitHub's: stands for the rules of a ruleset that was listed without them.
  not_listed: () => [
    unknown(
      'what it refuses is not known: the saved list names it without its rules',
      'Save the answer about this ruleset too (GET /repos/{owner}/{repo}/rulesets/{id}), or use --fetch.',
    ),
  ],
};

function aboutTheRepository(): Verdict[] {
  return [note('it is about the repository itself; no push is refused for it')];
}

function note(message: string, exactness: Verdict['exactness'] = 'snapshot'): Verdict {
  return { effect: 'note', message, exactness };
}

export function refuse(message: string, remedy?: string): Verdict {
  return { effect: 'deny', message, exactness: 'snapshot', ...(remedy === undefined ? {} : { remedy }) };
}

/** What the snapshot leaves open. */
export function unknown(message: string, remedy?: string): Verdict {
  return { effect: 'depends', message, exactness: 'unknowable', ...(remedy === undefined ? {} : { remedy }) };
}

/** `most` in megabytes. */
export function tooLarge(blobs: RefPush['blobs'], most: number): Verdict[] {
  if (Number.isNaN(most)) return [unknown('how large a file may be is not in the saved answer')];
  return blobs
    .filter((blob) => blob.size > most * 1024 * 1024)
    .map(({ path, size, commit }) => ({
      ...refuse(`it has ${(size / 1024 / 1024).toFixed(1)} MB, and ${most} MB is the most`),
      path,
      ...(commit === undefined ? {} : { commit }),
    }));
}

function held(parameters: Record<string, unknown>, text: string, what: string, place: { commit?: string }): Verdict[] {
  const holds = patternHolds(parameters, text);
  const message = `${what} ${patternWords(parameters)}`;
  if (holds === undefined) return [{ ...unknown(`${message}, which cannot be evaluated here`), ...place }];
  return holds ? [] : [{ ...refuse(message), ...place }];
}

/** A pattern, a path, or a folder with all below it; undefined when the pattern cannot be read. */
function inRestricted(pattern: string, path: string): boolean | undefined {
  const plain = pattern.replace(/^\.?\//, '').replace(/\/$/, '');
  return path === plain || path.startsWith(`${plain}/`) || fnmatch(plain, path);
}

/** What can only have run on commits that the forge has: new ones are refused, those that it has may have passed. */
function afterPush({ ref, name, commits }: RefPush, rule: ForgeRule, what: string): Verdict[] {
  if (ref.delete || (ref.create && rule.parameters['do_not_enforce_on_create'] === true)) return [];
  if (commits.length === 0) return [unknown(`${what} must have passed on what ${name} would be`)];
  if (rule.everywhere) {
    const message = `no push can pass: ${what} must have passed on every branch before the push that would start them`;
    const remedy = `Ask for an exception of new branches, or for ${rule.from} to name the branches it is about.`;
    return [{ ...refuse(message, remedy), exactness: 'approximate' }];
  }
  const message = `${what} must have passed before ${name} takes a commit`;
  return [{ ...refuse(message, 'Push another branch and open a request.'), exactness: 'approximate' }];
}
