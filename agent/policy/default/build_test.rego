package pregate.build_test

import data.pregate.build
import data.pregate.fixture_test as fixture

denied(fields) := rules if {
	reasons := build.deny with input as fixture.changed(fields)
	rules := fixture.rules(reasons)
}

warned(fields) := rules if {
	reasons := build.warn with input as fixture.changed(fields)
	rules := fixture.rules(reasons)
}

injection := fixture.finding({"rule": "template-injection", "path": fixture.pipeline.path})

test_nothing_to_build_is_allowed if {
	denied({}) == set()
	warned({}) == set()
}

test_injection_in_a_privileged_workflow_is_denied if {
	fields := {"findings": [injection], "pipelines": [fixture.pipeline]}
	denied(fields) == {"pipeline-takeover"}
	warned(fields) == set()
}

test_untrusted_checkout_in_a_privileged_workflow_is_denied if {
	checkout := object.union(injection, {"rule": "untrusted-checkout"})
	denied({"findings": [checkout], "pipelines": [fixture.pipeline]}) == {"pipeline-takeover"}
}

test_injection_elsewhere_is_warned_of if {
	harmless := object.union(fixture.pipeline, {"triggers": ["pull_request"], "privileged": false})
	fields := {"findings": [injection], "pipelines": [harmless]}
	denied(fields) == set()
	warned(fields) == {"weak-build"}
}

test_old_injection_is_denied_too if {
	old := object.union(injection, {"introduced": false})
	denied({"findings": [old], "pipelines": [fixture.pipeline]}) == {"pipeline-takeover"}
}

test_broken_lock_is_denied if {
	every rule in ["lock-out-of-sync", "lock-missing-integrity", "lock-integrity-changed"] {
		denied({"findings": [fixture.finding({"rule": rule, "class": "dependency"})]}) == {"broken-lock"}
	}
}

test_unpinned_action_is_warned_of if {
	fields := {"findings": [fixture.finding({"rule": "unpinned-uses"})]}
	denied(fields) == set()
	warned(fields) == {"weak-build"}
}

test_new_install_script_is_warned_of if {
	script := fixture.finding({"rule": "npm-install-script", "class": "dependency", "severity": "medium"})
	warned({"findings": [script]}) == {"new-install-script"}
}

test_include_of_another_repository_is_unknown if {
	included := object.union(fixture.pipeline, {"unresolved_includes": ["acme/ci/.github/workflows/x.yml@v1"]})
	reasons := build.depends with input as fixture.changed({"pipelines": [included]})
	fixture.rules(reasons) == {"unresolved-include"}
}
