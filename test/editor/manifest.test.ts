import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const json = (path: string) => JSON.parse(text(path));

const packageJson = json('package.json');
const manifest = packageJson.contributes ? packageJson : json('extension/manifest.json');
const sources = readdirSync(join(root, 'extension'))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => text(`extension/${name}`));

test('every text of the manifest is in package.nls.json, and nothing else is', () => {
  const used = new Set([...JSON.stringify(manifest).matchAll(/%([\w.]+)%/g)].map((match) => match[1]));
  assert.deepEqual([...used].sort(), Object.keys(json('package.nls.json')).sort());
});

test('every text of the extension is in the bundle of translations, and nothing else is', () => {
  const used = new Set<string>();
  for (const source of sources) {
    for (const match of source.matchAll(/l10n\.t\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g)) {
      used.add((match[1] ?? match[2] ?? '').replaceAll("\\'", "'"));
    }
  }
  assert.deepEqual(Object.keys(json('l10n/bundle.l10n.json')).sort(), [...used].sort());
});

test('every command of the manifest is registered, and every registered one is declared', () => {
  const declared = manifest.contributes.commands.map((one: { command: string }) => one.command);
  const protocol = text('agent/protocol.ts');
  const registered = sources.flatMap((source) =>
    [...source.matchAll(/register\(\s*'(pregate\.\w+)'/g)].map((match) => match[1]),
  );
  const named = [...protocol.matchAll(/: '(pregate\.\w+)',/g)].map((match) => match[1]);
  assert.deepEqual([...new Set([...registered, ...named])].sort(), [...declared].sort());
});

test('menus, welcome texts and walkthrough name commands that exist', () => {
  const declared = new Set(manifest.contributes.commands.map((one: { command: string }) => one.command));
  const all = `${JSON.stringify(manifest)}${text('package.nls.json')}`;
  for (const [, name] of all.matchAll(/(?:"command":"|command:|onCommand:)(pregate\.\w+)/g))
    assert.ok(declared.has(name), name);
});

test('there are at most twelve settings, each with scope, order and description; a program is a machine setting', () => {
  const settings = Object.entries<Record<string, unknown>>(manifest.contributes.configuration.properties);
  assert.ok(settings.length <= 12);
  const orders = settings.map(([, setting]) => setting['order']);
  assert.equal(new Set(orders).size, settings.length);
  for (const [name, setting] of settings) {
    assert.match(String(setting['scope']), /^(resource|window|machine)$/, name);
    assert.match(String(setting['markdownDescription']), /^%/, name);
  }
  const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
  const program = manifest.contributes.configuration.properties['pregate.runtime'];
  assert.equal(program.scope, 'machine');
  assert.ok(restricted.includes('pregate.runtime'));
});

test('nothing is activated by a star, and Restricted Mode is limited', () => {
  assert.ok(!manifest.activationEvents.includes('*'));
  assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
});

test('every file the manifest names is there', () => {
  for (const [, path] of JSON.stringify(manifest).matchAll(/"(?:\.\/)?(media\/[^"]+)"/g)) {
    assert.ok(existsSync(join(root, path as string)), path);
  }
});

test('the web view may load nothing but its own files, and its style sheet knows no colour of its own', () => {
  const panel = text('extension/panel.ts');
  assert.match(panel, /"default-src 'none'"/);
  assert.doesNotMatch(panel, /unsafe-inline|unsafe-eval/);
  for (const name of ['webview.css', 'webview/gates.css', 'webview/sbom.css']) {
    assert.doesNotMatch(text(`media/${name}`), /#[0-9a-f]{3,8}\b|\brgba?\(/i, name);
  }
  for (const name of ['webview.js', ...readdirSync(join(root, 'media/webview')).map((one) => `webview/${one}`)]) {
    assert.doesNotMatch(text(`media/${name}`), /innerHTML|insertAdjacentHTML|\beval\(|\.style\b/, name);
  }
});

test('the extension imports nothing of the agent but its protocol', () => {
  for (const source of sources) {
    for (const [, path] of source.matchAll(/from '(\.\.\/[^']+)'/g)) assert.equal(path, '../agent/protocol.ts');
  }
});
