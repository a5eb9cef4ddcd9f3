/** Sentences of forges that refuse a push, and the rule each of them is read back as. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readRejection } from '../../agent/policy/forge/rejection.ts';

/** The rule behind one line of GitLab's, or of GitHub's list below its GH013. */
const gitlab = (text: string) => readRejection(`remote: GitLab: ${text}\n`)?.rules[0]?.rule;
const github = (text: string) =>
  readRejection(`remote: error: GH013: Repository rule violations found for refs/heads/x.\nremote: - ${text}\n`)
    ?.rules[0]?.rule;

it('reads what GitLab says about push rules and protected refs', () => {
  const said: Record<string, string> = {
    "Branch name 'topic' does not follow the pattern '^fix/'": 'branch-name-pattern',
    "Commit message does not follow the pattern 'X-[0-9]+'": 'commit-message-pattern',
    "Commit message contains the forbidden pattern 'wip'": 'commit-message-negative-regex',
    "Author's commit email 'a@b.test' does not follow the pattern '@acme'": 'commit-author-email-pattern',
    "Committer's commit email 'a@b.test' does not follow the pattern '@acme'": 'committer-email-pattern',
    "Author 'a@b.test' is not a member of team": 'member-check',
    "You cannot push commits for 'a@b.test'. You can only push commits if the committer email is one of your own verified emails.":
      'commit-committer-check',
    'Commit must be signed with a GPG key': 'required-signatures',
    'Commit message must contain a DCO signoff': 'reject-non-dco-commits',
    'File name lib/a.jar was prohibited by the pattern "jar$".': 'file-name-regex',
    'File "big.bin" is larger than the allowed size of 10 MiB': 'max-file-size',
    'You cannot delete a tag': 'deny-delete-tag',
    'You are not allowed to create this tag as it is protected.': 'protected-tag',
    'You are not allowed to force push code to a protected branch on this project.': 'non-fast-forward',
    'You are not allowed to push code to protected branches on this project.': 'update',
    'Something that no release has said so far': 'unknown',
  };
  for (const [text, rule] of Object.entries(said)) assert.equal(gitlab(text), `forge/${rule}`, text);
});

it('reads what GitHub says about rulesets', () => {
  const said: Record<string, string> = {
    'Changes must be made through a pull request.': 'pull-request',
    'Changes must be made through the merge queue': 'merge-queue',
    'Required status check "ci" is expected.': 'required-status-checks',
    'Commits must have verified signatures.': 'required-signatures',
    'This branch must not contain merge commits.': 'required-linear-history',
    'Cannot force-push to this branch': 'non-fast-forward',
    'Cannot update this protected ref.': 'update',
    'Cannot create ref due to creations being restricted.': 'creation',
    'Push cannot contain secrets': 'secret-push-protection',
  };
  for (const [text, rule] of Object.entries(said)) assert.equal(github(text), `forge/${rule}`, text);
});
