import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { openArchive } from '../../agent/archives/open.ts';
import { checkFully } from '../../agent/gate/check.ts';
import type { Known } from '../../agent/known/known.ts';
import { learn } from '../../agent/known/learn.ts';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';
import { generateSecret } from '../support/secrets.ts';

const limits = { depth: 2, entries: 100, entryBytes: 1 << 20, totalBytes: 4 << 20, ratio: 200 };
const box = sandbox();

/** A ustar archive of these files. */
function tar(files: Record<string, Uint8Array>): Buffer {
  const blocks: Buffer[] = [];
  for (const [name, bytes] of Object.entries(files)) {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write('0000644\0', 100);
    header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('        ', 148);
    header.write('0', 156);
    header.write('ustar\0', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    blocks.push(header, Buffer.from(bytes), Buffer.alloc((512 - (bytes.length % 512)) % 512));
  }
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

const paths = (name: string, bytes: Uint8Array, more: Partial<typeof limits> = {}) => {
  const { files, gaps } = openArchive(name, bytes, { ...limits, ...more });
  return { files: files.map((file) => file.path).sort(), gaps: gaps.map((gap) => `${gap.path}: ${gap.why}`) };
};

describe('an archive', () => {
  const text = strToU8('hello\n');

  it('is opened whatever its name says, and two deep', () => {
    const zip = zipSync({ 'a/b.txt': text, 'c.jar': zipSync({ 'd.env': text }) });
    assert.deepEqual(paths('x.bin', zip).files, ['x.bin!/a/b.txt', 'x.bin!/c.jar!/d.env']);
    assert.deepEqual(paths('x.tar', tar({ 'e.txt': text })).files, ['x.tar!/e.txt']);
    assert.deepEqual(paths('x.tgz', gzipSync(tar({ 'e.txt': text }))).files, ['x.tgz!/e.txt']);
    assert.deepEqual(paths('dir/x.sql.gz', gzipSync(text)).files, ['dir/x.sql.gz!/x.sql']);
    const three = zipSync({ 'one.zip': zipSync({ 'two.zip': zipSync({ 'three.txt': text }) }) });
    assert.match(paths('x.zip', three).gaps[0] ?? '', /two\.zip: an archive within 2 others was not opened/);
  });

  it('that is none gives nothing, and a damaged one is named', () => {
    assert.deepEqual(paths('a.zip', strToU8('not an archive')), { files: [], gaps: [] });
    const zip = zipSync({ 'a.txt': strToU8('hello '.repeat(100)) });
    for (const cut of [10, 40, zip.length - 30]) {
      const { files, gaps } = paths('a.zip', zip.subarray(0, cut));
      assert.equal(files.length, 0);
      assert.equal(gaps.length, 1, `cut at ${cut}`);
    }
  });

  it('that is a bomb stops at the limits of size, ratio and number, and says so', () => {
    const zeros = new Uint8Array(3 << 20);
    assert.match(paths('a.zip', zipSync({ 'z.bin': zeros })).gaps[0] ?? '', /larger than 1 MB/);
    assert.match(paths('a.zip', zipSync({ 'z.bin': zeros }), { entryBytes: 8 << 20 }).gaps[0] ?? '', /times larger/);
    assert.match(paths('a.gz', gzipSync(new Uint8Array(64 << 20))).gaps[0] ?? '', /more than 4 MB unpacked/);
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`f${at}.txt`, text]));
    const { files, gaps } = paths('a.zip', zipSync(many));
    assert.equal(files.length, 100);
    assert.ok(gaps.length > 0 && gaps.length <= 20);
    assert.match(gaps[0] ?? '', /more than 100 files/);
  });

  it('may claim any size: nothing is made longer than it claims', () => {
    const zip = zipSync({ 'a.txt': strToU8('hello '.repeat(1000)) });
    const at = Buffer.from(zip).lastIndexOf('PK\u0001\u0002');
    new DataView(zip.buffer, zip.byteOffset).setUint32(at + 24, 10, true);
    for (const file of openArchive('a.zip', zip, limits).files) assert.ok(file.bytes.length <= 10);
  });
});

describe('check --archives', () => {
  it('finds a secret in an archive in every scope; what is committed or pushed is opened without being asked', async () => {
    const repo = box.repository('archives');
    const secret = strToU8(`TOKEN=${generateSecret('github-token', 7)}\n`);
    repo.write('lib/app.jar', zipSync({ 'conf/prod.env': secret }));
    repo.write('backup.tar.gz', gzipSync(tar({ 'inner.zip': zipSync({ 'x.env': secret }) })));
    repo.git('add', '-A');
    const check = async (...words: string[]) => {
      const { out } = await runCli(['check', '--json', ...words], { cwd: repo.dir, env: box.env });
      return (JSON.parse(out) as { findings: { path: string }[] }).findings.map((one) => one.path).sort();
    };
    const both = ['backup.tar.gz!/inner.zip!/x.env', 'lib/app.jar!/conf/prod.env'];
    assert.deepEqual(await check('--staged'), both);
    assert.deepEqual(await check('.'), []);
    assert.deepEqual(await check('--staged', '--archives'), both);
    assert.deepEqual(await check('--archives', '.'), both);
    repo.git('commit', '-qm', 'archives');
    repo.git('rm', '-q', 'backup.tar.gz');
    repo.git('commit', '-qm', 'gone');
    assert.deepEqual(await check('--history', '--archives'), both);
    assert.deepEqual(await check('--history'), []);
  });

  it('what an archive held before is not new, and one with a finding or a gap is not remembered as looked at', async () => {
    const repo = box.repository('again');
    const secret = strToU8(`TOKEN=${generateSecret('github-token', 8)}\n`);
    repo.commit('a.zip', zipSync({ 'a.env': secret }));
    repo.write('a.zip', zipSync({ 'a.env': secret, 'b.txt': strToU8('more\n') }));
    repo.write('deep.gz', gzipSync(gzipSync(gzipSync(secret))));
    repo.git('add', '-A');
    const judged = await checkFully({ kind: 'staged' }, { cwd: repo.dir, env: box.env, gates: ['commit'] });
    assert.deepEqual(
      judged.report.findings.map((one) => [one.path, one.introduced]),
      [['a.zip!/a.env', false]],
    );
    assert.deepEqual(
      judged.report.skipped.map((one) => one.path),
      ['deep.gz'],
    );
    const remembered: string[] = [];
    learn({ add: ({ path }: { path: string }) => remembered.push(path) } as unknown as Known, judged);
    assert.ok(!remembered.includes('a.zip') && !remembered.includes('deep.gz'), String(remembered));
  });
});
