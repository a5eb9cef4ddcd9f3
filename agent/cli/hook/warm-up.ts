import { setImmediate as turn } from 'node:timers/promises';
import { check } from '../../gate/check.ts';
import type { Standing } from '../../gate/collect.ts';
import type { GitObject } from '../../git/objects.ts';

/** Times after which V8 has made what a plain commit runs about as fast as it will be. */
const enough = 150;
const files = 10;
let done = 0;

/**
 * Judges commits of our own making, which no repository holds, until V8 has compiled what a plain commit runs: a hook's first
 * answers would take three times as long. Nothing is written. Stops between two of them when `wanted` says that somebody waits;
 * the next call goes on from there.
 */
export async function warmUp(wanted: () => boolean, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  for (; done < enough && !wanted(); done++) {
    await check({ kind: 'staged' }, { cwd: '/', env, gates: ['commit'], standing: inventedCommit(done) });
    await turn();
  }
}

/** Ten changed sources of 4 KB, all of them invented. */
function inventedCommit(round: number): Standing {
  const oid = (file: number) => `${round * files + file + 1}`.padStart(40, '0');
  const contents = new Map(Array.from({ length: files }, (_, file) => [oid(file), Buffer.from(sourceOf(round, file))]));
  const changes = Array.from({ length: files }, (_, file) => ({
    path: `src/file${file}.ts`,
    status: 'M',
    oldMode: '100644',
    newMode: '100644',
    oldOid: head,
    newOid: oid(file),
  }));
  return {
    place: async () => place,
    config: async () => new Map(),
    objects: () => ({
      async read(name): Promise<GitObject | undefined> {
        const bytes = name === head ? before : contents.get(name);
        return bytes && { oid: name, type: 'blob', size: bytes.length, bytes, partial: false };
      },
      close() {},
    }),
    staged: { tree: head, changes },
  };
}

const head = 'f'.repeat(40);
const before = Buffer.from(sourceOf(0, 0));
const place = {
  root: '/',
  gitDir: '/nowhere',
  commonDir: '/nowhere',
  bare: false,
  shallow: false,
  head,
  branchRef: 'refs/heads/main',
  emptyTree: head,
};

/** The forms that sources are full of: imports, comments, calls, strings, numbers, addresses. */
function sourceOf(round: number, file: number): string {
  const lines = ["import { readFile } from 'node:fs/promises';", `/** Part ${file} of example ${round}. */`];
  for (let line = 0; line < 90; line++) {
    const value = (round * 7919 + file * 104_729 + line * 1_299_709) % 1_000_003;
    lines.push(
      line % 9 === 0
        ? `  if (options.retries > ${value}) return 'see https://example.com/${value}';`
        : `export const value${line} = compute(${value}, 'name ${value % 977}', { depth: ${line} });`,
    );
  }
  return `${lines.join('\n')}\n`;
}
