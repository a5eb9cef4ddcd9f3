import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { documentFromText } from '../../agent/model/document.ts';
import { satisfiesPlainly } from '../../agent/model/python/pins.ts';
import { isRequirementsFile, requirementsOf } from '../../agent/model/python/requirements.ts';
import { processorTime } from '../support/processor-time.ts';

const sha = 'ab'.repeat(32);
const commit = '0123456789abcdef0123456789abcdef01234567';

describe('a requirements file', () => {
  it('is known by its name', () => {
    const yes = [
      'requirements.txt',
      'requirements-dev.txt',
      'dev-requirements.txt',
      'requirements/prod.txt',
      'constraints.txt',
      'a/requirements.in',
    ];
    const no = ['my-requirements.md', 'requirements.py', 'docs/list.txt', 'xrequirements.txt'];
    assert.deepEqual([...yes, ...no].filter(isRequirementsFile), yes);
  });

  it('is read line by line as pip does', () => {
    const text = [
      '--index-url=https://packages.example/simple',
      '-r base.txt',
      '-cother.txt',
      'Flask_Name.x [async, dotenv] == 3.0.0 ; python_version < "3.13" # why',
      'requests>=2,<3',
      'plain',
      'exact===1.0 \\',
      `    --hash=sha256:${sha} \\`,
      `    --hash sha256:${sha}`,
      `-e git+https://git.example/t.git@${commit}#egg=The_Tool`,
      `name @ https://files.example/n.whl#sha256=${sha}`,
      './local/package',
      'star==1.*',
      '\\',
      'last~=1.0',
    ].join('\r\n');
    const file = requirementsOf(documentFromText('requirements.txt', text))!;
    assert.deepEqual(
      file.requirements.map(({ name, kind, version, hashes }) => [name, kind, version, hashes.length]),
      [
        ['flask-name-x', 'exact', '3.0.0', 0],
        ['requests', 'range', undefined, 0],
        ['plain', 'any', undefined, 0],
        ['exact', 'exact', '1.0', 2],
        ['the-tool', 'vcs', undefined, 0],
        ['name', 'url', undefined, 1],
        [undefined, 'path', undefined, 0],
        ['star', 'range', undefined, 0],
        ['last', 'range', undefined, 0],
      ],
    );
    assert.deepEqual(
      file.options.map(({ name, value }) => [name, value]),
      [
        ['--index-url', 'https://packages.example/simple'],
        ['--requirement', 'base.txt'],
        ['--constraint', 'other.txt'],
      ],
    );
    const cut = file.requirements.map(({ range }) => text.slice(...range));
    assert.equal(cut[0], 'Flask_Name.x [async, dotenv] == 3.0.0');
    assert.equal(cut[4], `git+https://git.example/t.git@${commit}#egg=The_Tool`);
    assert.equal(text.slice(...file.requirements[1]!.specifierRange), '>=2,<3');
    assert.equal(file.requirements[0]!.marker, 'python_version < "3.13"');
    assert.equal(file.hashed, true);
  });

  it('takes no time whatever it holds', () => {
    const start = processorTime();
    for (const filler of ['a', ' ', '#', '\\\n', '-r', '=', ';', '@', '[', 'a.', '--hash=', ' #', '&egg=']) {
      requirementsOf(documentFromText('requirements.txt', `x${filler.repeat(300_000)}`));
    }
    assert.ok(processorTime() - start < 3000, `${processorTime() - start} ms`);
  });
});

it('a version surely fits a specifier, or it is not said', () => {
  const fits: [string, string, boolean][] = [
    ['1.2.3', '>=1,<2', true],
    ['2.0', '>=1,<2', false],
    ['1.2.3', '~=1.2', true],
    ['2.0', '~=1.2', false],
    ['1.2.3', '~=1.2.0', true],
    ['1.3', '~=1.2.0', false],
    ['1.0', '==1.0.0', true],
    ['1.5.1', '==1.5.*', true],
    ['1.5', '!=1.5', false],
    ['1.0', '', true],
    ['1.0rc1', '>=1', false],
    ['1.0', '>=1.0.dev1', false],
  ];
  for (const [version, specifier, expected] of fits) {
    assert.equal(satisfiesPlainly(version, specifier), expected, `${version} ${specifier}`);
  }
});
