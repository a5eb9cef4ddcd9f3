# METADATA
# title: Publish
# description: Judges what the pipelines would release, from the steps that release it.
package pregate.publish

import data.pregate.lib

# METADATA
# title: Long-lived token where the registry needs none
# description: A stored token can be stolen and used from anywhere; trusted publishing proves the workflow instead.
# custom:
#   rule: long-lived-token
#   remedy: Set up trusted publishing at the registry, give the job id-token write, and delete the token.
deny contains lib.about("long-lived-token", i) if {
	some i, finding in lib.active
	finding.rule == "use-trusted-publishing"
}

# METADATA
# title: Image published only under a name that moves
# description: Nobody can say later which content a tag such as latest had.
# custom:
#   rule: mutable-tag
#   remedy: Push a tag that is used once, such as the version or the commit, and let latest follow it.
deny contains reason if {
	some i, release in input.publish
	count(release.tags) > 0
	every tag in release.tags { tag.mutable == true }
	reason := {
		"rule": "mutable-tag",
		"msg": sprintf("%s is published only as %s, which can change", [release.what, tag_list(release)]),
		"at": lib.pointer(["publish", i]),
	}
}

tag_list(release) := concat(", ", [tag.ref | some tag in release.tags])

# METADATA
# title: No provenance and no signature
# custom:
#   rule: missing-provenance
#   remedy: Attest the build (npm publish --provenance, actions/attest-build-provenance) or sign with cosign.
warn contains reason if {
	some i, release in input.publish
	release.resolved
	release.provenance == false
	reason := {
		"rule": "missing-provenance",
		"msg": sprintf("%s is published without provenance or a signature", [release.what]),
		"at": lib.pointer(["publish", i]),
	}
}

# METADATA
# title: No SBOM
# custom:
#   rule: missing-sbom
#   remedy: Add a step that writes an SBOM and publishes it with the release.
warn contains reason if {
	some i, release in input.publish
	release.resolved
	release.sbom == false
	reason := {
		"rule": "missing-sbom",
		"msg": sprintf("%s is published without an SBOM", [release.what]),
		"at": lib.pointer(["publish", i]),
	}
}

# METADATA
# title: Tag that is made while the pipeline runs
# custom:
#   rule: unknown-tag
depends contains reason if {
	some i, release in input.publish
	not fixed(release)
	some j, tag in release.tags
	tag.mutable == null
	reason := {
		"rule": "unknown-tag",
		"msg": sprintf("Whether %s can change is decided while the pipeline runs", [tag.ref]),
		"at": lib.pointer(["publish", i]),
		"unknown": [lib.pointer(["publish", i, "tags", j, "mutable"])],
	}
}

fixed(release) if {
	some tag in release.tags
	tag.mutable == false
}

# METADATA
# title: Release by a pipeline of another repository
# custom:
#   rule: unresolved-release
depends contains reason if {
	some i, release in input.publish
	release.resolved == false
	reason := {
		"rule": "unresolved-release",
		"msg": sprintf("%s releases, and is not in this repository", [release.what]),
		"at": lib.pointer(["publish", i]),
		"unknown": [lib.pointer(["publish", i, "resolved"])],
	}
}
