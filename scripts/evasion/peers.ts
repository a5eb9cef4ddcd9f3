import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Repo } from '../../test/git/support.ts';
import { numberOf } from './run.ts';

/** Another scanner, asked the way its documentation says hooks ask it, and about everything it can reach. */
export interface Peer {
  name: string;
  version: string;
  /** Paths it names among what is staged; undefined where it cannot be asked that. */
  staged: (r: Repo) => string[];
  /** Paths (or an empty name, where it gives none) it names in all of the history, or in the files that are there. */
  all: (r: Repo) => string[];
}

/** The peers that are on the PATH. */
export function peers(): Peer[] {
  const found: Peer[] = [];
  const gitleaks = said('gitleaks', ['version']);
  if (gitleaks !== undefined)
    found.push({
      name: 'gitleaks',
      version: /\d/.test(gitleaks) ? gitleaks : builtFrom('gitleaks'),
      staged: (r) => gitleaksSays(r, ['--pre-commit', '--staged']),
      all: (r) => gitleaksSays(r, []),
    });
  const detect = said('detect-secrets', ['--version']);
  if (detect !== undefined)
    found.push({ name: 'detect-secrets', version: detect, staged: detectSecretsSays, all: detectSecretsSays });
  return found;
}

/** The number of a program from `go install`, which does not know it by itself; its toolchain does. */
function builtFrom(name: string): string {
  const file = said('sh', ['-c', `command -v ${name}`]);
  const [, number] = /^\s*mod\s+\S+\s+v(\S+)/m.exec(said('go', ['version', '-m', file ?? '']) ?? '') ?? [];
  return `${number ?? ''} (built from source)`.trim();
}

/** The same answers as numbers of the cases of `seenContent`. */
export function numbered(ask: (r: Repo) => string[]): (r: Repo) => Set<number> {
  return (r) => new Set(ask(r).map(numberOf));
}

function said(program: string, words: string[]): string | undefined {
  const result = spawnSync(program, words, { encoding: 'utf8' });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

function gitleaksSays(r: Repo, words: string[]): string[] {
  const report = path.join(r.dir, '.git', 'gitleaks.json');
  rmSync(report, { force: true });
  const options = ['--no-banner', '--redact', '--exit-code', '0', '--report-format', 'json', '--report-path', report];
  spawnSync('gitleaks', ['git', ...words, ...options, '.'], { cwd: r.dir, env: r.env, timeout: 900_000 });
  if (!existsSync(report)) throw new Error('gitleaks wrote no report');
  return (JSON.parse(readFileSync(report, 'utf8')) as { File: string }[]).map((one) => one.File);
}

/** It reads files of the working tree; as a hook it is given their names. */
function detectSecretsSays(r: Repo): string[] {
  const result = spawnSync('detect-secrets', ['scan', '--all-files', '--no-verify', '.'], {
    cwd: r.dir,
    env: r.env,
    encoding: 'utf8',
    timeout: 900_000,
  });
  if (result.status !== 0) throw new Error(`detect-secrets failed: ${result.stderr.slice(0, 500)}`);
  return Object.keys((JSON.parse(result.stdout) as { results: object }).results);
}
