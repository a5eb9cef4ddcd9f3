import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFully } from '../../../agent/gate/check.ts';
import { diagnosticsOf } from '../../../agent/lsp/convert.ts';
import { sandbox } from '../../git/support.ts';
import { generateSecret } from '../../support/secrets.ts';

test('each place of a copied secret is drawn, and names the others; another secret names none', async () => {
  const box = sandbox();
  const repo = box.repository('copies');
  const [secret, other] = [generateSecret('github-token', 3), generateSecret('github-token', 4)];
  repo.write('a.env', `A_TOKEN=${secret}\nB_TOKEN=${secret}\n`);
  repo.write('b.env', `C_TOKEN=${secret}\nD_TOKEN=${other}\n`);
  const { report } = await checkFully({ kind: 'paths', paths: ['.'] }, { cwd: repo.dir, env: box.env });
  const drawn = diagnosticsOf(report.findings, {
    blocking: new Set(),
    advice: 'warning',
    pageUri: (rule) => `file:///${rule}`,
    related: () => undefined,
    all: report.findings,
    uriOf: (path) => `file:///${path}`,
  });
  assert.deepEqual(
    drawn.map(({ relatedInformation = [] }) =>
      relatedInformation.map(({ location }) => `${location.uri}#${location.range.start.line}`),
    ),
    [
      ['file:///a.env#1', 'file:///b.env#0'],
      ['file:///a.env#0', 'file:///b.env#0'],
      ['file:///a.env#0', 'file:///a.env#1'],
      [],
    ],
  );
});
