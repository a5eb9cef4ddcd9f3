import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';
import { generateSecret } from '../support/secrets.ts';

const box = sandbox();

interface JsonFinding {
  rule: string;
  path: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  pathBytes?: string;
  suppressed?: { reason: string };
}

const workflow = 'on: push\npermissions: {}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: acme/deploy@v2\n';

describe('pregate check', () => {
  it('looks at any folder, and its JSON names rule, path, line and column', async () => {
    const repo = box.repository('json');
    repo.write('.github/workflows/a b.yml', workflow);
    const folder = { cwd: box.folder, env: box.env };
    const result = await runCli(['check', repo.dir, '--json'], folder);
    const report = JSON.parse(result.out);
    const finding = (report.findings as JsonFinding[]).find((one) => one.rule === 'unpinned-uses');
    assert.ok(finding, result.out);
    assert.deepEqual(
      [finding.path, finding.line, finding.column, finding.endLine, finding.endColumn],
      ['.github/workflows/a b.yml', 7, 15, 7, 29],
    );
    assert.equal(report.schema, 'pregate.report/v1');
    assert.equal(report.counts.findings, report.findings.length);
  });

  it('gives SARIF 2.1.0 with the same places, escaped', async () => {
    const repo = box.repository('sarif');
    repo.write('.github/workflows/a b.yml', workflow);
    const sarif = JSON.parse((await runCli(['check', '.', '--sarif'], { cwd: repo.dir, env: box.env })).out);
    assert.equal(sarif.version, '2.1.0');
    const [run] = sarif.runs;
    const result = run.results.find((one: { ruleId: string }) => one.ruleId === 'unpinned-uses');
    assert.equal(run.tool.driver.rules[result.ruleIndex].id, 'unpinned-uses');
    const { artifactLocation, region } = result.locations[0].physicalLocation;
    assert.equal(artifactLocation.uri, '.github/workflows/a%20b.yml');
    assert.deepEqual(region, { startLine: 7, startColumn: 15, endLine: 7, endColumn: 29 });
    assert.ok(!JSON.stringify(sarif).includes('snippet'));
  });

  it('tells a secret that was copied once in SARIF, with its other places, and one that is accepted apart', async () => {
    const repo = box.repository('sarif-copies');
    const secret = generateSecret('github-token');
    repo.write('a.env', `A_TOKEN=${secret}\nB_TOKEN=${secret}\n`);
    repo.write('b.env', `C_TOKEN=${secret}\n`);
    const results = async () => {
      const { out } = await runCli(['check', '.', '--sarif'], { cwd: repo.dir, env: box.env });
      return JSON.parse(out).runs[0].results as {
        suppressions?: unknown[];
        locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[];
        relatedLocations?: { id: number; physicalLocation: { artifactLocation: { uri: string } } }[];
      }[];
    };
    const [one, ...more] = await results();
    assert.equal(more.length, 0);
    assert.deepEqual(
      one?.relatedLocations?.map(({ id, physicalLocation }) => [id, physicalLocation.artifactLocation.uri]),
      [
        [0, 'a.env'],
        [1, 'b.env'],
      ],
    );
    const accepted = await runCli(['suppress', 'b.env:1', '--reason', 'x'], { cwd: repo.dir, env: box.env });
    assert.equal(accepted.code, 0, accepted.err);
    const now = await results();
    assert.equal(now.find(({ suppressions }) => !suppressions)?.relatedLocations?.length, 1);
    const apart = now.filter(({ suppressions }) => suppressions);
    assert.deepEqual(
      apart.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri),
      ['b.env'],
    );
  });

  it('survives names with line ends, quotes and bytes that are not UTF-8', async () => {
    const repo = box.repository('names');
    const secret = generateSecret('github-token');
    for (const name of [
      Buffer.from('new\nline.env'),
      Buffer.from('quote".env'),
      Buffer.from([0x62, 0xe9, 0x2e, 0x65, 0x6e, 0x76]),
    ]) {
      writeFileSync(Buffer.concat([Buffer.from(`${repo.dir}/`), name]), `TOKEN=${secret}\n`);
    }
    repo.git('add', '-A');
    const result = await runCli(['check', '--staged', '--json'], { cwd: repo.dir, env: box.env });
    const findings = JSON.parse(result.out).findings as JsonFinding[];
    assert.equal(findings.filter((one) => one.rule === 'github-token').length, 3);
    assert.equal(
      findings.find((one) => one.pathBytes)?.pathBytes,
      Buffer.from([0x62, 0xe9, 0x2e, 0x65, 0x6e, 0x76]).toString('base64'),
    );
    const terminal = await runCli(['check', '--staged'], { cwd: repo.dir, env: box.env });
    assert.match(terminal.out, /new\\nline\.env/);
    assert.match(terminal.out, /b\\xe9\.env/);
    assert.equal(result.code, 1);
  });

  it('prints no colour without a terminal', async () => {
    const repo = box.repository('plain');
    repo.write('a.env', `TOKEN=${generateSecret('github-token')}\n`);
    const result = await runCli(['check', '.'], { cwd: repo.dir, env: box.env });
    assert.ok(!`${result.out}${result.err}`.includes('\u001b'));
    assert.match(result.out, /^✗ 1 finding, 1 would be refused/);
  });

  it('applies proven fixes with --fix, and only those', async () => {
    const repo = box.repository('fix');
    const before =
      'on: issues\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: acme/deploy@v2\n      - run: echo "${{ github.event.issue.title }}"\n';
    repo.write('.github/workflows/a.yml', before);
    const result = await runCli(['check', '.github', '--fix', '--json'], { cwd: repo.dir, env: box.env });
    const after = readFileSync(join(repo.dir, '.github/workflows/a.yml'), 'utf8');
    assert.match(result.err, /^fixed \.github\/workflows\/a\.yml:8 template-injection: /);
    assert.match(after, /env:\n +\w+: \$\{\{ github\.event\.issue\.title \}\}/);
    assert.ok(after.includes('uses: acme/deploy@v2'), 'what cannot be known offline stays');
    const left = (JSON.parse(result.out).findings as JsonFinding[]).map((one) => one.rule);
    assert.ok(!left.includes('template-injection'));
  });
});

