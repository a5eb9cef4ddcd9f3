package pregate.deploy_test

import data.pregate.deploy
import data.pregate.fixture_test as fixture

denied(fields) := rules if {
	reasons := deploy.deny with input as fixture.changed(fields)
	rules := fixture.rules(reasons)
}

warned(fields) := rules if {
	reasons := deploy.warn with input as fixture.changed(fields)
	rules := fixture.rules(reasons)
}

unknown(fields) := rules if {
	reasons := deploy.depends with input as fixture.changed(fields)
	rules := fixture.rules(reasons)
}

test_no_manifests_is_allowed if {
	denied({}) == set()
	warned({}) == set()
	unknown({}) == set()
}

test_plain_secret_is_denied if {
	plain := object.union(fixture.manifest, {"plain_secrets": [{"path": "stringData.password", "index": 0}]})
	denied({"manifests": [plain]}) == {"plain-secret"}
}

test_secret_found_in_a_manifest_is_denied if {
	found := object.union(fixture.secret, {"path": "deploy/app.yaml", "introduced": false})
	denied({"findings": [found], "manifests": [fixture.manifest]}) == {"secret-in-manifest"}
}

test_image_by_tag_in_production_is_denied if {
	denied({"images": [object.union(fixture.image, {"production": true})]}) == {"production-image-by-tag"}
}

test_image_by_tag_elsewhere_is_warned_of if {
	denied({"images": [fixture.image]}) == set()
	warned({"images": [fixture.image]}) == {"image-by-tag"}
}

test_image_by_digest_depends_on_its_signature_only if {
	pinned := object.union(fixture.image, {"digest": "sha256:aa", "production": true})
	denied({"images": [pinned]}) == set()
	warned({"images": [pinned]}) == set()
	unknown({"images": [pinned]}) == {"unknown-signature"}
}

test_template_is_unknown if {
	fields := {"unread_manifests": [{"path": "chart/templates/a.yaml", "reason": "it is a template"}]}
	unknown(fields) == {"unread-manifest"}
}
