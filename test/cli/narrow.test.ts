/** A narrow window beside an editor has 40 columns: what a person reads fits, and only commands and names are longer. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { teamwork } from '../attest/support.ts';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';
import { generateSecret } from '../support/secrets.ts';

const box = sandbox();

/** Lines that are wider than 40 columns and could have been broken. */
function tooWide(out: string): string[] {
  const command = /^ *(pregate|git|SHA256:)/;
  return out.split('\n').filter((line) => line.length > 40 && line.trim().includes(' ') && !command.test(line));
}

it('check, scrub and attest fit, and say the verdict first', async () => {
  const { here, repo } = teamwork(box, 'narrow');
  const slim = { ...here, width: 40 };
  const ran = async (words: string[], first: RegExp) => {
    const { out } = await runCli(words, slim);
    assert.match(out, first);
    assert.deepEqual(tooWide(out), [], words.join(' '));
  };
  await ran(['check'], /^✓ nothing found( |\n {2})working tree/);
  await ran(['attest', 'setup'], /^From now on/);
  await ran(['attest'], /^✓ 2 statements about [0-9a-f]{7}\n {2}https:/);
  await ran(['attest', 'show'], /^2 statements about [0-9a-f]{7}\n {2}https:/);
  repo.commit('b.env', `TOKEN=${generateSecret('github-token')}\n`);
  await ran(['check', '--all'], /^✗ 1 finding, 1 would be refused\n {2}/);
  await ran(['scrub'], /^1 secret in commits of topic that no\nremote has\n/);
  await ran(['scrub', '--yes'], /\ntopic is at [0-9a-f]{10} now\.\n1 commit rewritten/);
});
