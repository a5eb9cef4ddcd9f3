import { policyCodes } from '../policy/closed.ts';

/**
 * What the codes at the end of error lines mean, in groups that ask for the same: `[code]` is looked up with `pregate explain code`.
 * Rules have pages of their own; what is not here has only the words of its own line.
 */
const groups: readonly [codes: string, means: string, todo: string][] = [
  [
    'usage',
    'The command was called in a way it does not know; exit code 2, nothing was done.',
    'Read pregate <command> --help.',
  ],
  [
    'internal',
    'Something in Pregate broke; exit code 3, nothing was checked.',
    'Run it again with PREGATE_DEBUG=1 and report the frames; they hold no content of files.',
  ],
  [
    'file-system',
    'The operating system refused a file or folder.',
    'Mend what the line names: permission, a full disk, something in the way.',
  ],
  [
    'git-missing git-failed',
    'git is not there, or ended with an error.',
    'Run the same in the repository by hand: git status, git fsck. pregate doctor looks at the rest.',
  ],
  [
    'dubious-ownership',
    'The repository belongs to another user, and git refuses to read it.',
    'git config --global --add safe.directory <folder>, if you trust its owner.',
  ],
  [
    'not-a-repository no-work-tree bare-repository',
    'The command needs a git repository with files.',
    'Go into one, or name a path: pregate check PATH.',
  ],
  [
    'no-commits detached-head no-remote bad-revision branch-moved tracking-ref-by-hand other-push-address',
    'The branch, commit or remote that was asked for is not there, or is not what it was.',
    'git branch -avv and git remote -v show what is; then run it again.',
  ],
  [
    'policy-sources',
    'Policy files or data could not be read, or do not fit together; nothing was evaluated.',
    'The lines above say which file and where; pregate policy check PATH reads it again.',
  ],
  [
    'no-tests undefined-answer',
    'There was no test to run, or the query that was to be measured has no answer.',
    'Name rules test_…, or measure with --fail=false.',
  ],
  [
    'exception-unsigned',
    'A draft of an exception could not be signed, so it was not written.',
    'pregate sign status says what is wrong with signing here.',
  ],
  [
    'daemon-off daemon-not-installed daemon-silent',
    'The daemon does not run. Hooks check everything without it, only slower.',
    'pregate daemon on, or pregate init; pregate doctor tells how it stands.',
  ],
  [
    'statements-not-pushed',
    'Statements were made and kept here, and could not be sent.',
    'Send them again: pregate attest push.',
  ],
  [
    'audit-unavailable',
    'The audit log could not be written just now. Entries that wait in the state folder are kept; on a full disk there may be no room for new ones.',
    'Free some space or wait a moment, then: pregate log verify.',
  ],
  [
    'sign-fix',
    'Commits could not be signed again: they are pushed, one cannot be read whole, or git does not sign here. Nothing was changed.',
    'The line says which; pregate sign status looks at signing itself.',
  ],
  [
    'log-restart',
    'There is no audit log of this repository yet, or another process is writing it.',
    'pregate log shows what is there; run it again.',
  ],
  [
    'unmerged',
    'A merge has conflicts that are not solved, so there is nothing to commit yet.',
    'Solve them, git add, and run it again.',
  ],
  [
    'config-invalid user-config',
    'pregate.yaml, or your own configuration, says something that cannot be read. A gate that depends on it is closed.',
    'Mend the line that is named; pregate doctor reads it again.',
  ],
  [
    'config-not-yet',
    'A new pregate.yaml counts once the protected branch has it.',
    'Nothing to do before it is merged.',
  ],
  [
    'baseline-invalid baseline-too-long',
    'A line of the baseline cannot be read, so it excuses nothing.',
    'Mend or remove the line: pregate baseline list names those that count.',
  ],
  [
    'no-finding',
    'There is no finding at that place, so nothing could be accepted.',
    'pregate check shows places; --staged looks at the index.',
  ],
  [
    'file-too-large scope-too-large containerfile-too-large',
    'It is larger than what is read; what was not read is never called passed.',
    'Exclude it in pregate.yaml, or check it alone.',
  ],
  [
    'file-unreadable could-not-read path-missing object-missing message-unreadable',
    'A file or an object of git could not be read, so it was not checked.',
    'git fsck; in a partial clone fetch it first.',
  ],
  ['changed-while-read', 'A file changed between reading and writing; nothing of it was written.', 'Run it again.'],
  [
    'lock-unreadable manifest-unreadable manifest-missing',
    'A manifest or lock file is missing or no valid document.',
    'Make it again with the package manager that owns it.',
  ],
  [
    'not-npm',
    'Components of other languages than npm’s are not read, so no SBOM of theirs is made and they count as unknown.',
    'Make their CycloneDX document with the tool of that language.',
  ],
  [
    'rule-failed secret-rule-failed no-rules pattern-failed pattern-stopped',
    'A rule broke, was stopped, or none was loaded: the gate is closed, the others still ran.',
    'Report it with the rule’s name; a pattern of your own is mended in pregate.yaml.',
  ],
  ...policyCodes,
  [
    'forge-stale forge-unreadable forge-unknown forge-partial',
    'The saved rules of the forge are old, cannot be read, or were not all answered.',
    'pregate policy snapshot --fetch, with a token that may read them.',
  ],
  [
    'pins-damaged state-unusable',
    'The state folder cannot be used as it is.',
    'pregate doctor names the file; pregate runbook says what to keep.',
  ],
  [
    'no-allowed-signers no-identity no-key statement-unsigned',
    'Signatures cannot be made or judged with what git is set to.',
    'pregate sign setup; docs/signing.md.',
  ],
  [
    'note-unreadable notes-busy nothing-to-state nothing-stated',
    'A statement could not be read, written, or there was nothing to state.',
    'docs/attest.md; run it again when no other git writes notes.',
  ],
  [
    'log-damaged no-such-value',
    'The audit log, the decision log or the value asked for is not whole.',
    'pregate log verify says which line; pregate runbook says how to keep the evidence.',
  ],
  [
    'not-sent export-failed export-outside-root',
    'Nothing was sent or written; what there is stays whole here.',
    'Mend the address or path that the line names and try again.',
  ],
  [
    'sbom-count sbom-empty sbom-no-lock sbom-not-made sbom-other-manager sbom-too-large sbom-tree npm-not-found',
    'No complete list of components could be made.',
    'Make the lock file, then pregate sbom again; nothing was stated in its place.',
  ],
  [
    'scrub-refused scrub-signature',
    'History was not rewritten; nothing was changed.',
    'The line says what is in the way; docs/scrub.md says what scrub never does.',
  ],
  [
    'nothing-replayed nothing-to-compare nothing-to-except no-rejection',
    'There was nothing to work on, so nothing was made.',
    'The line says what was looked for.',
  ],
  [
    'bad-push-line',
    'git handed over a line that the hook cannot read; the push was stopped.',
    'Push again; if it stays, pregate doctor.',
  ],
];

/** What a code means and what to do about it; undefined for what is no code. */
export function codeOf(code: string): { means: string; todo: string } | undefined {
  const found = groups.find(([codes]) => codes.split(' ').includes(code));
  return found && { means: found[1], todo: found[2] };
}

/** Every code there is, for those who search. */
export const codes: readonly string[] = groups.flatMap(([some]) => some.split(' '));
