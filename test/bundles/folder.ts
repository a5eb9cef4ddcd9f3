import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { gzipSync } from 'node:zlib';
import { tarOf } from '../policy/tar.ts';
import type { Files } from './sign.ts';

export const root = mkdtempSync(join(tmpdir(), 'pregate-bundles-'));
after(() => rmSync(root, { recursive: true }));

/** State and configuration of a user who has neither. */
export const env: NodeJS.ProcessEnv = {
  ...process.env,
  HOME: root,
  PREGATE_STATE_DIR: join(root, 'state'),
  PREGATE_CONFIG: join(root, 'config.yaml'),
  GIT_CONFIG_GLOBAL: join(root, 'gitconfig'),
  GIT_CONFIG_NOSYSTEM: '1',
};

let count = 0;

export function folder(files: Files): string {
  const path = join(root, `b${count++}`);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}

export function packed(files: Files): Buffer {
  return gzipSync(tarOf(Object.entries(files).map(([name, text]) => ({ name: `/${name}`, text }))));
}

/** Writes the user's own configuration; `version: 1` is added. */
export function configure(yaml: string): void {
  writeFileSync(env['PREGATE_CONFIG'] as string, `version: 1\n${yaml}`, { mode: 0o600 });
}

export const policy = `package pregate.push

deny contains {"rule": "large-push", "msg": "too many"} if count(input.commits) > data.acme.most
`;

export const good: Files = {
  '.manifest': '{"revision": "r7", "roots": ["pregate/push", "acme"]}',
  'gate.rego': policy,
  'acme/data.json': '{"most": 50, "b": [1, {"z": null, "a": "é"}]}',
};
