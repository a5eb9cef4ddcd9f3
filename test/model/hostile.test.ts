/** Every pipeline rule on input that is made to be slow or to break something: it ends soon, and no rule breaks. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { documentFromText } from '../../agent/model/document.ts';
import { subjectsOf } from '../../agent/model/subjects.ts';
import { allRules } from '../../agent/rules/registry.ts';
import { runRules } from '../../agent/rules/run.ts';
import { processorTime } from '../support/processor-time.ts';

const rules = (await allRules()).filter((rule) => rule.meta.category === 'pipeline');
const size = 60_000;
const step = (script: string) =>
  `on: pull_request_target\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: ${JSON.stringify(script)}\n      - run: npm publish\n`;

const scripts: Record<string, string> = {
  'git fetch without end': 'git fetch '.repeat(size / 10),
  'expressions that never close': '${{'.repeat(size / 3),
  'expressions side by side': '${{ github.head_ref }} '.repeat(size / 23),
  'quotes in expressions': "${{ ' }} ".repeat(size / 9),
  'a flag of one letter': `curl -${'k'.repeat(size)}! | sh`,
  'many pipes': 'curl a | sh; '.repeat(size / 13),
  'many files': 'curl -o a b; '.repeat(size / 13),
  substitutions: 'sh -c "$(curl '.repeat(size / 14),
  'an address of marks': `curl https://${'${{'.repeat(size / 3)}`,
  assignments: 'A=1 '.repeat(size / 4),
  'one long word': 'a'.repeat(size),
  secrets: '${{ secrets'.repeat(size / 11),
};
const files: [string, string, string][] = [
  ...Object.entries(scripts).flatMap(([name, text]): [string, string, string][] => [
    [`${name} (step)`, '.github/workflows/a.yml', step(text)],
    [`${name} (file)`, 'a.sh', text],
    [`${name} (image)`, 'Dockerfile', `FROM a\nENV ${text.replaceAll('\n', ' ')}\nRUN ${text.replaceAll('\n', ' ')}\n`],
  ]),
  [
    'a long condition',
    '.github/workflows/a.yml',
    `on: issues\njobs:\n  a:\n    if: ${'a && '.repeat(4000)}b\n    steps: []\n`,
  ],
  ['deep brackets', '.github/workflows/a.yml', step(`\${{ ${'('.repeat(20_000)} }}`)],
  [
    'many jobs',
    '.github/workflows/a.yml',
    `on: push\njobs:\n${Array.from({ length: 800 }, (_, at) => `  j${at}:\n    runs-on: x\n    container: node\n    steps:\n      - uses: a/b@v1\n      - run: echo \${{ needs.j${at - 1}.outputs.x }}\n    outputs:\n      x: \${{ needs.j${at - 1}.outputs.x }}\n`).join('')}`,
  ],
  [
    'shared steps',
    '.github/workflows/a.yml',
    `on: push\nx: &s\n${'  - run: curl a | sh\n'.repeat(200)}jobs:\n${Array.from({ length: 200 }, (_, at) => `  j${at}:\n    steps: *s\n`).join('')}`,
  ],
  [
    'a variable that names itself',
    '.github/workflows/a.yml',
    'on: issues\nenv: {A: "${{ env.A }}"}\njobs: {a: {steps: [{run: "${{ env.A }}"}]}}\n',
  ],
  [
    'wrong kinds everywhere',
    '.github/workflows/a.yml',
    'on: {push: [x]}\npermissions: [x]\nenv: x\njobs:\n  a:\n    needs: {x: y}\n    runs-on: {labels: {a: b}}\n    container: [x]\n    services: [x]\n    strategy: x\n    steps:\n      - uses: {a: b}\n        with: [x]\n        run: [y]\n        env: z\n        if: [x]\n      - {}\n      - null\n',
  ],
  [
    'wrong kinds in GitLab',
    '.gitlab-ci.yml',
    'include: {a: [b]}\nimage: [x]\nvariables: [x]\na: {script: {b: c}, image: {name: [x]}, services: {a: b}}\n',
  ],
];

describe('hostile input', () => {
  for (const [name, path, text] of files) {
    it(name, async () => {
      const start = processorTime();
      const result = await runRules({
        targets: [documentFromText(path, text)],
        context: [],
        base: [],
        rules,
        subjectsOf,
        fingerprintKey: Buffer.from('key'),
        hasBase: false,
      });
      for (const finding of result.findings.slice(0, 20)) finding.fixes?.();
      assert.deepEqual(
        result.problems.filter((problem) => problem.code === 'rule-failed'),
        [],
      );
      assert.ok(processorTime() - start < 4000, `${Math.round(processorTime() - start)} ms`);
    });
  }

  it('reports a step that several jobs share once', async () => {
    const text = files.find(([name]) => name === 'shared steps')?.[2] as string;
    const result = await runRules({
      targets: [documentFromText('.github/workflows/a.yml', text)],
      context: [],
      base: [],
      rules: rules.filter((rule) => rule.meta.id === 'unverified-script-exec'),
      subjectsOf,
      fingerprintKey: Buffer.from('key'),
      hasBase: false,
    });
    assert.equal(result.findings.length, 200);
  });
});
