package acme

import rego.v1

report := {
	"sets": {1, "two", {3}},
	"size": count({x | some x in input.list}),
	"semver": semver.compare("1.2.0", "1.10.0"),
	"json": json.patch(input.object, [{"op": "add", "path": "/b", "value": input.list}]),
	"text": sprintf("%v %5.2f %x", [input.object, 1.5, 255]),
	"big": 12345678901234567890 + 1,
	"keys": object.keys({"x": 1, 2: 3}),
	"undefined": [y | y := to_number(input.list[_])],
}
