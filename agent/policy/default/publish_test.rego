package pregate.publish_test

import data.pregate.fixture_test as fixture
import data.pregate.publish

denied(fields) := rules if {
	reasons := publish.deny with input as fixture.changed(fields)
	rules := fixture.rules(reasons)
}

warned(fields) := rules if {
	reasons := publish.warn with input as fixture.changed(fields)
	rules := fixture.rules(reasons)
}

unknown(fields) := rules if {
	reasons := publish.depends with input as fixture.changed(fields)
	rules := fixture.rules(reasons)
}

pushed(tags) := {"publish": [object.union(fixture.release, {"kind": "image", "tags": tags})]}

test_nothing_published_is_allowed if {
	denied({}) == set()
	warned({}) == set()
	unknown({}) == set()
}

test_release_with_provenance_and_sbom_is_allowed if {
	denied({"publish": [fixture.release]}) == set()
	warned({"publish": [fixture.release]}) == set()
}

test_long_lived_token_is_denied if {
	denied({"findings": [fixture.finding({"rule": "use-trusted-publishing"})]}) == {"long-lived-token"}
}

test_image_under_a_moving_tag_only_is_denied if {
	denied(pushed([{"ref": "acme/app:latest", "mutable": true}])) == {"mutable-tag"}
}

test_moving_tag_beside_a_fixed_one_is_allowed if {
	tags := [{"ref": "acme/app:latest", "mutable": true}, {"ref": "acme/app:1.2.3", "mutable": false}]
	denied(pushed(tags)) == set()
	unknown(pushed(tags)) == set()
}

test_tag_made_at_run_time_is_unknown if {
	tags := [{"ref": "acme/app:$TAG", "mutable": null}]
	denied(pushed(tags)) == set()
	unknown(pushed(tags)) == {"unknown-tag"}
}

test_release_without_proof_is_warned_of if {
	bare := object.union(fixture.release, {"provenance": false, "sbom": false})
	warned({"publish": [bare]}) == {"missing-provenance", "missing-sbom"}
}

test_release_by_another_repository_is_unknown if {
	elsewhere := object.union(fixture.release, {"resolved": false, "provenance": false, "sbom": false})
	unknown({"publish": [elsewhere]}) == {"unresolved-release"}
	warned({"publish": [elsewhere]}) == set()
}
