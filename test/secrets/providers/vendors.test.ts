import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32 } from 'node:zlib';
import { randomFrom } from '../../support/random.ts';
import { type Credential, credentials, makeCredential } from '../../support/secrets/vendors.ts';
import { found, scan } from '../helpers.ts';

/** Where people write a credential: the path and the text around it. */
const places: Record<string, (name: string, value: string) => readonly [path: string, text: string]> = {
  env: (name, value) => ['.env.production', `PORT=80\n${name}=${value}\nEND=1\n`],
  shell: (name, value) => ['deploy.sh', `export ${name}="${value}"\n./run\n`],
  yaml: (name, value) => ['config/app.yml', `service:\n  ${name.toLowerCase()}: ${value}\n`],
  json: (name, value) => ['config/app.json', `{\n  "${camel(name)}": "${value}"\n}\n`],
  typescript: (name, value) => ['src/app.ts', `export const ${camel(name)}: string = '${value}';\n`],
  python: (name, value) => ['src/app.py', `os.environ["${name}"] = "${value}"\n`],
  ruby: (name, value) => ['src/app.rb', `config = { :${name.toLowerCase()} => '${value}' }\n`],
  header: (name, value) => ['run.sh', `curl -H "X-${name.toLowerCase().replaceAll('_', '-')}: ${value}" host\n`],
  query: (name, value) => ['src/app.js', `fetch("https://host/v1?${name.toLowerCase()}=${value}&page=2")\n`],
  manifest: (name, value) => ['deploy/app.yaml', `env:\n  - name: ${name}\n    value: "${value}"\n`],
  xml: (name, value) => ['app.config', `<add key="${name}" value="${value}" />\n`],
  comment: (name, value) => ['src/app.go', `// ${name.toLowerCase().replaceAll('_', ' ')}: ${value}\n`],
};

