import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { documentFromText, spanOf } from '../../agent/model/document.ts';
import type { Category, Document, Finding, Range } from '../../agent/model/types.ts';
import {
  applySuppressions,
  directivesIn,
  type SuppressInput,
  suppressionEdit,
  suppressionMetas,
} from '../../agent/suppress.ts';

const now = '2026-05-10T12:00:00.000Z';

// Put together here, so that this file holds no directive of its own.
const ignore = ['pregate', 'ignore'].join('-');
const ignoreNext = `${ignore}-next-line`;

function finding(document: Document, what: string, rule = 'unpinned-uses', category: Category = 'pipeline'): Finding {
  const start = document.text.indexOf(what);
  assert.notEqual(start, -1, what);
  const range: Range = [start, start + what.length];
  return {
    rule,
    category,
    severity: 'high',
    confidence: 'high',
    message: 'm',
    path: document.path,
    range,
    span: spanOf(document, range),
    related: [],
    fingerprint: `${rule}:${start}`,
  };
}

function apply(document: Document, findings: Finding[], more: Partial<SuppressInput> = {}) {
  return applySuppressions({
    candidates: findings.map((one) => ({ finding: one, identity: one.fingerprint })),
    documents: [document],
    base: [],
    baseline: undefined,
    baselinePath: '.pregate/baseline.jsonl',
    now,
    ran: ['unpinned-uses', 'generic-secret', 'private-key', 'template-injection'],
    ...more,
  });
}

describe('a directive', () => {
  const styles: [path: string, open: string, close: string][] = [
    ['a.yml', '#', ''],
    ['a.ts', '//', ''],
    ['a.sql', '--', ''],
    ['a.md', '<!--', ' -->'],
    ['a.css', '/*', ' */'],
    ['a.ini', ';', ''],
    ['a.tex', '%', ''],
    ['a.ts', '/**', ' */'],
  ];
  for (const [path, open, close] of styles) {
    it(`works on its line and above it, as a comment with ${open}`, () => {
      const same = documentFromText(
        path,
        `one\nVALUE ${open} ${ignore} unpinned-uses -- pinned elsewhere${close}\nthree\n`,
      );
      const above = documentFromText(
        path,
        `one\n  ${open} ${ignoreNext} unpinned-uses -- pinned elsewhere${close}\nVALUE\n`,
      );
      for (const document of [same, above]) {
        const one = finding(document, 'VALUE');
        const result = apply(document, [one]);
        assert.deepEqual(result.kept, []);
        assert.equal(result.suppressed[0]?.suppressed?.reason, 'pinned elsewhere');
        assert.equal(result.suppressed[0]?.suppressed?.by, 'comment');
        assert.deepEqual(result.stale, []);
        const [start, end] = one.suppressed?.range ?? [0, 0];
        assert.equal(document.text.slice(start, end).startsWith(open), true);
        assert.equal(document.text.slice(start, end).endsWith(close.trim() || 'elsewhere'), true);
      }
    });
  }

  it('names several rules, and only those', () => {
    const document = documentFromText('a.yml', `VALUE # ${ignore} unpinned-uses, template-injection -- known\n`);
    const result = apply(document, [
      finding(document, 'VALUE'),
      finding(document, 'VALUE', 'template-injection'),
      finding(document, 'VALUE', 'private-key', 'secret'),
    ]);
    assert.deepEqual(
      result.kept.map(({ rule }) => rule),
      ['private-key'],
    );
    assert.equal(result.suppressed.length, 2);
  });

  it('works on the last line without a line end, after CRLF, and for a finding of many lines', () => {
    for (const text of [
      `VALUE # ${ignore} unpinned-uses -- r`,
      `a\r\n# ${ignoreNext} unpinned-uses -- r\r\nVALUE\r\nmore\r\n`,
    ]) {
      const document = documentFromText('a.yml', text);
      assert.deepEqual(apply(document, [finding(document, 'VALUE')]).kept, [], JSON.stringify(text));
    }
    const document = documentFromText('a.yml', `# ${ignoreNext} unpinned-uses -- r\nVALUE\nSECOND\nEND\n`);
    const long = finding(document, 'VALUE\nSECOND\nEND');
    assert.deepEqual(apply(document, [long]).kept, []);
  });

  it('does not reach another line', () => {
    const document = documentFromText('a.yml', `# ${ignoreNext} unpinned-uses -- r\nother\nVALUE\n`);
    const result = apply(document, [finding(document, 'VALUE')]);
    assert.equal(result.kept.length, 1);
    assert.deepEqual(
      result.stale.map(({ rule }) => rule),
      ['suppression-unused'],
    );
  });

  it('two above one line both count', () => {
    const document = documentFromText(
      'a.yml',
      `# ${ignoreNext} unpinned-uses -- a\n# ${ignoreNext} template-injection -- b\nVALUE\n`,
    );
    const result = apply(document, [finding(document, 'VALUE'), finding(document, 'VALUE', 'template-injection')]);
    assert.deepEqual(result.kept, []);
    assert.deepEqual(result.stale, []);
  });

  it('is prose in a string, in a sentence and in Markdown', () => {
    for (const [path, text] of [
      ['a.ts', `const a = '# ${ignore} x -- y';`],
      ['a.ts', `see ${ignore} x -- y`],
      ['a.md', `* ${ignore} x -- y\n# ${ignore} x -- y`],
      ['a.yml', `# ${ignore}d x -- y`],
    ] as const) {
      assert.deepEqual(directivesIn(documentFromText(path, text)), [], text);
    }
  });
});

