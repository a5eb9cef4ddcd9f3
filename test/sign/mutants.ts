/**
 * Signed commits and their mutants, for holding our verifier against git's own. A mutant is a commit object with something
 * changed in its signature, its headers or what was signed; it is written as a loose object, so that both sides read the
 * same bytes.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import type { Repo, Sandbox } from '../git/support.ts';
import { base64, type Random, randomFrom } from '../support/random.ts';

export interface Laboratory {
  repo: Repo;
  /** Raw commit objects with a good signature, by keys of several types. */
  originals: Buffer[];
}

/** A repository with good commits signed by Ed25519, ECDSA and RSA keys, and their allowed signers. */
export function laboratory(box: Sandbox, name = 'mutants'): Laboratory {
  const repo = box.repository(name);
  const keys = box.at(`${name}-keys`);
  mkdirSync(keys);
  const types = [
    ['ed25519', []],
    ['ecdsa', ['-b', '256']],
    ['rsa', ['-b', '2048']],
  ] as const;
  const lines: string[] = [];
  const originals: Buffer[] = [];
  repo.git('config', 'gpg.format', 'ssh');
  repo.git('config', 'gpg.ssh.allowedSignersFile', box.at(`${name}-signers`));
  for (const [type, options] of types) {
    const file = path.join(keys, type);
    execFileSync('ssh-keygen', ['-q', '-t', type, ...options, '-N', '', '-C', type, '-f', file], { env: repo.env });
    lines.push(`person@example.com namespaces="git" ${readFileSync(`${file}.pub`, 'utf8').trim()}`);
    for (let index = 0; index < 2; index++) {
      repo.write(`${type}-${index}.txt`, `${index}\n`);
      repo.git('add', '-A');
      repo.git('-c', `user.signingkey=${file}.pub`, 'commit', '-qS', '-m', `${type} ${index}\n\nwith a body`);
      originals.push(execFileSync('git', ['cat-file', 'commit', 'HEAD'], { cwd: repo.dir, env: repo.env }));
    }
  }
  writeFileSync(box.at(`${name}-signers`), `${lines.join('\n')}\n`);
  return { repo, originals };
}

/** One mutant of a commit; the same seed makes the same one. */
export function mutate({ originals }: Laboratory, seed: number): { object: Buffer; kind: string } {
  const random = randomFrom(seed);
  const original = pick(random, originals).toString('latin1');
  const kind = pick(random, Object.keys(mutations));
  const once = (mutations[kind] as Mutation)(original, random, originals);
  // Every fourth is mangled twice: two changes may meet where one alone is refused.
  const second = pick(random, Object.keys(mutations));
  if (random.below(4) > 0 || signatureOf(once).start < 0) return { object: Buffer.from(once, 'latin1'), kind };
  const twice = (mutations[second] as Mutation)(once, random, originals);
  return { object: Buffer.from(twice, 'latin1'), kind: `${kind} and ${second}` };
}

/** Writes commit objects into a repository and answers with their ids. */
export function writeCommits(repo: Repo, objects: readonly Buffer[]): string[] {
  return objects.map((object) => {
    const whole = Buffer.concat([Buffer.from(`commit ${object.length}\0`), object]);
    const oid = createHash('sha1').update(whole).digest('hex');
    const folder = path.join(repo.dir, '.git/objects', oid.slice(0, 2));
    const file = path.join(folder, oid.slice(2));
    mkdirSync(folder, { recursive: true });
    // A mutation may give back a commit that is there: git makes its objects read-only, and only root would write over one.
    if (!existsSync(file)) writeFileSync(file, deflateSync(whole, { level: 1 }));
    return oid;
  });
}

type Mutation = (commit: string, random: Random, all: readonly Buffer[]) => string;

const pick = <T>(random: Random, list: readonly T[]): T => list[random.below(list.length)] as T;

/** The signature as it stands in the commit: armour, continuation lines and all. */
function signatureOf(commit: string): { start: number; end: number; text: string } {
  const start = commit.indexOf('gpgsig ');
  const end = commit.indexOf('-----END SSH SIGNATURE-----', start) + '-----END SSH SIGNATURE-----'.length;
  return { start, end, text: commit.slice(start, end) };
}

function inSignature(commit: string, change: (text: string) => string): string {
  const { start, end, text } = signatureOf(commit);
  return commit.slice(0, start) + change(text) + commit.slice(end);
}

/** Replaces one character at a random place of what `pattern` finds first. */
function oneOf(text: string, pattern: RegExp, random: Random, by: (char: string) => string): string {
  const places = [...text.matchAll(pattern)];
  if (places.length === 0) return text;
  const at = pick(random, places).index;
  return text.slice(0, at) + by(text[at] as string) + text.slice(at + 1);
}

/** Decodes the armoured blob, lets `change` work on its bytes, and armours it again in lines of 70. */
function onBlob(commit: string, change: (blob: Buffer) => Buffer): string {
  return inSignature(commit, (text) => {
    const body = text.replace(/gpgsig |-----[^-]+-----|\s/g, '');
    const again = change(Buffer.from(body, 'base64'))
      .toString('base64')
      .replace(/(.{70})/g, '$1\n ')
      .replace(/\n $/, '');
    return `gpgsig -----BEGIN SSH SIGNATURE-----\n ${again}\n -----END SSH SIGNATURE-----`;
  });
}

