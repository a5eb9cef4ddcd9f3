# METADATA
# title: What the five gates share
# description: >-
#   Which findings count, which workflows strangers can start, and the shape of a reason.
#   A reason is an object: `rule`, `msg`, and `finding` (a fingerprint) or `at` (a JSON pointer into the input).
package pregate.lib

# Findings that nobody has excused, by their index in the input.
active[i] := finding if {
	some i, finding in input.findings
	not excused(finding)
}

# The part of them that the change brings. Without a base to compare with, everything is new.
introduced[i] := finding if {
	some i, finding in active
	finding.introduced != false
}

excused(finding) if {
	finding.suppressed != null
	not expired(finding.suppressed)
}

# A suppression counts on its last day; ISO dates sort as text.
expired(suppression) if {
	suppression.expires != null
	substring(suppression.expires, 0, 10) < substring(input.time.now, 0, 10)
}

secret(finding) if {
	finding.class == "secret"
	not key_file(finding)
}

key_file(finding) if finding.rule in {"private-key", "key-store"}

unfinished_merge(finding) if finding.rule in {"conflict-markers", "lock-conflict-markers"}

# Git writes the message to COMMIT_EDITMSG; the message of a finished commit is `commit:<sha>`.
in_message(finding) if finding.path == "COMMIT_EDITMSG"

in_message(finding) if startswith(finding.path, "commit:")

# A tag is an object of its own: no commit has its message, and no comment in it can excuse anything.
default tag_remedy(_) := {}

tag_remedy(finding) := {"remedy": "Rotate it, delete the tag and make it again."} if startswith(finding.path, "tag:")

serious(finding) if finding.severity in {"critical", "high"}

# A workflow that strangers can start while it holds secrets or a token that may write.
privileged(path) if {
	some pipeline in input.pipelines
	pipeline.path == path
	pipeline.privileged
}

# METADATA
# description: The reason for a finding, with the finding's own words.
about(rule, i) := {
	"rule": rule,
	"msg": input.findings[i].message,
	"finding": input.findings[i].fingerprint,
	"at": pointer(["findings", i]),
}

# METADATA
# description: A JSON pointer to a place in the input.
pointer(parts) := concat("", [sprintf("/%v", [part]) | some part in parts])

short(sha) := substring(sha, 0, 7)

default unsigned_message := "The commit would not be signed"

unsigned_message := sprintf("The commit would not be signed: %s", [input.signing.problem]) if {
	input.signing.problem != null
}
