import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { providers } from '../../agent/model/secrets/providers/index.ts';
import { randomFrom } from '../support/random.ts';
import { shapes } from '../support/secret-shapes.ts';
import { generateSecret, kindsOf } from '../support/secrets.ts';
import { found, scan } from './helpers.ts';

const names = [...new Set(shapes.map(({ name }) => name))];
const rounds = 12;

/** Every kind of every name, some values of each, with what has to stand in front of it. */
function* samples(): Generator<{ name: string; value: string; near: string; seed: number }> {
  for (const name of names) {
    const kinds = kindsOf(name);
    for (let seed = 1; seed <= kinds.length * rounds; seed++) {
      const near = kinds[(seed - 1) % kinds.length]?.near ?? '';
      yield { name, value: generateSecret(name, seed), near, seed };
    }
  }
}

describe('rows of providers', () => {
  it('are many, and each says where it comes from and what to do', () => {
    const ids = new Set(providers().map(({ id }) => id));
    assert.ok(ids.size >= 60, `${ids.size} kinds`);
    for (const row of providers()) {
      assert.match(row.source, /^https:\/\/\S+$/, row.id);
      assert.ok(row.rotate.length > 5, row.id);
      assert.match(row.id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      for (const keyword of row.keywords) {
        assert.equal(keyword, keyword.toLowerCase(), `${row.id}: keywords are lower case`);
        assert.match(keyword, /^[\x20-\x7e]{2,}$/, row.id);
      }
      const { source, flags } = row.pattern;
      assert.equal(flags.includes('y'), row.at !== 'near', `${row.id}: sticky at the keyword, and only there`);
      assert.doesNotMatch(
        source.replace(/\\./g, '_').replace(/\[[^\]]*\]/g, '_'),
        /[*+]|\{\d+,\}/,
        `${row.id}: unbounded`,
      );
    }
  });

  it('find exactly the value they were made for, and say nothing of it', () => {
    const missed: string[] = [];
    for (const { name, value, near, seed } of samples()) {
      const text = `# settings\n  ${near}${value}\nend = true\n`;
      if (!found(text).includes(`${name}:${value}`)) missed.push(`${name}:${seed}`);
      for (const { message } of scan(text)) {
        assert.ok(!sharesText(message, withoutPrefix(name, value)), `${name}: message shows the value`);
      }
    }
    assert.deepEqual(missed, []);
  });

  it('find it in quotes, in JSON behind an escape, in a URL and at the end of the text', () => {
    const missed: string[] = [];
    for (const { name, value, near, seed } of samples()) {
      if (near !== '' || seed > 2) continue;
      const frames = [`a = "${value}";`, `{"a":"x\\n${value}\\n"}`, `x?a=1%26${value}&b=2`, value];
      for (const [index, text] of frames.entries()) {
        if (!found(text, 'src/app.ts').some((hit) => hit === `${name}:${value}`))
          missed.push(`${name}:${seed} frame ${index}`);
      }
    }
    assert.deepEqual(missed, []);
  });

  it('find a webhook of Discord and a bot of Telegram in their addresses', () => {
    const hook = generateSecret('discord-webhook');
    const bot = generateSecret('telegram-bot-token');
    assert.deepEqual(found(`url = https://discord.com${hook}\n`), [`discord-webhook:${hook}`]);
    assert.deepEqual(found(`https://api.telegram.org/bot${bot}/getMe\n`), [`telegram-bot-token:${bot}`]);
    assert.deepEqual(found(`robot${bot}\n`), []);
  });

  it('find the key of AWS that is handed over behind its id', () => {
    const [id, secret] = [generateSecret('aws-access-key', 3), generateSecret('aws-secret-access-key', 3)];
    const value = secret.slice(-40);
    assert.ok(found(`boto3.client('s3', '${id}', '${value}')\n`, 'a.py').includes(`aws-secret-access-key:${value}`));
    assert.deepEqual(
      scan(`boto3.client('s3', '${id}', '${value}a')\n`, 'a.py').filter(({ rule }) => rule === 'aws-secret-access-key'),
      [],
    );
  });

  it('do not find a value whose first character is wrong', () => {
    const exceptions =
      /^(?:azure-|aws-secret|mailchimp|newrelic|terraform|telegram|slack-webhook|discord-webhook|.*-key$)/;
    for (const { name, value, near, seed } of samples()) {
      if (near !== '' || seed > 3 || exceptions.test(name)) continue;
      const wrong = (value[0] === 'Z' ? 'Q' : 'Z') + value.slice(1);
      assert.ok(!found(`${wrong}\n`).some((hit) => hit.startsWith(`${name}:`)), `${name}:${seed}`);
    }
  });

  it('do not find a value that is half as long', () => {
    // These have no fixed length, so that half of a long one is a short one.
    const elastic =
      /^(?:vault-token|stripe-secret-key|pypi-token|google-oauth-token|facebook-token|vercel-token|slack-token|ory-token)$/;
    const taken: string[] = [];
    for (const { name, value, near, seed } of samples()) {
      if (seed > 3 || elastic.test(name)) continue;
      const half = value.slice(0, Math.ceil(value.length / 2));
      if (found(`${near}${half}\n`).includes(`${name}:${half}`)) taken.push(`${name}:${seed}`);
    }
    assert.deepEqual(taken, []);
  });

  it('do not find a value with one character more, less, of another alphabet or another prefix', () => {
    const taken: string[] = [];
    for (const [index, { name, make }] of shapes.filter((shape) => shape.exact).entries()) {
      const value = make(randomFrom(index + 1));
      const at = value.length - 9;
      for (const wrong of [
        `${value}a`,
        value.slice(0, -1),
        `${value.slice(0, at)}~${value.slice(at + 1)}`,
        (value[0] === 'Z' ? 'Q' : 'Z') + value.slice(1),
        value[1] === 'q' ? `${value[0]}x${value.slice(2)}` : `${value[0]}q${value.slice(2)}`,
      ]) {
        if (found(`${wrong}\n`).some((hit) => hit.startsWith(`${name}:`))) taken.push(`${name}: ${wrong.length}`);
      }
    }
    assert.deepEqual(taken, []);
  });

  it('do not find a value inside a longer word', () => {
    for (const name of ['github-token', 'npm-token', 'aws-access-key', 'stripe-secret-key', 'digitalocean-token']) {
      const value = generateSecret(name);
      assert.deepEqual(found(`${value}${'a'.repeat(300)}\n`), [], name);
      assert.deepEqual(
        found(`x${value}\n`).filter((hit) => hit.startsWith(name)),
        [],
        name,
      );
    }
  });
});

