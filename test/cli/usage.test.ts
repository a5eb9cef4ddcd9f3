import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commandNames } from '../../agent/main.ts';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';

const box = sandbox();
const repo = box.repository();
const here = { cwd: repo.dir, env: box.env };

const commands = commandNames;

describe('help', () => {
  it('lists every command with a line, and exits 0 only when it was asked for', async () => {
    const help = await runCli(['--help'], here);
    assert.equal(help.code, 0);
    for (const name of commands) assert.match(help.out, new RegExp(`^  ${name} +\\w`, 'm'));
    assert.equal((await runCli([], here)).code, 2);
  });

  for (const name of commands) {
    it(`${name} --help says what it does, how, and with which options`, async () => {
      const help = await runCli([name, '--help'], here);
      assert.equal(help.code, 0);
      assert.match(help.out, /^[A-Z][\s\S]+?\.\n\nUsage\n/);
      assert.match(help.out, new RegExp(`^  pregate ${name}`, 'm'));
      assert.ok(
        help.out.split('\n').every((line) => line.length <= 130),
        'a line is too long',
      );
      // Forms and examples of a command are there to be copied, and stay whole.
      const slim = (await runCli([name, '--help'], { ...here, width: 40 })).out.split('\n');
      const long = slim.filter((line) => line.length > 40 && !/^ {2}(?:exec )?(?:pregate|echo|git|curl|-)/.test(line));
      assert.deepEqual(long, [], 'in 40 columns');
      assert.deepEqual(await runCli(['help', name], here), help);
    });
  }
});

describe('wrong usage is one line, exit 2, and nothing is done', () => {
  const cases: [words: string[], says: RegExp][] = [
    [['chekc'], /unknown command "chekc"; did you mean check\?/],
    [['uninstall'], /unknown command "uninstall"; did you mean init --remove\?/],
    [['check', '--stagde'], /unknown option --stagde for pregate check; did you mean --staged\?/],
    [['check', '-x'], /unknown option -x/],
    [['check', '--range'], /--range needs a value: --range A\.\.B/],
    [['check', '--range', 'main'], /--range needs two revisions/],
    [['check', '--staged', '--all'], /--staged and --all exclude each other/],
    [['check', '--staged', 'src'], /--staged takes no paths/],
    [['check', '--json', '--sarif'], /--json and --sarif exclude each other/],
    [['check', '--json=yes'], /--json takes no value/],
    [['check', '--limit', 'many'], /--limit needs a number/],
    [['preview', '--at', 'soon'], /--at needs a day/],
    [['preview', '--gate', 'merge'], /--gate must be one of commit, push, build, publish, deploy/],
    [['preview', 'main'], /preview takes no "main"/],
    [['verify', 'main..topic'], /verify takes no "main\.\.topic"/],
    [['doctor', '.'], /doctor takes no "\."/],
    [['init', '../other'], /init takes no "\.\.\/other"/],
    [['explain'], /explain takes one rule/],
    [['explain', 'unpinned-use'], /did you mean unpinned-uses\?/],
    [['sbom', 'diffs'], /sbom takes nothing or diff/],
    [['sign'], /sign needs one of: setup, status, fix/],
    [['suppress', 'a:1'], /suppress needs --reason/],
    [['suppress', 'a', '--reason', 'x'], /PATH:LINE/],
    [['hook', 'post-receive'], /there is no hook "post-receive"/],
    [['__proto__'], /unknown command/],
  ];
  for (const [words, says] of cases) {
    it(`pregate ${words.join(' ')}`, async () => {
      const result = await runCli(words, here);
      assert.equal(result.code, 2);
      assert.match(result.err, says);
      assert.equal(result.err.trimEnd().split('\n').length, 1);
      assert.equal(result.out, '');
    });
  }
});

it('explains every rule there is', async () => {
  const rules = JSON.parse((await runCli(['rules', '--json'], here)).out) as { id: string }[];
  assert.ok(rules.length > 100);
  for (const { id } of rules) {
    const result = await runCli(['explain', id], here);
    assert.equal(result.code, 0, id);
    assert.match(result.out, /Why\n.+\n[\s\S]*What to do\n.+\n[\s\S]*Sources\n.+https:/, id);
  }
});
