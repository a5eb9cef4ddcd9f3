# METADATA
# title: What the tests of the gates start from
# description: A push of one clean, signed commit. Each test changes the part it is about.
package pregate.fixture_test

clean := {
	"schema": "gate.input/v1",
	"stage": "pre-push",
	"time": {"now": "2026-11-23T12:00:00.000Z", "now_ns": "1795435200000000000"},
	"repo": {"branch": "feature", "base": "aaaa", "default_branch": "main"},
	"push": {"remote": "origin", "refs": [branch]},
	"commits": [commit],
	"signing": {"required": true, "configured": true, "will_sign": null, "problem": null},
	"changes": [{"path": "src/a.ts", "status": "M"}],
	"findings": [],
	"weakened": [],
	"sbom": {"format": "lock", "components": []},
	"sbom_diff": {"changes": []},
	"pipelines": [],
	"publish": [],
	"manifests": [],
	"unread_manifests": [],
	"images": [],
	"unknown": [],
}

branch := {
	"src": "refs/heads/feature",
	"dst": "refs/heads/feature",
	"kind": "branch",
	"old": null,
	"new": "bbbb",
	"create": true,
	"delete": false,
	"force": false,
	"protected": false,
	"commits": ["bbbb"],
}

main := object.union(branch, {"dst": "refs/heads/main", "old": "aaaa", "create": false, "protected": true})

tag := object.union(branch, {"dst": "refs/tags/v1.0.0", "kind": "tag"})

commit := {
	"sha": "bbbb000000",
	"subject": "Add a thing",
	"signature": {"present": true, "status": "good"},
}

signed(status) := object.union(commit, {"signature": {"present": status != "none", "status": status}})

secret := {
	"rule": "github-token",
	"class": "secret",
	"severity": "critical",
	"confidence": "high",
	"message": "GitHub token, checksum valid",
	"path": "config/deploy.env",
	"commit": null,
	"introduced": true,
	"fingerprint": "f1",
	"suppressed": null,
}

finding(fields) := object.union(object.union(secret, {"class": "pipeline", "rule": "x", "severity": "high"}), fields)

excused := {"by": "comment", "reason": "a test value", "expires": null, "introduced": false}

pipeline := {
	"provider": "github-workflow",
	"path": ".github/workflows/ci.yml",
	"triggers": ["pull_request_target"],
	"privileged": true,
	"unresolved_includes": [],
	"jobs": [],
}

release := {
	"kind": "npm package",
	"what": "An npm package (npm publish)",
	"path": ".github/workflows/release.yml",
	"job": "publish",
	"tags": [],
	"provenance": true,
	"sbom": true,
	"resolved": true,
}

image := {
	"ref": "registry.example/app:1.2.3",
	"digest": null,
	"production": false,
	"resolved": true,
	"signatures": "unknown",
	"path": "deploy/app.yaml",
}

manifest := {
	"object": {"apiVersion": "v1", "kind": "Secret"},
	"name": "Secret app",
	"from": {"path": "deploy/app.yaml", "index": 0, "rendered_by": "raw"},
	"plain_secrets": [],
}

# The clean input with some of its fields replaced.
changed(fields) := object.union(clean, fields)

rules(reasons) := {reason.rule | some reason in reasons}
