import { quote } from '../../hooks/stub.ts';
import { readAllEnvelopes } from '../attest/notes.ts';
import { openPayload } from '../attest/payload.ts';
import { notesRef } from '../attest/types.ts';
import { readGitConfig } from '../git/config-list.ts';
import { gitOutput, isOid, runGit } from '../git/run.ts';
import { count } from '../report/style.ts';
import { readSetup } from '../sign/state.ts';
import { verifyCommits } from '../sign/verify.ts';
import type { Runbook, RunbookCall } from './types.ts';

/** Commits looked at for signatures by the key; a repository has signed its newest ones most likely. */
const most = 5000;

/** A signing key may be in other hands: revoke it, find what it has signed, sign anew what nobody else has. */
export async function keyStolen(call: RunbookCall): Promise<Runbook> {
  const { git, env, now } = call;
  const config = await readGitConfig(git);
  const setup = readSetup(config);
  const oids = (await gitOutput(git, ['rev-list', '--all', `--max-count=${most}`]))
    .toString('latin1')
    .split('\n')
    .filter(isOid);
  const signatures = await verifyCommits({ root: git.cwd }, oids, { env });
  const present = [...signatures].filter(([, info]) => info.present && info.key !== undefined);
  const key = call.operand ?? present[0]?.[1].key;
  const signed = present.filter(([, info]) => info.key === key).map(([oid]) => oid);
  const statements = await statementsBy(call, key);
  const dates = await datesOf(call, signed);
  const stamp = now.toISOString().replace(/[-:]/g, '').slice(0, 15).replace('T', '');
  const { main, before, unpushed } = await pointsOf(call, signed);
  const file = setup.key && !/^(key::|ssh-|ecdsa-|sk-)/.test(setup.key) ? setup.key : undefined;
  const forget = file === undefined ? 'ssh-add -D' : `ssh-add -d ${quote(file)}`;
  return {
    case: 'key-stolen',
    headline: key
      ? `${key} has signed ${count(signed.length, 'commit')} and ${count(statements.length, 'statement')} that are here`
      : 'no signature with a known key is here',
    evidence: { 'signed-commits.json': signed, 'statements.json': statements },
    steps: [
      {
        title: 'Delete it at the forge, and set up a new one',
        why: 'A key that is deleted there verifies nothing new. The new one has a passphrase or lies on hardware; its public part goes to the forge as a signing key.',
        commands: [
          'ssh-keygen -t ed25519 -f ~/.ssh/id_ed25519_signing_new',
          'pregate sign setup --key ~/.ssh/id_ed25519_signing_new.pub',
          // Without an agent there is nothing to take it out of.
          ...(env['SSH_AUTH_SOCK'] ? [forget] : []),
        ],
      },
      {
        title: 'Revoke it where it is trusted',
        why: 'In the list of allowed signers, on the protected branch: what was signed before this moment stays valid, what is signed later does not. Add the new key in the same commit. Somebody whose key the list has already must approve it: neither of yours vouches for itself.',
        facts: [
          `in its line of .pregate/allowed_signers, before the key, write valid-before="${stamp}Z"`,
          'and a line for the new one: ADDRESS namespaces="git,attest@pregate" and the text of ~/.ssh/id_ed25519_signing_new.pub',
        ],
        commands: [
          `git switch -c revoke-key ${main}`,
          '${EDITOR:-vi} .pregate/allowed_signers',
          'git add .pregate/allowed_signers && git commit -m "Revoke a signing key"',
          'git push -u origin revoke-key',
          'git switch -',
        ],
      },
      {
        title: 'Look at what it has signed',
        why: 'A commit that its owner does not know is not theirs. The time in a commit is the signer’s word, so a date before the theft proves nothing.',
        facts: [...dates.slice(0, 3), ...(dates.length > 6 ? ['…'] : []), ...dates.slice(3).slice(-3)],
        commands: ['git log --all --show-signature', ...(before ? [`pregate verify --range ${before}..HEAD`] : [])],
      },
      {
        title: 'Sign anew what was not pushed',
        why: 'Commits that others have keep their signatures; they are vouched for by the review, not by a rewrite.',
        facts: unpushed === undefined ? ['every commit here is on a remote: nothing to sign'] : [],
        commands: unpushed === undefined ? [] : [`pregate sign fix ${unpushed}`],
      },
      {
        title: 'State anew',
        why: 'Statements by the old key no longer hold after the revocation; the tips that matter get new ones.',
        facts: statements.slice(0, 5).map((one) => `${one.predicateType} about ${one.commit.slice(0, 12)}`),
        commands: statements.length > 0 ? ['pregate attest && pregate attest push'] : [],
      },
    ],
  };
}

/** Names that the commands need: the protected branch, what was there before the key signed, and where unpushed commits begin. */
async function pointsOf(
  { git }: RunbookCall,
  signed: readonly string[],
): Promise<{ main: string; before: string | undefined; unpushed: string | undefined }> {
  const list = async (...words: string[]) => {
    const { code, stdout } = await runGit(git, words);
    return code === 0 ? stdout.toString('utf8').trim().split('\n').filter(Boolean) : [];
  };
  const [head = 'origin/HEAD'] = await list('rev-parse', '--abbrev-ref', 'origin/HEAD');
  const main = (await list('rev-parse', '--verify', '-q', head)).length > 0 ? head : 'HEAD';
  const first = signed.at(-1);
  // A first commit has no parent: then the range begins behind it.
  const [parent] = first ? await list('rev-parse', '--verify', '-q', `${first}^`) : [];
  const own = await list('rev-list', 'HEAD', '--not', '--remotes');
  const [unpushed] = own.length > 0 ? await list('rev-parse', '--verify', '-q', `${own.at(-1)}^`) : [];
  return { main, before: (parent ?? first)?.slice(0, 12), unpushed: unpushed?.slice(0, 12) };
}

/** The key id stands in the envelope for looking it up; it is the signature that counts when it is verified. */
async function statementsBy(
  { git }: RunbookCall,
  key: string | undefined,
): Promise<{ commit: string; predicateType: string }[]> {
  const list = await runGit(git, ['notes', `--ref=${notesRef}`, 'list']);
  if (key === undefined || list.code !== 0) return [];
  const out: { commit: string; predicateType: string }[] = [];
  const commits = list.stdout
    .toString('latin1')
    .split('\n')
    .slice(0, most)
    .map((line) => line.split(' ')[1] ?? '');
  for (const [commit, envelopes] of await readAllEnvelopes(git, commits.filter(isOid))) {
    for (const envelope of envelopes) {
      if (!envelope.signatures.some((one) => one.keyid === key)) continue;
      out.push({ commit, predicateType: openPayload(envelope)?.statement.predicateType ?? 'unreadable' });
    }
  }
  return out;
}

async function datesOf({ git }: RunbookCall, oids: readonly string[]): Promise<string[]> {
  if (oids.length === 0) return [];
  const words = [
    'log',
    '--no-walk=sorted',
    '--no-show-signature',
    '--format=%h %cI by %ce',
    ...oids.slice(0, 500),
    '--',
  ];
  return (await gitOutput(git, words)).toString('utf8').trim().split('\n');
}
