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

describe('a secret moves to where the language reads its environment', () => {
  const cases: [file: string, before: string, after: string, example?: string][] = [
    ['a.ts', "const githubToken = '§';\n", 'const githubToken = process.env.GITHUB_TOKEN;\n'],
    ['a.js', 'f({ apiToken: "§", b: 1 });\n', 'f({ apiToken: process.env.API_TOKEN, b: 1 });\n'],
    ['a.ts', 'const h = `Bearer §`;\n', 'const h = `Bearer ${process.env.GITHUB_TOKEN}`;\n'],
    ['a.py', '"""Doc."""\n\nTOKEN = "§"\n', '"""Doc."""\n\nimport os\n\nTOKEN = os.environ["GITHUB_TOKEN"]\n'],
    [
      'a.py',
      "import sys\nx = dict(deploy_token='§')\n",
      'import os\nimport sys\nx = dict(deploy_token=os.environ["DEPLOY_TOKEN"])\n',
    ],
    [
      'a.go',
      'package main\n\nimport (\n\t"fmt"\n)\n\nvar deployToken = "§"\n',
      'package main\n\nimport (\n\t"os"\n\t"fmt"\n)\n\nvar deployToken = os.Getenv("DEPLOY_TOKEN")\n',
    ],
    ['A.java', 'class A { String token = "§"; }\n', 'class A { String token = System.getenv("GITHUB_TOKEN"); }\n'],
    ['a.kt', 'val deployToken = "§"\n', 'val deployToken = System.getenv("DEPLOY_TOKEN")\n'],
    ['a.rb', "token = '§'\n", 'token = ENV.fetch("GITHUB_TOKEN")\n'],
    ['a.rb', 'header = "Bearer §"\n', 'header = "Bearer #{ENV.fetch("GITHUB_TOKEN")}"\n'],
    ['a.php', "<?php\n$deployToken = '§';\n", "<?php\n$deployToken = getenv('DEPLOY_TOKEN');\n"],
    [
      'a.cs',
      'var deployToken = "§";\n',
      'var deployToken = System.Environment.GetEnvironmentVariable("DEPLOY_TOKEN");\n',
    ],
    [
      'a.rs',
      'let token: &str = "§";\n',
      'let token: &str = &std::env::var("GITHUB_TOKEN").expect("GITHUB_TOKEN is not set");\n',
    ],
    [
      'a.rs',
      'let t = "§".to_string();\n',
      'let t = std::env::var("GITHUB_TOKEN").expect("GITHUB_TOKEN is not set").to_string();\n',
    ],
    ['a.sh', 'export DEPLOY_TOKEN=§\n', 'export DEPLOY_TOKEN="${DEPLOY_TOKEN:?}"\n'],
    [
      'run',
      '#!/bin/sh\ncurl -H "Authorization: Bearer §" x\n',
      '#!/bin/sh\ncurl -H "Authorization: Bearer ${GITHUB_TOKEN:?}" x\n',
    ],
    ['a.sh', "T='§'\n", 'T="${GITHUB_TOKEN:?}"\n'],
    [
      'compose.yaml',
      'services:\n  a:\n    environment:\n      DEPLOY_TOKEN: §\n',
      'services:\n  a:\n    environment:\n      DEPLOY_TOKEN: ${DEPLOY_TOKEN}\n',
    ],
  ];
  for (const [file, before, after] of cases) {
    it(`${file}: ${after.trim().split('\n').at(-1)}`, async () => {
      const result = await fixed(file, before);
      assert.equal(result.code, 0, result.out + result.err);
      assert.equal(result.text, after);
      assert.match(result.example ?? '', /^[A-Z_]+=\n$/);
    });
  }

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

describe('no fix rather than a wrong one', () => {
  const cases: [name: string, file: string, content: string][] = [
    ['a part of a string that cannot be filled in', 'a.ts', "const h = 'Bearer §';\n"],
    ['a comment', 'a.ts', '// const token = "§"\n'],
    ['an attribute of JSX', 'a.tsx', 'const a = <A token="§" />;\n'],
    ['a constant of Go', 'a.go', 'package a\n\nconst token = "§"\n'],
    ['a block of constants of Go', 'a.go', 'package a\n\nconst (\n\ttoken = "§"\n)\n'],
    ['an annotation of Java', 'A.java', '@Value("§") class A {}\n'],
    ['a property of PHP', 'a.php', "<?php\nclass A { private $token = '§'; }\n"],
    ['a constant of C#', 'a.cs', 'const string Token = "§";\n'],
    ['a constant of Rust', 'a.rs', 'const TOKEN: &str = "§";\n'],
    ['bytes of Python', 'a.py', 'token = b"§"\n'],
    ['a here-document that is not filled in', 'a.sh', "cat <<'X'\ntoken=§\nX\n"],
    ['a default of Terraform', 'a.tf', 'variable "t" {\n  default = "§"\n}\n'],
    ['a format that knows no environment', 'a.json', '{ "token": "§" }\n'],
  ];
  for (const [name, file, content] of cases) {
    it(name, async () => {
      const result = await fixed(file, content);
      assert.equal(result.code, 1, result.out);
      assert.match(result.out, /nothing was changed/);
      assert.equal(result.text, content.replaceAll('§', token));
      assert.equal(result.example, undefined);
    });
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
