import { effective } from './effective.ts';
import type { Command } from './types.ts';

export interface FetchedUrl {
  /** As written; empty when there is none to be seen. */
  text: string;
  /** `http:`: nobody vouches for the bytes. */
  plain: boolean;
  /** The address names one content: a full commit id is part of it. */
  pinned: boolean;
  /** This machine. */
  local: boolean;
}

const powerFetchers = /^(?:iwr|irm|invoke-webrequest|invoke-restmethod|start-bitstransfer)$/i;

/** The command downloads something and gives it on standard output. */
export function isFetch(command: Command): boolean {
  const run = effective(command);
  if (!run) return command.words.some((word) => /\.DownloadString\(/i.test(word.text));
  const { name } = run;
  const texts = run.args.map((word) => word.text);
  if (name === 'curl') return outputFile(command) === undefined;
  if (name === 'wget') return outputFile(command) === '-';
  if (/^(?:http|https|xh|fetch)$/.test(name)) return texts.some((text) => /^https?:|^[\w.-]+\.\w+\//.test(text));
  if (name === 'aws') return texts[0] === 's3' && texts[1] === 'cp' && texts.includes('-');
  if (name === 'gsutil') return texts[0] === 'cat';
  if (powerFetchers.test(name)) return !texts.some((text) => /^-outfile$/i.test(text));
  return command.words.some((word) => /\.DownloadString\(/i.test(word.text));
}

/** The file a download goes to: `-` for standard output, undefined for curl without an output option. */
export function outputFile(command: Command): string | undefined {
  const run = effective(command);
  if (!run) return undefined;
  const texts = run.args.map((word) => word.text);
  const curl = run.name === 'curl';
  let remoteName = !curl;
  for (let at = 0; at < texts.length; at++) {
    const text = texts[at] as string;
    const long = curl ? /^--output(?:=(.*))?$/.exec(text) : /^--output-document(?:=(.*))?$/.exec(text);
    if (long) return real(long[1] ?? texts[at + 1]);
    if (text === '--remote-name') remoteName = true;
    const short = curl ? /^-[a-zA-Z#]{0,20}?o(.*)$/.exec(text) : /^-[a-zA-Z]{0,20}?O(.*)$/.exec(text);
    if (short && !text.startsWith('--')) return real(short[1] === '' ? texts[at + 1] : short[1]);
    if (curl && /^-[a-zA-Z#]{0,20}O/.test(text)) remoteName = true;
  }
  const redirect = command.redirects.find(
    ({ operator, descriptor }) => /^(?:>>?|>\|)$/.test(operator) && descriptor !== 2,
  );
  if (redirect) return redirect.target.text;
  if (!remoteName) return undefined;
  const name = /\/([^/?#]+)(?:[?#].*)?$/.exec(fetchedUrl(command).text)?.[1];
  return name ?? 'index.html';
}

/** The address a download takes, as far as it is written. */
export function fetchedUrl(command: Command): FetchedUrl {
  const texts = command.words.map((word) => word.text);
  const found =
    texts
      .map((text) => /(?:https?|ftp|s3|gs|file):\/\/(?:\$\{\{[^}]{0,200}\}\}|[^\s'"()])+/i.exec(text)?.[0])
      .find((text) => text !== undefined) ??
    texts.slice(1).find((text) => /^[\w-]+(?:\.[\w-]+)+\/\S*$/.test(text)) ??
    '';
  const host = /^[a-z0-9]+:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^/:?#]*)/i.exec(found)?.[1] ?? '';
  return {
    text: found,
    plain: /^(?:http|ftp):/i.test(found),
    pinned:
      /^https:\/\/(?:raw\.githubusercontent\.com|gist\.githubusercontent\.com|gitlab\.com|github\.com)\/.*\/[0-9a-f]{40}(?:\/|$)/.test(
        found,
      ),
    local: /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0)$/i.test(host) || /^file:/i.test(found),
  };
}

function real(file: string | undefined): string | undefined {
  return file === undefined || file === '/dev/stdout' ? '-' : file;
}
