/** The engine does no I/O, reads no clock, and each stage imports only stages before it. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../agent/rego/', import.meta.url));
const files = globSync('**/*.ts', { cwd: ROOT });

/** What a folder may import, besides itself and the files directly under `rego/`. */
const ALLOWED: Record<string, string[]> = {
  values: [],
  regex: [],
  time: [],
  template: ['values', 'builtins'],
  crypto: ['values', 'builtins'],
  graphql: [],
  jsonschema: ['values', 'regex', 'time', 'builtins'],
  yaml: ['values', 'time', 'builtins'],
  parser: ['values', 'yaml'],
  compile: ['values', 'builtins'],
  builtins: ['values', 'regex', 'time', 'template', 'crypto', 'graphql', 'jsonschema', 'yaml', 'parser', 'eval'],
  eval: ['values', 'builtins', 'compile'],
};

function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/^(?:import|export)\s[^;]*?from '([^']+)';/gm)].map((m) => m[1] as string);
}

test('only allowed modules are imported', () => {
  assert.ok(files.length > 60);
  for (const file of files) {
    const folder = file.includes('/') ? (file.split('/')[0] as string) : '';
    for (const name of importsOf(file)) {
      if (!name.startsWith('.')) {
        assert.ok(['node:buffer', 'node:crypto'].includes(name), `${file} imports ${name}`);
        if (name === 'node:crypto') assert.ok(folder === 'builtins' || folder === 'crypto', `${file} imports ${name}`);
        continue;
      }
      const target = relative(ROOT, join(ROOT, dirname(file), name));
      assert.ok(!target.startsWith('..'), `${file} leaves the room: ${name}`);
      const to = target.includes('/') ? (target.split('/')[0] as string) : '';
      if (folder === '' || to === '' || to === folder) continue;
      assert.ok(ALLOWED[folder]?.includes(to), `${file} imports ${target}`);
    }
  }
});

test('no clock, no randomness, no evaluation of text', () => {
  for (const file of files) {
    const text = readFileSync(join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    for (const banned of [
      /Date\.now/,
      /new Date\(\)/,
      /Math\.random/,
      /performance\.now/,
      /\beval\(/,
      /new Function/,
      /process\./,
    ]) {
      assert.ok(!banned.test(text.replace(/\.eval\(|eval\(query/g, '')), `${file}: ${banned}`);
    }
  }
});
