import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { containerfileOf, parseImage } from '../../agent/model/containerfile.ts';
import { documentFromText } from '../../agent/model/document.ts';
import { pipelineOf } from '../../agent/model/pipeline/index.ts';
import { pinOf } from '../../agent/model/pipeline/reference.ts';
import { scriptsOf } from '../../agent/model/script.ts';

const workflow = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n';

describe('pipelines', () => {
  const dialects: [string, string, string | undefined][] = [
    ['.github/workflows/ci.yml', workflow, 'github-workflow'],
    ['sub/.github/workflows/ci.yaml', 'nothing: here\n', 'github-workflow'],
    ['templates/ci.yml', workflow, 'github-workflow'],
    ['ci.yml', 'on: push\njobs: text\n', undefined],
    ['ci.json', workflow, undefined],
    ['x/action.yml', 'runs:\n  using: composite\n  steps: []\n', 'github-action'],
    ['.gitlab-ci.yml', 'a: {script: [make]}\n', 'gitlab'],
    ['ci/build.gitlab-ci.yml', 'a: {script: [make]}\n', 'gitlab'],
    ['.circleci/config.yml', 'jobs: {}\n', 'circleci'],
    ['azure-pipelines-release.yml', 'steps: []\n', 'azure'],
    ['bitbucket-pipelines.yml', 'pipelines: {}\n', 'bitbucket'],
    ['docker-compose.prod.yml', 'services: {}\n', 'compose'],
    ['stack.yml', 'services:\n  a:\n    image: b\n', 'compose'],
    ['k8s/a.yaml', 'apiVersion: v1\nkind: Pod\n', 'kubernetes'],
    ['templates/a.yaml', 'apiVersion: v1\nkind: Pod\nname: {{ .Values.x }}\n', undefined],
    ['openapi.yaml', 'openapi: 3.0.0\ninfo: {}\n', undefined],
    ['Dockerfile.dev', 'FROM a\n', 'containerfile'],
    ['Dockerfile.md', 'FROM a\n', undefined],
  ];
  for (const [path, text, dialect] of dialects) {
    it(`${path} is ${dialect ?? 'none'}`, () =>
      assert.equal(pipelineOf(documentFromText(path, text))?.dialect, dialect));
  }

  it('reads a workflow that has an unknown key or a slip in it', () => {
    const pipeline = pipelineOf(documentFromText('.github/workflows/a.yml', `${workflow}unknown: [x\n`));
    assert.equal(pipeline?.scripts[0]?.node.text, 'make');
    assert.deepEqual(
      pipeline?.problems.map(({ code, fatal }) => [code, fatal]),
      [['yaml-syntax', false]],
    );
    for (const text of [
      '',
      'on:\njobs:\n',
      'on: push\njobs: {a: , b: [], c: {steps: x}}\n',
      'jobs:\n  a:\n    steps:\n      -\n      - 1\n',
      '[]',
      '- x\n',
      ': : :',
    ]) {
      assert.ok(pipelineOf(documentFromText('.github/workflows/a.yml', text)));
    }
  });

  it('closes when a definition cannot be read at all', () => {
    const pipeline = pipelineOf(documentFromText('.github/workflows/a.yml', `a: ${'x'.repeat(5_000_001)}`));
    assert.deepEqual(
      pipeline?.problems.map(({ code, fatal }) => [code, fatal]),
      [['yaml-too-large', true]],
    );
  });

  it('knows the shell of a step', () => {
    const text = `on: push
defaults: {run: {shell: sh}}
jobs:
  a: {runs-on: windows-latest, steps: [{run: x, shell: 'bash -e {0}'}, {run: x}, {run: x, shell: python}]}
  b: {runs-on: windows-latest, defaults: {run: {shell: cmd}}, steps: [{run: x}]}
`;
    const shells = (source: string) =>
      pipelineOf(documentFromText('.github/workflows/a.yml', source))?.scripts.map((block) => block.dialect);
    assert.deepEqual(shells(text), ['bash', 'sh', undefined, 'cmd']);
    assert.deepEqual(shells(text.replace('defaults: {run: {shell: sh}}\n', '')), ['bash', 'pwsh', undefined, 'cmd']);
    assert.deepEqual(shells('on: push\njobs: {a: {runs-on: x, container: y, steps: [{run: z}]}}'), ['sh']);
  });

  it('reads steps that run side by side', () => {
    const text =
      'on: push\njobs:\n  a:\n    steps:\n      - parallel:\n          - run: one\n          - run: two\n      - run: three\n';
    const steps = pipelineOf(documentFromText('.github/workflows/a.yml', text))?.workflow?.jobs[0]?.steps;
    assert.deepEqual(
      steps?.map((step) => [step.index, step.run?.node.text]),
      [
        [0, undefined],
        [1, 'one'],
        [2, 'two'],
        [3, 'three'],
      ],
    );
  });

  it('tells how firmly a reference is pinned', () => {
    const pins = [
      '8f4b7f84864484a7bf31766abe9204da3cbe65b3',
      'v1.2.3',
      'v4',
      '4.1',
      'main',
      'release/v1',
      'refs/tags/v1',
      'refs/heads/v1',
      '8f4b7f8',
      '',
      '${X}',
    ];
    assert.deepEqual(pins.map(pinOf), [
      'hash',
      'version',
      'tag',
      'tag',
      'branch',
      'branch',
      'tag',
      'branch',
      'branch',
      'none',
      'unknown',
    ]);
  });
});

