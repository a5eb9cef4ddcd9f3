/** Threats of docs/hostile.md through every door, each with a canary: what must not run, be made, be said or be overlooked. */
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { world } from '../daemon/support.ts';
import { generateSecret } from '../support/secrets.ts';
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
      lines: [['check', '--all', '--json'], ['check', '--outgoing'], ['preview'], ['verify'], ['overview'], ['doctor']],
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
    const lines = [
      ['check', '.', '--fix'],
      ['check', '--all', '--json'],
      ['sbom', '--json'],
      ['init', '--yes'],
    ];
    const { rules } = await enter(w, door, repo, { lines });
    assert.deepEqual(readdirSync(away), ['private.env']);
    assert.equal(readFileSync(path.join(away, 'private.env'), 'utf8'), `TOKEN=${token(704)}\n`);
    assert.ok(!rules.includes('github-token'), 'a file outside was read');
  });
}
