# METADATA
# scope: package
package pregate.commit

import rego.v1

# METADATA
# title: Big commit
# entrypoint: true
# custom:
#   rule: big-commit
#   remedy: Commit in parts.
deny contains {"rule": "big-commit", "msg": sprintf("%d files in one commit", [n])} if {
	n := count(input.changes)
	n > 3
}
