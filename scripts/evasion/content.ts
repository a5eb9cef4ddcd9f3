import { symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import type { Repo } from '../../test/git/support.ts';
import { type Case, line } from './case.ts';

/** Files whose bytes, attributes or names hide what is in them. */
export const contentCases: Case[] = [
  file('nothing hidden (control)', 'config.env', (secret) => line(secret)),
  file('UTF-8 with a byte order mark', 'config.env', (secret) => `\ufeff${line(secret)}`),
  file('UTF-16 little endian with a byte order mark', 'config.env', (secret) => wide(`\ufeff${line(secret)}`)),
  file('UTF-16 big endian with a byte order mark', 'config.env', (secret) => wide(`\ufeff${line(secret)}`).swap16()),
  file('UTF-16 little endian without one', 'config.env', (secret) => wide(line(secret))),
  file('UTF-16 big endian without one', 'config.env', (secret) => wide(line(secret)).swap16()),
  file('UTF-32 with a byte order mark', 'config.env', (secret) => wider(`\ufeff${line(secret)}`)),
  file('UTF-32 without one', 'config.env', (secret) => wider(line(secret))),
  file('UTF-16 in a script whose characters have no NUL bytes', 'notes.txt', (secret) =>
    wide(`${'口令在这里'.repeat(400)}\n${line(secret)}`),
  ),
  file('UTF-16 text behind an ASCII head', 'export.reg', (secret) =>
    Buffer.concat([Buffer.from('Windows Registry Editor Version 5.00\r\n\r\n'), wide(line(secret))]),
  ),
  file('a mark of UTF-16 before ASCII', 'config.env', (secret) =>
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(line(secret))]),
  ),
  file('a mark of UTF-32 before ASCII', 'config.env', (secret) =>
    Buffer.concat([Buffer.from([0, 0, 0xfe, 0xff]), Buffer.from(line(secret))]),
  ),
  file('ASCII behind 6 KB of UTF-16', 'export.log', (secret) =>
    Buffer.concat([wide('all is well\n'.repeat(250)), Buffer.from(line(secret))]),
  ),
  file('UTF-16 that a single byte puts out of step', 'config.env', (secret) =>
    Buffer.concat([wide('\ufeffA=1\n'), Buffer.from('\n'), wide(line(secret))]),
  ),
  file('big endian text behind a little endian mark', 'config.env', (secret) =>
    Buffer.concat([wide('\ufeff'), wide(line(secret)).swap16()]),
  ),
  file('UTF-32 text behind an ASCII head', 'export.reg', (secret) =>
    Buffer.concat([Buffer.from('Windows Registry Editor Version 5.00\r\n\r\n'), wider(line(secret))]),
  ),
  file('bytes that are no UTF-8 around it', 'config.env', (secret) =>
    Buffer.concat([Buffer.from([0xff, 0xe9, 0x80, 0x0a]), Buffer.from(line(secret)), Buffer.from([0xc3, 0x28])]),
  ),
  file('CRLF line ends', 'config.env', (secret) => `A=1\r\n${line(secret).trim()}\r\nB=2\r\n`),
  file('carriage returns alone', 'config.env', (secret) => `A=1\r${line(secret).trim()}\rB=2\r`),
  file('NUL bytes before it (binary for git)', 'data.bin', (secret) => `\0\0\0\u0001${line(secret)}`),
  file('in the strings of a program', 'tool.bin', (secret) =>
    Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46]), noise(60_000), Buffer.from(`\0${secret}\0`), noise(60_000)]),
  ),
  file('wide strings of a program', 'tool.exe', (secret) =>
    Buffer.concat([Buffer.from('MZ'), noise(20_001), wide(`token=${secret}`), noise(20_000)]),
  ),
  file(
    'one line of 2 MB',
    'bundle.js',
    (secret) => `${'var a=1;'.repeat(128_000)}t="${secret}";${'b();'.repeat(256_000)}`,
  ),
  file('the middle of 12 MB', 'dump.sql', (secret) => `${rows(150_000)}${line(secret)}${rows(150_000)}`),
  file('the middle of 3 MB that are not text', 'image.raw', (secret) =>
    Buffer.concat([noise(1_500_000), Buffer.from(`\0${secret}\0`), noise(1_500_000)]),
  ),
  file(
    'a lock file',
    'package-lock.json',
    (secret) =>
      `${JSON.stringify({ name: 'a', lockfileVersion: 3, packages: { '': { name: 'a', token: secret } } }, null, 2)}\n`,
  ),
  file('a file that is usually generated', 'dist/vendor/app.min.js', (secret) => `const t="${secret}";\n`),
  file('a folder of dependencies', 'node_modules/left/index.js', (secret) => `const t = '${secret}';\n`),
  file('a test', 'tests/fixtures/example.test.ts', (secret) => `const t = '${secret}';\n`),
  file('percent-encoded', 'url.txt', (secret) => `https://example.com/?t=${percent(secret)}\n`),
  file('Base64 of it', 'kube.txt', (secret) => `${Buffer.from(line(secret)).toString('base64')}\n`, {
    missed: 'Base64 is decoded where a format says so (a Kubernetes Secret, an Authorization header), not everywhere',
  }),
  file(
    'a Kubernetes Secret',
    'secret.yaml',
    (secret) =>
      `apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\ndata:\n  token: ${Buffer.from(secret).toString('base64')}\n`,
  ),
  file('split into two strings', 'a.ts', (secret) => `const t = '${secret.slice(0, 9)}' + '${secret.slice(9)}';\n`, {
    missed: 'the value is in no object; only running the program would join it',
  }),
  file('a zip archive', 'a.zip', (secret) => zip('config.env', secret)),
  file('an archive in an archive', 'b.zip', (secret) => Buffer.from(zipSync({ 'a.zip': zip('x.env', secret) }))),
  file('gzip', 'config.env.gz', (secret) => gzipSync(line(secret))),
  attribute('`* -diff`', '* -diff\n'),
  attribute('`* binary`', '* binary\n'),
  attribute('`* linguist-generated export-ignore`', '* linguist-generated export-ignore\n'),
  attribute('a diff driver whose textconv shows nothing', '* diff=nothing\n', { 'diff.nothing.textconv': 'true' }),
  attribute('an external diff that prints nothing', '* diff=nothing\n', { 'diff.nothing.command': 'true' }),
  {
    name: 'a smudge filter that shows other content in the working tree',
    plant(r, secret) {
      r.git('config', 'filter.hide.smudge', "sed 's/TOKEN=.*/TOKEN=/'");
      r.git('config', 'filter.hide.clean', 'cat');
      write(r, '.gitattributes', '*.env filter=hide\n');
      write(r, 'config.env', line(secret));
      r.git('add', '-A', '.');
      write(r, 'config.env', 'TOKEN=\n');
    },
  },
  {
    name: '`working-tree-encoding=UTF-16`: other bytes in the working tree than in the object',
    plant(r, secret) {
      write(r, '.gitattributes', '*.env working-tree-encoding=UTF-16 text\n');
      writeFileSync(path.join(r.dir, 'config.env'), wide(`\ufeff${line(secret)}`));
      r.git('add', '-A', '.');
    },
  },
  {
    name: '`ident`: git rewrites a line of the file',
    plant(r, secret) {
      write(r, '.gitattributes', '*.env ident\n');
      write(r, 'config.env', `# $Id: ${secret} $\n${line(secret)}`);
      r.git('add', '-A', '.');
    },
  },
  {
    name: 'staged, and gone from the working tree',
    plant(r, secret) {
      write(r, 'config.env', line(secret));
      r.git('add', '-A', '.');
      write(r, 'config.env', 'TOKEN=\n');
    },
  },
  {
    name: 'the target of a symbolic link',
    plant(r, secret) {
      symlinkSync(`/var/run/${secret}`, path.join(r.dir, 'link'));
      r.git('add', '-A', '.');
    },
  },
  {
    name: 'the name of a file',
    plant(r, secret) {
      write(r, `notes-${secret}.txt`, 'nothing\n');
      r.git('add', '-A', '.');
    },
  },
  {
    name: 'the name of a folder',
    plant(r, secret) {
      write(r, `${secret}/a.txt`, 'nothing\n');
      r.git('add', '-A', '.');
    },
  },
  {
    name: 'a file whose name has a line feed and bytes that are no UTF-8',
    plant(r, secret) {
      const name = Buffer.concat([Buffer.from(`${r.dir}/a\n`), Buffer.from([0xe9]), Buffer.from('".env')]);
      writeFileSync(name, line(secret));
      r.git('add', '-A', '.');
    },
  },
  {
    name: 'two names that differ in case, one of them clean',
    plant(r, secret) {
      const at = r.git('rev-parse', '--show-prefix');
      const bad = r.tryGit(['hash-object', '-w', '--stdin'], { input: line(secret) }).output.trim();
      const good = r.tryGit(['hash-object', '-w', '--stdin'], { input: 'TOKEN=\n' }).output.trim();
      r.git('update-index', '--add', '--cacheinfo', `100644,${bad},${at}Config.env`);
      r.git('update-index', '--add', '--cacheinfo', `100644,${good},${at}config.env`);
    },
  },
  {
    name: 'the address of a submodule',
    plant(r, secret) {
      write(r, '.gitmodules', `[submodule "a"]\n\tpath = a\n\turl = https://x:${secret}@git.example.com/a.git\n`);
      r.git('add', '-A', '.');
    },
  },
  {
    name: 'the content of a submodule',
    plant(r) {
      const commit = r.git('rev-parse', 'HEAD');
      write(r, '.gitmodules', '[submodule "a"]\n\tpath = a\n\turl = https://git.example.com/a.git\n');
      r.git('add', '-A', '.');
      r.git('update-index', '--add', '--cacheinfo', `160000,${commit},${r.git('rev-parse', '--show-prefix')}a`);
    },
    harmless: 'a submodule is another repository: this push sends its id only, and the verdict says so',
  },
  {
    name: 'content in LFS',
    plant(r) {
      write(r, 'a.bin', `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 40\n`);
      r.git('add', '-A', '.');
    },
    missed: 'git sends a pointer, and LFS sends the content on its own way; the verdict names the file as not read',
  },
  {
    name: 'an LFS pointer that holds more than a pointer',
    plant(r, secret) {
      const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 40\n`;
      write(r, 'a.bin', `${pointer}x-note ${secret}\n`);
      r.git('add', '-A', '.');
    },
  },
];

function file(
  name: string,
  at: string,
  content: (secret: string) => string | Buffer,
  more: Pick<Case, 'missed'> = {},
): Case {
  return {
    name,
    plant(r, secret) {
      write(r, at, content(secret));
      r.git('add', '-A', '-f', '.');
    },
    ...more,
  };
}

function attribute(name: string, attributes: string, config: Record<string, string> = {}): Case {
  return {
    name,
    plant(r, secret) {
      for (const [key, value] of Object.entries(config)) r.git('config', key, value);
      write(r, '.gitattributes', attributes);
      write(r, 'config.env', line(secret));
      r.git('add', '-A', '.');
    },
  };
}

function write(r: Repo, name: string, content: string | Buffer): void {
  r.write(name, content);
}

const wide = (text: string): Buffer => Buffer.from(text, 'utf16le');

function wider(text: string): Buffer {
  const out = Buffer.alloc([...text].length * 4);
  for (const [at, character] of [...text].entries()) out.writeUInt32LE(character.codePointAt(0) as number, at * 4);
  return out;
}

/** Bytes of the upper half that look like nothing, the same at every run. */
function noise(size: number): Buffer {
  const out = Buffer.alloc(size);
  let state = 1;
  for (let at = 0; at < size; at++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    out[at] = at % 97 === 0 ? 0 : 128 + (state & 127);
  }
  return out;
}

function rows(count: number): string {
  return Array.from({ length: count }, (_, at) => `INSERT INTO log VALUES (${at}, 'ok');`).join('\n');
}

function percent(text: string): string {
  return [...text].map((one) => `%${one.charCodeAt(0).toString(16)}`).join('');
}

function zip(name: string, secret: string): Buffer {
  return Buffer.from(zipSync({ [name]: Buffer.from(line(secret)) }));
}
