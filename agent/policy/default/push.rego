# METADATA
# title: Push
# description: Judges every commit, object and ref that would leave this machine.
package pregate.push

import data.pregate.commit
import data.pregate.lib

# A suppression that arrives with the push excuses no certain secret, where there is a base to have it reviewed on.
unreviewed(finding) if {
	finding.suppressed.introduced == true
	finding.confidence == "high"
	input.repo.base != null
}

# METADATA
# title: Secret in an outgoing object
# description: A secret counts when any outgoing commit has it, even if a later one removes it.
# custom:
#   rule: secret
#   remedy: Rotate it, and take it out of the commits that have it (pregate scrub).
deny contains object.union(lib.about("secret", i), lib.tag_remedy(finding)) if {
	some i, finding in lib.introduced
	finding.class == "secret"
	finding.confidence == "high"
}

# METADATA
# title: Secret excused by the same push
# custom:
#   rule: unreviewed-suppression
#   remedy: Remove the secret, or bring the suppression to the protected branch first.
deny contains object.union(lib.about("unreviewed-suppression", i), {"msg": msg}) if {
	some i, finding in input.findings
	finding.class == "secret"
	finding.introduced != false
	lib.excused(finding)
	unreviewed(finding)
	msg := concat("", [
		finding.message,
		"; its suppression is part of this push and counts only once it is on the protected base",
	])
}

# METADATA
# title: Commit that skipped its hook
# description: What the commit gate would have stopped is stopped here, so that --no-verify only delays the answer.
# custom:
#   rule: skipped-hooks
#   remedy: Mend it in the commit that brought it (git rebase -i), then push again.
deny contains object.union(reason, {"rule": "skipped-hooks"}) if {
	some reason in commit.deny
	reason.rule == "conflict-markers"
}

# METADATA
# title: Unsigned commit
# description: Once signing is set up, a commit without a signature may be anybody's.
# custom:
#   rule: unsigned-commit
#   remedy: "Sign the outgoing commits again: pregate sign fix"
deny contains reason if {
	signatures_due
	some i, one in input.commits
	one.signature.status == "none"
	reason := {
		"rule": "unsigned-commit",
		"msg": sprintf("Commit %s is not signed: %s", [lib.short(one.sha), one.subject]),
		"at": lib.pointer(["commits", i]),
		"remedy": concat("", ["Sign the outgoing commits again: pregate sign fix", base_argument]),
	}
}

# What the remote has already is not signed again. Two branches have two bases, so none is named then.
default base_argument := ""

base_argument := sprintf(" %s", [substring(base, 0, 12)]) if {
	bases := {base_of(ref) | some ref in refs; not ref.delete; startswith(ref.dst, "refs/heads/")}
	count(bases) == 1
	some base in bases
	base != null
}

base_of(ref) := ref.old if {
	not ref.create
	ref.force == false
}

base_of(ref) := input.repo.base if ref.create

# METADATA
# title: Signature that cannot be verified
# custom:
#   rule: unverifiable-commit
#   remedy: Sign it with a key of the allowed signers, or have the key added there on the protected branch.
deny contains reason if {
	signatures_due
	some i, one in input.commits
	not one.signature.status in {"good", "none"}
	reason := {
		"rule": "unverifiable-commit",
		"msg": sprintf("The signature of commit %s is %s: %s", [lib.short(one.sha), one.signature.status, one.subject]),
		"at": lib.pointer(["commits", i, "signature"]),
	}
}

signatures_due if input.signing.required

signatures_due if input.signing.configured

# METADATA
# title: Tag that moves
# description: Whoever relies on the tag would get other content under the same name.
# custom:
#   rule: tag-moved
#   remedy: Make a new tag instead.
deny contains reason if {
	some i, ref in input.push.refs
	ref.kind == "tag"
	ref.old != null
	ref.new != null
	ref.old != ref.new
	reason := {
		"rule": "tag-moved",
		"msg": sprintf("%s exists on the remote and would point elsewhere", [ref.dst]),
		"at": lib.pointer(["push", "refs", i]),
	}
}

# METADATA
# title: The gate would be weakened
# description: What a push changes in its own gate is judged by the version before it.
# custom:
#   rule: weakened-gate
#   remedy: Propose it on a branch, so that somebody reviews it.
deny contains weakened(i) if {
	some i, _ in input.weakened
	some ref in input.push.refs
	ref.protected
}

warn contains weakened(i) if {
	some i, _ in input.weakened
	every ref in refs { not ref.protected }
}

weakened(i) := {
	"rule": "weakened-gate",
	"msg": input.weakened[i].msg,
	"at": lib.pointer(["weakened", i]),
}

default refs := []

refs := input.push.refs

# METADATA
# title: Direct push to the default branch
# custom:
#   rule: direct-push
#   remedy: Push a branch and open a request.
warn contains reason if {
	some i, ref in input.push.refs
	ref.protected
	not ref.create
	ref.old != ref.new
	reason := {
		"rule": "direct-push",
		"msg": sprintf("%s %s, the default branch, without a review", [verb(ref), ref.dst]),
		"at": lib.pointer(["push", "refs", i]),
	}
}

verb(ref) := "Deletes" if ref.delete

verb(ref) := "Rewrites" if {
	not ref.delete
	ref.force == true
}

verb(ref) := "Changes" if {
	not ref.delete
	ref.force != true
}

# METADATA
# title: Tag that disappears
# custom:
#   rule: tag-deleted
warn contains reason if {
	some i, ref in input.push.refs
	ref.kind == "tag"
	ref.delete
	reason := {
		"rule": "tag-deleted",
		"msg": sprintf("%s would be deleted from the remote; its name could come back with other content", [ref.dst]),
		"at": lib.pointer(["push", "refs", i]),
	}
}

# METADATA
# title: The next commit would not be signed
# custom:
#   rule: unsigned-commit
#   remedy: pregate sign setup
warn contains reason if {
	signatures_due
	input.signing.will_sign == false
	reason := {"rule": "unsigned-commit", "msg": lib.unsigned_message, "at": "/signing/will_sign"}
}

# METADATA
# title: Possible secret
# custom:
#   rule: possible-secret
#   remedy: Remove it, or suppress it with the reason why it is none.
warn contains object.union(lib.about("possible-secret", i), lib.tag_remedy(finding)) if {
	some i, finding in lib.introduced
	finding.class == "secret"
	finding.confidence != "high"
}
