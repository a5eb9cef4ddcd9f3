import { Exit, type ExitCode, type SignatureInfo } from '../gate/types.ts';
import { readGitConfig } from '../git/config-list.ts';
import { type Git, gitOutput } from '../git/run.ts';
import { displayText } from '../model/path.ts';
import { count } from '../report/style.ts';
import type { CommitText } from '../scrub/commit.ts';
import { carryOutResign, committerEmail, planResign, resignRange, stillOld } from '../scrub/resign.ts';
import { readSetup } from '../sign/state.ts';
import { testSignature } from '../sign/test-signature.ts';
import { verifyCommits } from '../sign/verify.ts';
import type { Args, Io } from './command.ts';
import { confirm } from './confirm.ts';

/**
 * Signs unpushed commits again, from the first that has no good signature. Asks before it takes a colleague's signature
 * away, also one that cannot be verified here. Exit 3 when nothing could be signed; nothing is changed then.
 */
export async function fixSignatures(git: Git, base: string | undefined, args: Args, io: Io): Promise<ExitCode> {
  const refuse = (why: string): ExitCode => {
    io.err(`pregate: ${displayText(why)} [sign-fix]\n`);
    return Exit.couldNotCheck;
  };
  const range = await resignRange(git, base);
  if ('refused' in range) return refuse(range.refused);
  if (range.commits.length === 0) {
    io.out('Every commit here is on a remote already; there is nothing to sign.\n');
    return Exit.pass;
  }
  const signatures = await verifyCommits({ root: git.cwd }, range.commits, { env: git.env });
  const good = new Set(range.commits.filter((oid) => signatures.get(oid)?.status === 'good'));
  const plan = await planResign(git, range, good);
  if (plan.changed.length === 0) {
    io.out(`${count(range.commits.length, 'commit')}, each with a good signature; nothing was changed.\n`);
    return Exit.pass;
  }
  const test = await testSignature(git, readSetup(await readGitConfig(git)));
  if (!test.ok) return refuse(`git could not sign: ${test.reason}; nothing was changed. ${test.remedy}`);
  const email = readSetup(await readGitConfig(git)).email;
  const signerOf = (oid: string) => signerOr(signatures.get(oid), committerEmail(plan.texts.get(oid) as CommitText));
  const lost = plan.changed.filter((oid) => signatures.get(oid)?.present && signerOf(oid) !== email);
  if (lost.length > 0) {
    const who = [...new Set(lost.map((oid) => signerOf(oid) || 'somebody else'))].join(', ');
    io.out(`${count(lost.length, 'commit')} signed by ${displayText(who)}, whose signature is lost, since the\n`);
    io.out('commits get new ids. You would vouch for them.\n');
    if (!args.flags['yes'] && !(await confirm(io, 'Sign them yourself?'))) {
      io.err('Nothing was changed.\n');
      return Exit.usage;
    }
  }
  const before = await gitOutput(git, ['rev-parse', '--short', 'HEAD']);
  await carryOutResign(git, plan);
  io.out(
    `${count(plan.changed.length, 'commit')} signed again; the old state is ${before.toString('latin1').trim()}\n`,
  );
  for (const name of (await stillOld(git, plan)).slice(0, 5))
    io.out(`  ${displayText(name)} names an old commit still\n`);
  return Exit.pass;
}

/**
 * The address of who has signed. A good signature is the committer's; where a key is known, its owner's; where it is not (no
 * list of signers, a GPG key that is not on this machine), the committer is who most likely has signed.
 */
function signerOr(signature: SignatureInfo | undefined, committer: string): string {
  const { status, signer } = signature ?? {};
  if (status === 'good' || signer === undefined) return committer;
  return /<([^<>]*)>$/.exec(signer)?.[1] ?? signer;
}
