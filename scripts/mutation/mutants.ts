import { edit, type Mutant } from './mutant.ts';

const staged = 'test/git/staged.test.ts';
const outgoing = 'test/git/outgoing.test.ts';

export const mutants: Mutant[] = [
  {
    point: 2,
    removed: 'the index that git names',
    edits: [
      edit('agent/git/environment.ts', "  'GIT_EXTERNAL_DIFF',\n", "  'GIT_EXTERNAL_DIFF',\n  'GIT_INDEX_FILE',\n"),
    ],
    test: staged,
  },
  {
    point: 3,
    removed: 'the empty tree before the first commit',
    edits: [edit('agent/gate/collect/staged.ts', 'place.head === null ? place.emptyTree : undefined', 'undefined')],
    test: staged,
  },
  {
    point: 4,
    removed: 'intent to add is no content',
    edits: [edit('agent/gate/collect/staged.ts', "    '--ita-invisible-in-index',\n", '')],
    test: staged,
  },
  {
    point: 5,
    removed: 'names ended by NUL',
    edits: [
      edit(
        'agent/git/raw.ts',
        'path: decodePath(output.subarray(end + 1, pathEnd))',
        "path: output.toString('latin1', end + 1, pathEnd)",
      ),
    ],
    test: staged,
  },
  {
    point: 6,
    removed: 'UTF-16 is decoded',
    edits: [
      edit(
        'agent/model/document.ts',
        'const encoding = detectEncoding(bytes);',
        "const encoding = detectEncoding(bytes) === 'binary' ? 'binary' : 'utf-8';",
      ),
    ],
    test: staged,
  },
  {
    point: 7,
    removed: 'content in LFS is said to be unread',
    edits: [edit('agent/gate/collect/documents.ts', 'return document.size < 1024 &&', 'return document.size < 0 &&')],
    test: staged,
  },
  {
    point: 7,
    removed: 'a pass is not silent about what was read in part',
    edits: [edit('agent/cli/hook.ts', 'if (part !== undefined) io.err', 'if (part === null) io.err')],
    test: 'test/hooks/hook.test.ts',
    built: true,
  },
  {
    point: 8,
    removed: 'a merge is compared with its other parents',
    edits: [
      edit('agent/gate/collect/staged.ts', 'for (const parent of others) all = await notIn(git, parent, all);', ''),
    ],
    test: staged,
  },
  {
    point: 10,
    removed: 'lines that git will cut off',
    edits: [
      edit('agent/gate/collect/message.ts', "const edited = env['GIT_EDITOR'] !== ':';", 'const edited = false;'),
    ],
    test: 'test/git/message.test.ts',
  },
  {
    point: 15,
    removed: 'a deleted ref has nothing to read',
    edits: [edit('agent/gate/collect/push-plan.ts', 'const deleted = isZero(ref.localOid);', 'const deleted = false;')],
    test: outgoing,
  },
  {
    point: 16,
    removed: 'the refs of this remote only',
    edits: [
      edit(
        'agent/gate/collect/tracking.ts',
        "gitOutput(git, ['for-each-ref', format, prefix])",
        "gitOutput(git, ['for-each-ref', format, 'refs/remotes/'])",
      ),
    ],
    test: outgoing,
  },
  {
    point: 17,
    removed: 'distrust of tracking refs written by hand',
    edits: [edit('agent/gate/collect/ref-log.ts', "message !== ''", 'true')],
    test: outgoing,
  },
  {
    point: 17,
    removed: 'distrust of tracking refs that have no log and name what was made here',
    edits: [edit('agent/gate/collect/ref-log.ts', '!madeHere().has(oid)', 'true')],
    test: 'test/git/tracking.test.ts',
  },
  {
    point: 17,
    removed: 'the word of the remote in this push',
    edits: [
      edit(
        'agent/gate/collect/outgoing.ts',
        '[...tracking.refs].filter(([name]) => !denied.has(name))',
        '[...tracking.refs]',
      ),
    ],
    test: 'test/git/tracking.test.ts',
  },
  {
    point: 18,
    removed: 'what a merge brings that its first parent has not',
    edits: [
      edit(
        'agent/gate/collect/outgoing.ts',
        'return { history: await readNewBlobs(run, repository, blobs, known), base: [...tip.base, ...old] };',
        'return { history: await readNewBlobs(run, repository, [], known), base: [...tip.base, ...old] };',
      ),
    ],
    test: outgoing,
  },
  {
    point: 21,
    removed: 'no replaced and no grafted objects',
    edits: [
      edit('agent/git/run.ts', "  '--no-replace-objects',\n", ''),
      edit('agent/git/environment.ts', "    GIT_NO_REPLACE_OBJECTS: '1',\n    GIT_GRAFT_FILE: devNull,\n", ''),
    ],
    test: outgoing,
  },
  {
    point: 31,
    removed: 'another owner is told apart',
    edits: [edit('agent/git/run.ts', 'if (/detected dubious ownership|unsafe repository/.test(stderr))', 'if (false)')],
    test: staged,
  },
  {
    point: 13,
    removed: "git's index is read, not asked to be written",
    edits: [
      edit(
        'agent/gate/collect/staged.ts',
        '  const git = run.git();\n  const objects = run.objects(git);\n  // Starting',
        "  const git = run.git();\n  await runGit(git, ['write-tree']);\n  const objects = run.objects(git);\n  // Starting",
      ),
    ],
    test: 'test/hooks/points.test.ts',
    built: true,
  },
  {
    point: 12,
    removed: 'one note for each pair of parent and tree',
    edits: [
      edit('hooks/dispatch', '[ "$by" != "$bundle" ] || [ -r "$rebase" ] || [ -r "$picks" ] || exit 0', 'exit 0'),
    ],
    test: 'test/hooks/points.test.ts',
    built: true,
  },
  {
    point: 25,
    removed: 'no program but git and the runtime',
    edits: [
      edit(
        'hooks/dispatch',
        'main=$state/hooks/$bundle/pregate.cjs',
        'main=$(echo "$state/hooks/$bundle/pregate.cjs" | cat)',
      ),
    ],
    test: 'test/hooks/points.test.ts',
    built: true,
  },
  {
    point: 27,
    removed: 'at most four reasons are printed',
    edits: [edit('agent/cli/hook/text.ts', 'once.slice(0, 4)', 'once.slice(0, 99)')],
    test: 'test/hooks/points.test.ts',
    built: true,
  },
  {
    point: 30,
    removed: 'every refusing rule must be named',
    edits: [edit('agent/cli/hook/skip.ts', ' && rules.every((rule) => skip.rules.includes(rule))', '')],
    test: 'test/hooks/points.test.ts',
    built: true,
  },
  {
    point: 24,
    removed: "VS Code's program",
    edits: [edit('hooks/dispatch', '[ -n "$node" ] || pick "${VSCODE_GIT_ASKPASS_NODE-}" electron new\n', '')],
    test: 'test/hooks/dispatch.test.ts',
  },
  {
    point: 22,
    removed: 'an empty hook is not active',
    edits: [
      edit(
        'hooks/status.ts',
        "if (bytes.length === 0) return status('empty'",
        "if (bytes.length < 0) return status('empty'",
      ),
    ],
    test: 'test/hooks/install.test.ts',
  },
  {
    point: 1,
    removed: 'the index is compared, not the working tree',
    edits: [edit('agent/gate/collect/staged.ts', "    '--cached',\n    '--raw',", "    '--raw',")],
    test: staged,
  },
  {
    point: 9,
    removed: 'before the first commit there is no HEAD, and that is no failure',
    edits: [edit('agent/gate/collect/staged.ts', 'said.code !== 0 && place.head !== null', 'said.code !== 0')],
    test: staged,
  },
  {
    point: 11,
    removed: 'the tree that was made is compared with the one of the verdict',
    edits: [
      edit('hooks/dispatch', '[ "$by" != "$bundle" ] || [ -r "$rebase" ] || [ -r "$picks" ] || exit 0', 'exit 0'),
    ],
    test: 'test/daemon/after-commit.test.ts',
    built: true,
  },
  {
    point: 11,
    removed: 'the index that is noted is the one git told the shell about',
    edits: [edit('agent/git/index-tree.ts', 'seal && !bytes', '!seal && !bytes')],
    test: 'test/daemon/after-commit.test.ts',
    built: true,
  },
  {
    point: 14,
    removed: 'the push is looked at whatever the commit hooks said',
    edits: [
      edit('agent/cli/hook.ts', "gate: 'push', scopes: pushScopes", "gate: 'push', scopes: async () => [] as Scope[]"),
    ],
    test: 'test/hooks/hook.test.ts',
    built: true,
  },
  {
    point: 19,
    removed: 'progress is said',
    edits: [edit('agent/cli/hook/watchdog.ts', 'if (now - told < (terminal ? 100 : 5000)) return;', 'return;')],
    test: 'test/daemon/load.test.ts',
    built: true,
  },
  {
    point: 20,
    removed: 'what a push has looked at is remembered',
    edits: [edit('agent/cli/hook.ts', '  known?.learn(judged);\n', '')],
    test: 'test/known/product.test.ts',
    built: true,
  },
  {
    point: 23,
    removed: 'the hooks folder is asked of git, not taken to be in this git folder',
    edits: [
      edit(
        'hooks/detect.ts',
        "(await raw(repo, ['rev-parse', '--git-path', 'hooks'])).replace(/\\n$/, '')",
        "(await raw(repo, ['rev-parse', '--git-dir'])).replace(/\\n$/, '/hooks')",
      ),
    ],
    test: 'test/hooks/install.test.ts',
  },
  {
    point: 26,
    removed: 'a hook without progress closes the gate',
    edits: [
      edit(
        'agent/cli/hook/watchdog.ts',
        '(io.exit ?? process.exit)(Exit.couldNotCheck)',
        '(io.exit ?? process.exit)(0)',
      ),
    ],
    test: 'test/hooks/hook.test.ts',
    built: true,
  },
  {
    point: 28,
    removed: 'the daemon has a session and streams of its own',
    edits: [
      edit(
        'agent/daemon/process.ts',
        "stdio: 'ignore',\n    detached: true",
        "stdio: ['ignore', 'ignore', 'inherit'],\n    detached: false",
      ),
    ],
    test: 'test/daemon/security.test.ts',
    built: true,
  },
  {
    point: 29,
    removed: 'a socket that a dead daemon left is taken over',
    edits: [
      edit('agent/daemon/server.ts', 'const temporary = `s${process.pid}`;', "const temporary = 'socket';"),
      edit('agent/daemon/server.ts', '  rmSync(name, { force: true });\n  return new Promise', '  return new Promise'),
    ],
    test: 'test/daemon/security.test.ts',
    built: true,
  },
  {
    point: 22,
    removed: "a hook of git's configuration that is switched off is not active",
    edits: [edit('hooks/managers/git-config.ts', "if (line.split('\\t').length > 2) return is('disabled');\n", '')],
    test: 'test/hooks/git-config.test.ts',
  },
  {
    point: 3,
    threat: true,
    removed: 'no program of the configuration looks at files for git',
    edits: [edit('agent/git/run.ts', "  '-c',\n  'core.fsmonitor=false',\n", '')],
    test: staged,
  },
  {
    point: 3,
    threat: true,
    removed: 'a bare repository counts only where it is named',
    edits: [edit('agent/git/run.ts', "  '-c',\n  'safe.bareRepository=explicit',\n", '')],
    test: 'test/product/hostile.test.ts',
    built: true,
  },
  {
    point: 6,
    threat: true,
    removed: 'a revision that begins with a dash is no option',
    edits: [edit('agent/gate/collect/range.ts', " '--end-of-options',", '')],
    test: 'test/git/outgoing-clones.test.ts',
  },
  {
    point: 6,
    removed: 'what a lying mark hides is shown behind the text',
    edits: [edit('agent/model/encoding.ts', ', beside: linesOf(stringsBeside(buffer, encoding))', '')],
    test: 'test/model/encoding.test.ts',
  },
  {
    point: 10,
    removed: 'the word of the command line on what git keeps of a message',
    edits: [edit('agent/gate/collect/message.ts', 'typed?.cleanup ?? ', '')],
    test: 'test/git/message.test.ts',
  },
  {
    point: 11,
    removed: 'a commit that git makes itself is told from one that skips its hooks',
    edits: [edit('agent/cli/hook/after-commit.ts', "new Set(['rebase', 'cherry-pick', 'revert'])", 'new Set([])')],
    test: 'test/daemon/sequence.test.ts',
    built: true,
  },
  {
    point: 16,
    removed: 'tracking refs of another repository than the one that is pushed to',
    edits: [
      edit('agent/gate/collect/outgoing.ts', '  if (!tracked) return', '  if (!tracked && refs.length > 99) return'),
    ],
    test: 'test/git/push-address.test.ts',
  },
  {
    point: 23,
    removed: 'a bare repository has the hooks of its worktrees',
    edits: [
      edit(
        'hooks/install.ts',
        'const hooks = hookNames;\n',
        "const hooks: readonly HookName[] = place.bare ? ['pre-push'] : hookNames;\n",
      ),
    ],
    test: 'test/hooks/install.test.ts',
  },
  {
    point: 23,
    removed: 'lines around the stubs of lefthook, for worktrees without its local file',
    edits: [edit('hooks/install.ts', ', exclude, planAround(place, hooks, dispatch));', ', exclude);')],
    test: 'test/hooks/managers.test.ts',
  },
];
