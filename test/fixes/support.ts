import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits, offeredFixes } from '../../agent/fix.ts';
import { documentFromText } from '../../agent/model/document.ts';
import { subjectsOf } from '../../agent/model/subjects.ts';
import { allRules } from '../../agent/rules/registry.ts';
import { type RunInput, runRules } from '../../agent/rules/run.ts';
import { generateSecret } from '../support/secrets.ts';

export const token = generateSecret('github-token', 7);
const halves = ['w8Kf2m', 'Qz7Lp'];
const password = halves.join('');
const rules = (await allRules()).filter((rule) => rule.meta.category === 'secret');

/** One file of a table: `=== path`, its text, and behind `--- title` what it becomes; `§` stands for a token, `¶` for a password. */
export interface Case {
  path: string;
  before: string;
  after: string | undefined;
}

/** Reads a table of cases. */
export function casesOf(name: string): Case[] {
  const text = readFileSync(join(import.meta.dirname, 'moved', `${name}.txt`), 'utf8');
  return text
    .split(/^=== /m)
    .slice(1)
    .map((block) => {
      const at = block.indexOf('\n');
      const [before = '', after] = block.slice(at + 1).split(/^--- /m);
      return { path: block.slice(0, at), before, after };
    });
}

export interface Outcome {
  text: string;
  /** What was offered, in turn. */
  titles: string[];
  example: string;
  /** Secrets that are left in the file. */
  left: number;
}

/** Moves every secret out of one file, one after the other, as a person would who accepts each first offer. */
export async function moved(path: string, before: string): Promise<Outcome> {
  const outcome: Outcome = {
    text: before.replaceAll('§', token).replaceAll('¶', password),
    titles: [],
    example: '',
    left: 0,
  };
  for (let round = 0; round < 12; round++) {
    const run: RunInput = {
      targets: [documentFromText(path, outcome.text), documentFromText('.env.sample', outcome.example)],
      context: [],
      base: [],
      rules,
      subjectsOf,
      fingerprintKey: Buffer.from('fixes'),
      hasBase: false,
    };
    const { findings } = await runRules(run);
    outcome.left = findings.length;
    let changed: Map<string, string> | undefined;
    for (const finding of findings) {
      const [fix] = await offeredFixes(run, finding);
      changed = fix && applyEdits(run.targets, fix.edits);
      if (fix) outcome.titles.push(fix.title);
      if (changed) break;
    }
    if (!changed) return outcome;
    outcome.text = changed.get(path) ?? outcome.text;
    outcome.example = changed.get('.env.sample') ?? outcome.example;
  }
  return outcome;
}
