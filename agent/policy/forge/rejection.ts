/** What a forge said when it refused a push, read back as the rules that did. */
export interface Rejection {
  /** `refs/heads/main`, where it names one. */
  ref: string | null;
  /** Rule ids as `pregate preview` shows them: `forge/pull-request`. */
  rules: { rule: string; text: string; commits: string[] }[];
}

/** Sentences of GitHub's GH013 and GH006 and of GitLab's pre-receive checks, and the rule each comes from. */
const sentences: [pattern: RegExp, rule: string][] = [
  [/not allowed to (?:create|update|change|delete|push).*protected tag|tags? .*protected/i, 'protected-tag'],
  [/must be made through a pull request|pull request is required/i, 'pull-request'],
  [/merge queue/i, 'merge-queue'],
  [/required status checks?|status check .*(?:expected|pending|failing)/i, 'required-status-checks'],
  [/verified signatures?|must be signed|unsigned commit|not signed/i, 'required-signatures'],
  [/DCO sign-?off/i, 'reject-non-dco-commits'],
  [/cannot delete a tag/i, 'deny-delete-tag'],
  [/is not a member of (?:the )?team/i, 'member-check'],
  [/cannot push commits for|only push commits if the committer/i, 'commit-committer-check'],
  [/git username is inconsistent/i, 'commit-committer-name-check'],
  [/must not contain merge commits|merge commits are not allowed|linear history/i, 'required-linear-history'],
  [/cannot force[- ]push|force[- ]push/i, 'non-fast-forward'],
  [/creations? being restricted|cannot create (?:ref|this)/i, 'creation'],
  [/cannot delete|deletions? (?:being )?restricted|not allowed to delete/i, 'deletion'],
  [/cannot update this protected ref|not authorized to push|not allowed to push code to protected/i, 'update'],
  [/commit message contains the forbidden/i, 'commit-message-negative-regex'],
  [/commit message (?:must|does not|contains)/i, 'commit-message-pattern'],
  [/author(?:'s)? (?:commit )?e?-?mail|author '.*' (?:does not|is not)/i, 'commit-author-email-pattern'],
  [/committer(?:'s)? (?:commit )?e?-?mail/i, 'committer-email-pattern'],
  [/branch name (?:'[^']*' )?(?:must|does not)/i, 'branch-name-pattern'],
  [/tag name (?:'[^']*' )?(?:must|does not)/i, 'tag-name-pattern'],
  [/file extension|restricted extension/i, 'file-extension-restriction'],
  [/file path.*(?:long|length|exceed)/i, 'max-file-path-length'],
  [/restricted (?:file )?path|file path/i, 'file-path-restriction'],
  [/file size|larger than|exceeds the .*size|maximum .*size/i, 'max-file-size'],
  [/file name .*(?:prohibited|blacklisted|denied)/i, 'file-name-regex'],
  [/code scanning/i, 'code-scanning'],
  [/required workflow/i, 'workflows'],
  [/deploy/i, 'required-deployments'],
  [/push cannot contain secrets|secrets? (?:were )?(?:found|detected)/i, 'secret-push-protection'],
];

/**
 * Reads what git printed of a refused push (`remote: error: GH013: …`, `remote: GitLab: …`). Undefined when no forge has
 * refused it by a rule. Lines that fit no known sentence are kept as `forge/unknown`, so that nothing is lost.
 */
export function readRejection(output: string): Rejection | undefined {
  const lines = output.split(/\r?\n/).map((line) => line.replace(/^remote:\s?/, '').trimEnd());
  const head = lines.find((line) => /GH01?\d{2,}|GitLab: /.test(line));
  if (head === undefined) return undefined;
  const rules: Rejection['rules'] = [];
  for (const line of lines.slice(lines.indexOf(head))) {
    const commit = /^\s+([0-9a-f]{40}(?:[0-9a-f]{24})?)\s*$/.exec(line)?.[1];
    if (commit) rules.at(-1)?.commits.push(commit);
    const text = /^\s*- (.+)$/.exec(line)?.[1] ?? /GitLab: (.+)$/.exec(line)?.[1] ?? /GH006: (.+)$/.exec(line)?.[1];
    if (text === undefined) continue;
    const known = sentences.find(([pattern]) => pattern.test(text))?.[1];
    rules.push({ rule: `forge/${known ?? 'unknown'}`, text, commits: [] });
  }
  const ref = /\b(refs\/[^\s'"]+?)[.,]?(?:\s|$)/.exec(lines.slice(lines.indexOf(head)).join('\n'))?.[1] ?? null;
  return { ref, rules };
}