describe('a directive that does not count', () => {
  const cases: [string, string, string][] = [
    ['without a reason', `# ${ignore} unpinned-uses`, 'suppression-without-reason'],
    ['with an empty reason', `# ${ignore} unpinned-uses --  `, 'suppression-without-reason'],
    ['with a date as its only reason', `# ${ignore} unpinned-uses -- until 2030-01-01`, 'suppression-without-reason'],
    ['without a rule', `# ${ignore} -- because`, 'suppression-malformed'],
    ['with a date that is none', `# ${ignore} unpinned-uses -- r until 2030-02-30`, 'suppression-malformed'],
    ['whose date has passed', `# ${ignore} unpinned-uses -- r until 2026-05-09`, 'suppression-expired'],
  ];
  for (const [name, comment, rule] of cases) {
    it(`${name} is reported and hides nothing`, () => {
      const document = documentFromText('a.yml', `VALUE ${comment}\n`);
      const result = apply(document, [finding(document, 'VALUE')]);
      assert.equal(result.kept.length, 1);
      assert.deepEqual(result.suppressed, []);
      assert.deepEqual(
        result.stale.map((draft) => draft.rule),
        [rule],
      );
      assert.ok(suppressionMetas.some(({ id }) => id === rule));
    });
  }

  it('counts on its last day', () => {
    const document = documentFromText('a.yml', `VALUE # ${ignore} unpinned-uses -- r until 2026-05-10\n`);
    const result = apply(document, [finding(document, 'VALUE')]);
    assert.equal(result.suppressed[0]?.suppressed?.expires, '2026-05-10');
    assert.deepEqual(result.stale, []);
  });

  it('for a rule that is none is reported only when the rules are known', () => {
    const document = documentFromText('a.yml', `VALUE # ${ignore} unpined-uses -- r\n`);
    assert.deepEqual(apply(document, []).stale, []);
    const [draft] = apply(document, [], { known: ['unpinned-uses'] }).stale;
    assert.equal(draft?.rule, 'suppression-malformed');
    assert.match(draft?.message ?? '', /unpined-uses, which is no rule; did you mean unpinned-uses\?$/);
  });

  it('of a name that does not exist is reported, whatever ran, and hides nothing', () => {
    for (const [name, meant] of [
      [`${ignore}-file`, ignore],
      [`${ignore}-nextline`, ignoreNext],
      [`${ignore}-next-lines`, ignoreNext],
    ] as const) {
      const document = documentFromText('a.yml', `# ${name} unpinned-uses -- r\nVALUE\n`);
      const result = apply(document, [finding(document, 'VALUE')], { ran: [] });
      assert.equal(result.kept.length, 1);
      assert.deepEqual(
        result.stale.map((draft) => draft.rule),
        ['suppression-malformed'],
        name,
      );
      assert.match(result.stale[0]?.message ?? '', new RegExp(`no ${name}, .*did you mean ${meant}\\?$`));
    }
    for (const prose of [`${ignore}-file.txt x`, `${ignore}-2 x`]) {
      assert.deepEqual(directivesIn(documentFromText('a.yml', `# ${prose}\n`)), [], prose);
    }
  });

  it('is not called unused when its rule did not run, or its file was not looked at', () => {
    const document = documentFromText('a.yml', `VALUE # ${ignore} private-key -- r\n`);
    assert.deepEqual(apply(document, [], { ran: ['unpinned-uses'] }).stale, []);
    assert.deepEqual(apply(document, [], { targets: new Set() }).stale, []);
    assert.deepEqual(
      apply(document, []).stale.map(({ rule }) => rule),
      ['suppression-unused'],
    );
  });

  it('an unused one can be removed, with its line when it stands alone', () => {
    for (const [text, after] of [
      [`a\n  # ${ignoreNext} private-key -- r\nVALUE\n`, 'a\nVALUE\n'],
      [`a\nVALUE  # ${ignore} private-key -- r\nb\n`, 'a\nVALUE\nb\n'],
    ] as const) {
      const document = documentFromText('a.yml', text);
      const [edit] = apply(document, []).stale[0]?.fixes?.()[0]?.edits ?? [];
      assert.ok(edit);
      assert.equal(text.slice(0, edit.range[0]) + edit.text + text.slice(edit.range[1]), after);
    }
  });
});

