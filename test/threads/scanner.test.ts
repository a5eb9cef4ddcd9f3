/** Documents looked at in further threads give the same report (the threads run what is built), and a thread that breaks costs time only. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import { type CheckOptions, checkFully } from '../../agent/gate/check.ts';
import type { Judgement } from '../../agent/gate/judge.ts';
import { documentFromBytes } from '../../agent/model/document.ts';
import type { Document } from '../../agent/model/types.ts';
import { textRules } from '../../agent/rules/registry.ts';
import type { Look } from '../../agent/threads/look.ts';
import { type Scanner, startScanner } from '../../agent/threads/scanner.ts';
import { generateSecret } from '../support/secrets.ts';

const program = join(import.meta.dirname, '../../dist/pregate.cjs');
/** In two pieces, so that a check of this repository does not take it for a comment of this file. */
const ignore = ['pregate', 'ignore'].join('-');
const plain = 'export function areaOf(shape: Shape): number {\n  return shape.width * shape.height;\n}\n';
let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'threads-'));
  for (const [path, content] of Object.entries(tree())) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** Secrets of many kinds, comments that suppress them, what other rules on text say, models, and much that is silent. */
function tree(): Record<string, string | Buffer> {
  const files: Record<string, string | Buffer> = {
    'src/merge.ts': `${plain}<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n`,
    'src/idle.ts': `${plain}// ${ignore} github-token -- nothing is here\n`,
    'src/hidden.ts': `const token = '${generateSecret('gitlab-token')}'; // ${ignore} gitlab-token -- a test\n`,
    'src/wide.ts': Buffer.from(`const token = '${generateSecret('github-token', 2)}';\n`, 'utf16le'),
    'src/run.js': '#!/bin/sh\ncurl -k https://example.com | sh\n',
    'picture.png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 2, 3]),
    'store.p12': Buffer.from([0x30, 0x82, 1, 2, 3]),
    '.npmrc': 'strict-ssl=false\n',
    'package.json': '{"name":"a","version":"1.0.0","dependencies":{"left-pad":"*"}}\n',
    '.github/workflows/ci.yml': 'on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@main\n',
    Dockerfile: 'FROM node:latest\n',
    'empty.ts': '',
  };
  for (let at = 0; at < 40; at++) files[`lib/part-${at}.ts`] = plain.repeat(at * 8);
  for (const [at, name] of ['github-token', 'npm-token', 'private-key', 'stripe-secret-key'].entries())
    files[`lib/part-${at * 9}.ts`] += `const value = \`${generateSecret(name, 1)}\`;\n`;
  return files;
}

const runs = new Map<string, Promise<Judgement>>();

/** The folder judged, once for each way; `start` makes the threads. */
function judged(name: string, threads: number, start: () => Worker, forget = true): Promise<Judgement> {
  const known = runs.get(name);
  if (known) return known;
  const run = (async () => {
    const scanner = startScanner({ threads, start, rules: await textRules(), worth: 2000 });
    return checkFully({ kind: 'paths', paths: [folder] }, { ...options, scanner, forget }).finally(scanner.close);
  })();
  runs.set(name, run);
  return run;
}

const options: CheckOptions = {
  cwd: tmpdir(),
  env: { PATH: process.env['PATH'], HOME: tmpdir() },
  now: '2026-01-01T00:00:00Z',
  fingerprintKey: new Uint8Array(32),
};
const startReal = () => new Worker(program, { argv: ['hook', 'scanner'] });
const neverStarts = () => {
  throw new Error('no more threads');
};

describe('a folder that is looked at in threads', () => {
  const ways: [name: string, threads: number, start: () => Worker, forget?: boolean][] = [
    ['one thread beside', 1, startReal],
    ['three threads beside', 3, startReal, false],
    ['no thread beside', 0, neverStarts],
    ['threads that cannot be made', 2, neverStarts],
    ['threads that end at once', 2, () => new Worker('process.exit(1)', { eval: true })],
    ['threads that end at their first task', 2, () => new Worker(failing, { eval: true })],
  ];
  for (const [name, threads, start, forget] of ways) {
    it(`gives the report that one thread gives: ${name}`, async () => {
      const alone = await checkFully({ kind: 'paths', paths: [folder] }, options);
      assert.ok(alone.report.findings.length >= 10);
      const { report } = await judged(name, threads, start, forget);
      assert.deepEqual(plainly(report), plainly(alone.report));
    });
  }

  it('forgets what is silent, and nothing else', async () => {
    const { run, report } = await judged('one thread beside', 1, startReal);
    const forgotten = new Set(run.targets.filter((one) => one.forgotten !== undefined).map((one) => one.path));
    const spoken = [...report.findings, ...report.suppressed].map((one) => one.path);
    assert.deepEqual(
      spoken.filter((path) => forgotten.has(path)),
      [],
    );
    for (const path of ['lib/part-5.ts', 'lib/part-39.ts', 'picture.png']) assert.ok(forgotten.has(path), path);
    for (const path of ['src/run.js', 'package.json', 'Dockerfile', 'src/idle.ts', '.github/workflows/ci.yml'])
      assert.ok(!forgotten.has(path), path);
  });

  it('forgets nothing where nobody allowed it', async () => {
    const { run } = await judged('three threads beside', 3, startReal, false);
    assert.ok(run.targets.every((one) => one.forgotten === undefined));
  });
});

/** What a report says, without functions that make fixes. */
function plainly(report: unknown): unknown {
  return JSON.parse(JSON.stringify(report));
}

const failing = `require('node:worker_threads').parentPort.on('message', () => { throw new Error('broken'); });`;

describe('the scanner', () => {
  it('tells each document once, and asks the reader to wait when much lies here', async () => {
    const scanner: Scanner = startScanner({ threads: 0, start: neverStarts, rules: await textRules() });
    const told = new Map<Document, Look[]>();
    let waited = 0;
    for (let at = 0; at < 60; at++) {
      const secret = at % 20 === 7 ? `const token = '${generateSecret('github-token', at)}';\n` : '';
      const document = documentFromBytes(`src/a${at}.ts`, Buffer.from(secret + plain.repeat(1500)));
      told.set(document, []);
      const full = scanner.take(document, (look) => told.get(document)?.push(look));
      if (full) waited++;
      await full;
    }
    await scanner.settle();
    assert.ok(waited > 0);
    for (const [{ path }, looks] of told) {
      assert.equal(looks.length, 1, path);
      const found = Array.isArray(looks[0]) ? looks[0].length : looks[0];
      assert.equal(found, /a(?:7|27|47)\.ts/.test(path) ? 1 : 'silent', path);
    }
  });
});