describe('checksums', () => {
  it('raise a token of GitHub, npm, Polar, Thunderstore or Synapse to high, and lower it when one character is wrong', () => {
    for (const name of ['github-token', 'npm-token', 'polar-token', 'thunderstore-token', 'matrix-token']) {
      const value = generateSecret(name);
      const last = value.slice(-1);
      const wrong = value.slice(0, -1) + (last === '0' ? '1' : '0');
      const [good] = scan(value);
      const [bad] = scan(wrong);
      assert.equal(good?.confidence, 'high');
      assert.match(good?.message ?? '', /checksum valid/);
      assert.equal(bad?.confidence, 'medium');
      assert.match(bad?.message ?? '', /checksum does not match/);
    }
  });

  it('cover Packagist’s prefix too, so that another kind with the same digits is no live token', () => {
    const value = generateSecret('packagist-token', 1);
    assert.match(scan(value)[0]?.message ?? '', /checksum valid/);
    for (const wrong of [value.replace('_ort_', '_out_'), value.slice(0, -1) + (value.endsWith('0') ? '1' : '0')]) {
      assert.match(scan(wrong)[0]?.message ?? '', /checksum does not match/);
    }
    for (const none of [
      value.slice(0, -1),
      `${value}0`,
      value.toUpperCase(),
      value.replace('packagist', 'packagisr'),
    ]) {
      assert.deepEqual(
        scan(none).filter(({ rule }) => rule === 'packagist-token'),
        [],
      );
    }
  });

  it('prove a Cloudflare token', () => {
    assert.match(scan(generateSecret('cloudflare-token', 2))[0]?.message ?? '', /checksum valid/);
  });
});

describe('placeholders', () => {
  const stars = 'x'.repeat(36);
  for (const [what, text] of [
    ['one character repeated', `ghp_${stars}`],
    ['counting characters', `ghp_${'abcdefghijklmnopqrstuvwxyz0123456789'}`],
    ['words', `ghp_${'PersonalAccessTokenFromTheSettingsPage'.slice(0, 36)}`],
    ['a template', `token: ghp_\${GITHUB_TOKEN}`],
    ['GitLab', `glpat-${'X'.repeat(20)}`],
    ['Slack', `xoxb-${'my-bot-token'}`],
    ['Grafana', `glsa_${'X'.repeat(32)}_${'A'.repeat(8)}`],
    ['the example of AWS', `AKIA${'IOSFODNN7EXAMPLE'}`],
  ] as const) {
    it(what, () => assert.deepEqual(found(`${text}\n`), []));
  }
});

