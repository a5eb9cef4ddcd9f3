# METADATA
# title: Deploy
# description: Judges the Kubernetes manifests in the repository's own files.
package pregate.deploy

import data.pregate.lib

# METADATA
# title: Plain secret in a manifest
# description: Whoever can read the repository can read it; base64 hides nothing.
# custom:
#   rule: plain-secret
#   remedy: Encrypt it (SealedSecret, SOPS) or refer to a store (ExternalSecret), and rotate it.
deny contains reason if {
	some i, manifest in input.manifests
	some field in manifest.plain_secrets
	reason := {
		"rule": "plain-secret",
		"msg": sprintf("%s holds a plain value in %s", [manifest.name, field.path]),
		"at": lib.pointer(["manifests", i, "plain_secrets", field.index]),
	}
}

# METADATA
# title: Secret found in a manifest
# custom:
#   rule: secret-in-manifest
#   remedy: Remove it, rotate it, and refer to a store instead.
deny contains lib.about("secret-in-manifest", i) if {
	some i, finding in lib.active
	finding.class == "secret"
	finding.confidence == "high"
	some manifest in input.manifests
	manifest.from.path == finding.path
}

# METADATA
# title: Image by tag in production
# description: The tag can be moved between the review and the roll-out.
# custom:
#   rule: production-image-by-tag
#   remedy: "Name the digest: image: name:tag@sha256:…"
deny contains by_tag("production-image-by-tag", i) if {
	some i, image in input.images
	image.digest == null
	image.resolved
	image.production
}

# METADATA
# title: Image by tag
# custom:
#   rule: image-by-tag
#   remedy: "Name the digest: image: name:tag@sha256:…"
warn contains by_tag("image-by-tag", i) if {
	some i, image in input.images
	image.digest == null
	image.resolved
	not image.production
}

by_tag(rule, i) := {
	"rule": rule,
	"msg": sprintf("%s is deployed by a name that can change, not by digest", [input.images[i].ref]),
	"at": lib.pointer(["images", i]),
}

# METADATA
# title: Signature of the image
# description: Only the registry knows whether the image is signed; the admission may ask for it.
# custom:
#   rule: unknown-signature
depends contains reason if {
	some i, image in input.images
	image.signatures == "unknown"
	reason := {
		"rule": "unknown-signature",
		"msg": sprintf("Whether %s is signed is known to its registry only", [image.ref]),
		"at": lib.pointer(["images", i]),
		"unknown": [lib.pointer(["images", i, "signatures"])],
	}
}

# METADATA
# title: Manifest that is no object yet
# custom:
#   rule: unread-manifest
depends contains reason if {
	some i, file in input.unread_manifests
	reason := {
		"rule": "unread-manifest",
		"msg": sprintf("%s could not be judged: %s", [file.path, file.reason]),
		"at": lib.pointer(["unread_manifests", i]),
		"unknown": [lib.pointer(["unread_manifests", i])],
	}
}
