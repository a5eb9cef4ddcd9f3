import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { documentFromText } from '../../agent/model/document.ts';
import { type Expression, parseExpression } from '../../agent/model/pipeline/expression.ts';
import { expressionsIn } from '../../agent/model/pipeline/spans.ts';
import { parseYaml, scalarsOf } from '../../agent/model/tree/index.ts';

function shape(expression: Expression | undefined): string {
  if (!expression) return '?';
  if (expression.kind === 'literal') return JSON.stringify(expression.value);
  if (expression.kind === 'context') return expression.path.join('.');
  if (expression.kind === 'call') return `${expression.name}(${expression.args.map(shape).join(' ')})`;
  if (expression.kind === 'access') return `(${shape(expression.base)}).${expression.path.join('.')}`;
  return `(${expression.operator} ${expression.args.map(shape).join(' ')})`;
}

describe('expressions', () => {
  const cases: [string, string][] = [
    ['github.event.Issue.title', 'github.event.issue.title'],
    ["github['head_ref']", 'github.head_ref'],
    ['github.event.commits[0].message', 'github.event.commits.0.message'],
    ['github.event.commits.*.message', 'github.event.commits.*.message'],
    ["secrets[format('a{0}', x)]", 'secrets.*'],
    ["a && 'it''s' || !b", '(|| (&& a "it\'s") (! b))'],
    ['a == b && c != d', '(&& (== a b) (!= c d))'],
    ['(a || b) && c', '(&& (|| a b) c)'],
    ['fromJSON(x).y[0]', '(fromjson(x)).y.0'],
    ["contains(fromJSON('[1]'), github.ref)", 'contains(fromjson("[1]") github.ref)'],
    ['-1.5e3', '-1500'],
    ['a-b.c_d', 'a-b.c_d'],
    ['', '?'],
    ['a b', '?'],
    ['a &&', '?'],
    ["'open", '?'],
    ['a[', '?'],
    ['f(a,)', '?'],
  ];
  for (const [text, expected] of cases)
    it(text || '(empty)', () => assert.equal(shape(parseExpression(text)), expected));

  it('gives up on depth instead of the stack', () => {
    for (const text of [
      '('.repeat(100_000),
      '!'.repeat(100_000),
      'a['.repeat(50_000),
      'f('.repeat(50_000),
      'a||'.repeat(50_000),
    ]) {
      assert.equal(parseExpression(text), undefined);
    }
  });

  it('finds each expression at its place in the document, whatever the style of the scalar', () => {
    const text =
      "a: 'x ${{ format(''}}'') }} y'\nb: |\n  one ${{ b }}\n  two ${{ c }}\nc: \"\\t${{ d }}\"\nd: ${{ open\n";
    const document = documentFromText('a.yml', text);
    const found = [...scalarsOf(parseYaml(document).roots[0])].flatMap((scalar) => expressionsIn(scalar));
    assert.deepEqual(
      found.map(({ text: inner }) => inner.trim()),
      ["format('}}')", 'b', 'c', 'd'],
    );
    assert.deepEqual(
      found.map(({ range }) => text.slice(...range)),
      ["${{ format(''}}'') }}", '${{ b }}', '${{ c }}', '${{ d }}'],
    );
  });
});
