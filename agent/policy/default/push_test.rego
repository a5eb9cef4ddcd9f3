package pregate.push_test

import data.pregate.fixture_test as fixture
import data.pregate.push

denied(fields) := rules if {
	reasons := push.deny with input as fixture.changed(fields)
	rules := fixture.rules(reasons)
}

warned(fields) := rules if {
	reasons := push.warn with input as fixture.changed(fields)
	rules := fixture.rules(reasons)
}

test_signed_push_of_a_branch_is_allowed if {
	denied({}) == set()
	warned({}) == set()
}

test_unsigned_commit_is_denied if denied({"commits": [fixture.signed("none")]}) == {"unsigned-commit"}

test_unverifiable_commit_is_denied if {
	every status in ["bad", "untrusted", "wrong-principal", "expired", "revoked", "no-key"] {
		denied({"commits": [fixture.signed(status)]}) == {"unverifiable-commit"}
	}
}

test_signatures_are_not_asked_for_before_signing_is_set_up if {
	signing := {"required": false, "configured": false, "will_sign": null}
	denied({"signing": signing, "commits": [fixture.signed("none"), fixture.signed("no-key")]}) == set()
}

test_signatures_are_due_once_the_repository_signs if {
	signing := {"required": false, "configured": true, "will_sign": null}
	denied({"signing": signing, "commits": [fixture.signed("none")]}) == {"unsigned-commit"}
}

test_secret_in_any_object_is_denied if {
	denied({"findings": [object.union(fixture.secret, {"commit": "bbbb"})]}) == {"secret"}
}

test_suppression_of_the_same_push_does_not_excuse_a_certain_secret if {
	new := object.union(fixture.excused, {"introduced": true})
	findings := [object.union(fixture.secret, {"suppressed": new})]
	denied({"findings": findings}) == {"unreviewed-suppression"}
	denied({"findings": findings, "repo": {"base": null}}) == set()
}

test_suppression_on_the_base_excuses if {
	denied({"findings": [object.union(fixture.secret, {"suppressed": fixture.excused})]}) == set()
}

test_commit_that_skipped_its_hook_is_denied if {
	findings := [fixture.finding({"rule": "conflict-markers", "class": "repository"})]
	denied({"findings": findings}) == {"skipped-hooks"}
}

test_moving_a_tag_is_denied if {
	moved := object.union(fixture.tag, {"old": "aaaa", "create": false})
	denied({"push": {"remote": "origin", "refs": [moved]}}) == {"tag-moved"}
}

test_new_tag_is_allowed if denied({"push": {"remote": "origin", "refs": [fixture.tag]}}) == set()

test_deleted_tag_is_warned_of if {
	deleted := object.union(fixture.tag, {"old": "aaaa", "new": null, "create": false, "delete": true})
	push_of_it := {"push": {"remote": "origin", "refs": [deleted]}}
	denied(push_of_it) == set()
	warned(push_of_it) == {"tag-deleted"}
}

test_weakening_is_denied_on_the_default_branch if {
	weakened := [{"setting": "rules.x", "msg": "turns the rule x down", "path": "pregate.yaml"}]
	fields := {"weakened": weakened, "push": {"remote": "origin", "refs": [fixture.main]}}
	denied(fields) == {"weakened-gate"}
}

test_weakening_is_warned_of_elsewhere if {
	weakened := [{"setting": "rules.x", "msg": "turns the rule x down", "path": "pregate.yaml"}]
	denied({"weakened": weakened}) == set()
	warned({"weakened": weakened}) == {"weakened-gate"}
	warned({"weakened": weakened, "push": null}) == {"weakened-gate"}
}

test_direct_push_is_warned_of if {
	warned({"push": {"remote": "origin", "refs": [fixture.main]}}) == {"direct-push"}
}

test_rewriting_the_default_branch_is_said if {
	forced := object.union(fixture.main, {"force": true})
	some reason in push.warn with input as fixture.changed({"push": {"remote": "origin", "refs": [forced]}})
	startswith(reason.msg, "Rewrites")
}

test_push_of_nothing_is_not_warned_of if {
	same := object.union(fixture.main, {"old": fixture.main.new, "commits": []})
	warned({"commits": [], "push": {"remote": "origin", "refs": [same]}}) == set()
}

# Commits that another branch brought before are new to the default branch all the same.
test_moving_the_default_branch_to_published_commits_is_warned_of if {
	moved := object.union(fixture.main, {"commits": []})
	warned({"commits": [], "push": {"remote": "origin", "refs": [moved]}}) == {"direct-push"}
}

signing_remedy(refs) := reason.remedy if {
	fields := {"commits": [fixture.signed("none")], "push": {"remote": "origin", "refs": refs}}
	some reason in push.deny with input as fixture.changed(fields)
}

test_remedy_of_an_unsigned_commit_names_the_base if {
	known := object.union(fixture.main, {"old": "cccc"})
	signing_remedy([known]) == "Sign the outgoing commits again: pregate sign fix cccc"
	signing_remedy([fixture.branch]) == "Sign the outgoing commits again: pregate sign fix aaaa"
}

test_remedy_of_an_unsigned_commit_names_no_base_that_may_be_wrong if {
	plain := "Sign the outgoing commits again: pregate sign fix"
	forced := object.union(fixture.main, {"old": "cccc", "force": true})
	signing_remedy([forced]) == plain
	signing_remedy([fixture.branch, object.union(fixture.main, {"old": "cccc"})]) == plain
	signing_remedy([]) == plain
}

test_secret_in_the_message_of_a_tag_is_mended_by_a_new_tag if {
	findings := [object.union(fixture.secret, {"path": "tag:v1.0.0"})]
	some reason in push.deny with input as fixture.changed({"findings": findings})
	reason.rule == "secret"
	reason.remedy == "Rotate it, delete the tag and make it again."
}

test_secret_in_a_file_keeps_the_remedy_of_its_rule if {
	some reason in push.deny with input as fixture.changed({"findings": [fixture.secret]})
	not reason.remedy
}

test_first_push_of_the_default_branch_needs_no_review if {
	first := object.union(fixture.main, {"create": true, "old": null})
	warned({"push": {"remote": "origin", "refs": [first]}}) == set()
}

test_commit_that_would_not_be_signed_is_warned_of if {
	signing := {"required": true, "configured": false, "will_sign": false}
	warned({"signing": signing, "commits": [], "push": null}) == {"unsigned-commit"}
}
