/** Called by git as a hook in the tests: collects what the hook would see and writes it to the file named by OUT. */
import { writeFileSync } from 'node:fs';
import { collect } from '../../agent/gate/collect.ts';

const collected = await collect({ kind: 'staged' }, { cwd: process.cwd() });
const targets = collected.targets.map((document) => [document.path, document.kind, document.text]);
const problems = collected.problems.map((problem) => problem.code);
const changes = collected.changes.map((change) => [change.path, change.status]);
writeFileSync(process.env['OUT'] as string, JSON.stringify({ targets, problems, changes, root: collected.repo.root }));
