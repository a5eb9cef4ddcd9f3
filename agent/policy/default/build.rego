# METADATA
# title: Build
# description: >-
#   Judges the pipelines and locks that the change touches as they would be, not only what is new in them:
#   the machine that builds does not know what was there before.
package pregate.build

import data.pregate.lib

# Rules that say what a stranger can make a pipeline do, each with what ends it.
takeover := {
	"template-injection": "Pass the value through an environment variable.",
	"untrusted-checkout": "Check out strangers' code only in pull_request workflows.",
}

# Rules that say the lock does not hold what the build will install, and what helps. A lock that is written again accepts
# whatever is served now, so a changed hash comes first.
broken_lock := {
	"lock-out-of-sync": rewrite,
	"lock-missing-integrity": rewrite,
	"lock-integrity-changed": "Take the old hash back, and find out why the content differs before you accept it.",
	"lock-conflict-markers": "Take one side of the conflict, then run npm install --package-lock-only.",
}

rewrite := "Write the lock again with the package manager: npm install --package-lock-only"

# METADATA
# title: A stranger's text or code runs with the repository's rights
# description: The workflow starts on an event that strangers cause, and holds secrets or a token that may write.
# custom:
#   rule: pipeline-takeover
#   remedy: Pass the value through an environment variable; check out strangers' code only in pull_request workflows.
deny contains object.union(lib.about("pipeline-takeover", i), {"remedy": remedy}) if {
	some i, finding in lib.active
	remedy := takeover[finding.rule]
	lib.privileged(finding.path)
}

# METADATA
# title: Lock that does not fix what is installed
# custom:
#   rule: broken-lock
#   remedy: "Write the lock again with the package manager: npm install --package-lock-only"
deny contains object.union(lib.about("broken-lock", i), {"remedy": remedy}) if {
	some i, finding in lib.active
	remedy := broken_lock[finding.rule]
}

# METADATA
# title: New install script
# description: It runs on every machine that installs, before anybody has read it.
# custom:
#   rule: new-install-script
#   remedy: Read the script, then allow it in allowScripts or deny it there.
warn contains lib.about("new-install-script", i) if {
	some i, finding in lib.introduced
	new_script(finding)
}

new_script(finding) if {
	finding.rule == "npm-install-script"
	finding.severity != "info"
}

# METADATA
# title: Weak spot in a pipeline or in what it installs
# description: Unpinned actions and images, excessive permissions, and every other such rule from medium severity on.
# custom:
#   rule: weak-build
warn contains lib.about("weak-build", i) if {
	some i, finding in lib.active
	finding.class in {"pipeline", "dependency"}
	finding.severity in {"critical", "high", "medium"}
	finding.rule != "use-trusted-publishing"
	not denied(finding)
	not new_script(finding)
}

denied(finding) if {
	takeover[finding.rule]
	lib.privileged(finding.path)
}

denied(finding) if broken_lock[finding.rule]

# METADATA
# title: Pipeline that is completed elsewhere
# description: What an include of another repository adds is not here, so nothing is said about it.
# custom:
#   rule: unresolved-include
depends contains reason if {
	some i, pipeline in input.pipelines
	some j, include in pipeline.unresolved_includes
	reason := {
		"rule": "unresolved-include",
		"msg": sprintf("%s is completed by %s, which is not in this repository", [pipeline.path, include]),
		"at": lib.pointer(["pipelines", i, "unresolved_includes", j]),
		"unknown": [lib.pointer(["pipelines", i, "unresolved_includes", j])],
	}
}
