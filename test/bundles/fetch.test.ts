import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { fetchBundle, refreshDue } from '../../agent/bundles/fetch.ts';
import { loadBundle } from '../../agent/bundles/load.ts';
import type { BundleConfig } from '../../agent/config.ts';
import type { PolicyBundle } from '../../agent/policy/types.ts';
import { configure, env, good, packed, policy, root } from './folder.ts';
import { bundleService, serve } from './server.ts';
import { signatureOf } from './sign.ts';

const copies = () => readdirSync(join(root, 'state/bundles'));

async function load(config: BundleConfig): Promise<{ bundle: PolicyBundle | undefined; said: string; code: string }> {
  const { bundle, problems } = await loadBundle({ cwd: root, root, env, policy: config });
  return { bundle, said: problems.map(({ message }) => message).join('\n'), code: problems[0]?.code ?? '' };
}

const later = (hours: number) => new Date(Date.now() + hours * 3_600_000);

describe('a bundle service', () => {
  it('is asked when told to, answers from its copy, and keeps the old one when a new one cannot be used', async () => {
    let content = { etag: '"1"', body: packed(good) };
    const server = await serve(bundleService(() => content));
    const config = { bundle: `${server.url}/gates.tar.gz` };
    const before = await load(config);
    assert.deepEqual([before.bundle, before.code], [undefined, 'bundle-not-fetched']);
    assert.equal(server.requests.length, 0, 'loading asks nobody');

    assert.equal((await fetchBundle(config, env))?.state, 'new');
    const first = await load(config);
    assert.equal(first.bundle?.source.revision, 'r7');
    assert.equal(first.bundle?.source.kind, 'remote');
    assert.ok(Date.parse(first.bundle?.source.confirmed ?? '') > 0);

    const same = await fetchBundle(config, env);
    assert.equal(same?.state, 'current');
    assert.equal(server.requests.at(-1)?.headers['if-none-match'], '"1"');

    content = {
      etag: '"2"',
      body: packed({ ...good, 'gate.rego': 'package pregate.push\n\ndeny contains x if true\n' }),
    };
    const broken = await fetchBundle(config, env);
    assert.equal(broken?.state, 'kept');
    assert.match(broken?.message ?? '', /unsafe.*stays in use/);
    const kept = await load(config);
    assert.equal(kept.bundle?.source.revision, 'r7');
    assert.match(kept.bundle?.source.note ?? '', /not renewed .*unsafe/);
    assert.equal(server.requests.length, 3);

    content = { etag: '"3"', body: packed({ ...good, '.manifest': '{"revision": "r8"}' }) };
    assert.equal((await fetchBundle(config, env))?.state, 'new');
    const next = await load(config);
    assert.deepEqual([next.bundle?.source.revision, next.bundle?.source.note], ['r8', undefined]);
    const folder = join(root, 'state/bundles', copies()[0] as string);
    assert.equal(readdirSync(folder).length, 2, 'one archive and one record');
    for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o077, 0);
  });

  it('must have confirmed the copy within policy.max-age', async () => {
    const server = await serve(bundleService(() => ({ etag: '"1"', body: packed(good) })));
    const config = { bundle: `${server.url}/b.tar.gz`, maxAgeSeconds: 3600 };
    await fetchBundle(config, env, { now: later(-2) });
    const stale = await load(config);
    assert.deepEqual([stale.bundle, stale.code], [undefined, 'bundle-stale']);
    assert.match(stale.said, /its copy is 2 h old, and policy\.max-age allows 60 min/);
    await fetchBundle(config, env);
    assert.ok((await load(config)).bundle, 'a 304 confirms it');
    await fetchBundle(config, env, { now: later(2) });
    assert.match((await load(config)).said, /still to come/);
  });

  it('whose copy was changed on disk is not used', async () => {
    const server = await serve(bundleService(() => ({ etag: '"1"', body: packed(good) })));
    const config = { bundle: `${server.url}/c.tar.gz` };
    const known = new Set(copies());
    await fetchBundle(config, env);
    const name = copies().find((one) => !known.has(one)) as string;
    const folder = join(root, 'state/bundles', name);
    const archive = readdirSync(folder).find((one) => one.endsWith('.tar.gz')) as string;
    writeFileSync(join(folder, archive), packed({ ...good, 'gate.rego': 'package pregate.push\n' }));
    assert.match((await load(config)).said, /damaged; fetch it again/);
    assert.equal((await fetchBundle(config, env))?.state, 'new');
    assert.ok((await load(config)).bundle);
  });

  it('that sends an unsigned or wrongly signed bundle changes nothing', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const stranger = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const signedWith = (key: typeof privateKey) =>
      packed({ ...good, '.signatures.json': signatureOf(good, { alg: 'ES256', key }) });
    let content = { etag: '"1"', body: packed(good) };
    const server = await serve(bundleService(() => content));
    const config = {
      bundle: `${server.url}/d.tar.gz`,
      key: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    };
    assert.match((await fetchBundle(config, env))?.message ?? '', /not fetched: .*is not signed/);
    content = { etag: '"2"', body: signedWith(stranger.privateKey) };
    assert.match((await fetchBundle(config, env))?.message ?? '', /not made with the configured key/);
    assert.equal((await load(config)).code, 'bundle-not-fetched');
    content = { etag: '"3"', body: signedWith(privateKey) };
    assert.equal((await fetchBundle(config, env))?.state, 'new');
    assert.match((await load(config)).bundle?.source.signature ?? '', /^good \(ES256/);
  });

  it('confirms a copy only to a key that it is signed with', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const stranger = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey;
    const pem = (key: typeof publicKey) => key.export({ type: 'spki', format: 'pem' }).toString();
    const body = packed({ ...good, '.signatures.json': signatureOf(good, { alg: 'ES256', key: privateKey }) });
    const server = await serve(bundleService(() => ({ etag: '"1"', body })));
    const config = { bundle: `${server.url}/k.tar.gz` };
    assert.equal((await fetchBundle({ ...config, key: pem(publicKey) }, env))?.state, 'new');
    assert.equal((await fetchBundle({ ...config, key: pem(publicKey) }, env))?.state, 'current');
    const wrong = await fetchBundle({ ...config, key: pem(stranger) }, env);
    assert.deepEqual([wrong?.state, wrong?.code], ['kept', 'bundle-unverified']);
    assert.match(wrong?.message ?? '', /not made with the configured key\. The copy .* cannot be used either$/);
    const named = await fetchBundle({ ...config, key: 'nobody' }, env);
    assert.deepEqual([named?.state, named?.code], ['kept', 'bundle-key']);
    const unsigned = await serve(bundleService(() => ({ etag: '"2"', body: packed(good) })));
    const open = { bundle: `${unsigned.url}/k.tar.gz`, key: pem(publicKey) };
    assert.equal((await fetchBundle(open, env))?.code, 'bundle-unsigned');
    assert.equal(
      (await fetchBundle(open, env, { explicit: true }))?.state,
      'new',
      'a person named an address of no policy',
    );
  });

  it('may pack its answer, which is kept unpacked', async () => {
    const answers: Record<string, [string, Buffer]> = {
      '/twice.tar.gz': ['gzip', gzipSync(packed(good))],
      '/once.tar.gz': ['X-GZIP', packed(good)],
      '/brotli.tar.gz': ['br', brotliCompressSync(packed(good))],
      '/broken.tar.gz': ['gzip', Buffer.from('no gzip at all')],
    };
    const server = await serve((request, response) => {
      const [coding, body] = answers[request.url ?? ''] as [string, Buffer];
      response.writeHead(200, { 'content-encoding': coding }).end(body);
    });
    for (const path of ['/twice.tar.gz', '/once.tar.gz']) {
      assert.equal((await fetchBundle({ bundle: server.url + path }, env))?.state, 'new', path);
      assert.equal((await load({ bundle: server.url + path })).bundle?.source.revision, 'r7');
    }
    assert.match((await fetchBundle({ bundle: `${server.url}/brotli.tar.gz` }, env))?.message ?? '', /packed as "br"/);
    assert.match(
      (await fetchBundle({ bundle: `${server.url}/broken.tar.gz` }, env))?.message ?? '',
      /compression is damaged/,
    );
  });

  const failures: [string, (url: string) => Parameters<typeof serve>[0], RegExp][] = [
    ['an error', () => (_, response) => response.writeHead(500).end(), /answers 500/],
    ['a door', () => (_, response) => response.writeHead(401).end(), /answers 401: it wants other credentials/],
    ['something else', () => (_, response) => response.writeHead(200).end('<html>'), /not a tar archive/],
    ['too much', () => (_, response) => flood(response), /sends more than 64 MB/],
    ['nothing', () => () => {}, /did not answer in time/],
    [
      'a drop at a time',
      () => (_, response) => void response.writeHead(200).write('x'),
      /did not send all of it in time/,
    ],
    [
      'a cut connection',
      () => (_, response) => {
        response.writeHead(200, { 'content-length': '9' }).write('x');
        setTimeout(() => response.destroy(), 20);
      },
      /stopped in the middle of its answer/,
    ],
    [
      'a redirect to itself',
      () => (_, response) => response.writeHead(302, { location: '/again' }).end(),
      /redirects more than 3/,
    ],
    [
      'a redirect to a file',
      () => (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
      /cannot be used/,
    ],
  ];
  for (const [name, answer, words] of failures) {
    it(`that sends ${name} brings no bundle`, async () => {
      const server = await serve(answer(''));
      // Only these wait for its end; the others must not meet it on a busy machine.
      const timeout = name === 'nothing' || name === 'a drop at a time' ? 2_000 : 60_000;
      const fetched = await fetchBundle({ bundle: `${server.url}/f.tar.gz` }, env, { timeout });
      assert.equal(fetched?.state, 'kept');
      assert.match(fetched?.message ?? '', words);
    });
  }

  it('that cannot be reached is said so', async () => {
    const fetched = await fetchBundle({ bundle: 'http://127.0.0.1:9/x.tar.gz' }, env);
    assert.match(fetched?.message ?? '', /127\.0\.0\.1:9 (refuses the connection|did not answer)/);
  });
});

