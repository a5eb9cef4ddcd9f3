import { collect } from '../gate/collect.ts';
import { type Collected, Exit, type ExitCode } from '../gate/types.ts';
import { displayText } from '../model/path.ts';
import { problemsFatal } from '../report/facts.ts';
import { count, type Style, wrap } from '../report/style.ts';
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
    'bundle-key': { type: 'string', value: 'FILE', help: 'statements: public key (PEM) whose signatures count' },
    'trusted-root': { type: 'string', value: 'FILE', help: 'statements: Sigstore’s trusted root, for certificates' },
    'certificate-identity': {
      type: 'string',
      value: 'LIST',
      help: 'statements: addresses and URIs (with *) whose certificates count; a person’s for own commits only',
    },
    'certificate-oidc-issuer': { type: 'string', value: 'URL', help: 'statements: who has vouched for them' },
    vsa: { type: 'string', value: 'FILE', help: 'statements: issue a SLSA verification summary (in CI only)' },
    key: { type: 'string', value: 'FILE', help: 'private key (PEM) that signs the summary' },
    verifier: { type: 'string', value: 'URI', help: 'who issues the summary' },
    resource: {
      type: 'string',
      value: 'URI',
      help: 'what the summary is about (git+https:// and the origin’s address)',
    },
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
      io.out(page(collected, styleOf(io), fatal.length > 0));
    }
    if (fatal.length > 0) return Exit.couldNotCheck;
    return bad.length > 0 ? Exit.violation : Exit.pass;
  },
};

/** How many commits are verified, then each with its signer or with what is wrong, newest first. */
function page({ commits, label }: Pick<Collected, 'commits' | 'label'>, style: Style, broken: boolean): string {
  if (commits.length === 0) return broken ? '' : 'There is no commit to verify.\n';
  const good = commits.filter(({ signature }) => signature.status === 'good').length;
  const verdict = `${good} of ${count(commits.length, 'commit')} verified`;
  const head = good === commits.length ? style.green(`✓ ${verdict}`) : style.red(`✗ ${verdict}`);
  const lines = [`${style.bold(head)}   ${displayText(label)}`, ''];
  for (const { oid, subject, signature } of commits) {
    const isGood = signature.status === 'good';
    const wrong = `${signature.status === 'none' ? 'not signed' : signature.status}${signature.detail ? `: ${signature.detail}` : ''}`;
    const who = displayText(isGood ? (signature.signer ?? '') : wrong);
    const start = `  ${isGood ? style.green('✓') : style.red('✗')} ${oid.slice(0, 7)}  `;
    const room = style.width - 13;
    const said = displayText(subject).slice(0, 50);
    // Where both do not fit on the line, who signed stands below what was signed.
    if (Math.max(said.length, 32) + 2 + who.length <= room) lines.push(`${start}${said.padEnd(32)}  ${who}`);
    else lines.push(`${start}${said}`, ...wrap(who, room).map((line) => `${' '.repeat(13)}${line}`));
  }
  const next = 'pregate sign status says whether the next one will be signed; pregate sign fix signs these again.';
  if (good < commits.length) lines.push('', ...wrap(next, style.width - 2).map((line) => `  ${style.dim(line)}`));
  return `${lines.join('\n')}\n`;
}
