import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';
import { generateSecret } from '../support/secrets.ts';

const box = sandbox();
const at = (cwd: string, env = box.env) => ({ cwd, env });

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: app, namespace: production}
spec: {template: {spec: {containers: [{name: app, image: "acme/app:v1"}]}}}
`;

describe('a check says why it exits as it does', () => {
  it('when only a gate refuses, and no finding does', async () => {
    const repo = box.repository('gate-only');
    repo.write('d.yaml', deployment);
    repo.git('add', '-A');
    const result = await runCli(['check', '--staged'], at(repo.dir));
    assert.equal(result.code, 1);
    assert.match(result.out, /^✗ 1 finding, and deploy would refuse/);
    assert.match(result.out, /Refused by a gate\n +deploy +refused +acme\/app:v1 is deployed by a name/);
    assert.match(result.out, /deploy\/production-image-by-tag, d\.yaml:4/);
  });

  it('when it could not look: the reason comes first, once', async () => {
    const repo = box.repository('config');
    repo.write('pregate.yaml', 'version: 1\nrulez: 1\n');
    repo.write('Dockerfile', 'FROM node:latest\n');
    const { out, code } = await runCli(['check', '.'], at(repo.dir));
    assert.equal(code, 3);
    assert.match(out, /^\? could not check everything, 1 finding .*\n\n {2}\? pregate\.yaml:2:1: /);
    assert.equal(out.split('unknown key').length, 2);
    repo.git('add', '-A');
    const preview = await runCli(['preview', '--staged'], at(repo.dir));
    assert.equal(preview.out.split('unknown key').length, 2);
    assert.equal(preview.out.match(/unknown +not decided +unknowable/g)?.length, 5);
  });
});

it('the same finding at several lines is one block with every line', async () => {
  const repo = box.repository('alike');
  const step = '      - uses: acme/deploy@v2\n';
  const head = 'on: push\npermissions: {}\njobs:\n  a:\n    runs-on: x\n    steps:\n';
  repo.write('.github/workflows/a.yml', `${head}${step}${step}      - uses: acme/other@v1\n${step}`);
  const { out } = await runCli(['check', '.'], at(repo.dir));
  assert.match(out, /^! 4 findings /);
  assert.equal(out.split('acme/deploy@v2').length, 2);
  assert.match(out, /^ +7:15 +high/m);
  assert.match(out, /unpinned-uses, also at 8:15, 10:15$/m);
});

describe('the first line is the verdict', () => {
  const firstLine = async (cwd: string, ...words: string[]) => (await runCli(words, at(cwd))).out.split('\n')[0];

  it('of the overview, the preview and CI alike, and nothing below tells a refusal twice', async () => {
    const repo = box.repository('verdict');
    repo.commit('readme.md', 'hello\n');
    repo.write('d.yaml', deployment);
    repo.git('add', '-A');
    for (const words of [['overview'], ['preview', '--staged'], ['preview', '--all']])
      assert.match((await firstLine(repo.dir, ...words)) ?? '', /^✗ deploy would refuse {3}/, words.join(' '));
    const { out } = await runCli(['overview'], at(repo.dir));
    assert.equal(out.split('acme/app:v1 is deployed by a name').length, 3, 'once in the ladder, once with its place');
    assert.ok(!out.includes('pregate suppress --all'), out);
    assert.match((await runCli(['ci', '--range', 'HEAD..HEAD'], at(repo.dir))).out, /^✓ every gate passes {3}/);
  });

  it('says of gates that the policy has no rules for that they were not judged', async () => {
    const repo = box.repository('unjudged');
    repo.commit('readme.md', 'hello\n');
    repo.write('gates/push.rego', 'package pregate.push\n\ndeny contains "no" if false\n');
    const { out } = await runCli(['preview', '--all', '--bundle', 'gates'], at(repo.dir));
    assert.match(out, /^\? commit, build, publish and deploy were not judged {3}/);
    assert.equal(out.match(/\? \w+ +unknown +not judged: /g)?.length, 4);
    const markdown = await runCli(['preview', '--all', '--bundle', 'gates', '--markdown'], at(repo.dir));
    assert.match(markdown.out, /^### Pregate: \? commit, build, publish and deploy were not judged\n/);
    assert.match(markdown.out, /\| commit \| \? unknown \| not judged/);
  });
});

it('a baseline is offered while there is none', async () => {
  const repo = box.repository('offer');
  repo.commit('Dockerfile', 'FROM node:latest\nRUN curl -k https://a.acme.io/x\n');
  const first = await runCli(['check', '--all'], at(repo.dir));
  assert.match(
    first.out,
    /\d findings exist today\. To accept them as they are[\s\S]*pregate baseline create --reason/,
  );
  assert.equal((await runCli(['baseline', 'create', '--reason', 'known'], at(repo.dir))).code, 0);
  repo.git('rm', '-q', '--cached', 'Dockerfile');
  repo.commit('b/Dockerfile', 'FROM golang:latest\nRUN curl -k https://b.acme.io/x\n');
  assert.ok(!(await runCli(['check', '--all'], at(repo.dir))).out.includes('exist today'));
});

it('names nothing where nothing could be looked at', async () => {
  const folder = box.at('no-repository');
  mkdirSync(folder);
  const { out, code } = await runCli(['preview'], at(folder));
  assert.equal(code, 3);
  assert.match(out, /^ {2}\? This folder is not in a git repository\. Nothing was checked\./);
  assert.ok(!out.split('\n').includes('  nothing'), out);
});

describe('the way out of a preview', () => {
  it('names the place of each step, and asks for the same scope again', async () => {
    const repo = box.repository('steps');
    repo.commit('a', '1');
    const others = [1, 2, 3, 4, 5, 6].map((n) => `FROM node:latest AS s${n}\nRUN curl -k https://a.acme.io/${n}\n`);
    repo.write('Dockerfile', others.join(''));
    repo.write('config/deploy.env', `TOKEN=${generateSecret('github-token')}\n`);
    repo.git('add', '-A');
    const { out } = await runCli(['preview', '--staged'], at(repo.dir));
    assert.match(
      out,
      /1 step and it passes:\n +1\. Remove it from the file and rotate it\. github\.com\/settings\/tokens: delete the token,/,
    );
    assert.match(out, / look through the security log\.\n +config\/deploy\.env:1\n/, 'the place follows the step');
    assert.match(out, /and \d+ warnings: pregate preview --staged --why commit/);
    const markdown = (await runCli(['preview', '--staged', '--markdown'], at(repo.dir))).out;
    assert.match(markdown, /\| commit \| ✗ refuse \|/);
    assert.match(markdown, /1\. `config\/deploy\.env:1`: Remove it/);
  });

  it('shows the commit that has a secret, and mends commits, not files', async () => {
    const repo = box.repository('history');
    repo.commit('a', '1');
    const commit = repo.commit('leak.txt', `t=${generateSecret('github-token')}\n`);
    repo.git('rm', '-q', 'leak.txt');
    repo.git('commit', '-qm', 'gone');
    const { out, code } = await runCli(['preview'], at(repo.dir));
    assert.equal(code, 1);
    const short = repo.git('rev-parse', '--short=7', 'HEAD~1');
    assert.ok(commit.startsWith(short));
    assert.match(
      out,
      new RegExp(
        `1 step and it passes:\\n +1\\. Rotate it, and take it out of [^\\n]*\\n[^\\n]*delete the token[^\\n]*\\n +leak\\.txt:1 \\(${short}\\)\\n`,
      ),
    );
  });

  it('--why takes a gate, a rule of the policy or a rule of findings, and lists them for anything else', async () => {
    const repo = box.repository('why');
    repo.write('Dockerfile', 'FROM node:latest\n');
    repo.git('add', '-A');
    const ask = async (name: string) => (await runCli(['preview', '--staged', '--why', name], at(repo.dir))).out;
    assert.match(await ask('commit'), /serious-finding/);
    assert.match(await ask('serious-finding'), /Dockerfile:1/);
    assert.match(await ask('unpinned-images'), /commit\/serious-finding[\s\S]*build\/weak-build/);
    assert.match(await ask('nonsense'), /Nothing in this preview is called nonsense\. It has: commit, push,/);
  });
});

