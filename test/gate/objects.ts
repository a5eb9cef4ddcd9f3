import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';

export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag';

/** One file of a tree. */
export interface TreeFile {
  oid: string;
  /** Octal text: `100644`, `100755`, `120000`, `160000`. */
  mode: string;
}

/** Path → file. A path is bytes, one per character (Latin-1), with `/` between its parts. */
export type Files = ReadonlyMap<string, TreeFile>;

/**
 * Writes a loose object (gitformat-loose) and returns its SHA-1 id. Objects are written by hand because thousands of
 * them are needed and each git process costs milliseconds; the receiving git checks every one (`receive.fsckObjects`).
 */
export function writeObject(gitDir: string, type: ObjectType, content: Uint8Array | string): string {
  const body = typeof content === 'string' ? Buffer.from(content) : content;
  const bytes = Buffer.concat([Buffer.from(`${type} ${body.length}\0`), body]);
  const oid = createHash('sha1').update(bytes).digest('hex');
  const folder = path.join(gitDir, 'objects', oid.slice(0, 2));
  const file = path.join(folder, oid.slice(2));
  if (existsSync(file)) return oid;
  mkdirSync(folder, { recursive: true });
  const temporary = path.join(folder, `tmp_obj_${randomBytes(6).toString('hex')}`);
  writeFileSync(temporary, deflateSync(bytes, { level: 1 }), { mode: 0o444 });
  renameSync(temporary, file);
  return oid;
}

/** Writes the tree that holds `files`, with all its subtrees. */
export function writeTree(gitDir: string, files: Files): string {
  const folders = new Map<string, Map<string, TreeFile>>();
  const entries: { name: string; file: TreeFile }[] = [];
  for (const [name, file] of files) {
    const slash = name.indexOf('/');
    if (slash === -1) {
      entries.push({ name, file });
      continue;
    }
    const folder = name.slice(0, slash);
    const inner = folders.get(folder) ?? new Map<string, TreeFile>();
    inner.set(name.slice(slash + 1), file);
    folders.set(folder, inner);
  }
  for (const [name, inner] of folders) {
    entries.push({ name, file: { oid: writeTree(gitDir, inner), mode: '40000' } });
  }
  const sortKey = (entry: (typeof entries)[number]) => (entry.file.mode === '40000' ? `${entry.name}/` : entry.name);
  // Latin-1 strings compare as their bytes do, which is git's order; a folder sorts as if a slash followed its name.
  entries.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  const parts = entries.flatMap(({ name, file }) => [
    Buffer.from(`${file.mode} ${name}\0`, 'latin1'),
    Buffer.from(file.oid, 'hex'),
  ]);
  return writeObject(gitDir, 'tree', Buffer.concat(parts));
}

/** Makes `git replace` show `shown` wherever `real` is read in this repository; what is pushed stays `real`. */
export function replaceObject(gitDir: string, real: string, shown: string): void {
  mkdirSync(path.join(gitDir, 'refs', 'replace'), { recursive: true });
  writeFileSync(path.join(gitDir, 'refs', 'replace', real), `${shown}\n`);
}

export interface CommitParts {
  tree: string;
  parents: readonly string[];
  author: string;
  committer: string;
  message: string;
}

/** The bytes of a commit without a signature; `author` and `committer` are `Name <address> seconds zone`. */
export function commitPayload({ tree, parents, author, committer, message }: CommitParts): string {
  const lines = [`tree ${tree}`, ...parents.map((parent) => `parent ${parent}`), `author ${author}`];
  return `${[...lines, `committer ${committer}`].join('\n')}\n\n${message}`;
}

/** Puts a signature where git does: as the last header, continuation lines indented by one space. */
export function withSignature(payload: string, armour: string | undefined): string {
  if (armour === undefined) return payload;
  const end = payload.indexOf('\n\n') + 1;
  return `${payload.slice(0, end)}gpgsig ${armour.trimEnd().replaceAll('\n', '\n ')}\n${payload.slice(end)}`;
}
