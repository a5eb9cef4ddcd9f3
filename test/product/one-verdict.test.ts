import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sandbox } from '../git/support.ts';
import { remote } from '../hooks/support.ts';
import { generateSecret } from '../support/secrets.ts';
import { product, startServer, toldByJson, toldByServer } from './support.ts';

const box = sandbox();
const shipped = product(box);

/** A staged change with something for every family of rules, on top of pushed commits that have findings of their own. */
function stagedChange(name: string) {
  const repo = box.repository(name);
  repo.commit('README.md', '# Example\n');
  repo.commit('.github/workflows/old.yml', workflow('acme/old@v1'));
  remote(box, repo);
  repo.git('push', '-q', '-u', 'origin', 'main');
  repo.write('config/deploy.env', `HOST=example\nTOKEN=${generateSecret('github-token', 61)}\n`);
  repo.write('src/näme with spaces.ts', `const key = '${generateSecret('npm-token', 61)}';\n`);
  repo.write('.github/workflows/new.yml', workflow('acme/deploy@v2'));
  repo.write('package.json', `${JSON.stringify({ name: 'a', dependencies: { 'left-pad': '^1.0.0' } }, null, 2)}\n`);
  repo.write('Dockerfile', 'FROM node:22\nRUN curl https://example.com/install.sh | sh\n');
  repo.write('requirements.txt', 'requests\n');
  repo.git('add', '-A');
  // The working tree says something else than the index: all doors must answer about the index.
  repo.write('config/deploy.env', 'HOST=example\n');
  repo.write('unstaged.env', `TOKEN=${generateSecret('gitlab-token', 61)}\n`);
  return repo;
}

function workflow(uses: string): string {
  return `on: push\npermissions: {}\njobs:\n  go:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: ${uses}\n`;
}

test('command line, hook and language server say the same about the same staged change', async () => {
  const repo = stagedChange('three doors');
  const check = shipped.run(['check', '--staged', '--json'], { cwd: repo.dir });
  const told = toldByJson(check.out);
  assert.equal(check.code, 1, check.err);
  for (const rule of ['github-token', 'npm-token', 'unpinned-uses', 'npm-no-lock', 'unpinned-images', 'py-unpinned']) {
    assert.ok(
      told.some((one) => one.endsWith(` ${rule}`)),
      `${rule} is missing in\n${told.join('\n')}`,
    );
  }

  const server = await startServer(shipped, repo.dir, box.env);
  try {
    assert.deepEqual(await toldByServer(server, repo.dir), told);
  } finally {
    await server.close();
  }

  const hook = shipped.run(['hook', 'pre-commit'], { cwd: repo.dir });
  assert.equal(hook.code, 1, hook.err);
  assert.deepEqual(toldByHook(hook.err), blocking(check.out));
});

test('the hook that git runs refuses what the other doors refuse, and accepts what they accept', () => {
  const repo = stagedChange('by git');
  const installed = shipped.run(['init', '--yes'], { cwd: repo.dir });
  assert.equal(installed.code, 0, installed.err);
  const head = repo.git('rev-parse', 'HEAD');
  const refused = repo.tryGit(['commit', '-m', 'three doors']);
  assert.notEqual(refused.code, 0);
  const check = shipped.run(['check', '--staged', '--json'], { cwd: repo.dir });
  assert.deepEqual(toldByHook(refused.output), blocking(check.out));
  assert.equal(repo.git('rev-parse', 'HEAD'), head);

  repo.git('rm', '-qf', '--cached', '--', 'config/deploy.env', 'src/näme with spaces.ts');
  assert.deepEqual(blocking(shipped.run(['check', '--staged', '--json'], { cwd: repo.dir }).out), []);
  const accepted = repo.tryGit(['commit', '-qm', 'three doors']);
  assert.equal(accepted.code, 0, accepted.output);
  assert.notEqual(repo.git('rev-parse', 'HEAD'), head);
});

/** Place and rule of the findings that close the commit gate. */
function blocking(json: string): string[] {
  const report = JSON.parse(json) as { findings: { rule: string; path: string; line: number; blocks: string[] }[] };
  return report.findings
    .filter((one) => one.blocks.includes('commit'))
    .map((one) => `${one.path}:${one.line} ${one.rule}`)
    .sort();
}

/** Place and rule of the reasons in the hook's text: the lines between the first and `Not stopping`. */
function toldByHook(text: string): string[] {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => /^(Not stopping|Nothing was)/.test(line));
  const found = lines.slice(1, end).flatMap((line) => {
    const match = /^ {2}(\S.*?:\d+) {2,}([a-z][a-z-]+) /.exec(line);
    return match ? [`${match[1]} ${match[2]}`] : [];
  });
  return found.sort();
}