function camel(name: string): string {
  return name.toLowerCase().replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Four values of each; what they are depends on the credential alone, not on its place in the list. */
function valuesOf(credential: Credential): string[] {
  const seed = crc32(`${credential.id} ${credential.variable} ${credential.parts.join()}`);
  return [1, 2, 3, 4].map((more) => makeCredential(credential, randomFrom(seed + more)));
}

function* values(): Generator<{ credential: Credential; value: string }> {
  for (const credential of credentials) for (const value of valuesOf(credential)) yield { credential, value };
}

describe('credentials beside their vendor’s name', () => {
  for (const [place, write] of Object.entries(places)) {
    it(`are found and told apart in ${place}`, () => {
      const missed: string[] = [];
      for (const credential of credentials) {
        const said = valuesOf(credential).map((value) => {
          // White space inside of a header's name or a comment is no part of an identifier with an assignment.
          const [path, text] = write(credential.variable, value);
          const hits = found(text, path);
          return hits.includes(`${credential.id}:${value}`) ? 'found' : hits.map((hit) => hit.split(':')[0]).join();
        });
        // A random value can be a stand-in by chance.
        if (said.filter((one) => one === 'found').length < 3) {
          missed.push(`${credential.id} (${credential.variable}): ${said.join(' ')}`);
        }
      }
      assert.deepEqual([...new Set(missed)], []);
    });
  }

  it('are one character too long, too short or of another alphabet, and then are not the vendor’s', () => {
    const taken: string[] = [];
    for (const { credential, value } of values()) {
      if (!credential.exact) continue;
      const body = value.replace(/=+$/, '');
      const pad = value.slice(body.length);
      for (const wrong of [`${body}a${pad}`, body.slice(0, -1) + pad, `${body.slice(0, -2)}~${body.slice(-1)}${pad}`]) {
        const hits = found(`${credential.variable}=${wrong}\n`, 'a.env');
        if (hits.includes(`${credential.id}:${wrong}`)) taken.push(`${credential.id}: ${wrong.length - value.length}`);
      }
    }
    assert.deepEqual([...new Set(taken)], []);
  });

  it('say nothing of the value', () => {
    for (const { credential, value } of values()) {
      for (const { message } of scan(`${credential.variable}=${value}\n`)) {
        for (let at = 0; at + 8 <= value.length; at++) assert.ok(!message.includes(value.slice(at, at + 8)));
      }
    }
  });
});

describe('a vendor’s name', () => {
  const hex = makeCredential({ id: '', variable: '', parts: [['0123456789abcdef', 32]], exact: true }, randomFrom(5));
  const long = `${hex}${hex.slice(0, 8)}`;
  for (const [what, path, text] of [
    ['beside a commit', 'ci.yml', `uses: datadog/action@${long}\n`],
    ['beside the sum of a download', 'get.sh', `curl https://snyk.io/cli && DATADOG_SHA256=${hex}${hex}\n`],
    ['beside an id', 'a.env', `MIXPANEL_PROJECT_ID=${hex}\n`],
    ['inside of a longer word', 'a.env', `BITLYNX_VALUE=${hex}\n`],
    ['far from the value', 'a.txt', `datadog\n${'text\n'.repeat(60)}key: ${hex}x\n`],
    ['before a stand-in', 'a.env', `DATADOG_API_KEY=${'0123456789abcdef'.repeat(2)}\n`],
    ['in a lock file', 'yarn.lock', `datadog-key@1: ${hex}\n`],
    ['in prose before a digest', 'a.txt', `The sentry commit is ${long}.\n`],
  ] as const) {
    it(`${what} finds nothing of that vendor`, () => {
      const vendors = scan(text, path).filter(({ by }) => by === 'vendor');
      assert.deepEqual(
        vendors.map(({ rule }) => rule),
        [],
      );
    });
  }

  it('that stands nearest to the value speaks for it', () => {
    const text = `MIXPANEL_KEY=\nAMPLITUDE_API_KEY=${hex}\n`;
    assert.deepEqual(found(text), [`amplitude-key:${hex}`]);
    assert.deepEqual(found(`# datadog and rollbar\nROLLBAR_TOKEN=${hex}\n`), [`rollbar-token:${hex}`]);
  });

  it('over a block speaks for the keys in it', () => {
    assert.deepEqual(found(`mailjet:\n  user: acme\n  secret_key: ${hex}\n`, 'a.yml'), [`mailjet-key:${hex}`]);
    assert.deepEqual(found(`{"rollbar": {"enabled": true, "accessToken": "${hex}"}}`, 'a.json'), [
      `rollbar-token:${hex}`,
    ]);
    assert.deepEqual(found(`new Mixpanel({ apiSecret: "${hex}" })\n`, 'a.ts'), [`mixpanel-key:${hex}`]);
  });

  it('in a URL speaks for the key in its path or its query', () => {
    assert.deepEqual(found(`url = "https://mainnet.infura.io/v3/${hex}"\n`, 'a.toml'), [`infura-key:${hex}`]);
    const url = `https://api.openweathermap.org/data/2.5/weather?q=Bern&appid=${hex}`;
    assert.deepEqual(found(`curl '${url}'\n`, 'a.sh'), [`openweather-key:${hex}`]);
  });

  it('speaks for what is sent to its host, handed to it, or announced in the line above', () => {
    const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(1, 4)}-a${hex.slice(4, 7)}-${hex.slice(0, 12)}`;
    for (const [rule, text, path] of [
      ['deepgram-api-key', `INFO connecting to Deepgram\nDEBUG using key=${long}\nINFO 200\n`, 'a.log'],
      ['deepgram-api-key', `// Deepgram API key\nconst k = "${long}";\n`, 'a.js'],
      ['deepgram-api-key', `from deepgram import Client\nc = Client("${long}")\n`, 'a.py'],
      ['wandb-api-key', `wandb login ${long}\n`, 'a.sh'],
      ['codecov-token', `bash <(curl -s https://codecov.io/bash) -t ${uuid}\n`, 'a.sh'],
      ['rollbar-token', `curl -u ${hex}:x https://api.rollbar.com/api/1/items\n`, 'a.sh'],
      ['getblock-token', `https://go.getblock.io/${hex}\n`, 'a.sh'],
      ['novu-key', `const novu = new Novu("${hex}");\n`, 'a.ts'],
      ['exchangerate-key', `https://v6.exchangerate-api.com/v6/${hex.slice(0, 24)}/latest/USD\n`, 'a.sh'],
    ] as const) {
      const rules = scan(text, path).map((hit) => hit.rule);
      assert.deepEqual(rules, [rule], text.replaceAll(hex, '…'));
    }
  });

  it('in a remark behind the code speaks for what the code hands over', () => {
    for (const [rule, text, path] of [
      ['rollbar-token', `setup("${hex}")  # rollbar\n`, 'a.py'],
      ['mixpanel-key', `const c = { apiSecret: "${hex}" }; // for Mixpanel\n`, 'a.js'],
      ['deepgram-api-key', `key = "${long}" # deepgram\n`, 'a.rb'],
    ] as const) {
      assert.deepEqual(found(text, path), [`${rule}:${rule === 'deepgram-api-key' ? long : hex}`]);
    }
    for (const text of [`sum = "${hex}"  # rollbar\n`, `build_id = "${hex}"  # rollbar\n`, `x = "${hex}"\n# rollbar\n`])
      assert.deepEqual(
        scan(text, 'a.py').filter(({ rule }) => rule === 'rollbar-token'),
        [],
        'no key, an id, another line',
      );
  });

  it('speaks for each key of its block and each argument of its call, and for a map of keys', () => {
    const other = `${hex.slice(16)}${hex.slice(0, 16)}`;
    const both = (rule: string) => [`${rule}:${hex}`, `${rule}:${other}`];
    assert.deepEqual(
      found(`provider "mixpanel" {\n  api_key = "${hex}"\n  api_secret = "${other}"\n}\n`, 'a.tf'),
      both('mixpanel-key'),
    );
    assert.deepEqual(found(`$c = new \\Mailjet\\Client('${hex}', '${other}');\n`, 'a.php'), both('mailjet-key'));
    assert.deepEqual(found(`{ rollbar: { accessToken: { mainnet: "${hex}" } } }\n`, 'a.js'), [`rollbar-token:${hex}`]);
    const next = scan(`MIXPANEL_KEY=${hex}\nSESSION_SECRET=${other}\n`, 'a.env').map(({ rule }) => rule);
    assert.deepEqual(next, ['mixpanel-key', 'generic-secret'], 'a line of its own belongs to nobody');
    const id = scan(`provider "mixpanel" {\n  api_key = "${hex}"\n  project_id = "${other}"\n}\n`, 'a.tf');
    assert.equal(id.length, 1, 'an id is no key');
  });

  it('that is also a word counts only where a text is all that is handed to it', () => {
    for (const text of [`novu("${hex}")\n`, `new Novu(id, "${hex}")\n`, `Novu is at "${hex}"\n`])
      assert.deepEqual(
        scan(text, 'a.ts').filter(({ rule }) => rule === 'novu-key'),
        [],
      );
  });

  it('is a part of an address that is a credential, and of no other', () => {
    const address = `https://api.netlify.com/build_hooks/${hex.slice(0, 24)}`;
    assert.deepEqual(found(`curl -X POST ${address}\n`, 'a.sh'), [`netlify-build-hook:${address.slice(8)}`]);
    for (const other of [`${address}a`, address.slice(0, -1), address.replace('build_hooks', 'sites')])
      assert.deepEqual(found(`curl -X POST ${other}\n`, 'a.sh'), [], 'another length or path');
    assert.deepEqual(found(`import { x } from "app/hooks/${'usesomethingverylongindeed'}";\n`, 'a.ts'), []);
  });

  it('makes a value in tests and documentation less sure', () => {
    const [hit] = scan(`DATADOG_API_KEY=${hex}\n`, 'docs/setup.md');
    assert.deepEqual([hit?.rule, hit?.confidence, hit?.severity], ['datadog-key', 'low', 'medium']);
  });
});
