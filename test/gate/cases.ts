import path from 'node:path';
import { commit, type GeneratedPush, ordinary, plant, type RefUpdate, tip, update } from './commits.ts';
import { badSignatures, conflict, harmless, secrets, settingsChanges } from './kinds.ts';
import type { Files, TreeFile } from './objects.ts';
import { makeClone, put, type World } from './world.ts';

/** One push that is not left to chance: its name, and what makes it. */
export type Case = [name: string, make: (world: World) => GeneratedPush];

const main = 'refs/heads/main';

/** Every kind there is, each alone on a new branch or on main. */
export const singles: Case[] = [
  ...Object.entries({ ...secrets, ...badSignatures, ...harmless }).map(
    ([name, kind]): Case => [
      name,
      (world) => {
        const push = begin(world, name);
        return pushing(push, topic(world, plant(world, push, tip(world, main), name, kind)));
      },
    ],
  ),
  ...Object.entries(settingsChanges).flatMap(([name, change]): Case[] =>
    [main, 'topic'].map((where) => [
      `${name} on ${where}`,
      (world) => {
        const push = begin(world, name);
        const before = tip(world, main);
        const settings = change(world, settingsOf(world, before));
        const oid = commit(world, push, { parents: [before], settings });
        return pushing(push, where === main ? update(world, main, oid) : topic(world, oid));
      },
    ]),
  ),
];

/** Pushes that a gate can easily get wrong. */
export const corners: Case[] = [
  [
    'the second of two branches ends in conflict markers',
    (world) => {
      const push = begin(world, 'two branches');
      const good = commit(world, push, { parents: [tip(world, main)] });
      return pushing(push, topic(world, good), topic(world, marked(world, push)));
    },
  ],
  [
    'the first of two branches ends in conflict markers',
    (world) => {
      const push = begin(world, 'two branches');
      const good = commit(world, push, { parents: [tip(world, main)] });
      return pushing(push, topic(world, marked(world, push)), topic(world, good));
    },
  ],
  [
    'a tag beside a good branch names a tree with conflict markers',
    (world) => {
      const push = begin(world, 'marked tag');
      const good = commit(world, push, { parents: [tip(world, main)] });
      return pushing(push, topic(world, good), update(world, `refs/tags/case-${++world.count}`, marked(world, push)));
    },
  ],
  [
    'a topic weakens the gate while main is pushed beside it',
    (world) => {
      const push = begin(world, 'weaker topic');
      const before = tip(world, main);
      const settings = { ...settingsOf(world, before), exclude: ['everything/**'] };
      const good = commit(world, push, { parents: [before] });
      return pushing(
        push,
        topic(world, commit(world, push, { parents: [before], settings })),
        update(world, main, good),
      );
    },
  ],
  [
    'main weakens the gate while a topic is pushed beside it',
    (world) => {
      const push = begin(world, 'weaker main');
      const before = tip(world, main);
      const settings = { ...settingsOf(world, before), exclude: ['everything/**'] };
      const weak = commit(world, push, { parents: [before], settings });
      return pushing(push, topic(world, commit(world, push, { parents: [before] })), update(world, main, weak));
    },
  ],
  ['main asks for more than before', (world) => stricter(world)],
  [
    'main is set back to where it asked for less',
    (world) => {
      const push = begin(world, 'rewind of main');
      return pushing(push, update(world, main, world.made.get(tip(world, main))?.parents[0] as string));
    },
  ],
  [
    'main is rewritten from where it asked for less',
    (world) => {
      const push = begin(world, 'rewrite of main');
      const before = world.made.get(tip(world, main))?.parents[0] as string;
      return pushing(push, update(world, main, commit(world, push, { parents: [before] })));
    },
  ],
  ...['an ordinary change', 'secret in a file', 'unsigned'].map(
    (name): Case => [
      `a shallow clone pushes: ${name}`,
      (world) => {
        const first = tip(world, main);
        const dir = path.join(path.dirname(world.server), `shallow-${++world.count}`);
        const push = { ...begin(world, name), clone: makeClone(world, dir, first, '--depth', '1') };
        const kind = { ...secrets, ...badSignatures }[name] ?? ordinary[1];
        return pushing(push, topic(world, plant(world, push, first, name, kind)));
      },
    ],
  ),
];

function stricter(world: World): GeneratedPush {
  const push = begin(world, 'stricter main');
  const before = tip(world, main);
  const settings = settingsOf(world, before);
  const rules = { ...settings.rules, 'npm-range': 'enforce', 'lock-scheme': 'enforce' } as const;
  return pushing(
    push,
    update(world, main, commit(world, push, { parents: [before], settings: { ...settings, rules } })),
  );
}

function marked(world: World, push: GeneratedPush): string {
  const before = tip(world, main);
  const files = new Map<string, TreeFile>(world.made.get(before)?.files as Files);
  put(push.clone.gitDir, files, `notes-${++world.count}.conflict`, conflict(world));
  return commit(world, push, { parents: [before], files });
}

/** Cases are all made in the first clone, which therefore knows everything. */
function begin(world: World, story: string): GeneratedPush {
  return { clone: world.clones[0] as GeneratedPush['clone'], updates: [], story: [story] };
}

function pushing(push: GeneratedPush, ...updates: RefUpdate[]): GeneratedPush {
  return { ...push, updates };
}

function topic(world: World, oid: string): RefUpdate {
  return update(world, `refs/heads/case-${++world.count}`, oid);
}

function settingsOf(world: World, oid: string) {
  return (world.made.get(oid) as { settings: Parameters<(typeof settingsChanges)[string]>[1] }).settings;
}
