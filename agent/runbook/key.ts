import { readFileSync } from 'node:fs';
import path from 'node:path';
import { word } from '../../hooks/stub.ts';
import { readAllEnvelopes } from '../attest/notes.ts';
import { openPayload } from '../attest/payload.ts';
import { notesRef } from '../attest/types.ts';
import { readGitConfig } from '../git/config-list.ts';
import { type Git, gitOutput, isOid, runGit } from '../git/run.ts';
import { count } from '../report/style.ts';
import { publicKeyOf } from '../sign/discover.ts';
import { readSetup, type SigningSetup } from '../sign/state.ts';
import { verifyCommits } from '../sign/verify.ts';
import type { Runbook, RunbookCall, Step } from './types.ts';

/** Commits looked at for signatures by the key; a repository has signed its newest ones most likely. */
const most = 5000;

/** A signing key may be in other hands: revoke it, find what it has signed, sign anew what nobody else has. */
export async function keyStolen(call: RunbookCall): Promise<Runbook> {
  const { git, env } = call;
  const setup = readSetup(await readGitConfig(git));
  const oids = (await gitOutput(git, ['rev-list', '--all', `--max-count=${most}`]))
    .toString('latin1')
    .split('\n')
    .filter(isOid);
  const signatures = await verifyCommits({ root: git.cwd }, oids, { env });
  const present = [...signatures].filter(([, info]) => info.present && info.key !== undefined);
  // Without a word it is the key of whoever asks; the newest signature may be a colleague's.
  const named = call.operand ?? setup.key;
  const key = (named === undefined ? undefined : fingerprintNamed(named, call)) ?? present[0]?.[1].key;
  const signed = present.filter(([, info]) => sameKey(info.key, key)).map(([oid]) => oid);
  const statements = await statementsBy(call, key);
  const dates = await datesOf(call, signed);
  const { main, before, unpushed } = await pointsOf(call, signed);
  return {
    case: 'key-stolen',
    headline: key
      ? `${key} has signed ${count(signed.length, 'commit')} and ${count(statements.length, 'statement')} that are here`
      : 'no signature with a known key is here, and no key is set up',
    evidence: { 'signed-commits.json': signed, 'statements.json': statements },
    steps: [
      ...(setup.format === 'ssh' ? await sshSteps(call, setup, main) : otherSteps(setup, key)),
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
      ...(statements.length === 0 ? [] : [stateAnew(statements)]),
    ],
  };
}

function stateAnew(statements: readonly { commit: string; predicateType: string }[]): Step {
  return {
    title: 'State anew',
    why: 'Statements by the old key no longer hold after the revocation; the tips that matter get new ones.',
    facts: [...new Set(statements.map((one) => `${one.predicateType} about ${one.commit.slice(0, 12)}`))].slice(-5),
    commands: ['pregate attest && pregate attest push'],
  };
}

/** A new SSH key, and an end of the old one in each list that names it. */
async function sshSteps(call: RunbookCall, setup: SigningSetup, main: string): Promise<Step[]> {
  const stamp = call.now.toISOString().replace(/[-:]/g, '').slice(0, 15).replace('T', '');
  const file = setup.key && !/^(key::|ssh-|ecdsa-|sk-)/.test(setup.key) ? setup.key : undefined;
  const forget = file === undefined ? 'ssh-add -D' : `ssh-add -d ${word(file)}`;
  const end = `in the old key's line, before the key, write valid-before="${stamp}Z"`;
  const committed = await runGit(call.git, ['cat-file', '-e', `${main}:.pregate/allowed_signers`]);
  const team: Step =
    committed.code === 0
      ? {
          title: 'Revoke it where the team trusts it',
          why: 'In the list of allowed signers, on the protected branch: what was signed before this moment stays valid, what is signed later does not. Add the new key in the same commit. Somebody whose key the list has already must approve it: neither of yours vouches for itself.',
          facts: [
            end,
            'and a line for the new one: ADDRESS namespaces="git,attest@pregate" and the text of ~/.ssh/id_ed25519_signing_new.pub',
          ],
          commands: [
            `git switch -c revoke-key --no-track ${word(main)}`,
            '${EDITOR:-vi} .pregate/allowed_signers',
            'git add .pregate/allowed_signers && git commit -m "Revoke a signing key"',
            'git push -u origin revoke-key',
            'git switch -',
          ],
        }
      : {
          title: 'Tell who trusts it',
          why: 'The protected branch has no list of allowed signers (.pregate/allowed_signers), so there is no line to end for the team. Whoever keeps a list of their own takes the old key out of it.',
        };
  const own = setup.allowedSigners;
  return [
    {
      title: 'Delete it at the forge, and set up a new one',
      why: 'A key that is deleted there verifies nothing new. The new one has a passphrase or lies on hardware; its public part goes to the forge as a signing key.',
      commands: [
        'ssh-keygen -t ed25519 -f ~/.ssh/id_ed25519_signing_new',
        'pregate sign setup --key ~/.ssh/id_ed25519_signing_new.pub',
        // Without an agent there is nothing to take it out of.
        ...(call.env['SSH_AUTH_SOCK'] ? [forget] : []),
      ],
    },
    ...(own === undefined
      ? []
      : [
          {
            title: 'Revoke it on this machine',
            why: 'Git verifies here with a list of its own, which trusts the old key until its line has an end.',
            facts: [end],
            commands: [`\${EDITOR:-vi} ${word(own)}`],
          },
        ]),
    team,
  ];
}