describe('credentials', () => {
  const token = `t-${Math.random().toString(36).slice(2)}`;

  it('go to the address of the service and to no other, and never along a redirect', async () => {
    const elsewhere = await serve(bundleService(() => ({ etag: '"1"', body: packed(good) })));
    const server = await serve(bundleService(() => ({ etag: '"1"', body: packed(good) })));
    env['POLICY_TOKEN'] = token;
    configure(`services:\n  - url: ${server.url}/team\n    token: { env: POLICY_TOKEN }\n`);
    await fetchBundle({ bundle: `${server.url}/team/a.tar.gz` }, env);
    assert.equal(server.requests.at(-1)?.headers.authorization, `Bearer ${token}`);
    await fetchBundle({ bundle: `${server.url}/teammate/a.tar.gz` }, env);
    assert.equal(server.requests.at(-1)?.headers.authorization, undefined);
    await fetchBundle({ bundle: `${elsewhere.url}/team/a.tar.gz` }, env);
    assert.equal(elsewhere.requests.at(-1)?.headers.authorization, undefined);

    const seen = elsewhere.requests.length;
    server.answer = (_, response) => response.writeHead(302, { location: `${elsewhere.url}/team/a.tar.gz` }).end();
    const redirected = await fetchBundle({ bundle: `${server.url}/team/b.tar.gz` }, env);
    assert.match(redirected?.message ?? '', /redirect.*not followed with credentials/);
    assert.equal(elsewhere.requests.length, seen);
    assert.equal(
      (await fetchBundle({ bundle: `${server.url}/open.tar.gz` }, env))?.state,
      'new',
      'without credentials it is followed',
    );
    assert.ok(
      !readdirSync(join(root, 'state/bundles'), { recursive: true }).some((name) =>
        contains(join(root, 'state/bundles', String(name)), token),
      ),
    );
  });

  it('are never part of the address, and a missing one is named', async () => {
    const fetched = await fetchBundle({ bundle: `https://user:${token}@policy.example.test/a.tar.gz` }, env);
    assert.match(fetched?.message ?? '', /holds credentials/);
    assert.ok(!fetched?.message.includes(token));
    configure('services:\n  - url: http://127.0.0.1:9/\n    token: { env: POLICY_NOBODY }\n');
    assert.match(
      (await fetchBundle({ bundle: 'http://127.0.0.1:9/a' }, env))?.message ?? '',
      /POLICY_NOBODY, which is not set/,
    );
    configure('services:\n  - url: http://policy.example.test/\n    token: { env: POLICY_TOKEN }\n');
    assert.match(
      (await fetchBundle({ bundle: 'http://policy.example.test/a' }, env))?.message ?? '',
      /not sent over an unencrypted/,
    );
  });

  it('are read from a configuration that only the user may write, and that has no unknown key', async () => {
    configure('services: []\n');
    chmodSync(env['PREGATE_CONFIG'] as string, 0o666);
    if (process.platform !== 'win32')
      assert.match((await fetchBundle({ bundle: 'http://127.0.0.1:9/a' }, env))?.message ?? '', /others may write it/);
    chmodSync(env['PREGATE_CONFIG'] as string, 0o600);
    configure('services:\n  - url: http://127.0.0.1:9/\n    tokn: { env: A }\n');
    assert.match(
      (await fetchBundle({ bundle: 'http://127.0.0.1:9/a' }, env))?.message ?? '',
      /unknown key services\.tokn/,
    );
    configure('');
  });

  function contains(path: string, text: string): boolean {
    return statSync(path).isFile() && readFileSync(path).includes(text);
  }
});

