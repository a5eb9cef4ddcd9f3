/** What `pregate verify` refuses of a statement whose signature is the committer's own: each rule by a statement that breaks it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { signStatement } from '../../agent/attest/dsse.ts';
import { addEnvelopes, readEnvelopes } from '../../agent/attest/notes.ts';
import { openPayload } from '../../agent/attest/payload.ts';
import { sshSigner } from '../../agent/attest/signer.ts';
import { type Envelope, notesRef, predicates, type Statement } from '../../agent/attest/types.ts';
import { readGitConfig } from '../../agent/git/config-list.ts';
import { openGit } from '../../agent/git/run.ts';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';
import { type Teamwork, teamwork } from './support.ts';

const box = sandbox();
const words = ['verify', '--range', 'origin/main..topic', '--statements'];

/** What verify says of the good statement with changes of the committer's own, signed with the right key. */
async function saidOf(team: Teamwork, change: (good: Statement) => Statement): Promise<string> {
  const git = openGit(team.repo.dir, team.here.env);
  const commit = team.repo.git('rev-parse', 'HEAD');
  team.repo.tryGit(['update-ref', '-d', notesRef]);
  assert.equal((await runCli(['attest', '--kind', 'svr'], team.here)).code, 0);
  const [good] = await readEnvelopes(git, commit);
  const statement = openPayload(good as Envelope)?.statement as Statement;
  const signer = await sshSigner(git, await readGitConfig(git));
  await addEnvelopes(git, commit, [await signStatement(change(structuredClone(statement)), signer)]);
  const { out, code } = await runCli(words, team.here);
  assert.match(out, /^✓ [0-9a-f]{7} {2}\S+svr\/v0\.2 {2}by person@example\.com$/m, 'the good one beside it');
  const bad = /^✗ [0-9a-f]{7} {2}\S+ {2}(.*)$/m.exec(out)?.[1];
  assert.equal(code, bad === undefined ? 0 : 1, out);
  return bad ?? 'nothing';
}

const predicate = (more: Record<string, unknown>) => (good: Statement) => ({
  ...good,
  predicate: { ...good.predicate, ...more },
});
const hour = 3_600_000;

describe('a statement by the committer', () => {
  it('is refused for its time, its policy, its subject, its claims and its kind', async () => {
    const team = teamwork(box, 'rules');
    const cases: [string, (good: Statement) => Statement, RegExp | string][] = [
      ['the same, a minute later', predicate({ timeVerified: new Date(Date.now() + 60_000).toISOString() }), 'nothing'],
      [
        'tomorrow',
        predicate({ timeVerified: new Date(Date.now() + hour).toISOString() }),
        /its time lies in the future/,
      ],
      ['before', predicate({ timeVerified: new Date(Date.now() - hour).toISOString() }), /it is older than the commit/],
      ['no date', predicate({ timeVerified: 'yesterday' }), /its time cannot be read/],
      ['no policy', predicate({ verifier: {} }), /made by another policy than the one that judges here/],
      ['more', predicate({ properties: ['PREGATE_NO_BUGS'] }), /it claims PREGATE_NO_BUGS, which does not hold here/],
      [
        'another tree',
        (good) => ({ ...good, subject: [{ digest: { ...good.subject[0]?.digest, gitTree: '0'.repeat(40) } }] }),
        /it is about another commit/,
      ],
      ['a summary', (good) => ({ ...good, predicateType: predicates.vsa }), /issued by CI only, never by a person/],
    ];
    for (const [name, change, why] of cases) {
      const said = await saidOf(team, change);
      if (typeof why === 'string') assert.equal(said, why, name);
      else assert.match(said, why, name);
    }
  });

  it('is refused once the key is no longer valid', async () => {
    const team = teamwork(box, 'ended');
    const [principal = '', ...key] = readFileSync(team.signersFile, 'utf8').trim().split(' ');
    team.repo.git('switch', '-q', 'main');
    team.repo.write('.pregate/allowed_signers', `${principal} valid-before="20250101Z" ${key.join(' ')}\n`);
    team.repo.git('commit', '-qam', 'the key has ended');
    team.repo.git('push', '-q', '--no-verify', 'origin', 'main');
    team.repo.git('switch', '-q', 'topic');
    team.repo.git('rebase', '-q', 'main');
    assert.equal((await runCli(['attest', '--kind', 'svr'], team.here)).code, 0);
    const { out, code } = await runCli(words, team.here);
    assert.equal(code, 1);
    assert.match(out, /✗ .*SHA256:\S+ was not valid at that time/);
  });
});