/** OpenPGP and X.509: who has issued or holds the key says that it is revoked. */
function otherSteps({ format, key: configured }: SigningSetup, key: string | undefined): Step[] {
  const id = word(configured ?? key ?? 'KEY');
  if (format === 'x509') {
    const why =
      'A certificate is revoked by who has issued it. Keys of gitsign live for minutes: there the account that signed in is what was stolen.';
    return [{ title: 'Have the certificate revoked, and get a new one', why }];
  }
  return [
    {
      title: 'Revoke it, and set up a new one',
      why: 'Whoever has the key in their keyring learns of it from the revocation. It goes to the forge and to the keyservers that have the key; at the forge the key itself is deleted too.',
      commands: [
        `gpg --output revoked.asc --gen-revoke ${id}`,
        'gpg --import revoked.asc',
        'gpg --full-generate-key',
        'pregate sign setup --key NEW-KEY-ID',
      ],
    },
  ];
}

/** A fingerprint as it was typed, or that of the key that was named: a file, its text, or an OpenPGP id. */
function fingerprintNamed(name: string, { cwd, env }: RunbookCall): string {
  const literal = publicKeyOf(name.replace(/^key::/, ''));
  if (literal) return literal.fingerprint;
  const file = path.resolve(cwd, name.replace(/^~(?=\/)/, env['HOME'] ?? '~'));
  for (const one of [file, `${file}.pub`]) {
    try {
      const key = publicKeyOf(readFileSync(one, 'utf8'));
      if (key) return key.fingerprint;
    } catch {
      // No file of that name: then it is a fingerprint or an id.
    }
  }
  return name;
}

/** OpenPGP keys are named by the end of their fingerprint, long or short. */
function sameKey(key: string | undefined, wanted: string | undefined): boolean {
  if (key === undefined || wanted === undefined) return false;
  if (key === wanted) return true;
  const [long, short] = [key, wanted.replace(/^0x/i, '')]
    .map((one) => one.toUpperCase())
    .sort((a, b) => b.length - a.length);
  return /^[0-9A-F]{8,}$/.test(short as string) && (long as string).endsWith(short as string);
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
  const main = await protectedBranch(git);
  const first = signed.at(-1);
  // A first commit has no parent: then the range begins behind it.
  const [parent] = first ? await list('rev-parse', '--verify', '-q', `${first}^`) : [];
  const own = await list('rev-list', 'HEAD', '--not', '--remotes');
  const [unpushed] = own.length > 0 ? await list('rev-parse', '--verify', '-q', `${own.at(-1)}^`) : [];
  return { main, before: (parent ?? first)?.slice(0, 12), unpushed: unpushed?.slice(0, 12) };
}

/** The name of the protected branch as far as a clone knows it; HEAD where there is none. */
export async function protectedBranch(git: Git): Promise<string> {
  for (const name of ['origin/HEAD', 'origin/main', 'origin/master', '@{upstream}']) {
    const { code, stdout } = await runGit(git, ['rev-parse', '--verify', '-q', '--abbrev-ref', name]);
    if (code === 0 && stdout.length > 1) return stdout.toString('utf8').trim();
  }
  return 'HEAD';
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
