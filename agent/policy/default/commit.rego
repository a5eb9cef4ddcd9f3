# METADATA
# title: Commit
# description: Judges the change that is about to become a commit, or the commits of a push one by one.
package pregate.commit

import data.pregate.lib

# METADATA
# title: Secret in the change
# description: Anyone who can read the commit can use it, and history keeps it after the file is mended.
# custom:
#   rule: secret
#   remedy: Remove it from the file and rotate it.
deny contains lib.about("secret", i) if {
	some i, finding in lib.introduced
	lib.secret(finding)
	finding.confidence == "high"
	not lib.in_message(finding)
}

# METADATA
# title: Secret in the commit message
# custom:
#   rule: secret-in-message
#   remedy: Reword the message and rotate the secret.
deny contains lib.about("secret-in-message", i) if {
	some i, finding in lib.introduced
	lib.secret(finding)
	finding.confidence == "high"
	lib.in_message(finding)
}

# METADATA
# title: Private key or key store
# description: A key is a secret whatever its format.
# custom:
#   rule: key-file
#   remedy: Keep the key outside the repository and replace it, since it has been on a disk that is shared.
deny contains lib.about("key-file", i) if {
	some i, finding in lib.introduced
	lib.key_file(finding)
	finding.confidence == "high"
}

# METADATA
# title: Unfinished merge
# custom:
#   rule: conflict-markers
#   remedy: Resolve the conflict, then stage the file again.
deny contains lib.about("conflict-markers", i) if {
	some i, finding in lib.introduced
	lib.unfinished_merge(finding)
	finding.confidence == "high"
}

# METADATA
# title: The commit would not be signed
# description: A signature is required, and git is not set to make one here.
# custom:
#   rule: unsigned-commit
#   remedy: pregate sign setup
deny contains reason if {
	input.signing.required
	input.signing.will_sign == false
	reason := {"rule": "unsigned-commit", "msg": lib.unsigned_message, "at": "/signing/will_sign"}
}

# METADATA
# title: Possible secret
# description: It looks like a secret, but its form alone does not prove it.
# custom:
#   rule: possible-secret
#   remedy: Remove it, or suppress it with the reason why it is none.
warn contains lib.about("possible-secret", i) if {
	some i, finding in lib.introduced
	finding.class == "secret"
	finding.confidence != "high"
}

# METADATA
# title: Other serious finding
# custom:
#   rule: serious-finding
warn contains lib.about("serious-finding", i) if {
	some i, finding in lib.introduced
	finding.class != "secret"
	not certain_merge(finding)
	lib.serious(finding)
}

certain_merge(finding) if {
	lib.unfinished_merge(finding)
	finding.confidence == "high"
}