describe('tokens as their vendors’ pages describe them', () => {
  const body = Buffer.from(
    JSON.stringify({ iat: 1767225600.5, url: 'https://sentry.io', region_url: 'https://us.sentry.io', org: 'acme' }),
  ).toString('base64');
  const tail = generateSecret('random-hex', 3).repeat(2).slice(0, 43);
  const payload = Buffer.from(JSON.stringify({ u: 'acme', a: `cm${tail.slice(0, 23)}` })).toString('base64url');
  const signature = generateSecret('random-hex', 4).slice(0, 22);

  it('Sentry’s organization token ends 43 characters behind its second underscore', () => {
    const token = `sntrys_${body}_${tail}`;
    assert.deepEqual(found(`SENTRY_AUTH_TOKEN=${token}\n`), [`sentry-token:${token}`]);
    for (const none of [token.slice(0, -1), `${token}a`, token.replace('sntrys', 'sntryz')]) {
      assert.deepEqual(
        found(`x ${none}\n`).filter((hit) => hit.startsWith('sentry-token')),
        [],
      );
    }
  });

  it('Mapbox’s secret and temporary tokens are found, its public ones are none', () => {
    for (const head of ['sk', 'tk']) {
      const token = `${head}.${payload}.${signature}`;
      assert.deepEqual(found(`token = "${token}"\n`), [`mapbox-token:${token}`]);
    }
    const open = scan(`token = "pk.${payload}.${signature}"\n`);
    assert.deepEqual(
      open.filter(({ severity }) => severity !== 'info'),
      [],
    );
  });
});

describe('several parts', () => {
  it('an AWS key id and its secret are one finding with two places', () => {
    const id = generateSecret('aws-access-key');
    const secret = generateSecret('aws-secret-access-key');
    const text = `[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`;
    const hits = scan(text, '.aws/credentials');
    assert.deepEqual(
      hits.map(({ rule }) => rule),
      ['aws-secret-access-key'],
    );
    assert.equal(hits[0]?.severity, 'critical');
    assert.deepEqual(
      hits[0]?.related?.map(({ range }) => text.slice(range[0], range[1])),
      [id],
    );
  });

  it('an id is joined with its vendor’s secret, not with the next one', () => {
    const id = `LT${'AI'}${generateSecret('random-token', 3).replace(/\W/g, 'x').slice(0, 20)}`;
    const own = generateSecret('random-token', 4).replace(/\W/g, 'x').slice(0, 30).padEnd(30, 'Q7');
    const other = generateSecret('random-token', 5);
    const text = `aliyun:\n  accessKeyId: ${id}\n  accessKeySecret: ${own}\njwt:\n  secret: ${other}\n`;
    const joined = scan(text, 'application.yml').filter(({ related }) => related?.length === 1);
    assert.deepEqual(
      joined.map(({ rule, range }) => [rule, text.slice(...range)]),
      [['alibaba-access-key-secret', own]],
    );
  });

  it('two ids and two secrets stay two findings', () => {
    const pair = (seed: number): string =>
      `aws_access_key_id = ${generateSecret('aws-access-key', seed)}\naws_secret_access_key = ${generateSecret('aws-secret-access-key', seed)}\n`;
    const hits = scan(`[a]\n${pair(1)}[b]\n${pair(2)}`);
    assert.equal(hits.length, 2);
    assert.ok(hits.every(({ related }) => related?.length === 1));
  });
});

/** The prefix is public and often the vendor's name, which the message says too. */
function withoutPrefix(name: string, value: string): string {
  const prefixes = providers()
    .filter((row) => row.id === name && row.at !== 'near')
    .flatMap((row) => row.keywords);
  const prefix = prefixes.find((one) => value.toLowerCase().startsWith(one));
  return value.slice(prefix?.length ?? 0);
}

/** Any six characters in a row of the value. */
function sharesText(message: string, value: string): boolean {
  for (let at = 0; at + 6 <= value.length; at++) if (message.includes(value.slice(at, at + 6))) return true;
  return false;
}