describe('pregate suppress', () => {
  it('accepts a finding into the baseline with a reason, and the next check shows it as suppressed', async () => {
    const repo = box.repository('suppress');
    const here = { cwd: repo.dir, env: box.env };
    const secret = generateSecret('github-token');
    repo.write('config/sample.env', `A=1\nTOKEN=${secret}\n`);
    repo.git('add', '-A');
    assert.equal((await runCli(['check', '--staged'], here)).code, 1);
    const accepted = await runCli(['suppress', 'config/sample.env:2', '--reason', 'documented sample'], here);
    assert.equal(accepted.code, 0, accepted.err);
    const baseline = readFileSync(join(repo.dir, '.pregate/baseline.jsonl'), 'utf8');
    for (let at = 0; at + 6 <= secret.length; at++) assert.ok(!baseline.includes(secret.slice(at, at + 6)));
    repo.git('add', '-A');
    const after = await runCli(['check', '--staged', '--json'], here);
    const report = JSON.parse(after.out);
    assert.deepEqual(report.findings, []);
    assert.equal((report.suppressed as JsonFinding[])[0]?.suppressed?.reason, 'documented sample');
    assert.equal(after.code, 0);
  });

  it('says when there is nothing at that place', async () => {
    const repo = box.repository('nothing');
    repo.write('a.txt', 'hello\n');
    const result = await runCli(['suppress', 'a.txt:1', '--reason', 'x'], { cwd: repo.dir, env: box.env });
    assert.equal(result.code, 2);
    assert.match(result.err, /no finding at a\.txt:1; nothing was written/);
  });
});
