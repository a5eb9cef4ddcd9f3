import assert from 'node:assert/strict';
import { it } from 'node:test';
import { renderSbom } from '../../agent/report/sbom.ts';
import { makeStyle } from '../../agent/report/style.ts';
import type { SbomPreview } from '../../agent/sbom/preview.ts';

const preview: SbomPreview = {
  label: 'staged',
  base: 'origin/main',
  kind: 'lock',
  spec: undefined,
  tool: undefined,
  complete: true,
  problems: [],
  changes: [],
  counts: {
    components: 746,
    direct: 38,
    development: 512,
    withHash: 746,
    withLicence: 740,
    installScripts: 2,
    unique: 746,
    optional: 0,
    deprecated: 0,
    firstParty: 0,
  },
  rows: [
    {
      class: 'hash-changed',
      word: 'changed hash',
      subject: 'event-stream 3.3.6',
      detail: 'same version, different content',
      broughtBy: 'brought by vite',
    },
  ],
} as unknown as SbomPreview;

const lines = (width: number) => renderSbom(preview, makeStyle({ color: false, width })).split('\n');

it('components fit every terminal, with the answer on the first line', () => {
  for (const width of [40, 60, 80, 100]) {
    const shown = lines(width);
    const text = shown.join(' ').replace(/\s+/g, ' ');
    assert.match(text, /^ Components as staged: 746 components(?: \(38 direct, 512 development\))?, complete/);
    for (const line of shown) assert.ok(line.length <= width, `${width}: ${line}`);
    for (const part of ['changed hash event-stream 3.3.6', 'same version, different content', 'brought by vite'])
      assert.ok(text.includes(part), `${width}: ${part}`);
    assert.match(text, /← look at this first/);
  }
});
