import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CancellationToken } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createDocumentChecks } from '../../agent/lsp/documents.ts';
import { createTextChecker } from '../../agent/lsp/text-check.ts';
import { uriOfPath } from '../../agent/lsp/uri.ts';
import { documentFromText } from '../../agent/model/document.ts';
import { modelRules, textRules } from '../../agent/rules/registry.ts';
import { runRules } from '../../agent/rules/run.ts';
import { generator, git, median, percentile, type Row, scratch, times } from '../row.ts';

const path = '.github/workflows/build.yml';

/** From the text after a keystroke to the diagnostics an editor would get, through the language server's own check. */
export const keystroke: Row = {
  name: 'keystroke to diagnostics, 500-line workflow',
  budgetText: '≤ 5 ms, p99 ≤ 10 ms',
  budget: 5,
  async measure() {
    const { folder, env } = scratch();
    const repo = join(folder, 'repo');
    git(folder, env, 'init', '-q', repo);
    mkdirSync(join(repo, '.github/workflows'), { recursive: true });
    const text = workflowText(500);
    writeFileSync(join(repo, path), text);
    git(repo, env, 'add', '-A');
    git(repo, env, 'commit', '-qm', 'first');
    const uri = uriOfPath(join(repo, path));
    let document = TextDocument.create(uri, 'yaml', 0, text);
    const checks = createDocumentChecks({
      checker: createTextChecker(repo),
      get: (wanted) => (wanted === uri ? document : undefined),
      baseOf: () => ({ root: repo, git: true }),
      trusted: () => true,
      settings: () => ({ background: false, delay: 0, remote: '', advice: 'warning' }),
      pageUri: (rule) => `file:///docs/${rule}.md`,
    });
    const place = document.positionAt(text.indexOf('npm run lint') + 'npm run lint'.length);
    let found = 0;
    const spent = await times(
      200,
      async (index) => {
        // Each keystroke adds one letter to a command, so that no text comes twice.
        const change = { range: { start: place, end: place }, text: 'abcdefghij'[Math.abs(index) % 10] as string };
        document = TextDocument.update(document, [change], document.version + 1);
        found = (await checks.diagnostics(uri, CancellationToken.None)).length;
      },
      50,
    );
    if (found === 0) throw new Error('the workflow was not looked at');
    return {
      figure: median(spent),
      unit: 'ms',
      note: `p99 ${percentile(spent, 0.99).toFixed(1)} ms, ${found} diagnostics`,
    };
  },
};

/** A workflow of usual length through every rule there is, each time as a new document so that nothing is remembered. */
export const workflow: Row = {
  name: 'one workflow of 120 lines: parse and all rules',
  budgetText: '≤ 2 ms',
  budget: 2,
  async measure() {
    const { rules, subjectsOf } = await modelRules();
    const all = [...(await textRules()), ...rules];
    const run = (text: string, index: number) =>
      runRules({
        targets: [documentFromText(path, `${text}# ${index}\n`)],
        context: [],
        base: [],
        rules: all,
        subjectsOf,
        fingerprintKey: new Uint8Array(32),
        hasBase: false,
      });
    const usual = workflowText(120);
    const long = workflowText(500);
    if ((await run(usual, 0)).findings.length === 0) throw new Error('the workflow was not looked at');
    const spent = await times(200, (index) => run(usual, index), 50);
    const spentLong = await times(60, (index) => run(long, index), 10);
    const note = `p99 ${percentile(spent, 0.99).toFixed(1)} ms; 500 lines ${median(spentLong).toFixed(1)} ms; ${all.length} rules`;
    return { figure: median(spent), unit: 'ms', note };
  },
};

/** Jobs of the kind real workflows have: matrices, pinned and unpinned actions, expressions, scripts of several lines. */
function workflowText(lines: number): string {
  const next = generator(17);
  const sha = () => Array.from({ length: 40 }, () => '0123456789abcdef'[next(16)]).join('');
  const out = [
    'name: build',
    'on:',
    '  push:',
    '    branches: [main]',
    '  pull_request:',
    'permissions:',
    '  contents: read',
    'jobs:',
  ];
  for (let job = 0; out.length < lines; job++) {
    out.push(
      `  job-${job}:`,
      `    name: Job ${job} on ${'${{ matrix.os }}'}`,
      `    runs-on: ${'${{ matrix.os }}'}`,
      ...(job === 0 ? [] : [`    needs: [job-${next(job)}]`]),
      '    strategy:',
      '      matrix:',
      '        os: [ubuntu-24.04, windows-2025]',
      `        node: [20, 22, 24]`,
      '    steps:',
      `      - uses: actions/checkout@${sha()} # v5.0.0`,
      '        with:',
      '          persist-credentials: false',
      job % 3 === 0 ? '      - uses: acme/setup@v2' : `      - uses: acme/setup@${sha()} # v2.${job}.0`,
      '        with:',
      `          node-version: ${'${{ matrix.node }}'}`,
      '      - name: Test',
      '        env:',
      `          REF: ${'${{ github.head_ref }}'}`,
      '        run: |',
      '          npm ci',
      '          npm run lint',
      `          npm test -- --shard ${job} --reporter "$REPORTER"`,
      '          if [ "$REF" != main ]; then echo "not main"; fi',
      `      - run: echo "done ${job}" >> "$GITHUB_STEP_SUMMARY"`,
    );
  }
  return `${out.slice(0, lines).join('\n')}\n`;
}