describe('a suppression in the change being judged', () => {
  it('is introduced when the base does not have it, wherever the base had it', () => {
    const text = `VALUE # ${ignore} unpinned-uses -- r\n`;
    const document = documentFromText('a.yml', text);
    const introduced = (base: Document[], hasBase?: boolean) => {
      const result = apply(document, [finding(document, 'VALUE')], {
        base,
        ...(hasBase === undefined ? {} : { hasBase }),
      });
      return result.suppressed[0]?.suppressed?.introduced;
    };
    assert.equal(introduced([documentFromText('a.yml', `x\n\n${text}`)]), false);
    assert.equal(introduced([documentFromText('a.yml', 'VALUE\n')]), true);
    assert.equal(introduced([documentFromText('a.yml', `VALUE # ${ignore} unpinned-uses -- other reason\n`)]), true);
    assert.equal(introduced([]), false);
    assert.equal(introduced([], true), true);
  });
});

describe('comments of neighbours', () => {
  const cases: [name: string, text: string, rule: string, category: Category, hidden: boolean][] = [
    ['gitleaks', 'VALUE # gitleaks:allow', 'generic-secret', 'secret', true],
    ['gitleaks for another family', 'VALUE # gitleaks:allow', 'unpinned-uses', 'pipeline', false],
    ['detect-secrets', 'VALUE # pragma: allowlist secret', 'generic-secret', 'secret', true],
    ['detect-secrets, next line', '# pragma: allowlist nextline secret\nVALUE', 'generic-secret', 'secret', true],
    ['secretlint line', 'VALUE // secretlint-disable-line', 'generic-secret', 'secret', true],
    ['secretlint next line', '// secretlint-disable-next-line\nVALUE', 'private-key', 'secret', true],
    ['secretlint region', '// secretlint-disable\na\nVALUE\n', 'private-key', 'secret', true],
    [
      'secretlint region that ended',
      '// secretlint-disable\n// secretlint-enable\nVALUE\n',
      'private-key',
      'secret',
      false,
    ],
    ['trufflehog', 'VALUE # trufflehog:ignore', 'generic-secret', 'secret', true],
    ['zizmor', 'VALUE # zizmor: ignore[unpinned-uses]', 'unpinned-uses', 'pipeline', true],
    ['zizmor for another rule', 'VALUE # zizmor: ignore[artipacked]', 'unpinned-uses', 'pipeline', false],
    ['hadolint', '# hadolint ignore=DL3006,DL3008\nVALUE', 'unpinned-images', 'pipeline', true],
    ['hadolint for another rule', '# hadolint ignore=DL3008\nVALUE', 'unpinned-images', 'pipeline', false],
    ['ratchet', 'VALUE # ratchet:exclude', 'unpinned-uses', 'pipeline', true],
    ['semgrep', 'VALUE # nosemgrep', 'template-injection', 'pipeline', true],
    ['semgrep, not a comment', 'VALUE nosemgrep', 'template-injection', 'pipeline', false],
    ['betterleaks', 'VALUE # betterleaks:allow', 'generic-secret', 'secret', true],
    ['ggshield', 'VALUE # ggignore', 'generic-secret', 'secret', true],
    ['a mark on another line', '# gitleaks:allow\nVALUE', 'generic-secret', 'secret', false],
  ];
  for (const [name, text, rule, category, hidden] of cases) {
    it(name, () => {
      const document = documentFromText('a.yml', text);
      const result = apply(document, [finding(document, 'VALUE', rule, category)]);
      assert.equal(result.suppressed.length, hidden ? 1 : 0);
      if (!hidden) return;
      const { reason = '', range = [0, 0] } = result.suppressed[0]?.suppressed ?? {};
      assert.match(reason, /^no reason given \(.+\)$/);
      assert.match(document.text.slice(...range), /allow|disable|ignore|exclude|nosem/);
    });
  }
});