describe('commands say what is in the way', () => {
  it('explain keeps the paragraphs of a rule inside its margin, and sends policy rules to preview', async () => {
    const { out } = await runCli(['explain', 'unpinned-uses'], at(box.folder));
    assert.deepEqual(
      out
        .split('\n')
        .slice(2)
        .filter((line) => line !== '' && !line.startsWith('  ')),
      [],
    );
    const policy = await runCli(['explain', 'push/direct-push'], at(box.folder));
    assert.match(policy.err, /is a rule of the policy: pregate preview --why push\/direct-push/);
    assert.equal(policy.code, 2);
  });

  it('sbom without a lockfile claims nothing', async () => {
    const repo = box.repository('no-lock');
    repo.commit('package.json', '{"name":"a","version":"1.0.0","dependencies":{"b":"^1.0.0"}}');
    const { out, code } = await runCli(['sbom'], at(repo.dir));
    assert.equal(code, 3);
    assert.match(out, /^ {2}Components as staged: not known\n/);
    assert.ok(!/✓|0 components|INCOMPLETE/.test(out), out);
  });

  it('sbom says which languages it leaves out, and never that nothing is there', async () => {
    const repo = box.repository('other-languages');
    repo.commit('go.mod', 'module acme.example/app\n\ngo 1.22\n');
    repo.commit('tools/requirements.txt', 'requests==2.32.0\n');
    const none = await runCli(['sbom'], at(repo.dir));
    assert.deepEqual([none.code, none.out], [3, '']);
    assert.match(
      none.err,
      /Python \(tools\/requirements\.txt\), Go \(go\.mod\) are unknown, not clean.*\[not-npm\]\n$/,
    );
    const page = await runCli(['overview'], at(repo.dir));
    assert.match(page.out, /\? pregate sbom reads npm projects only/);
    repo.commit('web/package.json', '{"name":"web","version":"1.0.0"}');
    const lock = {
      name: 'web',
      version: '1.0.0',
      lockfileVersion: 3,
      packages: { '': { name: 'web', version: '1.0.0' } },
    };
    repo.commit('web/package-lock.json', JSON.stringify(lock));
    const beside = await runCli(['sbom', '--project', 'web'], at(repo.dir));
    assert.match(beside.out, /\? Not in it, and unknown: Python \(tools\/requirements\.txt\), Go \(go\.mod\)\./);
    const below = await runCli(['sbom', '--markdown', '--project', 'web'], at(repo.dir));
    assert.match(below.out, /- Not in it, and unknown: Python/);
  });

  it('sbom names the folder where the project is, when it is not the root', async () => {
    const repo = box.repository('below');
    repo.commit('web/package.json', '{"name":"web","version":"1.0.0"}');
    const { err } = await runCli(['sbom'], at(repo.dir));
    assert.match(err, /but in web: pregate sbom --project web; nothing was made\. \[manifest-missing\]/);
  });

  it('outside a repository, without git, without the folder', async () => {
    const folder = box.at('plain');
    mkdirSync(folder);
    writeFileSync(join(folder, 'a.env'), `TOKEN=${generateSecret('github-token')}\n`);
    const status = await runCli(['sign', 'status'], at(folder));
    assert.deepEqual([status.code, /not in a git repository/.test(status.err)], [3, true]);
    const verify = await runCli(['verify'], at(folder));
    assert.deepEqual([verify.code, verify.out], [3, '']);
    const accepted = await runCli(['suppress', 'a.env:1', '--reason', 'sample'], at(folder));
    assert.equal(accepted.out, '1 finding accepted in .pregate/baseline.jsonl.\n');
    const gone = await runCli(['overview', 'nowhere'], at(folder));
    assert.deepEqual([gone.code, gone.out, gone.err.includes('there is no folder "nowhere"')], [2, '', true]);
    const bare = { ...box.env, PATH: folder };
    const doctor = await runCli(['doctor'], at(folder, bare));
    assert.equal(doctor.code, 1);
    assert.match(doctor.out, /^✗ git +git was not found on the PATH/m);
  });

  it('suppress refuses a day that has passed or does not exist', async () => {
    const repo = box.repository('until');
    repo.write('Dockerfile', 'FROM node:latest\n');
    for (const [day, says] of [
      ['2020-01-01', /has passed/],
      ['2026-02-30', /needs a day/],
    ] as const) {
      const result = await runCli(['suppress', 'Dockerfile:1', '--reason', 'x', '--until', day], at(repo.dir));
      assert.equal(result.code, 2);
      assert.match(result.err, says);
    }
  });
});

it('--fix goes on until nothing is left that it can mend, and says only what it wrote', async () => {
  const repo = box.repository('rounds');
  const run = ['head_ref', 'ref_name', 'actor'].map((name) => `          echo "\${{ github.${name} }}"\n`).join('');
  repo.write(
    '.github/workflows/a.yml',
    `on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: |\n${run}`,
  );
  const result = await runCli(['check', '.', '--fix'], at(repo.dir));
  assert.equal(result.err.match(/^fixed .*template-injection/gm)?.length, 2, result.err);
  assert.ok(!result.out.includes('template-injection'), result.out);
  assert.equal((await runCli(['check', '.', '--fix'], at(repo.dir))).err, '');
});

it('fix keeps to the columns of the terminal, what it did and what is left to do', async () => {
  const repo = box.repository('columns');
  repo.write('deploy.env', `GITHUB_TOKEN=${generateSecret('github-token')}\n`);
  const { out } = await runCli(['fix', 'deploy.env:1'], { ...at(repo.dir), width: 60 });
  assert.match(out, /github-token/);
  assert.ok(
    out.split('\n').every((line) => line.length <= 60),
    out,
  );
});
