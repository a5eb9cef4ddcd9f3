import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { lintSource } from '@secretlint/core';
import { creator, rules } from '@secretlint/secretlint-rule-preset-recommend';
import { documentFromText } from '../../agent/model/document.ts';
import { scanSecrets } from '../../agent/model/secrets/index.ts';
import { officialRules, runOfficial } from '../../agent/model/secrets/official.ts';
import { generateSecret, kindsOf, secretNames } from '../support/secrets.ts';

/** What the plain preset reports, run as its own documentation says. */
async function plain(path: string, text: string): Promise<string[]> {
  const result = await lintSource({
    source: { content: text, filePath: path, ext: /\.[^./]+$/.exec(path)?.[0] ?? '', contentType: 'text' },
    options: { noPhysicFilePath: true, config: { rules: [{ id: creator.meta.id, rule: creator, options: {} }] } },
  });
  return result.messages.map(({ ruleId, range }) => `${ruleId.split('-rule-')[1]}:${range[0]}-${range[1]}`).sort();
}

const everything = new Set(officialRules.map(({ name }) => name));

describe('the official preset behind the gate', () => {
  it('is registered whole, and every rule has its keywords', () => {
    assert.equal(officialRules.length, rules.length - 1);
    for (const rule of officialRules)
      assert.ok(rule.url || rule.keywords.length > 0, `${rule.name} has no keyword: a new rule?`);
  });

  it('reports the same places as the preset itself, at once and not later', async () => {
    for (const name of secretNames()) {
      const near = kindsOf(name)[0]?.near ?? '';
      const text = `a\n${near}${generateSecret(name)}\nurl = https://svc:${generateSecret('random-hex')}@api.acme.io/x\n`;
      const { reports } = runOfficial(documentFromText('config/app.env', text), everything);
      const ours = reports.map(({ rule, range }) => `${rule}:${range[0]}-${range[1]}`);
      assert.deepEqual([...new Set(ours)].sort(), await plain('config/app.env', text), name);
    }
  });

  it('lets nothing through unseen: whatever the preset reports is one of our hits', async () => {
    for (const name of secretNames()) {
      for (let seed = 1; seed <= kindsOf(name).length * 3; seed++) {
        const near = kindsOf(name)[(seed - 1) % kindsOf(name).length]?.near ?? '';
        const text = `a\n${near}${generateSecret(name, seed)}\nend\n`;
        const { hits, problems } = scanSecrets(documentFromText('config/app.env', text));
        assert.deepEqual(problems, []);
        for (const report of await plain('config/app.env', text)) {
          const [start, end] = (report.split(':')[1] as string).split('-').map(Number) as [number, number];
          assert.ok(
            hits.some(({ range }) => range[0] < end && range[1] > start),
            `${name}:${seed} ${report}`,
          );
        }
      }
    }
  });

  it('does not bring back what our own finder took for a placeholder', async () => {
    const text = `see ${['https://bob', 'hunter22@files.test/x'].join(':')}\n`;
    assert.equal((await plain('a.sh', text)).length, 1);
    assert.deepEqual(scanSecrets(documentFromText('a.sh', text)).hits, []);
  });

  it('counts offsets from the byte order mark', () => {
    const token = generateSecret('docker-token');
    const text = `\ufeff${token}\n`;
    const { reports } = runOfficial(documentFromText('a.txt', text), new Set(['docker']));
    assert.deepEqual(
      reports.map(({ range }) => text.slice(range[0], range[1])),
      [token],
    );
  });

  it('turns a rule that throws into a problem and goes on', () => {
    const rule = officialRules.find(({ name }) => name === 'docker');
    assert.ok(rule);
    const { create } = rule.creator;
    rule.creator.create = () => {
      throw new Error('broken');
    };
    try {
      const text = `${generateSecret('docker-token')} ${generateSecret('linear-token')}`;
      const { reports, problems } = runOfficial(documentFromText('a.txt', text), new Set(['docker', 'linear']));
      assert.deepEqual(
        reports.map((report) => report.rule),
        ['linear'],
      );
      assert.deepEqual(
        problems.map(({ code, fatal }) => [code, fatal]),
        [['secret-rule-failed', true]],
      );
    } finally {
      rule.creator.create = create;
    }
  });

  it('reads no file: a .p12 of the given path stays closed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pregate-p12-'));
    try {
      const path = join(folder, 'key.p12');
      writeFileSync(path, 'not a key');
      const before = (await import('node:fs')).statSync(path).atimeMs;
      runOfficial(documentFromText(path, 'private_key_id'), everything);
      await new Promise((done) => setTimeout(done, 20));
      assert.equal((await import('node:fs')).statSync(path).atimeMs, before);
      assert.deepEqual(runOfficial(documentFromText(path, 'x'), new Set(['gcp'])).reports, []);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
