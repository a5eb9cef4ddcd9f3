# The policy of the agreement test: the same files are the bundle of `pregate preview --bundle` and of the `opa` server that
# the bare repository's pre-receive asks. Each rule looks at another part of `gate.input/v1`.
package pregate.push

deny contains {"rule": "unlucky-number", "msg": sprintf("%s: %s", [commit.sha, commit.subject])} if {
	some commit in input.commits
	regex.match(`^Change \d*7$`, commit.subject)
}

deny contains {"rule": "robot-on-main", "msg": sha} if {
	some ref in input.push.refs
	ref.protected
	some sha in ref.commits
	some commit in input.commits
	commit.sha == sha
	endswith(commit.committer.email, "@ci.example.com")
}

deny contains {"rule": "key-file", "msg": sprintf("%s in %s", [path, commit.sha])} if {
	some commit in input.commits
	some path in commit.paths
	glob.match("**.pem", ["/"], path)
}

deny contains {"rule": "deep-path", "msg": path} if {
	some commit in input.commits
	some path in commit.paths
	startswith(path, "deep/er/and deeper/")
	endswith(path, ".env")
}

deny contains {"rule": "merge-on-main", "msg": commit.sha} if {
	some ref in input.push.refs
	ref.protected
	some commit in input.commits
	commit.sha in ref.commits
	commit.merge
	count(commit.parents) == 2
}

deny contains {"rule": "forced-main", "msg": ref.dst} if {
	some ref in input.push.refs
	ref.protected
	ref.force
}

deny contains {"rule": "moved-tag", "msg": sprintf("%s from %s", [ref.dst, ref.old])} if {
	some ref in input.push.refs
	ref.kind == "tag"
	not ref.create
	not ref.delete
	ref.old != ref.new
}

deny contains {"rule": "deleted-tag", "msg": ref.dst} if {
	some ref in input.push.refs
	ref.kind == "tag"
	ref.delete
}

deny contains {"rule": "branch-name", "msg": name} if {
	some ref in input.push.refs
	ref.kind == "branch"
	ref.create
	name := trim_prefix(ref.dst, "refs/heads/")
	regex.match(`^topic-\d*[36]$`, name)
}

deny contains {"rule": "strange-author", "msg": commit.author.email} if {
	some commit in input.commits
	commit.author.name != "Some Author"
}

deny contains {"rule": "settings-beside-code", "msg": commit.sha} if {
	some commit in input.commits
	"pregate.yaml" in commit.paths
	count([path | some path in commit.paths; startswith(path, "src/")]) > 0
}

warn contains {"rule": "several", "msg": sprintf("%d commits", [count(input.commits)])} if count(input.commits) > 2
