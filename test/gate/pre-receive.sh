#!/bin/sh
# The central gate of the test, written without any of Pregate's code: git's own tools, ssh-keygen through git, and the
# tools POSIX has. It refuses the whole push when one statement holds (githooks(5), pre-receive):
#   a new commit is not signed by an allowed signer who is its committer     (where gate/require-signatures exists)
#   a new object (file, name, message of a commit or tag) holds a credential that the default branch does not have yet
#   an existing tag would point elsewhere
#   a branch or tag would end in a tree with conflict markers
#   the default branch would get a pregate.yaml, baseline or list of signers that asks for less than before
set -u
gate=$GIT_DIR/gate
work=$gate/work.$$
mkdir "$work" || exit 1
trap 'rm -rf "$work"' EXIT
zero=0000000000000000000000000000000000000000
denied=0
refuse() {
  echo "gate: $*" >&2
  denied=1
}
main=$(git rev-parse -q --verify 'refs/heads/main^{commit}') || main=

# Settings as sorted lines: "required", "exclude GLOB", "rule NAME RANK".
settings() {
  git cat-file blob "$1:pregate.yaml" 2>/dev/null | awk '
    /^[a-z]/ { section = $1 }
    section == "signing:" && $1 == "required:" && $2 == "true" { print "required" }
    section == "exclude:" && $1 == "-" { print "exclude", $2 }
    section == "rules:" && /^ / {
      rank = $2 == "off" ? 0 : $2 == "shadow" ? 1 : $2 == "warn" ? 2 : 4
      name = $1; sub(/:$/, "", name); print "rule", name, rank
    }' | sort
}

weaker() {
  settings "$1" >"$work/before"
  settings "$2" >"$work/after"
  grep -qx required "$work/before" && ! grep -qx required "$work/after" && return 0
  grep '^exclude ' "$work/after" | grep -vxF -f "$work/before" | grep -q . && return 0
  awk 'NR == FNR { if ($1 == "rule") before[$2] = $3; next }
    $1 == "rule" { after[$2] = $3 }
    END {
      for (name in before) if (!(name in after)) after[name] = 3
      for (name in after) { was = name in before ? before[name] : 3; if (after[name] < was) { print name; exit } }
    }' "$work/before" "$work/after" | grep -q . && return 0
  for list in .pregate/baseline.jsonl .pregate/allowed_signers; do
    git cat-file blob "$1:$list" >"$work/before" 2>/dev/null
    git cat-file blob "$2:$list" 2>/dev/null | grep . | grep -qvxF -f "$work/before" && return 0
  done
  return 1
}

tips=
while read -r old new ref; do
  if [ "$new" = $zero ]; then continue; fi
  tips="$tips $new"
  case $ref in
    refs/tags/*) [ "$old" = $zero ] || refuse "$ref exists and would move" ;;
  esac
  case $ref in
    # A tag may name a blob, which has no tree to look into.
    refs/heads/* | refs/tags/*)
      git grep -qE '^(<<<<<<< |>>>>>>> )' "$new" -- 2>/dev/null && refuse "$ref would end with conflict markers"
      ;;
  esac
  if [ "$ref" = refs/heads/main ] && [ "$old" != $zero ] && weaker "$old" "$new"; then
    refuse "$ref would weaken the gate"
  fi
done
[ -n "$tips" ] || exit $denied

# shellcheck disable=SC2086 # The ids are words on purpose.
git rev-list --objects $tips --not --all | cut -d ' ' -f 1 |
  git cat-file --batch-check='%(objecttype) %(objectname)' >"$work/objects"
awk '$1 == "commit" { print $2 }' "$work/objects" >"$work/commits"

if [ -e "$gate/require-signatures" ] && [ -s "$work/commits" ]; then
  cp "$gate/allowed-signers" "$work/signers"
  [ -z "$main" ] || git cat-file blob "$main:.pregate/allowed_signers" >>"$work/signers" 2>/dev/null
  git log --no-walk=unsorted --stdin --format='%H %ce' <"$work/commits" >"$work/committers"
  while read -r commit committer; do
    said=$(git -c gpg.ssh.allowedSignersFile="$work/signers" verify-commit --raw "$commit" 2>&1) || {
      refuse "$commit has no signature that can be verified"
      continue
    }
    signer=${said#*Good \"git\" signature for }
    signer=${signer%% with *}
    # A principal may be a pattern, so it stands unquoted.
    # shellcheck disable=SC2254
    case $committer in
      $signer) ;;
      *) refuse "$commit is signed by $signer and committed by $committer" ;;
    esac
  done <"$work/committers"
fi

# Everything new in one stream: raw commits and tags hold the messages, raw trees the names, blobs the content.
credential='gh[pousr]_[A-Za-z0-9]{36}|npm_[A-Za-z0-9]{36}|glpat-[A-Za-z0-9_-]{20}|[sr]k_live_[A-Za-z0-9]{24}'
credential="$credential|dckr_pat_[A-Za-z0-9_-]{27}|xoxb-[0-9]{12}-[0-9]{13}-[A-Za-z0-9]{24}|-BEGIN [A-Z ]*PRIVATE KEY-"
awk '{ print $2 }' "$work/objects" | git cat-file --batch >"$work/content"
export LC_ALL=C
grep -aoE -e "$credential" "$work/content" | sort -u >"$work/found"
tr -d '\000' <"$work/content" | grep -aoE -e "$credential" | sort -u >"$work/wide"
if grep -vxF -f "$work/found" "$work/wide" | grep -q .; then
  # Text of two bytes for each character: decode each blob, in both byte orders.
  awk '$1 == "blob" { print $2 }' "$work/objects" | while read -r blob; do
    for order in UTF-16LE UTF-16BE; do
      git cat-file blob "$blob" | iconv -f $order -t UTF-8 2>/dev/null | grep -aoE -e "$credential"
    done
  done | sort -u >>"$work/found"
fi
while read -r value; do
  if [ -n "$main" ] && git grep -qaF -e "$value" "$main" --; then continue; fi
  refuse "a new object holds a credential"
done <"$work/found"
exit $denied
