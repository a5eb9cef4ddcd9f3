# The source of gates.tar.gz beside it. After a change: opa build -t wasm -e pregate/push -e pregate/commit/deny
# -e acme/report --revision wasm-1 *.rego data.json -o gates.tar.gz
package pregate.push

import rego.v1

deny contains {"rule": "subject", "msg": msg} if {
	some commit in input.commits
	first := substring(commit.subject, 0, 1)
	first != upper(first)
	msg := sprintf("%q does not begin as %v", [commit.subject, data.acme.letters])
}

deny contains {"rule": "old", "msg": "made before the beginning"} if {
	some commit in input.commits
	time.parse_rfc3339_ns(commit.committer.date) < data.acme.beginning_ns
}

warn contains "late" if time.clock(time.now_ns())[0] >= 22

warn contains sprintf("asked %v", [answer.status_code]) if {
	input.ask
	answer := http.send({"method": "get", "url": "https://policy.example.test/"})
}
