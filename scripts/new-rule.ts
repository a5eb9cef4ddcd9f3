/**
 * `npm run new-rule <id> [-- --family pipelines --reads pipeline]` makes a rule, its fixtures and its page notes, then
 * regenerates the registry. The new rule reports nothing and its fixture fails until it does: a rule is never done by
 * being made.
 */

import './help.ts';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = process.env['PREGATE_NEW_RULE_ROOT'] ?? join(dirname(fileURLToPath(import.meta.url)), '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    family: { type: 'string', default: 'pipelines' },
    reads: { type: 'string', default: 'pipeline' },
  },
});
const id = positionals[0] ?? '';
const categories: Record<string, string> = {
  secrets: 'secret',
  dependencies: 'dependency',
  pipelines: 'pipeline',
  repository: 'repository',
};
const category = categories[values.family];
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) fail('usage: npm run new-rule <kebab-case-id>');
if (!category) fail(`--family must be one of ${Object.keys(categories).join(', ')}`);

const rulePath = `agent/rules/${values.family}/${id}.ts`;
if (existsSync(join(root, rulePath))) fail(`${rulePath} exists already; nothing was written`);

write(
  rulePath,
  `import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: '${id}',
    title: '<noun phrase: what is wrong>',
    category: '${category}',
    severity: 'medium',
    confidence: 'high',
    why: '<why it matters, two lines at most>',
    fix: '<what to do about it>',
    sources: ['<specification or vendor page>'],
  },
  reads: '${values.reads}',
  *check(_subject, _context) {},
});
`,
);
write(
  `test/rules/${id}/ng.first/tree/README.md`,
  `Replace this file by the smallest repository that ${id} must find.\n`,
);
write(`test/rules/${id}/ng.first/expected.txt`, `UPDATE=1 npm test writes this file; read it before you keep it.\n`);
write(
  `test/rules/${id}/ok.neighbour/tree/README.md`,
  `Replace this file by the nearest thing that ${id} must not find.\n`,
);
write(
  `docs/rules/notes/${id}.md`,
  `## Example\n\n<before and after>\n\n## What it does not report\n\n<the nearest safe neighbour, and why it is safe>\n`,
);
if (root === join(dirname(fileURLToPath(import.meta.url)), '..')) {
  const result = spawnSync(process.execPath, [join(root, 'scripts/generate.ts')], { stdio: 'inherit' });
  process.exit(result.status ?? 1);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(`made ${path}`);
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
