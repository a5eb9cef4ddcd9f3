import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { check } from '../../agent/gate/check.ts';
import { sandbox } from '../git/support.ts';
import { answers } from '../support/until.ts';
import { linesOf, send } from './ask.ts';
import type { GeneratedPush } from './commits.ts';
import { nextPush } from './pushes.ts';
import { makeWorld, type World } from './world.ts';

/**
 * Agreement with OPA as the gate: generated pushes go to a bare repository whose `pre-receive` asks a running OPA server, and
 * `preview --bundle` has said before what it will answer, rule by rule. The policy is the same; the server's input is made by
 * `opa/receive.ts` with git alone.
 *
 * PREGATE_OPA_PUSHES=n makes n pushes, PREGATE_GATE_SEED=n begins with that seed. The count is printed.
 */
const pushes = Number(process.env['PREGATE_OPA_PUSHES'] ?? 18);
const firstSeed = Number(process.env['PREGATE_GATE_SEED'] ?? 1);
const pushesPerWorld = 20;
const policy = join(import.meta.dirname, 'opa', 'policy');
const box = sandbox();
let server: ChildProcess | undefined;
after(() => void server?.kill());

test('preview says what a gate that asks an OPA server will answer, rule by rule', async (context) => {
  if (spawnSync('opa', ['version']).status !== 0) return context.skip('there is no opa on the PATH');
  const url = await startOpa();
  const wrong: string[] = [];
  const counts = { pushes: 0, refused: 0, open: 0, rules: new Map<string, number>() };
  for (let seed = firstSeed; counts.pushes < pushes; seed++) {
    const world = makeWorld(box, seed);
    installReceive(world, url);
    for (let step = 1; step <= pushesPerWorld && counts.pushes < pushes; step++) {
      const push = nextPush(world);
      const said = await predicted(world, push);
      const answer = send(world, push);
      const denied = [...new Set([...answer.said.matchAll(/denied by ([\w-]+):/g)].map(([, rule]) => `push/${rule}`))];
      if (answer.refused && denied.length === 0) throw new Error(`the gate broke: ${answer.said}`);
      counts.pushes++;
      if (answer.refused) counts.refused++;
      for (const rule of denied) counts.rules.set(rule, (counts.rules.get(rule) ?? 0) + 1);
      // Whether a push is forced is not known where the remote's old commit is not here: then it depends, and says on what.
      if (said.open.length > 0) counts.open++;
      const sure = denied.filter((rule) => !said.open.includes(rule)).sort();
      const same = sure.join() === said.deny.join() && said.answer === (said.deny.length > 0 ? 'deny' : said.otherwise);
      if (!same) {
        wrong.push(
          `seed ${seed}, step ${step}: preview ${said.answer} ${said.deny} (open ${said.open}), server ${denied.sort()}; ${push.story.join('; ')}`,
        );
      }
    }
  }
  const rules = [...counts.rules].map(([rule, count]) => `${rule} ${count}`).join(', ');
  context.diagnostic(
    `${counts.pushes - wrong.length} of ${counts.pushes} pushes predicted, ${counts.refused} refused, ${counts.open} with an open rule; ${rules}`,
  );
  assert.equal(wrong.length, 0, wrong.join('\n'));
  assert.ok(counts.refused > pushes / 5 && counts.refused < (pushes * 4) / 5, `${counts.refused} were refused`);
  assert.ok(counts.open <= pushes / 4, `${counts.open} answers were left open`);
  assert.ok(counts.rules.size >= 4, `only ${rules}`);
});

async function predicted(world: World, push: GeneratedPush) {
  const scope = { kind: 'outgoing', remote: 'origin', url: world.server, refs: linesOf(push) } as const;
  const report = await check(scope, { cwd: push.clone.dir, env: world.env, bundle: policy });
  const gate = report.decision.gates.find((one) => one.gate === 'push');
  assert.ok(gate);
  const rules = (effect: string) =>
    [...new Set(gate.reasons.filter((one) => one.effect === effect).map((one) => one.rule))].sort();
  const open = gate.reasons.filter((one) => one.effect === 'depends');
  for (const one of open) assert.match(one.unknown?.join() ?? '', /^\/push\/refs\/\d+\/force(,|$)/, one.message);
  const otherwise = open.length > 0 ? 'depends' : rules('warn').length > 0 ? 'warn' : 'allow';
  return { answer: gate.answer, deny: rules('deny'), open: rules('depends'), otherwise };
}

function installReceive(world: World, url: string): void {
  const hook = join(world.server, 'hooks', 'pre-receive');
  const script = join(import.meta.dirname, 'opa', 'receive.ts');
  writeFileSync(join(world.server, 'gate', 'opa-url'), url);
  writeFileSync(hook, `#!/bin/sh\nexec '${process.execPath}' '${script}'\n`);
  chmodSync(hook, 0o755);
}

async function startOpa(): Promise<string> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  server = spawn('opa', ['run', '--server', '--addr', `127.0.0.1:${port}`, '--bundle', policy], { stdio: 'ignore' });
  await answers(`${url}/health?bundles`);
  return url;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject).listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
