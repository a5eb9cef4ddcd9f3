/** Threats of docs/hostile.md that want to be overlooked or to keep us busy, through every door. */
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { world } from '../daemon/support.ts';
import { laboratory, writeCommits } from '../sign/mutants.ts';
import { generateSecret } from '../support/secrets.ts';
import { bombs } from './hostile-bombs.ts';
import { doors, enter } from './hostile-doors.ts';

const w = world();
const token = (seed: number) => generateSecret('github-token', seed);

for (const door of doors) {
  const name = door.replaceAll(' ', '-');

  test(`threat 11: with 16, what attributes, encodings, links, replaced objects and forged refs hide is found: ${door}`, async () => {
    const repo = w.box.repository(`hidden-${name}`);
    repo.git('init', '-q', '--bare', w.box.at(`remote-${name}.git`));
    repo.git('remote', 'add', 'origin', w.box.at(`remote-${name}.git`));
    repo.commit('a.txt', 'a\n');
    repo.git('push', '-q', 'origin', 'main');
    repo.write('.gitattributes', '* -diff binary\n');
    repo.write('wide.env', Buffer.from(`\ufeffTOKEN=${token(705)}\n`, 'utf16le'));
    symlinkSync(`https://x:${token(706)}@example.com`, path.join(repo.dir, 'link'));
    repo.write('replaced.env', `TOKEN=${token(707)}\n`);
    repo.git('add', '-A');
    const real = repo.git('rev-parse', ':replaced.env');
    repo.write('replaced.env', 'clean\n');
    repo.git('replace', real, repo.git('hash-object', '-w', 'replaced.env'));
    const lines = [['check', '--staged', '--json']];
    const staged = await enter(w, door, repo, { lines, files: door === 'Restricted Mode' ? ['wide.env'] : [] });
    const found = ({ rules }: { rules: string[] }) => rules.filter((rule) => rule === 'github-token').length;
    if (door === 'hooks') assert.equal(staged.codes['pre-commit, daemon'], 1);
    else assert.ok(found(staged) >= (door === 'Restricted Mode' ? 1 : 3), staged.text);
    if (door === 'hooks') assert.match(staged.text, /3 secrets|and 2 other places/);
    // Nobody has asked for a look, and a ref says that the remote has it all.
    repo.git('commit', '-qnm', 'past the hooks');
    repo.git('update-ref', 'refs/remotes/origin/fake', 'HEAD');
    const range = ['ci', '--range', 'HEAD~1..HEAD', '--json'];
    const sent = await enter(w, door, repo, { lines: [['check', '--outgoing', '--json'], range], files: [] });
    if (door === 'hooks') assert.equal(sent.codes['pre-push, daemon'], 1);
    if (door === 'the command line') assert.equal(sent.codes[range.join(' ')], 1);
    // Where git is not asked, nothing is said about what would be pushed, which `enter` expects.
    if (door !== 'hooks' && door !== 'Restricted Mode') assert.ok(found(sent) >= 3, sent.text);
  });

  test(`threat 17: a commit whose text was changed after it was signed is not verified: ${door}`, async () => {
    const { repo, originals } = laboratory(w.box, `signed-${name}`);
    repo.git('config', 'commit.gpgsign', 'true');
    repo.git('config', 'user.signingkey', w.box.at(`signed-${name}-keys`, 'ed25519.pub'));
    const visit = { lines: [['verify', '--json']], files: [] };
    const good = await enter(w, door, repo, visit);
    const signed = (originals.at(-1) as Buffer).toString('latin1');
    const [forged] = writeCommits(repo, [Buffer.from(signed.replace('with a body', 'with a b0dy'), 'latin1')]);
    repo.git('update-ref', 'HEAD', forged as string);
    const bad = await enter(w, door, repo, visit);
    const fits = /the signature does not fit the commit|The signature of commit [0-9a-f]{7} is bad/;
    if (door === 'Restricted Mode') return assert.doesNotMatch(good.text + bad.text, /\b(signed|verified)\b/);
    assert.doesNotMatch(good.text, fits);
    assert.match(bad.text, fits);
    const codes = { 'the command line': 'verify --json', hooks: 'pre-push, daemon', 'a trusted window': '' }[door];
    if (codes !== '') assert.deepEqual([good.codes[codes], bad.codes[codes]], [0, 1]);
  });
}

for (const door of ['a trusted window', 'Restricted Mode'] as const) {
  test(`threat 8: with 9, content that is made to be slow is answered in time: ${door}`, async () => {
    const repo = w.box.repository(`bombs-${door.replaceAll(' ', '-')}`);
    // What is staged is judged as for a hook, which `hostile.test.ts` measures; here it is about what is open.
    for (const [file, make] of Object.entries(bombs)) repo.write(file, make());
    const { took } = await enter(w, door, repo, { files: Object.keys(bombs), requests: ['preview'] });
    assert.ok(took < 60_000, `${took} ms of the processor`);
  });
}
