import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCommit, parseTag } from '../../agent/git/commit.ts';
import { openObjects, parseBatch } from '../../agent/git/objects.ts';
import { parseRemote } from '../../agent/git/remote-url.ts';
import { openGit } from '../../agent/git/run.ts';
import { sandbox } from './support.ts';

const box = sandbox();

test('answers many reads in order, empty and missing ones too', async () => {
  const r = box.repository();
  const oids: string[] = [];
  for (let index = 0; index < 700; index++) r.write(`f${index}`, 'x'.repeat(index % 50));
  r.git('add', '-A');
  for (const line of r.git('ls-files', '-s').split('\n')) oids.push(line.split(' ')[1] as string);
  const objects = openObjects(openGit(r.dir, r.env));
  try {
    const names = [...oids, 'f'.repeat(40), ':f3', ':nowhere', ...oids];
    const read = await Promise.all(names.map((name) => objects.read(name)));
    assert.deepEqual(
      read.slice(0, 700).map((object) => object?.oid),
      oids,
    );
    assert.deepEqual([read[700], read[702]], [undefined, undefined]);
    assert.equal(read[701]?.bytes.toString(), 'xxx');
    assert.equal(read.slice(703).filter((object) => object !== undefined).length, 700);
    assert.equal(await objects.read('bad\nname'), undefined);
  } finally {
    objects.close();
  }
  assert.equal(await objects.read(oids[0] as string), undefined);
});

test('a blob beyond the limit gives head and tail, one far beyond it only its head', async () => {
  const r = box.repository('large');
  r.write('middle', `HEAD${'m'.repeat(20_000)}TAIL`);
  r.write('huge', Buffer.concat([Buffer.from('HEAD'), Buffer.alloc(66 * 1024 * 1024), Buffer.from('TAIL')]));
  r.write('small', 'small');
  r.git('add', '-A');
  const objects = openObjects(openGit(r.dir, r.env));
  try {
    const limits = { full: 1000, edge: 10 };
    const [middle, huge, small] = await Promise.all(
      [':middle', ':huge', ':small'].map((name) => objects.read(name, limits)),
    );
    assert.equal(middle?.bytes.toString(), 'HEADmmmmmm\nmmmmmmTAIL');
    assert.deepEqual([middle?.size, middle?.partial], [20_008, true]);
    assert.equal(huge?.bytes.toString('latin1', 0, 4), 'HEAD');
    assert.equal(huge?.bytes.length, 10);
    assert.equal(small?.bytes.toString(), 'small');
  } finally {
    objects.close();
  }
});

test('the parser does not care where the chunks end', () => {
  const oid = 'a'.repeat(40);
  const output = Buffer.from(
    `${oid} blob 5\nhello\nx missing\n${oid} blob 0\n\n${oid} blob 30\n${'0123456789'.repeat(3)}\n`,
  );
  for (let size = 1; size <= output.length; size++) {
    const seen: (string | undefined)[] = [];
    const parser = parseBatch({
      limits: () => ({ full: 10, edge: 4 }),
      done: (object) => void seen.push(object?.bytes.toString()),
    });
    for (let at = 0; at < output.length; at += size) parser.feed(output.subarray(at, at + size), () => false);
    assert.deepEqual(seen, ['hello', undefined, '', '0123\n6789'], `chunks of ${size}`);
  }
});

test('commits and tags of any shape are parsed without an error', () => {
  const commit = parseCommit(
    Buffer.from(
      'tree t\nparent p1\nparent p2\nauthor A <a@x> 1 +0000\ncommitter broken\ngpgsig -----BEGIN SSH SIGNATURE-----\n line\n -----END SSH SIGNATURE-----\nencoding ISO-8859-1\n\nSubject \xe9\n',
      'latin1',
    ),
  );
  assert.deepEqual(commit.parents, ['p1', 'p2']);
  assert.equal(commit.signature.format, 'ssh');
  assert.equal(commit.messageText, 'Subject é\n');
  assert.deepEqual(commit.committer, { name: 'broken', email: '', date: '' });
  for (const text of ['', '\n', 'tree', ' \n \n', 'author <\n\n', 'author > <\n', 'encoding nope\n\nx']) {
    assert.doesNotThrow(() => parseCommit(Buffer.from(text)), JSON.stringify(text));
    assert.doesNotThrow(() => parseTag(Buffer.from(text)), JSON.stringify(text));
  }
  const tag = parseTag(
    Buffer.from('object o\ntype commit\ntag v1\ntagger T <t@x> 1 +0000\n\nwords\n-----BEGIN PGP SIGNATURE-----\nx\n'),
  );
  assert.equal(tag.message.toString(), 'words\n');
  assert.equal(tag.signature.format, 'openpgp');
});

test('addresses of remotes lose their credentials and nothing else', () => {
  const cases: [string, string, string, string, string][] = [
    ['https://github.com/acme/app.git', 'https://github.com/acme/app.git', 'github', 'acme', 'app'],
    ['https://me:pw@gitlab.example.com/a/b/app', 'https://gitlab.example.com/a/b/app', 'gitlab', 'a/b', 'app'],
    ['git@github.com:acme/app.git', 'github.com:acme/app.git', 'github', 'acme', 'app'],
    ['ssh://git@bitbucket.org:7999/team/app.git', 'ssh://bitbucket.org:7999/team/app.git', 'bitbucket', 'team', 'app'],
    ['/srv/git/app.git', '/srv/git/app.git', 'unknown', '', 'app'],
    ['https://token@dev.azure.com/o/p/_git/r', 'https://dev.azure.com/o/p/_git/r', 'azure', 'o/p/_git', 'r'],
  ];
  for (const [address, url, provider, owner, repository] of cases) {
    const parsed = parseRemote(address);
    assert.deepEqual(
      [parsed.url, parsed.provider, parsed.owner, parsed.repository],
      [url, provider, owner, repository],
    );
  }
});
