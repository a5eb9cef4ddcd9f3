import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { documentFromText } from '../../agent/model/document.ts';
import { quoteAt } from '../../agent/model/script/quote.ts';
import { effective, scriptsOf } from '../../agent/model/script.ts';
import { processorTime } from '../support/processor-time.ts';

const read = (text: string, path = 'a.sh') => {
  const document = documentFromText(path, text);
  const [script] = scriptsOf(document);
  assert.ok(script);
  return script;
};
/** `name arg arg` of each command; a pipe shows as `name arg |name`. */
const shapes = (text: string, path?: string) =>
  read(text, path)
    .commands.filter((command) => command.words.length > 0)
    .map(
      (command) =>
        command.words.map((word) => word.text).join(' ') + (command.pipeTo ? ` |${command.pipeTo.name}` : ''),
    );

describe('shell scripts', () => {
  const cases: [string, string[]][] = [
    ['a b; c && d || e & f', ['a b', 'c', 'd', 'e', 'f']],
    ['a |\n  b | c', ['a |b', 'b |c', 'c']],
    ['a \\\n  b # c\nd', ['a b', 'd']],
    ['A=1 B="x y" cmd', ['cmd']],
    ['a "b c" \'d e\' f\\ g', ['a b c d e f g']],
    ['if a; then b; elif c; then d; else e; fi', ['a', 'b', 'c', 'd', 'e']],
    ['while ! a; do b; done', ['a', 'b']],
    ['f() { a; }; function g { b; }', ['a', 'b']],
    ['case "$x" in a|b) c;; *) d;; esac', ['case $x in a', 'c', 'd']],
    ['(a; b) | c', ['a', 'b |c', 'c']],
    ['{ a; b; }', ['a', 'b']],
    ['a "$(b "$(c)")"', ['a $(b "$(c)")', 'b $(c)', 'c']],
    ['a `b` c', ['a `b` c', 'b']],
    ['a <(b) > f 2>&1 < g', ['a <(b)', 'b']],
    ['[[ $a == b && -f c ]] && d', ['[[ $a == b && -f c ]]', 'd']],
    ['a=(1 2); b $((1 + $(c)))', ['b $((1 + $(c)))']],
    ['cat <<EOF | a\nb | c\nEOF\nd', ['cat |a', 'a', 'd']],
    ["bash <<'X'\nb | c\nX", ['bash', 'b |c', 'c']],
    ["sh -c 'a | b' && c", ['sh -c a | b', 'a |b', 'b', 'c']],
    ["echo ${{ x || 'a|b' }} y", ["echo ${{ x || 'a|b' }} y"]],
    ['a ${b:-$(c)} ${d//e/f}', ['a ${b:-$(c)} ${d//e/f}', 'c']],
  ];
  for (const [text, expected] of cases) it(text, () => assert.deepEqual(shapes(text), expected));

  it('gives ranges that hold the command and the word', () => {
    const text = 'x=1\nsudo curl -o "a b" https://e | sh -s\nsh -c "echo hi"\n';
    const script = read(text);
    const slices = script.commands.map((command) => text.slice(...command.range));
    assert.deepEqual(slices, ['x=1', 'sudo curl -o "a b" https://e', 'sh -s', 'sh -c "echo hi"', 'echo hi']);
    assert.equal(text.slice(...(script.commands[1]?.words[3]?.range ?? [0, 0])), '"a b"');
  });

  it('sees through wrappers', () => {
    const name = (text: string) => effective(read(text).commands[0] as never)?.name;
    assert.equal(name('sudo -u me -E env A=b nice -n 5 /usr/bin/curl x'), 'curl');
    assert.equal(name('timeout -k 5 10 bash x'), 'bash');
    assert.equal(name('command -v curl'), 'command');
    assert.equal(name('exec -a n node x'), 'node');
    assert.equal(name('$TOOL x'), '');
    assert.equal(name('"$DIR/bin/tool.exe" x'), 'tool');
  });

  it('reads PowerShell and cmd', () => {
    assert.deepEqual(shapes('iwr \'https://x\' | iex # c\nif ($a) { b "c `" d" }\n', 'a.ps1').slice(0, 2), [
      'iwr https://x |iex',
      'iex',
    ]);
    assert.deepEqual(shapes('@echo off\r\nrem a | b\r\ncurl x | more && dir\r\n', 'a.cmd'), [
      '@echo off',
      'curl x |more',
      'more',
      'dir',
    ]);
  });

  it('knows the quotes around a place', () => {
    const text = "a X \"X\" 'X' V=1; V=X; b $((X)); bash -c 'X'; awk '{X}'; cat <<E\nX\nE\ncat <<'E'\nX\nE\n# X\n";
    const script = read(text);
    const states: string[] = [];
    for (let at = text.indexOf('X'); at !== -1; at = text.indexOf('X', at + 1)) states.push(quoteAt(script, at));
    assert.deepEqual(states, [
      'bare',
      'double',
      'single',
      'assignment',
      'unknown',
      'code',
      'code',
      'heredoc',
      'unknown',
      'unknown',
    ]);
  });

  it('stays linear on hostile input', () => {
    const parts = [
      '$(',
      '"$(',
      '`',
      '${{',
      '${',
      '(',
      '<<A\n',
      '[[ ',
      'a|',
      '\\\n',
      'if ',
      "sh -c '",
      'a=(',
      '"',
      "'",
      '<(',
      '$((',
      'eval "',
    ];
    for (const part of parts) {
      const start = processorTime();
      assert.ok(read(part.repeat(40_000)).commands.length >= 0);
      assert.ok(processorTime() - start < 3000, part);
      assert.ok(read(part.repeat(5000), 'a.ps1').commands.length >= 0);
    }
  });
});