describe('a token whose checksum is valid', () => {
  const token = (document: Document): Finding => ({
    ...finding(document, 'VALUE', 'generic-secret', 'secret'),
    proven: true,
  });
  const rights = { foreign: true, proven: true };
  for (const text of ['VALUE # gitleaks:allow', `VALUE # ${ignore} generic-secret -- sample`]) {
    it(`is not hidden by ${text.slice(8)}, which is said, unless the configuration lets it`, () => {
      const document = documentFromText('a.yml', text);
      const result = apply(document, [token(document)]);
      assert.equal(result.kept.length, 1);
      assert.deepEqual(
        result.stale.map((draft) => draft.rule),
        ['suppression-refused'],
      );
      assert.equal(apply(document, [token(document)], { rights }).suppressed.length, 1);
    });
  }

  it('lets no comment of another tool count where the configuration says so', () => {
    const document = documentFromText('a.yml', 'VALUE # gitleaks:allow');
    const one = finding(document, 'VALUE', 'generic-secret', 'secret');
    assert.equal(apply(document, [one], { rights: { foreign: false, proven: false } }).kept.length, 1);
  });
});

describe('the comment that is offered', () => {
  it('suppresses the finding it was made for, in every format that has comments', () => {
    for (const path of ['a.ts', 'a.yml', 'Dockerfile', 'a.sql', 'a.md', 'a.css', 'a.ini', '.env', 'a.xml', 'a.tex']) {
      for (const end of ['\n', '\r\n']) {
        const document = documentFromText(path, `one${end}    VALUE${end}three${end}`);
        const edit = suppressionEdit(document, {
          rule: 'unpinned-uses',
          line: 2,
          reason: 'a  b -->',
          expires: '2027-01-01',
        });
        assert.ok(edit, path);
        const after = documentFromText(
          path,
          document.text.slice(0, edit.range[0]) + edit.text + document.text.slice(edit.range[1]),
        );
        const result = apply(after, [finding(after, 'VALUE')]);
        assert.deepEqual(result.kept, [], path);
        assert.equal(result.suppressed[0]?.suppressed?.reason, 'a b');
        assert.equal(result.suppressed[0]?.suppressed?.expires, '2027-01-01');
      }
    }
  });

  it('is not offered where a format has none', () => {
    assert.equal(suppressionEdit(documentFromText('a.json', '{}'), { rule: 'a', line: 1, reason: 'r' }), undefined);
  });
});

it('a megabyte of directives on one line is read in linear time', () => {
  const text = `# ${ignore} a -- b `.repeat(40_000);
  const before = process.cpuUsage();
  const list = directivesIn(documentFromText('a.yml', text));
  const used = process.cpuUsage(before);
  assert.ok(list.length > 0);
  assert.ok((used.user + used.system) / 1000 < 1000, `${(used.user + used.system) / 1000} ms`);
});