describe('container files', () => {
  it('takes image references apart', () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    assert.deepEqual(parseImage(`reg.example:5000/a/b:1.2@${digest}`), {
      registry: 'reg.example:5000',
      repository: 'a/b',
      tag: '1.2',
      digest,
    });
    assert.deepEqual(parseImage('localhost/a'), { registry: 'localhost', repository: 'a' });
    assert.deepEqual(parseImage('a/b'), { repository: 'a/b' });
    for (const text of ['', 'A', 'a b', 'a:', 'a@sha256:1', '${X}', 'a//b', '-a', 'a:b:c/'])
      assert.equal(parseImage(text), undefined, text);
  });

  it('joins lines, leaves comments out and keeps places', () => {
    const text =
      '# escape=`\nFROM --platform=linux/amd64 a:1 as Base\nrun a `\n  # no\n\n  b\nRUN <<-"E" sh\n\tx\n\tE\nFROM base\nCOPY --from=0 a b\n';
    const document = documentFromText('Dockerfile', text);
    const file = containerfileOf(document);
    assert.deepEqual(
      file?.instructions.map(({ keyword }) => keyword),
      ['FROM', 'RUN', 'RUN', 'FROM', 'COPY'],
    );
    const joined = file?.instructions[1]?.arguments;
    assert.equal(joined?.text, 'a   b');
    assert.equal(joined && text[joined.offsetAt(joined.text.indexOf('b'))], 'b');
    assert.equal(joined?.offsetAt(joined.text.indexOf('b')), text.indexOf('  b\n') + 2);
    assert.equal(file?.instructions[2]?.heredocs[0]?.text, '\tx\n');
    assert.equal(file?.stages[1]?.base, file?.stages[0]);
    assert.deepEqual(
      file?.images.map(({ text: image }) => image),
      ['a:1'],
    );
  });

  it('puts defaults in as docker build does', () => {
    const image = (text: string) => {
      const use = containerfileOf(documentFromText('Dockerfile', text))?.images[0];
      return use && [use.resolved, use.reference?.tag];
    };
    assert.deepEqual(image('ARG A=1\nARG B=${A}-x\nFROM i:$B\n'), ['i:1-x', '1-x']);
    assert.deepEqual(image('FROM i:${T:-2}\n'), ['i:2', '2']);
    assert.deepEqual(image('ARG T\nFROM i:${T}\n'), [undefined, undefined]);
    assert.deepEqual(image('FROM a AS x\nARG T=1\n'), [undefined, undefined]);
  });

  it('reads RUN lines and heredocs as scripts, not the exec form', () => {
    const document = documentFromText(
      'Dockerfile',
      'FROM a\nRUN x && \\\n  y | z\nRUN ["a", "b"]\nRUN <<E\n#!/bin/bash\nq\nE\n',
    );
    const scripts = scriptsOf(document, undefined, containerfileOf(document));
    assert.deepEqual(
      scripts.map((script) => [script.dialect, ...script.commands.map(({ name }) => name)]),
      [
        ['sh', 'x', 'y', 'z'],
        ['bash', 'q'],
      ],
    );
  });

  it('survives hostile files', () => {
    for (const text of [
      '',
      '\\',
      'FROM',
      'FROM \\',
      'RUN <<A <<B\nx',
      'COPY --from= a',
      'ARG =',
      'FROM $',
      'FROM ${',
      '\ufeffFROM a',
      'RUN --mount=',
      `RUN ${'\\\n'.repeat(50_000)}`,
      `ARG A=${'${A}'.repeat(2000)}\nFROM $A`,
    ]) {
      assert.ok(containerfileOf(documentFromText('Dockerfile', text)), text.slice(0, 20));
    }
  });
});