it('mutual TLS and a certificate authority of one’s own are used where the user names them', async (test) => {
  const folder = join(root, 'tls');
  mkdirSync(folder);
  if (!certificates(folder)) return test.skip('there is no openssl program to make certificates with');
  const read = (name: string) => readFileSync(join(folder, name));
  const server = await serve(
    bundleService(() => ({ etag: '"1"', body: packed(good) })),
    {
      key: read('server.key'),
      cert: read('server.crt'),
      ca: read('ca.crt'),
      requestCert: true,
      rejectUnauthorized: true,
    },
  );
  const config = { bundle: `${server.url}/a.tar.gz` };
  assert.match((await fetchBundle(config, env))?.message ?? '', /nobody here vouches for \(\w+\): name its CA/);
  configure(`services:\n  - url: ${server.url}\n    ca: ${join(folder, 'ca.crt')}\n`);
  assert.match((await fetchBundle(config, env))?.message ?? '', /asks for a certificate of yours|did not answer/);
  const [certificate, key] = [join(folder, 'client.crt'), join(folder, 'client.key')];
  configure(
    `services:\n  - url: ${server.url}\n    ca: ${join(folder, 'ca.crt')}\n    certificate: ${certificate}\n    private-key: ${key}\n`,
  );
  assert.equal((await fetchBundle(config, env))?.state, 'new');
  configure(
    `services:\n  - url: ${server.url}\n    certificate: ${certificate}\n    private-key: ${join(folder, 'server.key')}\n`,
  );
  const mixed = await fetchBundle(config, env);
  assert.equal(mixed?.code, 'bundle-key');
  assert.match(mixed?.message ?? '', /private key or CA for .* cannot be used .*do they belong together\?/);
});

