/** `policy snapshot --fetch` against a real HTTP server that answers in the shapes of the forges' documentation. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';

const box = sandbox();
const asked: { url: string; token: string | undefined }[] = [];
const ruleset = {
  id: 5,
  name: 'central',
  target: 'branch',
  enforcement: 'active',
  conditions: { ref_name: { include: ['~ALL'], exclude: [] } },
};
const checks = { type: 'required_status_checks', parameters: { required_status_checks: [{ context: 'ci' }] } };

const project = `/projects/${encodeURIComponent('acme/app')}`;
const gitlab: Record<string, unknown> = {
  [project]: {
    path_with_namespace: 'acme/app',
    default_branch: 'main',
    permissions: { project_access: { access_level: 30 } },
  },
  [`${project}/push_rule`]: { commit_message_regex: '^[A-Z]+-\\d+ ', deny_delete_tag: false },
  [`${project}/protected_branches`]: [
    { id: 1, name: 'main', push_access_levels: [{ access_level: 40 }], allow_force_push: false },
  ],
  '/user': { id: 1, username: 'ada' },
};

const server = createServer((request, response) => {
  const url = request.url ?? '';
  asked.push({ url, token: request.headers.authorization });
  const answers: Record<string, unknown> = {
    '/repos/acme/app': { full_name: 'acme/app', default_branch: 'main' },
    '/repos/acme/app/rulesets?includes_parents=true': [ruleset],
    '/repos/acme/app/rulesets/5?includes_parents=true': { ...ruleset, rules: [{ type: 'deletion' }, checks] },
  };
  const answer = answers[url] ?? gitlab[url];
  response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer ?? { message: 'Not Found' }));
});
after(() => server.close());

test('asks each documented address, keeps what was answered, names what was not, and sends the token nowhere else', async () => {
  const api = await listening();
  const repo = box.repository('app');
  repo.commit('a.txt', 'a\n');
  repo.git('remote', 'add', 'origin', 'https://github.com/acme/app.git');
  const env = { ...repo.env, PREGATE_FORGE_API: api, PREGATE_FORGE_TOKEN: 'not-a-secret' };
  const run = await runCli(['policy', 'snapshot', '--fetch', '--output', 'forge.json'], { cwd: repo.dir, env });
  assert.equal(run.code, 0, run.err);
  assert.match(run.out, /2 rules of acme\/app, kept in forge\.json/);
  assert.match(run.out, /ruleset "central" lets no push pass/);
  assert.match(run.err, /not answered, so not known: \/repos\/acme\/app\/rules\/branches\/main/);
  assert.ok(asked.length >= 4 && asked.every((one) => one.token === 'Bearer not-a-secret'));
  assert.ok(!run.out.includes('not-a-secret') && !run.err.includes('not-a-secret'));
});

test('GitLab is asked by its own addresses, and the refusals of a real push are predicted from the named file', async () => {
  const api = await listening();
  const repo = box.repository('lab');
  box.repository('lab-remote', '--bare');
  repo.commit('pregate.yaml', 'version: 1\npolicy:\n  forge: .pregate/forge.json\n');
  repo.git('remote', 'add', 'origin', 'https://gitlab.com/acme/app.git');
  // What is pushed for real becomes the protected base; its address then is the forge's again.
  const protect = () => {
    repo.git('remote', 'set-url', '--push', 'origin', box.at('lab-remote'));
    repo.git('push', '-q', '-u', 'origin', 'main');
    repo.git('remote', 'set-url', '--delete', '--push', 'origin', box.at('lab-remote'));
  };
  asked.length = 0;
  const env = { ...repo.env, PREGATE_FORGE_API: api, PREGATE_FORGE_TOKEN: 'not-a-secret' };
  mkdirSync(`${repo.dir}/.pregate`);
  const output = ['--output', '.pregate/forge.json'];
  const run = await runCli(['policy', 'snapshot', '--fetch', ...output], { cwd: repo.dir, env });
  assert.equal(run.code, 0, run.err);
  assert.deepEqual(asked.map((one) => one.url).sort(), [...Object.keys(gitlab), `${project}/protected_tags`].sort());
  assert.match(run.err, /not answered, so not known: .*protected_tags/);
  assert.match(run.out, /commit_message_regex +push rule/);

  repo.git('add', '-A');
  repo.git('commit', '-qm', 'ABC-1 keep the rules of the forge');
  protect();
  const bad = repo.commit('b.txt', 'b\n', 'no ticket');
  const preview = await runCli(['preview', '--json', '--gate', 'push'], { cwd: repo.dir, env: repo.env });
  const { gates } = JSON.parse(preview.out) as {
    gates: { gate: string; reasons: { rule: string; effect: string }[] }[];
  };
  const refused = gates
    .find((one) => one.gate === 'push')
    ?.reasons.filter((one) => one.effect === 'deny')
    .map((one) => one.rule);
  assert.deepEqual(refused?.sort(), ['forge/commit-message-regex', 'forge/protected-branch']);

  const said = `remote: GitLab: Commit message does not follow the pattern '^[A-Z]+-\\d+ '\n`;
  const known = await runCli(['policy', 'rejection'], { cwd: repo.dir, env: repo.env, input: said });
  assert.equal(known.code, 0, known.out);
  assert.match(known.out, /pregate preview --why forge\/commit-message/);
  const other = [
    'remote: error: GH013: Repository rule violations found for refs/heads/main.',
    'remote: - Commits must have verified signatures.',
    `remote:   ${bad}`,
  ].join('\n');
  const unknown = await runCli(['policy', 'rejection', '--json'], { cwd: repo.dir, env: repo.env, input: other });
  assert.equal(unknown.code, 1);
  assert.deepEqual(JSON.parse(unknown.out).rules, [
    {
      rule: 'forge/required-signatures',
      text: 'Commits must have verified signatures.',
      commits: [bad],
      predicted: false,
    },
  ]);
  const told = await runCli(['policy', 'rejection'], { cwd: repo.dir, env: repo.env, input: other });
  assert.match(told.out, /are not the ones that the forge has now: pregate policy snapshot --fetch/);
  const none = await runCli(['policy', 'rejection'], {
    cwd: repo.dir,
    env: repo.env,
    input: 'Everything up-to-date\n',
  });
  assert.equal(none.code, 3);
  assert.equal((await runCli(['policy', 'rejection', 'no-such-file'], { cwd: repo.dir, env: repo.env })).code, 2);

  const aged = 'version: 1\npolicy:\n  forge: .pregate/forge.json\n  forge-max-age: 1d\n';
  const old = {
    ...JSON.parse(readFileSync(`${repo.dir}/.pregate/forge.json`, 'utf8')),
    fetched_at: '2020-01-01T00:00:00Z',
  };
  repo.commit('pregate.yaml', aged);
  repo.commit('.pregate/forge.json', JSON.stringify(old));
  protect();
  repo.commit('c.txt', 'c\n', 'ABC-2 more');
  const stale = await runCli(['preview', '--json'], { cwd: repo.dir, env: repo.env });
  assert.match(stale.out, /"code": "forge-stale"/);
  assert.notEqual(stale.code, 0);
  repo.git('rm', '-q', '.pregate/forge.json');
  repo.git('commit', '-qm', 'ABC-3 lose it');
  protect();
  repo.commit('.pregate/forge.json', '{"provider": "github"}', 'ABC-4 bring my own');
  const missing = await runCli(['preview', '--json'], { cwd: repo.dir, env: repo.env });
  assert.deepEqual(
    [missing.code, /forge-unreadable/.test(missing.out)],
    [3, true],
    'what a push brings is not its own judge',
  );
});

async function listening(): Promise<string> {
  if (!server.listening) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