const mutations: Record<string, Mutation> = {
  nothing: (commit) => commit,
  'base64 character': (commit, random) =>
    inSignature(commit, (text) => oneOf(text, /[A-Za-z0-9+/](?=[^\n]*\n)/g, random, () => pick(random, [...base64]))),
  'bit of the blob': (commit, random) =>
    onBlob(commit, (blob) => {
      const at = random.below(blob.length);
      blob[at] = (blob[at] as number) ^ (1 << random.below(8));
      return blob;
    }),
  'bytes after the blob': (commit, random) =>
    onBlob(commit, (blob) => Buffer.concat([blob, Buffer.alloc(1 + random.below(4), random.below(256))])),
  'blob cut short': (commit, random) => onBlob(commit, (blob) => blob.subarray(0, blob.length - 1 - random.below(20))),
  'foreign character in the armour': (commit, random) =>
    inSignature(commit, (text) =>
      oneOf(text, /[A-Za-z0-9+/]/g, random, (char) => char + pick(random, [...' \t-_=*\r.'])),
    ),
  'line of the armour': (commit, random) =>
    inSignature(commit, (text) => {
      const lines = text.split('\n');
      const at = random.below(lines.length);
      return random.below(2) === 0
        ? [...lines.slice(0, at), ...lines.slice(at + 1)].join('\n')
        : [...lines.slice(0, at), lines[at], ...lines.slice(at)].join('\n');
    }),
  'text around the armour': (commit, random) =>
    inSignature(commit, (text) =>
      random.below(2) === 0
        ? `${text}\n ${pick(random, ['more', '', ' ', '=', '-----'])}`
        : text.replace('gpgsig ', 'gpgsig x\n '),
    ),
  'case of the armour': (commit, random) =>
    inSignature(commit, (text) => oneOf(text, /[A-Z](?=[A-Z ]*-----)/g, random, (char) => char.toLowerCase())),
  'line ends': (commit) => inSignature(commit, (text) => text.replaceAll('\n', '\r\n')),
  'byte that was signed': (commit, random) => {
    const { start, end } = signatureOf(commit);
    const rest = commit.slice(end);
    const at = rest.indexOf('\n\n') + 2 + random.below(Math.max(1, rest.length - rest.indexOf('\n\n') - 2));
    return `${commit.slice(0, start)}${commit.slice(start, end)}${rest.slice(0, at)}${pick(random, ['x', ' ', '\n', '\0'])}${rest.slice(at + random.below(2))}`;
  },
  'header that was signed': (commit, random) =>
    pick(random, [
      commit.replace('author Test', 'author Best'),
      commit.replace(/committer (.*) (\d+) /, (_, who, when) => `committer ${who} ${Number(when) + 1} `),
      commit.replace('person@example.com', 'other@example.com'),
      commit.replace(/\ncommitter [^\n]*<[^>]*>/, '\ncommitter Other <other@example.com>'),
      commit.replace(/^tree [0-9a-f]{40}/, 'tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904'),
    ]),
  'header that was not there': (commit, random) =>
    pick(random, [
      commit.replace('\ngpgsig ', '\nencoding UTF-8\ngpgsig '),
      commit.replace('\ngpgsig ', '\nHG:extra x\ngpgsig '),
      commit.replace('-----END SSH SIGNATURE-----\n', '-----END SSH SIGNATURE-----\nextra after\n'),
      commit.replace('\ngpgsig ', '\ngpgsig-sha256 x\n y\ngpgsig '),
    ]),
  'second signature': (commit, random, all) => {
    const other = signatureOf(pick(random, all).toString('latin1')).text;
    return random.below(2) === 0
      ? commit.replace('\ngpgsig ', () => `\n${other}\ngpgsig `)
      : commit.replace('-----END SSH SIGNATURE-----\n', () => `-----END SSH SIGNATURE-----\n${other}\n`);
  },
  'signature of another commit': (commit, random, all) =>
    inSignature(commit, () => signatureOf(pick(random, all).toString('latin1')).text),
  'name of the header': (commit, random) =>
    commit.replace('\ngpgsig ', `\n${pick(random, ['gpgsig-sha256', 'GPGSIG', 'gpgsig\t', 'gpgsig  '])} `),
  'namespace or hash': (commit, random) =>
    onBlob(commit, (blob) =>
      Buffer.from(
        random.below(2) === 0
          ? blob
              .toString('latin1')
              .replace('\0\0\0\x03git', pick(random, ['\0\0\0\x03Git', '\0\0\0\x04file', '\0\0\0\0']))
          : blob.toString('latin1').replace('sha512', pick(random, ['sha256', 'sha384', 'SHA512'])),
        'latin1',
      ),
    ),
  'signature in the message': (commit) => {
    const { text } = signatureOf(commit);
    return `${inSignature(commit, () => 'x y')}\n${text.replace('gpgsig ', '').replaceAll('\n ', '\n')}\n`;
  },
};
