import { collect } from '../gate/collect.ts';
import { Exit, type ExitCode } from '../gate/types.ts';
import { displayText } from '../model/path.ts';
import { problemsFatal } from '../report/facts.ts';
import { count } from '../report/style.ts';
import { verifyCommits } from '../sign/verify.ts';
import { scopeOf } from './check.ts';
import { type Command, takesNoWords, text } from './command.ts';
import { styleOf } from './render.ts';

export const command: Command = {
  name: 'verify',
  summary:
    'Verifies the signature of every commit of a range: cryptographically, and that the signer is the committer.',
  usage: ['verify [--range A..B]', 'verify --range A..B --statements [--require-statements] [--seen FILE]'],
  help: [
    'Without a range it verifies what a push would send. Exit 1 when one commit is not verifiably signed. --statements is for',
    'CI: it judges the range anew and holds the statements of pregate attest against that: signer, subject, policy, time and',
    'audit log.',
  ],
  options: {
    range: { type: 'string', value: 'A..B', help: 'the commits to verify' },
    outgoing: { type: 'boolean', help: 'what a push would send (the default)' },
    statements: { type: 'boolean', help: 'verify what was stated about the commits, by recomputing it' },
    'require-statements': { type: 'boolean', help: 'exit 1 when the tip has no statement that holds' },
    bundle: { type: 'string', value: 'DIR|TAR.GZ', help: 'statements: the policy that judges' },
    seen: { type: 'string', value: 'FILE', help: 'statements: audit log checkpoints of earlier runs, kept there' },
    'sigstore-bundle': {
      type: 'string',
      value: 'FILE',
      help: 'statements: bundles of pregate attest --sigstore-bundle, beside those in the notes',
    },
    'bundle-key': { type: 'string', value: 'FILE', help: 'statements: public key (PEM) whose bundles count' },
    vsa: { type: 'string', value: 'FILE', help: 'statements: issue a SLSA verification summary (in CI only)' },
    key: { type: 'string', value: 'FILE', help: 'private key (PEM) that signs the summary' },
    verifier: { type: 'string', value: 'URI', help: 'who issues the summary' },
    json: { type: 'boolean', help: 'print the result as JSON' },
  },
  examples: [['pregate verify --range origin/main..HEAD', 'before a review']],
  async run(args, io): Promise<ExitCode> {
    takesNoWords('verify', args);
    if (args.flags['statements'] || args.flags['require-statements']) {
      const { verifyStatementsOf } = await import('./verify-statements.ts');
      return verifyStatementsOf(args, io);
    }
    const scope = text(args, 'range') === undefined ? ({ kind: 'outgoing' } as const) : await scopeOf(args, io);
    const collected = await collect(scope, {
      cwd: io.cwd,
      env: io.env,
      verify: (repo, oids, allowedSigners, config) =>
        verifyCommits(repo, oids, { env: io.env, allowedSigners, config }),
    });
    const fatal = problemsFatal(collected.problems);
    for (const problem of fatal) io.err(`pregate: ${displayText(problem.message)} [${problem.code}]\n`);
    const bad = collected.commits.filter((commit) => commit.signature.status !== 'good');
    if (args.flags['json']) {
      const commits = collected.commits.map(({ oid, subject, committer, signature }) => ({
        oid,
        subject,
        committer,
        signature,
      }));
      io.out(`${JSON.stringify({ schema: 'pregate.verify/v1', commits, problems: collected.problems }, null, 2)}\n`);
    } else {
      const style = styleOf(io);
      for (const commit of collected.commits) {
        const { signature } = commit;
        const good = signature.status === 'good';
        const who = good
          ? (signature.signer ?? '')
          : `${signature.status}${signature.detail ? `: ${signature.detail}` : ''}`;
        const sign = good ? style.green('✓') : style.red('✗');
        io.out(
          `${sign} ${commit.oid.slice(0, 7)}  ${displayText(commit.subject).slice(0, 50).padEnd(52)}${displayText(who)}\n`,
        );
      }
      const { length } = collected.commits;
      if (length > 0) io.out(`${count(length, 'commit')}, ${length - bad.length} verified\n`);
      else if (fatal.length === 0) io.out('There is no commit to verify.\n');
    }
    if (fatal.length > 0) return Exit.couldNotCheck;
    return bad.length > 0 ? Exit.violation : Exit.pass;
  },
};
