/** Holds the dependency rule and the house rules of ARCHITECTURE.md by reading the sources. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '..');
const sources = globSync(['agent/**/*.ts', 'extension/**/*.ts', 'hooks/**/*.ts'], { cwd: root }).sort();

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

const imports = sources.flatMap(importsOf);

/** Rooms that are pure: no file system, no process, no network, no clock. */
const pure =
  /^agent\/(model|rules|rego|policy)\/|^agent\/gate\/judge\.ts$|^agent\/(fix|suppress)\.ts$|^agent\/(suppress|fixes)\//;

/** What a room may import, as patterns of paths; itself is always allowed. */
const allowed: [room: RegExp, may: RegExp][] = [
  [/^extension\//, /^agent\/protocol\.ts$/],
  [/^agent\/rego\//, /^$/],
  [/^agent\/model\//, /^agent\/(model|rules\/rule\.ts)/],
  [/^agent\/rules\//, /^agent\/(model|rules)\/|^agent\/suppress\/metas\.ts$/],
  [/^agent\/policy\//, /^agent\/(rego|model|gate\/types\.ts|config)/],
  [/^agent\/decision-log\//, /^agent\/(bundles|policy|rego|model|state|version)/],
  [/^agent\/engines\//, /^agent\/(bundles|policy|rego|model)\//],
  [/^agent\/suppress(\.ts|\/)/, /^agent\/(model|rules\/rule\.ts|config|suppress)/],
  [/^agent\/fixes\//, /^agent\/(model|rules\/rule\.ts)/],
  [/^agent\/threads\//, /^agent\/(model|rules|suppress)/],
  [/^agent\/patterns\//, /^agent\/(config|model|rules)/],
  [/^agent\/scrub\//, /^agent\/(git|history|model|scrub)/],
  [/^agent\/archives\//, /^$/],
  [/^agent\/history\//, /^agent\/(git|model|state)/],
  [/^agent\/forge\//, /^agent\/(git|model|gate\/types\.ts|policy|state)/],
  [/^agent\/system\//, /^$/],
  [
    /^agent\/(git|bundles|sbom|sign)\//,
    /^agent\/(git|bundles|sbom|sign|system|model|config|gate\/types\.ts|policy|state)/,
  ],
];

describe('dependency rule', () => {
  it('is checked on real imports', () => assert.ok(imports.length > sources.length));

  for (const [room, may] of allowed) {
    it(`${room.source} imports only what it may`, () => {
      const wrong = imports.filter(
        ({ from, to, typeOnly }) =>
          room.test(from) && !to.startsWith('node:') && !room.test(to) && !may.test(to) && !isPackage(to) && !typeOnly,
      );
      assert.deepEqual(
        wrong.map(({ from, to }) => `${from} → ${to}`),
        [],
      );
    });
  }

  it('the core imports no file system, process, network or editor', () => {
    const forbidden = /^(node:(fs|child_process|net|http|https|worker_threads|os|dns)(\/|$)|vscode$|simple-git$)/;
    const wrong = imports.filter(({ from, to }) => pure.test(from) && forbidden.test(to));
    assert.deepEqual(
      wrong.map(({ from, to }) => `${from} → ${to}`),
      [],
    );
  });

  it('the core reads no clock', () => {
    const wrong = sources.filter(
      (file) => pure.test(file) && /\bDate\.now\(\)|\bnew Date\(\)|performance\.now\(\)/.test(code(file)),
    );
    assert.deepEqual(wrong, []);
  });

  it('the extension imports vscode, the language client and the protocol, nothing else', () => {
    const packages = imports
      .filter(({ from, to }) => from.startsWith('extension/') && isPackage(to))
      .map(({ to }) => to);
    const known = /^(vscode|vscode-languageclient\/node|node:(path|crypto))$/;
    assert.deepEqual(
      [...new Set(packages)].filter((name) => !known.test(name)),
      [],
    );
  });
});

describe('house rules', () => {
  it('what a user reads is short enough to be read: a merge that brings an old changelog back is seen', () => {
    for (const [page, most] of [
      ['README.md', 8_000],
      ['CHANGELOG.md', 12_000],
      ['ARCHITECTURE.md', 12_000],
    ] as const)
      assert.ok(read(page).length < most, `${page} is longer than ${most} characters: say it in one line, or in docs/`);
  });

  it('no source file is longer than 400 lines, and the median is below 120', () => {
    const lengthsOf = (files: readonly string[]) =>
      files.filter((file) => !/generated/.test(file)).map((file) => [read(file).split('\n').length, file] as const);
    const others = globSync(['bench/**/*.ts', 'scripts/**/*.ts', 'test/**/*.ts'], { cwd: root });
    const lengths = lengthsOf(sources);
    assert.deepEqual(
      [...lengths, ...lengthsOf(others)].filter(([length]) => length > 401).map(([, file]) => file),
      [],
    );
    const sorted = lengths.map(([length]) => length).sort((a, b) => a - b);
    assert.ok((sorted[sorted.length >> 1] as number) < 120);
  });

  it('no test is switched off by name', () => {
    const tests = globSync('test/**/*.test.ts', { cwd: root });
    assert.deepEqual(
      tests.filter((file) => /\b(it|describe)\.(only|skip|todo)\(/.test(read(file))),
      [],
    );
  });
});

function importsOf(file: string): Import[] {
  const found: Import[] = [];
  for (const match of code(file).matchAll(
    /(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|import\s*\(\s*'([^']+)'\s*\)|import\s+'([^']+)'/g,
  )) {
    const name = match[2] ?? match[3] ?? match[4];
    if (name === undefined) continue;
    const to = name.startsWith('.') ? relative(root, join(root, dirname(file), name)) : name;
    found.push({ from: file, to, typeOnly: match[1] !== undefined });
  }
  return found;
}

function isPackage(to: string): boolean {
  return !/^(agent|extension|hooks|media|scripts|test)\//.test(to);
}

/** The text without comments, so that an example in a docstring is not an import. */
function code(file: string): string {
  return read(file)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
