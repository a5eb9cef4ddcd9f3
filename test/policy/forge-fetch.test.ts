/** `policy snapshot --fetch` against a real HTTP server that answers in the shapes of the forges' documentation. */
import assert from 'node:assert/strict';
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

const server = createServer((request, response) => {
  const url = request.url ?? '';
  asked.push({ url, token: request.headers.authorization });
  const answers: Record<string, unknown> = {
    '/repos/acme/app': { full_name: 'acme/app', default_branch: 'main' },
    '/repos/acme/app/rulesets?includes_parents=true': [ruleset],
    '/repos/acme/app/rulesets/5?includes_parents=true': { ...ruleset, rules: [{ type: 'deletion' }, checks] },
  };
  const answer = answers[url];
  response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer ?? { message: 'Not Found' }));
});
after(() => server.close());

test('asks each documented address, keeps what was answered, names what was not, and sends the token nowhere else', async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
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
