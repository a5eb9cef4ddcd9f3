import { hostOf, isLocalHost } from '../../model/npm/address.ts';
import { type LineNode, readLines, valueAt } from '../../model/npm/lines.ts';
import { type Setting, settingsOf } from '../../model/npm/npmrc.ts';
import { shown } from '../../model/npm/report.ts';
import type { Document, Draft, Fix, Range } from '../../model/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'registry-config',
    title: 'Registry setting that switches protection off',
    category: 'dependency',
    severity: 'high',
    confidence: 'high',
    why: 'With certificate checks off or a registry over plain http, anyone on the way can send other packages\nand read the token that is sent along.',
    fix: 'Use https; for a private certificate authority set cafile instead of switching checks off.',
    sources: [
      'https://docs.npmjs.com/cli/using-npm/config#strict-ssl',
      'https://yarnpkg.com/configuration/yarnrc#enableStrictSsl',
    ],
  },
  reads: 'text',
  *check(document) {
    if (document.kind !== 'file') return;
    const name = document.path.slice(document.path.lastIndexOf('/') + 1);
    if (name === '.npmrc' || name === '.yarnrc')
      for (const setting of settingsOf(document)) yield* drafts(document, setting);
    else if (name === '.yarnrc.yml') yield* berryDrafts(document);
  },
});

function* drafts(document: Document, { key, value, range }: Setting): Generator<Draft> {
  if (/^strict-ssl$/i.test(key) && value.toLowerCase() === 'false') yield tlsOff(document, key, range, value);
  if (/^(?:@[^:]{1,200}:)?registry$/i.test(key) && isPlainHttp(value)) yield plainHttp(document, key, range);
}

function* berryDrafts(document: Document): Generator<Draft> {
  const root = readLines(document.text)[0]!;
  const scopes = [...(root.children.get('npmScopes')?.children.values() ?? [])];
  if (valueAt(root, 'enableStrictSsl') === 'false') {
    yield tlsOff(document, 'enableStrictSsl', rangeOf(root, 'enableStrictSsl'), 'false');
  }
  for (const node of [root, ...scopes]) {
    if (isPlainHttp(valueAt(node, 'npmRegistryServer') ?? '')) {
      yield plainHttp(
        document,
        `${node.key}${node.key ? '.' : ''}npmRegistryServer`,
        rangeOf(node, 'npmRegistryServer'),
      );
    }
  }
}

function rangeOf(node: LineNode, key: string): Range {
  return node.children.get(key)!.valueRange;
}

function tlsOff(document: Document, key: string, range: Range, value: string): Draft {
  return {
    path: document.path,
    range,
    message: `${shown(key)} is off: certificates are not checked, so anyone on the way can send other packages`,
    identity: key,
    fixes: () => [edit('Check certificates', document, [range[0], range[0] + value.length], 'true')],
  };
}

function plainHttp(document: Document, key: string, range: Range): Draft {
  const at = range[0] + document.text.slice(...range).search(/http:/i);
  return {
    path: document.path,
    range,
    message: `${shown(key)} is over plain http: anyone on the way can send other packages and read the token`,
    identity: key,
    fixes: () => [edit('Use https', document, [at, at + 4], 'https')],
  };
}

function edit(title: string, document: Document, range: Range, text: string): Fix {
  return { title, edits: [{ path: document.path, range, text }], safe: false };
}

function isPlainHttp(address: string): boolean {
  const host = hostOf(address);
  return /^http:\/\//i.test(address) && !(host !== undefined && isLocalHost(host));
}
