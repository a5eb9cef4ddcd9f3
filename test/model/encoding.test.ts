/** Text that a mark or a pattern at the beginning of a file would hide. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../agent/fix.ts';
import { documentFromBytes } from '../../agent/model/document.ts';
import { lockOf } from '../../agent/model/npm/lock.ts';
import { manifestOf } from '../../agent/model/npm/manifest.ts';
import { parseJson, parseToml, parseYaml } from '../../agent/model/tree/index.ts';
import { parseConfigs } from '../../agent/policy/conventions/parse.ts';
import { suppressionEdit } from '../../agent/suppress/edit.ts';

const line = `token = ${'abcdefghij'}klmnop1234`;
const bytes = (...values: number[]) => Buffer.from(values);
const ascii = Buffer.from(line);
const wide = (text: string) => Buffer.from(text, 'utf16le');
const wider = (text: string) =>
  Buffer.concat([...text].map((one) => Buffer.concat([Buffer.from(one), Buffer.alloc(3)])));
const textOf = (...parts: Buffer[]) => documentFromBytes('x', Buffer.concat(parts)).text;
const times = (text: string) => text.split(line).length - 1;

test('point 6: what a mark or a pattern of NUL bytes would hide stands behind the text', () => {
  const hidden: Record<string, Buffer[]> = {
    'a mark of UTF-16 before ASCII': [bytes(0xff, 0xfe), ascii],
    'a big endian mark before ASCII': [bytes(0xfe, 0xff), ascii],
    'a mark of UTF-32 before ASCII': [bytes(0xff, 0xfe, 0, 0), ascii],
    'a big endian mark of UTF-32 before ASCII': [bytes(0, 0, 0xfe, 0xff), ascii],
    'ASCII behind a pattern of UTF-16': [wide('x'.repeat(3000)), ascii],
    'UTF-16 out of step': [wide('\ufeffA\n'), bytes(10), wide(line)],
    'big endian behind a little endian mark': [wide('\ufeff'), wide(line).swap16()],
    'UTF-32 behind ASCII': [Buffer.from('head\n'), wider(line)],
    'UTF-32 in UTF-16': [wide('\ufeffA\n'), wider(line)],
    'UTF-16 in UTF-32': [bytes(0xff, 0xfe, 0, 0), wider('A\n'), wide(line)],
    'UTF-32 out of step': [bytes(0xff, 0xfe, 0, 0), wider('A\n'), bytes(10, 10), wider(line)],
  };
  for (const [name, parts] of Object.entries(hidden)) assert.equal(times(textOf(...parts)), 1, name);
});

test('text that is what it says it is has nothing behind it', () => {
  const text = `A = 1\n${line}\n口令在这里口令在这里\nand the last line of it all\n`;
  assert.equal(textOf(wide(`\ufeff${text}`)), `\ufeff${text}`);
  assert.equal(textOf(wide(`\ufeff${text}`).swap16()), `\ufeff${text}`);
  const plain = `A = 1\n${line}\nand the last line of it all\n`;
  assert.equal(textOf(wide(plain)), plain);
  assert.equal(textOf(wider(plain)), plain);
  assert.equal(textOf(bytes(0xff, 0xfe, 0, 0), wider(plain)), `\ufeff${plain}`);
});

test('a script whose characters look like ASCII in pairs is parsed without what stands behind the text', () => {
  // Both bytes of each of these characters are printable.
  const script = '本木村来用中水';
  const both = (path: string, text: string) =>
    [wide(`\ufeff${text}`), wide(`\ufeff${text}`).swap16()].map((bytes) => {
      const document = documentFromBytes(path, bytes);
      assert.notEqual(document.text, `\ufeff${text}`, 'the rules on secrets look at both readings');
      return document;
    });
  const json = `{"name":"x","description":"${script}"}`;
  for (const document of both('package.json', json)) {
    assert.equal(manifestOf(document).manifest?.name, 'x');
    assert.deepEqual(parseJson(document).problems, []);
    assert.deepEqual(parseConfigs(document, 'json').configs[0]?.value, { name: 'x', description: script });
    const edit = { path: 'package.json', range: [1, 1] as const, text: ' ' };
    assert.equal(applyEdits([document], [edit]), undefined, 'nothing is written as UTF-8');
  }
  for (const document of both('package-lock.json', `{"name":"${script}","lockfileVersion":3,"packages":{}}`))
    assert.equal(lockOf(document)?.problem, undefined);
  for (const document of both('a.yaml', `a: {b: 1} # ${script}\nc: ["${script}"]`)) {
    assert.deepEqual(parseYaml(document).problems, []);
    assert.equal(suppressionEdit(document, { rule: 'x', line: 1, reason: 'y' }), undefined);
  }
  for (const document of both('a.toml', `a = "${script}"`)) assert.deepEqual(parseToml(document).problems, []);
});