it('a service is asked by itself only where the user wants it, and not more often', async () => {
  const server = await serve(bundleService(() => ({ etag: '"1"', body: packed(good) })));
  const config = { bundle: `${server.url}/auto.tar.gz` };
  configure('');
  await refreshDue([config], env);
  assert.equal(server.requests.length, 0);
  configure(`services:\n  - url: ${server.url}\n    refresh: 1h\n`);
  await refreshDue([config, { bundle: 'policy/' }], env);
  await refreshDue([config], env);
  assert.equal(server.requests.length, 1);
  assert.equal((await load(config)).bundle?.modules[0]?.text, policy);
});

function flood(response: import('node:http').ServerResponse): void {
  const chunk = Buffer.alloc(4_000_000);
  response.writeHead(200);
  const more = (): void => {
    if (!response.destroyed) response.write(chunk, () => setImmediate(more));
  };
  more();
}

function certificates(folder: string): boolean {
  const run = (...args: string[]) => spawnSync('openssl', args, { cwd: folder }).status === 0;
  const pair = (name: string, subject: string, more: string[]) =>
    run(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '2',
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.crt`,
      '-subj',
      subject,
      ...more,
    );
  if (!pair('ca', '/CN=Test CA', [])) return false;
  const signedBy = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-addext', 'basicConstraints=critical,CA:FALSE'];
  return (
    pair('server', '/CN=localhost', [...signedBy, '-addext', 'subjectAltName=DNS:localhost']) &&
    pair('client', '/CN=client', signedBy)
  );
}
