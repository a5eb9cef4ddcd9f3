package pregate.commit_test

import data.pregate.commit
import data.pregate.fixture_test as fixture

denied(findings) := rules if {
	reasons := commit.deny with input as fixture.changed({"findings": findings})
	rules := fixture.rules(reasons)
}

warned(findings) := rules if {
	reasons := commit.warn with input as fixture.changed({"findings": findings})
	rules := fixture.rules(reasons)
}

test_clean_commit_is_allowed if {
	denied([]) == set()
	warned([]) == set()
}

test_certain_secret_is_denied if denied([fixture.secret]) == {"secret"}

test_secret_without_a_base_counts_as_new if {
	denied([object.union(fixture.secret, {"introduced": null})]) == {"secret"}
}

test_secret_that_was_there_before_is_not_denied if {
	denied([object.union(fixture.secret, {"introduced": false})]) == set()
}

test_suppressed_secret_is_allowed if {
	denied([object.union(fixture.secret, {"suppressed": fixture.excused})]) == set()
}

test_expired_suppression_does_not_count if {
	expired := object.union(fixture.excused, {"expires": "2026-11-22"})
	denied([object.union(fixture.secret, {"suppressed": expired})]) == {"secret"}
}

test_suppression_counts_on_its_last_day if {
	today := object.union(fixture.excused, {"expires": "2026-11-23"})
	denied([object.union(fixture.secret, {"suppressed": today})]) == set()
}

test_secret_in_the_message_is_denied if {
	denied([object.union(fixture.secret, {"path": "COMMIT_EDITMSG"})]) == {"secret-in-message"}
	denied([object.union(fixture.secret, {"path": "commit:bbbb"})]) == {"secret-in-message"}
}

test_key_file_is_denied if denied([object.union(fixture.secret, {"rule": "private-key"})]) == {"key-file"}

test_conflict_markers_are_denied if {
	denied([fixture.finding({"rule": "conflict-markers", "class": "repository"})]) == {"conflict-markers"}
}

test_possible_secret_is_warned_of if {
	possible := object.union(fixture.secret, {"confidence": "medium"})
	denied([possible]) == set()
	warned([possible]) == {"possible-secret"}
}

test_serious_finding_is_warned_of if {
	warned([fixture.finding({})]) == {"serious-finding"}
	warned([fixture.finding({"severity": "medium"})]) == set()
	warned([fixture.finding({"introduced": false})]) == set()
}

test_commit_that_would_not_be_signed_is_denied_where_signatures_are_required if {
	due := {"required": true, "configured": false, "will_sign": false, "problem": "no key is set"}
	some reason in commit.deny with input as fixture.changed({"signing": due})
	reason.rule == "unsigned-commit"
	reason.msg == "The commit would not be signed: no key is set"
	not_due := object.union(due, {"required": false})
	reasons := commit.deny with input as fixture.changed({"signing": not_due})
	count(reasons) == 0
}
