import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { rotationPage } from '../../agent/fixes/rotation.ts';
import { allMetas } from '../../agent/rules/registry.ts';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';
import { generateSecret } from '../support/secrets.ts';

const box = sandbox();
const token = generateSecret('github-token', 7);

/** Runs `pregate fix` on the line that holds the token and gives what the file says then; `§` stands for the token. */
async function fixed(file: string, content: string, others: Record<string, string> = {}) {
  const repo = box.repository(`r${Math.random().toString(36).slice(2)}`);
  repo.write(file, content.replaceAll('§', token));
  for (const [name, text] of Object.entries(others)) repo.write(name, text);
  const line = content.slice(0, content.indexOf('§')).split('\n').length;
  const run = await runCli(['fix', `${file}:${line}`], { cwd: repo.dir, env: box.env });
  const read = (name: string) =>
    existsSync(path.join(repo.dir, name)) ? readFileSync(path.join(repo.dir, name), 'utf8') : undefined;
  assert.ok(!`${run.out}${run.err}`.includes(token.slice(6, 14)), 'the value is shown');
  return { ...run, text: read(file), example: read('.env.example'), read };
}

describe('pregate fix', () => {
  it('writes the file and the example, and says what is left to do', async () => {
    const one = await fixed('a.ts', "const githubToken = '§';\n");
    assert.equal(one.code, 0, one.out + one.err);
    assert.equal(one.text, 'const githubToken = process.env.GITHUB_TOKEN!;\n');
    assert.equal(one.example, 'GITHUB_TOKEN=\n');
    assert.match(one.out, /Set it where this runs\. If it was ever committed: revoke it at https:\/\/github\.com/);
  });

  it('names a secret of the repository in a workflow, and a variable in Terraform, without an example file', async () => {
    const workflow =
      'on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make\n        env:\n          GITHUB_TOKEN: §\n';
    const one = await fixed('.github/workflows/a.yml', workflow);
    assert.match(one.text ?? '', /GITHUB_TOKEN: \$\{\{ secrets\.GH_TOKEN \}\}\n$/);
    assert.equal(one.example, undefined);
    const two = await fixed('main.tf', 'provider "github" {\n  token = "§"\n}\n');
    assert.equal(
      two.text,
      'provider "github" {\n  token = var.github_token\n}\n\nvariable "github_token" {\n  type      = string\n  sensitive = true\n}\n',
    );
    assert.equal(two.example, undefined);
  });

  it('adds the name to the nearest example file, once', async () => {
    const content = "const deployToken = '§';\n";
    const nearest = await fixed('app/src/a.ts', content, { 'app/.env.example': 'A=1', '.env.example': 'B=2\n' });
    assert.equal(nearest.example, 'B=2\nDEPLOY_TOKEN=\n');
    const known = await fixed('a.ts', content, { '.env.example': '# tokens\nDEPLOY_TOKEN=\n' });
    assert.equal(known.code, 0, known.err);
    assert.equal(known.example, '# tokens\nDEPLOY_TOKEN=\n');
  });
});

it('says what to do where no fix is right, and changes nothing', async () => {
  const ways: [file: string, content: string, way: RegExp][] = [
    ['a.json', '{ "token": "§" }\n', /JSON has no references/],
    ['.env', 'DEPLOY_TOKEN=§\n', /git rm --cached/],
    ['Dockerfile', 'FROM alpine\nARG TOKEN=§\n', /RUN --mount=type=secret/],
    ['a.rs', 'const TOKEN: &str = "§";\n', /when the program starts/],
    ['chart/values.yaml', 'token: §\n', /existing Secret/],
  ];
  for (const [file, content, way] of ways) {
    const result = await fixed(file, content);
    assert.equal(result.code, 1, result.out);
    assert.match(result.out, /nothing was changed/);
    assert.match(result.out, way);
    assert.equal(result.text, content.replaceAll('§', token));
    assert.equal(result.example, undefined);
  }
});

describe('where to revoke', () => {
  it('is an address of the vendor for the rules that name one, and never made up', async () => {
    const metas = await allMetas();
    const pages = metas.map((meta) => rotationPage(meta)).filter((page) => page !== undefined);
    assert.ok(pages.length > 10, `${pages.length} rules name a page`);
    for (const page of pages) assert.doesNotThrow(() => new URL(page));
    assert.equal(rotationPage(metas.find((meta) => meta.id === 'github-token')), 'https://github.com/settings/tokens');
    assert.equal(rotationPage(metas.find((meta) => meta.id === 'generic-password')), undefined);
    assert.equal(rotationPage(metas.find((meta) => meta.id === 'unpinned-uses')), undefined);
  });
});

it('a file that is nothing but a key is told to leave the index', async () => {
  const repo = box.repository('key');
  repo.write('keys/id', `${generateSecret('private-key', 2)}\n`);
  repo.git('add', '-A');
  const { out } = await runCli(['check', '--staged'], { cwd: repo.dir, env: box.env, width: 160 });
  assert.match(out, /fix: git rm --cached keys\/id && echo \/keys\/id >> \.gitignore/);
});
