import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Repo } from '../../test/git/support.ts';
import { type Case, commitAll, commitObject, line, object } from './case.ts';

/** Commits, tags, notes and refs that hold a secret where a difference of files does not show it. */
export const historyCases: Case[] = [
  {
    name: 'removed by a later commit of the same push',
    plant(r, secret) {
      r.write('config.env', line(secret));
      commitAll(r);
      r.git('rm', '-q', 'config.env');
      commitAll(r);
    },
  },
  {
    name: 'a merge that holds what neither parent has',
    plant(r, secret) {
      merge(r, () => r.write('config.env', line(secret)));
    },
  },
  {
    name: 'such a merge, and a commit that removes it',
    plant(r, secret) {
      merge(r, () => r.write('config.env', line(secret)));
      r.git('rm', '-q', 'config.env');
      commitAll(r);
    },
  },
  {
    name: 'a branch merged with `-s ours`, whose files the merge drops',
    plant(r, secret) {
      r.git('checkout', '-q', '-b', 'side');
      r.write('config.env', line(secret));
      commitAll(r);
      r.git('checkout', '-q', 'main');
      r.write('a.txt', 'a\n');
      commitAll(r);
      r.git('merge', '-q', '-s', 'ours', '--no-edit', '--no-verify', 'side');
    },
  },
  {
    name: 'a file that is renamed and changed a little',
    plant(r, secret) {
      const text = Array.from({ length: 200 }, (_, at) => `LINE_${at}=value\n`).join('');
      r.write('old.env', text);
      commitAll(r);
      r.git('mv', 'old.env', 'new.env');
      r.write('new.env', text + line(secret));
      r.git('add', '-A');
    },
  },
  {
    name: 'a commit that a later one reverts',
    plant(r, secret) {
      r.write('config.env', line(secret));
      commitAll(r);
      r.git('revert', '--no-edit', 'HEAD');
    },
  },
  {
    name: 'an orphan branch',
    refs: ['refs/heads/pages'],
    plant(r, secret) {
      r.git('checkout', '-q', '--orphan', 'pages');
      r.write('config.env', line(secret));
      commitAll(r);
    },
  },
  {
    name: 'a stash that is pushed',
    refs: ['refs/stash'],
    plant(r, secret) {
      r.write('README', line(secret));
      r.git('stash', '-q');
    },
  },
  ref('the message of a commit', (r, secret) => commitObject(r, { message: `fix\n\nused ${secret}` })),
  ref('a message in UTF-16', (r, secret) => {
    const [head] = commitText(r, '');
    return object(r, 'commit', Buffer.concat([Buffer.from(head), Buffer.from(`fix ${secret}\n`, 'utf16le')]));
  }),
  ref('a message in another encoding', (r, secret) =>
    commitObject(r, { headers: ['encoding ISO-8859-1'], message: `caf\u00e9 ${secret}` }),
  ),
  ref('the name of an author', (r, secret) => commitObject(r, { person: `${secret} <person@example.com>` })),
  ref('the address of an author', (r, secret) => commitObject(r, { person: `A <${secret}@example.com>` })),
  ref('a header of a commit that git does not know', (r, secret) => commitObject(r, { headers: [`x-note ${secret}`] })),
  ref('the message of a tag that a merge carries (`mergetag`)', (r, secret) => {
    const head = r.git('rev-parse', 'HEAD');
    const tag = `object ${head}\n type commit\n tag v1\n tagger T <t@example.com> 1767225600 +0000\n \n note ${secret}`;
    return commitObject(r, { headers: [`mergetag ${tag}`] });
  }),
  ref('a signature that is none', (r, secret) =>
    commitObject(r, { headers: [`gpgsig -----BEGIN SSH SIGNATURE-----\n ${secret}\n -----END SSH SIGNATURE-----`] }),
  ),
  {
    name: 'the message of a tag',
    refs: ['refs/tags/v1'],
    pushOnly: true,
    plant: (r, secret) => void r.git('tag', '-a', '-m', `note ${secret}`, 'v1'),
  },
  {
    name: 'a tag of a tag',
    refs: ['refs/tags/v2'],
    pushOnly: true,
    plant(r, secret) {
      r.git('tag', '-a', '-m', `note ${secret}`, 'v1');
      r.git('tag', '-a', '-m', 'outer', 'v2', 'v1');
    },
  },
  {
    name: 'the name of the person who made a tag',
    refs: ['refs/tags/v1'],
    pushOnly: true,
    plant(r, secret) {
      const head = r.git('rev-parse', 'HEAD');
      const text = `object ${head}\ntype commit\ntag v1\ntagger ${secret} <a@example.com> 1767225600 +0000\n\nnote\n`;
      r.git('update-ref', 'refs/tags/v1', object(r, 'tag', text));
    },
  },
  {
    name: 'a note',
    refs: ['refs/notes/commits'],
    pushOnly: true,
    plant: (r, secret) => void r.git('notes', 'add', '-m', `note ${secret}`),
  },
  {
    name: 'a tag on a blob',
    refs: ['refs/tags/blob'],
    pushOnly: true,
    plant: (r, secret) => void r.git('tag', 'blob', object(r, 'blob', line(secret))),
  },
  {
    name: 'a tag on a tree',
    refs: ['refs/tags/tree'],
    pushOnly: true,
    plant(r, secret) {
      const blob = object(r, 'blob', line(secret));
      const tree = r.tryGit(['mktree'], { input: `100644 blob ${blob}\tconfig.env\n` }).output.trim();
      r.git('tag', 'tree', tree);
    },
  },
  {
    name: 'a ref of a kind of its own',
    refs: ['refs/meta/config'],
    plant(r, secret) {
      r.git('checkout', '-q', '-b', 'side');
      r.write('config.env', line(secret));
      r.git('update-ref', 'refs/meta/config', commitAll(r));
      r.git('checkout', '-q', 'main');
    },
  },
  {
    name: 'the name of a branch',
    refs: [],
    pushOnly: true,
    plant: (r, secret) => void r.git('branch', `fix/${secret}`),
  },
  {
    name: '`git replace`: a clean blob is shown in its place',
    plant(r, secret) {
      r.write('config.env', line(secret));
      r.git('add', '-A');
      r.git('replace', r.git('rev-parse', ':config.env'), object(r, 'blob', 'TOKEN=\n'));
    },
  },
  {
    name: '`git replace`: a clean commit is shown in its place',
    plant(r, secret) {
      const clean = r.git('rev-parse', 'HEAD');
      r.write('config.env', line(secret));
      const bad = commitAll(r);
      r.git('rm', '-q', 'config.env');
      commitAll(r);
      r.git('replace', bad, clean);
    },
  },
  {
    name: 'grafts: history is shown without the commit',
    plant(r, secret) {
      const base = r.git('rev-parse', 'HEAD');
      r.write('config.env', line(secret));
      commitAll(r);
      r.git('rm', '-q', 'config.env');
      const top = commitAll(r);
      writeFileSync(path.join(r.dir, '.git/info/grafts'), `${top} ${base}\n`);
    },
  },
  {
    name: 'a tracking ref written by hand, so that nothing seems to be outgoing',
    refs: ['refs/heads/feature'],
    plant(r, secret) {
      r.git('checkout', '-q', '-b', 'feature');
      r.write('config.env', line(secret));
      r.git('update-ref', 'refs/remotes/origin/fake', commitAll(r));
    },
  },
  {
    name: 'a tracking ref written by a fetch of the repository from itself',
    refs: ['refs/heads/feature'],
    plant(r, secret) {
      r.git('checkout', '-q', '-b', 'feature');
      r.write('config.env', line(secret));
      commitAll(r);
      r.git('fetch', '-q', '.', 'HEAD:refs/remotes/origin/fake');
    },
  },
  {
    name: 'a tracking ref without a log, written by hand and packed',
    refs: ['refs/heads/feature'],
    plant(r, secret) {
      r.git('checkout', '-q', '-b', 'feature');
      r.write('config.env', line(secret));
      r.git('-c', 'core.logAllRefUpdates=false', 'update-ref', 'refs/remotes/origin/fake', commitAll(r));
      r.git('pack-refs', '--all');
    },
  },
  {
    name: 'the tracking ref of the pushed branch, with a log as of a push',
    refs: ['refs/heads/feature'],
    plant(r, secret) {
      r.git('checkout', '-q', '-b', 'feature');
      r.write('config.env', line(secret));
      r.git('update-ref', '--create-reflog', '-m', 'update by push', 'refs/remotes/origin/feature', commitAll(r));
    },
  },
  {
    name: 'known where the remote is fetched from, and pushed to another repository',
    refs: ['refs/heads/feature'],
    plant(r, secret) {
      r.git('checkout', '-q', '-b', 'feature');
      r.write('config.env', line(secret));
      commitAll(r);
      r.git('push', '-q', '--no-verify', 'origin', 'feature:main');
      r.git('init', '-q', '--bare', `${r.dir}-public.git`);
      r.git('config', 'remote.origin.pushurl', `${r.dir}-public.git`);
    },
  },
  {
    name: 'known to another remote already',
    plant(r, secret) {
      r.git('init', '-q', '--bare', `${r.dir}-other.git`);
      r.git('remote', 'add', 'other', `${r.dir}-other.git`);
      r.write('config.env', line(secret));
      commitAll(r);
      r.git('push', '-q', '--no-verify', 'other', 'main');
    },
  },
  {
    name: 'objects of another repository (alternates)',
    plant(r, secret) {
      const other = `${r.dir}-objects`;
      r.git('init', '-q', '--bare', other);
      const blob = r
        .tryGit(['--git-dir', other, 'hash-object', '-w', '--stdin'], { input: line(secret) })
        .output.trim();
      writeFileSync(path.join(r.dir, '.git/objects/info/alternates'), `${path.join(other, 'objects')}\n`);
      r.git('update-index', '--add', '--cacheinfo', `100644,${blob},config.env`);
    },
  },
  {
    name: 'behind the boundary of a shallow clone',
    plant(r, secret) {
      r.write('config.env', line(secret));
      commitAll(r);
      r.git('rm', '-q', 'config.env');
      const top = commitAll(r);
      writeFileSync(path.join(r.dir, '.git/shallow'), `${top}\n`);
    },
    harmless: 'git does not send what is behind the boundary: it takes the clone for all there is, and so do we',
  },
  {
    name: 'excluded by a `pregate.yaml` of the same push',
    plant(r, secret) {
      r.write('pregate.yaml', 'version: 1\nexclude: ["**"]\n');
      r.write('config.env', line(secret));
      r.git('add', '-A');
    },
    pushOnly: true,
  },
  {
    name: 'excused by a comment of the same push',
    plant(r, secret) {
      r.write('a.ts', `// pregate-ignore-next-line github-token -- not real\nconst t = '${secret}';\n`);
      r.git('add', '-A');
    },
    pushOnly: true,
  },
];

/** A commit object on top of `main`, which becomes `main`. */
function ref(name: string, make: (r: Repo, secret: string) => string): Case {
  return { name, pushOnly: true, plant: (r, secret) => void r.git('update-ref', 'refs/heads/main', make(r, secret)) };
}

function commitText(r: Repo, message: string): [head: string, message: string] {
  const oid = commitObject(r, { message });
  const text = r.git('cat-file', 'commit', oid);
  return [text.slice(0, text.indexOf('\n\n') + 2), message];
}

function merge(r: Repo, change: () => void): void {
  r.git('checkout', '-q', '-b', 'side');
  r.write('side.txt', 's\n');
  commitAll(r);
  r.git('checkout', '-q', 'main');
  r.write('main.txt', 'm\n');
  commitAll(r);
  r.git('merge', '-q', '--no-commit', '--no-ff', 'side');
  change();
  commitAll(r, 'merge');
}
