import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sandbox } from '../git/support.ts';
import { askHook, preview, send } from './ask.ts';
import { corners, singles } from './cases.ts';
import type { GeneratedPush } from './commits.ts';
import { nextPush } from './pushes.ts';
import { truthOf, warningsOf } from './truth.ts';
import { makeWorld, type World } from './world.ts';

/**
 * Predictions are measured: generated pushes go to a bare repository whose `pre-receive` shares no code with us, and three
 * answers are compared: what the local preview said before the push, what the hook said, what the server did. The
 * generator knows a fourth, because it knows what it planted.
 *
 * PREGATE_GATE_PUSHES=n makes n pushes beside the named cases, PREGATE_GATE_SEED=n begins with that seed; a failure prints both.
 */
const pushes = Number(process.env['PREGATE_GATE_PUSHES'] ?? 130);
const firstSeed = Number(process.env['PREGATE_GATE_SEED'] ?? 1);
/** Worlds stay small, so that a failure can be understood and repeated quickly. */
const pushesPerWorld = 26;

const box = sandbox();
const seen = { pushes: 0, refused: 0, reasons: new Map<string, number>() };

test('preview, hook, real gate and truth agree on every kind of push alone', async () => {
  const world = makeWorld(box, 0);
  const wrong: string[] = [];
  for (const [name, make] of [...singles, ...corners]) {
    const said = await compare(world, make(world), { hook: true });
    if (said !== undefined) wrong.push(`${name}: ${said}`);
  }
  assert.equal(wrong.length, 0, wrong.join('\n\n'));
});

for (let made = 0, seed = firstSeed; made < pushes; made += pushesPerWorld, seed++) {
  const count = Math.min(pushesPerWorld, pushes - made);
  test(`preview, hook, real gate and truth agree on ${count} generated pushes (seed ${seed})`, async () => {
    const world = makeWorld(box, seed);
    const wrong: string[] = [];
    for (let step = 1; step <= count; step++) {
      const said = await compare(world, nextPush(world), { hook: step % 4 === 0 });
      if (said !== undefined) wrong.push(`seed ${seed}, step ${step}: ${said}`);
    }
    const again = `PREGATE_GATE_SEED=${seed} PREGATE_GATE_PUSHES=${count} node --test test/gate/real-gate.test.ts`;
    assert.equal(wrong.length, 0, `${wrong.join('\n\n')}\n\nTo see it again: ${again}`);
  });
}

test('the generated pushes were of both kinds and of many', () => {
  const { refused } = seen;
  assert.ok(refused > seen.pushes / 5 && refused < (seen.pushes * 4) / 5, `${refused} of ${seen.pushes} were refused`);
  if (process.env['PREGATE_GATE_PUSHES'] === undefined) assert.ok(seen.pushes >= 200, `only ${seen.pushes} pushes`);
  assert.ok(seen.reasons.size >= 20, `only ${[...seen.reasons.keys()].join(', ')}`);
});

/** Asks everybody about one push; says what they disagree about, or nothing. */
async function compare(world: World, push: GeneratedPush, ask: { hook: boolean }): Promise<string | undefined> {
  const truth = truthOf(world, push.updates);
  const report = await preview(world, push);
  // The hook divides a push by branches, so it is asked wherever there are several.
  const hook = ask.hook || push.updates.length > 1 ? await askHook(world, push) : undefined;
  const server = send(world, push);
  seen.pushes++;
  if (server.refused) seen.refused++;
  for (const reason of truth) seen.reasons.set(reason, (seen.reasons.get(reason) ?? 0) + 1);
  const decision = report.decision.gates.find((gate) => gate.gate === 'push');
  const local = decision?.answer !== 'allow' && decision?.answer !== 'warn';
  const rules = new Set(report.decision.gates.flatMap((gate) => gate.reasons.map((reason) => reason.rule)));
  const missing = warningsOf(world, push.updates).filter((warning) => !rules.has(warning));
  const fatal = report.problems.filter((problem) => problem.fatal).map((problem) => problem.code);
  const answers = {
    truth: truth.length > 0,
    preview: local,
    ...(hook && { hook: hook.refused }),
    server: server.refused,
  };
  if (new Set(Object.values(answers)).size === 1 && missing.length === 0 && fatal.length === 0) return undefined;
  return [
    Object.entries(answers)
      .map(([who, no]) => `${who} ${no ? 'refuses' : 'accepts'}`)
      .join(', '),
    `  planted: ${truth.join(', ') || 'nothing'}; ${push.story.join('; ')}`,
    ...push.updates.map(
      (one) => `  ${one.old?.slice(0, 9)} → ${one.new?.slice(0, 9)} ${one.dst} (${one.src.slice(0, 30)})`,
    ),
    `  preview: ${decision?.summary}; ${decision?.reasons.map((one) => `${one.rule} ${one.effect} ${one.place?.path}`).join('; ')}`,
    ...(missing.length > 0 ? [`  the preview does not say ${missing.join(', ')}`] : []),
    ...(fatal.length > 0 ? [`  could not check: ${fatal.join(', ')}`] : []),
    `  hook: ${hook ? hook.said.split('\n')[0] : 'not asked'}`,
    `  server: ${server.said.replaceAll('\n', '\n          ')}`,
  ].join('\n');
}
