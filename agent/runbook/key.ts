import { readEnvelopes } from '../attest/notes.ts';
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
  return {
    case: 'key-stolen',
    headline: key
      ? `${key} has signed ${count(signed.length, 'commit')} and ${count(statements.length, 'statement')} that are here`
      : 'no signature with a known key is here',
    evidence: { 'signed-commits.json': signed, 'statements.json': statements },
    steps: [
      {
        title: 'Revoke it where it is trusted',
        why: 'The forge first: a key that is deleted there verifies nothing new. Then the list of allowed signers, on the protected branch: what was signed before this moment stays valid, what is signed later does not.',
        facts: [`add to its line in .pregate/allowed_signers: valid-before="${stamp}Z"`],
        commands: [
          'git switch -c revoke-key origin/HEAD',
          '$EDITOR .pregate/allowed_signers',
          'git commit -m "Revoke a signing key" .pregate/allowed_signers && git push -u origin revoke-key',
        ],
      },
      {
        title: 'Take it out of the agent and set up a new one',
        why: 'A new key, with a passphrase or on hardware; its public part goes to the forge and into the list of signers.',
        commands: [
          ...(setup.key && !setup.key.startsWith('key::') ? [`ssh-add -d ${setup.key}`] : ['ssh-add -D']),
          'ssh-keygen -t ed25519 -f ~/.ssh/id_ed25519_signing_new',
          'pregate sign setup --key ~/.ssh/id_ed25519_signing_new.pub',
        ],
      },
      {
        title: 'Look at what it has signed',
        why: 'A commit that its owner does not know is not theirs. The time in a commit is the signer’s word, so a date before the theft proves nothing.',
        facts: [...dates.slice(0, 3), ...(dates.length > 6 ? ['…'] : []), ...dates.slice(3).slice(-3)],
        commands: ['git log --all --show-signature', `pregate verify --range <last known good>..HEAD`],
      },
      {
        title: 'Sign anew what was not pushed',
        why: 'Commits that others have keep their signatures; they are vouched for by the review, not by a rewrite.',
        commands: ['pregate sign fix'],
      },
      {
        title: 'State anew',
        why: 'Statements by the old key no longer hold after the revocation; the tips that matter get new ones.',
        facts: statements.slice(0, 5).map((one) => `${one.predicateType} about ${one.commit.slice(0, 12)}`),
        commands: ['pregate attest && pregate attest push'],
      },
    ],
  };
}

/** The key id stands in the envelope for looking it up; it is the signature that counts when it is verified. */
async function statementsBy(
  { git }: RunbookCall,
  key: string | undefined,
): Promise<{ commit: string; predicateType: string }[]> {
  const list = await runGit(git, ['notes', `--ref=${notesRef}`, 'list']);
  if (key === undefined || list.code !== 0) return [];
  const out: { commit: string; predicateType: string }[] = [];
  for (const line of list.stdout.toString('latin1').split('\n').slice(0, most)) {
    const commit = line.split(' ')[1] ?? '';
    if (!isOid(commit)) continue;
    for (const envelope of await readEnvelopes(git, commit)) {
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
