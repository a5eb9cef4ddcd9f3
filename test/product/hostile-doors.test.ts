/** Threats of docs/hostile.md through every door, each with a canary: what must not run, be made, be said or be overlooked. */
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { world } from '../daemon/support.ts';
import { laboratory, writeCommits } from '../sign/mutants.ts';
import { generateSecret } from '../support/secrets.ts';
import { bombs } from './hostile-bombs.ts';
import { doors, enter, sang } from './hostile-doors.ts';
import { hostileRepository } from './hostile-repository.ts';

const w = world();
const hostile = hostileRepository(w.box);
const token = (seed: number) => generateSecret('github-token', seed);

/** Parts of a value that must not be shown, whatever stands around them. */
const pieces = (value: string) => Array.from({ length: value.length - 11 }, (_, at) => value.slice(at, at + 12));

for (const door of doors) {
  const name = door.replaceAll(' ', '-');

  test(`threats 1 to 6: with 10 and 20, nothing of the repository runs, and no link leads out: ${door}`, async () => {
    hostile.ran();
    const said = await enter(w, door, hostile.repo, {
      env: { PATH: hostile.env['PATH'] },
      files: ['package.json', '.secretlintrc.js', '.vscode/settings.json', 'lefthook.yml', '.npmrc', 'staged.txt'],
    });
    assert.deepEqual(hostile.ran(), []);
    assert.ok(said.text.length > 20, 'something was said');
    assert.doesNotMatch(said.text, /private\.env:1|links\/(folder|up)\/|links\/(file|relative)\.env:\d/);
  });

  test(`threat 6: names that are options are names: ${door}`, async () => {
    const repo = w.box.repository(`options-${name}`);
    repo.commit('a.txt', 'a\n');
    const options = ['--output=canary', '--exec=touch canary', '-ocanary', '$(touch canary)', '`touch canary`'];
    for (const [at, name] of options.entries()) repo.write(name, `TOKEN=${token(700 + at)}\n`);
    repo.git('add', '--', ...options);
    const head = repo.git('rev-parse', 'HEAD');
    mkdirSync(path.join(repo.dir, '.git/refs/tags'), { recursive: true });
    for (const place of ['heads', 'tags'])
      writeFileSync(path.join(repo.dir, `.git/refs/${place}/--output=canary`), `${head}\n`);
    writeFileSync(path.join(repo.dir, '.git/HEAD'), 'ref: refs/heads/--output=canary\n');
    appendFileSync(
      path.join(repo.dir, '.git/config'),
      '[remote "--upload-pack=touch canary"]\n\turl = --upload-pack=touch canary\n[branch "--output=canary"]\n\tremote = --upload-pack=touch canary\n\tmerge = refs/heads/--output=canary\n',
    );
    const input = `refs/heads/--output=canary ${head} refs/heads/--output=canary ${'0'.repeat(40)}\n`;
    const said = await enter(w, door, repo, {
      push: { argv: ['--output=canary', '--upload-pack=touch canary'], input },
    });
    assert.equal(sang(repo, 'canary'), false);
    // Each was looked at all the same.
    if (door === 'hooks') assert.equal(said.codes['pre-commit, daemon'], 1);
    else assert.ok(said.rules.filter((rule) => rule === 'github-token').length >= options.length, said.rules.join());
  });

  test(`threat 7: with 18, no control character and no piece of a secret is shown: ${door}`, async () => {
    const repo = w.box.repository(`control-${name}`);
    const sequence = '\u001b]0;owned\u0007\u001b[2J';
    const evil = `x${sequence}\u202e`;
    const secrets = [701, 702, 703].map(token);
    repo.write(`esc${sequence}.env`, `TOKEN=${secrets[0]}\n`);
    repo.write('new\nline::error::forged.env', `TOKEN=${secrets[1]}\n`);
    repo.write('bidi\u202etxt.env', `TOKEN=${secrets[2]}\n`);
    repo.write('Dockerfile', `FROM evil${sequence}:latest\n`);
    repo.write('package.json', `${JSON.stringify({ name: evil, dependencies: { [evil]: `^1.0.0${sequence}` } })}\n`);
    repo.write(
      '.github/workflows/a.yml',
      `on: push\njobs:\n  "x\\e[2J":\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: "acme/\\e[2J\\n::error::x@v2"\n`,
    );
    repo.git('add', '-A');
    repo.git('commit', '-qm', `subject ${sequence}`, '--author', `Evil ${sequence} <e@example.com>`);
    repo.write('staged.env', `TOKEN=${secrets[0]}\n`);
    repo.git('add', '-A');
    const { text } = await enter(w, door, repo);
    assert.ok(text.length > 100, 'something was said');
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    assert.doesNotMatch(text, /^::/m);
    for (const piece of secrets.flatMap(pieces)) assert.ok(!text.includes(piece), 'a piece of a secret is shown');
  });

  test(`threat 10: nothing is written through a link that leads out: ${door}`, async () => {
    const repo = w.box.repository(`links-${name}`);
    const away = w.box.at(`away-${name}`);
    mkdirSync(away);
    writeFileSync(path.join(away, 'private.env'), `TOKEN=${token(704)}\n`);
    repo.commit('a.txt', 'a\n');
    repo.write('Dockerfile', 'FROM node:22\n');
    for (const name of ['.pregate', 'docs', '.git/pregate']) symlinkSync(away, path.join(repo.dir, name));
    symlinkSync(path.join(away, 'private.env'), path.join(repo.dir, 'private.env'));
    repo.git('add', '-A');
    const { rules } = await enter(w, door, repo);
    assert.deepEqual(readdirSync(away), ['private.env']);
    assert.equal(readFileSync(path.join(away, 'private.env'), 'utf8'), `TOKEN=${token(704)}\n`);
    assert.ok(!rules.includes('github-token'), 'a file outside was read');
  });

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
    for (const [file, make] of Object.entries(bombs)) repo.write(file, make());
    repo.git('add', '-A');
    const { took } = await enter(w, door, repo, { files: Object.keys(bombs) });
    assert.ok(took < 60_000, `${took} ms of the processor`);
  });
}
