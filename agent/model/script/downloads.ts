import { effective } from './effective.ts';
import { type FetchedUrl, fetchedUrl, outputFile } from './fetch.ts';
import type { Command } from './types.ts';

export interface DownloadedRun {
  fetch: Command;
  run: Command;
  file: string;
  url: FetchedUrl;
}

const verifiers =
  /^(?:sha\d*sum|shasum|b2sum|md5sum|gpgv?|gpg2|cosign|minisign|signify|openssl|slsa-verifier|cksum|rhash|certutil|get-filehash)$/i;
const shells = /^(?:sh|bash|dash|zsh|ksh|ash|source|\.|python[\d.]*|perl|ruby|node)$/;

/** Files that a script downloads and then runs, with no checksum or signature looked at in between. */
export function downloadedRuns(commands: readonly Command[]): DownloadedRun[] {
  const downloads = new Map<string, { fetch: Command; file: string }>();
  const runs: DownloadedRun[] = [];
  for (const command of commands) {
    const run = effective(command);
    if (!run) continue;
    if (run.name === 'curl' || run.name === 'wget') {
      const file = outputFile(command);
      if (file && file !== '-' && !file.startsWith('/dev/')) downloads.set(keyOf(file), { fetch: command, file });
      continue;
    }
    if (downloads.size === 0) continue;
    // A check of one file speaks for the author's care; which file it was is often in a variable.
    if (verifiers.test(run.name) || isAttestation(run.name, run.args[0]?.text)) {
      downloads.clear();
      continue;
    }
    const target = shells.test(run.name) ? run.args.find((word) => !word.text.startsWith('-'))?.text : run.program.text;
    const download = target === undefined ? undefined : downloads.get(keyOf(target));
    if (!download) continue;
    // A plain name is looked up in PATH, not in the folder.
    if (!shells.test(run.name) && !run.program.text.includes('/')) continue;
    runs.push({ ...download, run: command, url: fetchedUrl(download.fetch) });
    downloads.delete(keyOf(target as string));
  }
  return runs;
}

function isAttestation(name: string, verb: string | undefined): boolean {
  return name === 'gh' && verb === 'attestation';
}

function keyOf(file: string): string {
  return file.replace(/^(?:\.\/)+/, '');
}
