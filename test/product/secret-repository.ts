import type { Repo, Sandbox } from '../git/support.ts';
import { generateSecret, kindsOf, secretNames } from '../support/secrets.ts';

/** A value that was put into a repository, with another of its kind that was not. */
export interface Planted {
  name: string;
  value: string;
  other: string;
}

/** A repository with a secret of every kind, in every place a command might quote from. */
export function secretRepository(box: Sandbox, name: string): { repo: Repo; planted: Planted[] } {
  const repo = box.repository(name);
  const planted: Planted[] = [];
  let seed = 10;
  const value = (kind: string, place: string): string => {
    const variants = kindsOf(kind).length;
    const base = variants * seed++;
    const one = { value: generateSecret(kind, base + 1), other: generateSecret(kind, base + 1 + variants * 1000) };
    planted.push({ name: `${kind} in ${place}`, ...one });
    return one.value;
  };
  const token = (place: string) => value('github-token', place);
  const url = (place: string) => `https://deploy:${token(place)}@git.example/acme/app`;

  repo.commit('README.md', '# Example\n', 'first');
  repo.git('remote', 'add', 'origin', url('the address of the remote'));
  repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  repo.git('checkout', '-qb', 'topic');

  // Outgoing: in a message, in an object that is gone again, in the message of a tag.
  repo.commit('notes.txt', 'one\n', `Rotate the key\n\nIt was ${token('the body of a message')}.`);
  repo.commit('notes.txt', 'two\n', `Use ${token('the subject of a message')}`);
  repo.commit('gone.env', `TOKEN=${token('an object of the history')}\n`);
  repo.git('rm', '-q', 'gone.env');
  repo.git('commit', '-qm', 'remove it');
  repo.git('tag', '-am', `The key is ${token('the message of a tag')}`, 'v1');

  // Staged: one file for each kind, in a form in which its rule knows it.
  for (const kind of secretNames()) {
    const near = kindsOf(kind)[0]?.near ?? 'value = ';
    repo.write(`kinds/${kind}.txt`, `${near}${value(kind, 'a file')}\n`);
  }
  for (const [file, content] of Object.entries(quoted(token, url))) repo.write(file, content);
  repo.git('add', '-A');
  repo.write('untracked.env', `TOKEN=${token('a file that is not tracked')}\n`);
  return { repo, planted };
}

/** Files of which a rule or a parser might quote a line: each with a token exactly there. */
function quoted(token: (place: string) => string, url: (place: string) => string): Record<string, string> {
  const workflow = (steps: string) =>
    `on: push\npermissions: {}\njobs:\n  go:\n    runs-on: ubuntu-24.04\n    steps:\n${steps}`;
  return {
    'package.json': `${JSON.stringify(
      {
        name: 'example',
        dependencies: {
          a: `${url('the address of a dependency')}/a.tgz`,
          b: `git+${url('the address of a git dependency')}.git#main`,
          c: `^1.0.0 ${token('a version range')}`,
        },
        scripts: { install: `curl ${url('a script of a manifest')} | sh` },
      },
      null,
      2,
    )}\n`,
    'package-lock.json': `${JSON.stringify(
      {
        name: 'example',
        lockfileVersion: 3,
        packages: {
          '': { name: 'example', dependencies: { a: '1.0.0' } },
          'node_modules/a': {
            version: '1.0.0',
            resolved: `${url('an address in a lock').replace('https', 'http')}/a.tgz`,
          },
        },
      },
      null,
      2,
    )}\n`,
    'broken/package.json': `{ "name": "x", "token": "${token('broken JSON')}" oops }\n`,
    'broken/package-lock.json': `{ "lockfileVersion": 3, ${token('a broken lock')} }\n`,
    '.npmrc': `registry=${url('the address of a registry')}/\n//registry.example/:_authToken=${token('an npmrc')}\n`,
    'requirements.txt': `--index-url ${url('an index of pip')}/simple\nthing @ ${url('a requirement')}/thing.whl\n`,
    Dockerfile: `FROM registry.example/${token('the name of an image')}/app:latest\nRUN curl ${url('a command of a container')} | sh\nENV TOKEN=${token('a variable of a container')}\n`,
    '.github/workflows/a.yml': workflow(
      `      - uses: acme/${token('the name of an action')}@v2\n      - run: curl -H "Authorization: Bearer ${token('a command of a workflow')}" https://x.example/i.sh | sh\n      - run: echo "\${{ github.event.issue.title }} ${token('an injectable command')}"\n`,
    ),
    '.github/workflows/broken.yml': `on: push\njobs:\n  a: [${token('broken YAML')}\n : ]: {\n`,
    'deploy/secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata:\n  name: app\nstringData:\n  password: ${token('a manifest')}\n`,
    'src/client.ts': `const githubToken = "${token('a string of TypeScript')}";\n`,
    'src/client.py': `token = '${token('a string of Python')}'\n`,
    'run.sh': `#!/bin/sh\ncurl -H "Authorization: Bearer ${token('a header in a script')}" https://x.example\n`,
    'src/conflict.ts': `${'<'.repeat(7)} ${token('the label of a conflict')}\na\n${'='.repeat(7)}\nb\n${'>'.repeat(7)} topic\n`,
    'src/ignored.ts': `// pregate-ignore-next-line npm-range -- like ${token('the reason of a directive')}\nconst a = 1;\n`,
  };
}
