/** A fix writes the whole file, so it must give back every byte that it does not change. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';

const box = sandbox();
const workflow = (comment: Buffer) =>
  Buffer.concat([
    Buffer.from('# '),
    comment,
    Buffer.from('\non: issues\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n'),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub Actions.
    Buffer.from('      - run: echo "${{ github.event.issue.title }}"\n'),
  ]);

for (const [name, comment, fixed] of [
  ['bytes of Latin-1', Buffer.from([0x63, 0x61, 0x66, 0xe9]), false],
  ['the sign for what cannot be read, written by somebody', Buffer.from('caf\ufffd'), true],
] as const)
  test(`a file with ${name} is ${fixed ? 'mended' : 'left as it is, and the finding stays'}`, async () => {
    const repo = box.repository(name.slice(0, 8).replace(/\W/g, '-'));
    repo.write('.github/workflows/ci.yml', '');
    const file = `${repo.dir}/.github/workflows/ci.yml`;
    writeFileSync(file, workflow(comment));
    const { out } = await runCli(['check', '.github', '--fix'], { cwd: repo.dir, env: repo.env });
    const after = readFileSync(file);
    assert.equal(after.subarray(2, 2 + comment.length).equals(comment), true);
    assert.equal(after.equals(workflow(comment)), !fixed);
    assert.equal(out.includes('template-injection'), !fixed, out);
  });
