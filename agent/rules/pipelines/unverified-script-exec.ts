import { shown } from '../../model/npm/report.ts';
import { downloadedRuns } from '../../model/script/downloads.ts';
import { fetchedUrl, isFetch } from '../../model/script/fetch.ts';
import { type Command, type Effective, effective, type Word } from '../../model/script.ts';
import type { Range } from '../../model/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'unverified-script-exec',
    title: 'Downloaded script run unseen',
    category: 'pipeline',
    severity: 'medium',
    confidence: 'high',
    why: 'Whoever serves the address, today or after a takeover, decides what runs here; nobody reviews it and no run can be repeated.\nThat is how the Codecov uploader sent away the environments of thousands of pipelines in 2021.',
    fix: 'Download to a file, compare its sha256 with one in the repository, then run it; or take the address at a full commit id.',
    sources: [
      'https://about.codecov.io/security-update/',
      'https://github.com/ossf/scorecard/blob/main/docs/checks.md#pinned-dependencies',
    ],
  },
  reads: 'script',
  *check(script) {
    const { path } = script.document;
    const seen = new Set<Command>();
    for (const command of script.commands) {
      const hit = pipeline(command) ?? substitution(command);
      if (!hit || seen.has(hit.fetch)) continue;
      seen.add(hit.fetch);
      const url = fetchedUrl(hit.fetch);
      if (url.pinned || url.local) continue;
      const what = url.text === '' ? 'What the download gives' : shown(url.text);
      const plain = url.plain
        ? 'over plain http, where anybody on the way can change it'
        : 'without a look at what it is';
      yield {
        path,
        range: hit.range,
        message: `${what} is run by ${hit.by} ${plain}`,
        severity: url.plain ? 'high' : 'medium',
        identity: url.text || hit.by,
      };
    }
    for (const run of downloadedRuns(script.commands)) {
      if (seen.has(run.fetch) || run.url.pinned || run.url.local) continue;
      const message = `${shown(run.file)} is downloaded and then run, and nothing in between checks it`;
      yield {
        path,
        range: run.run.range,
        message,
        severity: run.url.plain ? 'high' : 'medium',
        confidence: 'medium',
        related: [{ path, range: run.fetch.range, message: 'downloaded here' }],
        identity: run.file,
      };
    }
  },
});

interface Hit {
  fetch: Command;
  by: string;
  range: Range;
}

/** Programs that hand a text on more or less as it is. */
const filters =
  /^(?:cat|tee|sed|tr|awk|gunzip|zcat|gzip|xz|base64|dos2unix|iconv|head|tail|grep|envsubst|jq|yq|openssl|pv|sudo)$/i;

/** `curl … | sh`, with filters between. */
function pipeline(command: Command): Hit | undefined {
  if (!isFetch(command) || !command.pipeTo) return undefined;
  let reader: Command | undefined = command.pipeTo;
  for (let hops = 0; reader && hops < 6; hops++) {
    const run = effective(reader);
    if (!run) return undefined;
    if (readsProgram(run)) return { fetch: command, by: run.name, range: [command.range[0], reader.range[1]] };
    if (!filters.test(run.name) || isVerifier(run)) return undefined;
    reader = reader.pipeTo;
  }
  return undefined;
}

function isVerifier({ name, args }: Effective): boolean {
  return name === 'openssl' && args.some((word) => word.text === '-verify');
}

/** `sh -c "$(curl …)"`, `bash <(curl …)`, `eval "$(curl …)"`, `iex (iwr …)`. */
function substitution(command: Command): Hit | undefined {
  const run = effective(command);
  if (!run) return undefined;
  const words = [
    ...run.args,
    ...command.redirects.filter(({ operator }) => /^<(?:<<)?$/.test(operator)).map(({ target }) => target),
  ];
  if (run.name === '') words.unshift(run.program);
  for (const word of words) {
    for (const part of word.substitutions) {
      if (!takesCode(run, word, part.kind)) continue;
      const fetch = part.commands.find((inner) => isFetch(inner)) ?? deep(part.commands);
      if (fetch) return { fetch, by: run.name || 'the shell', range: command.range };
    }
  }
  return undefined;
}

/** PowerShell writes `(New-Object Net.WebClient).DownloadString(…)` in brackets of its own. */
function deep(commands: readonly Command[]): Command | undefined {
  for (const command of commands) {
    for (const word of command.words) {
      for (const { commands: inner } of word.substitutions) {
        const found = inner.find((each) => isFetch(each)) ?? deep(inner);
        if (found) return found;
      }
    }
  }
  return undefined;
}

const shells = /^(?:sh|bash|dash|zsh|ksh|ash)$/;
const languages = /^(?:python[\d.]*|perl|ruby|node|php|lua|deno|pwsh|powershell)$/i;
const evaluators = /^(?:eval|iex|invoke-expression)$/i;

function takesCode(run: Effective, word: Word, kind: 'command' | 'process'): boolean {
  const { name, args } = run;
  if (evaluators.test(name)) return true;
  if (kind === 'process') return /^(?:source|\.)$/.test(name) || shells.test(name) || languages.test(name);
  // The substitution is the command itself.
  if (name === '') return word === run.program && word.text.startsWith('$(');
  const before = args[args.indexOf(word) - 1]?.text ?? '';
  if (!args.includes(word)) return readsProgram(run);
  if (shells.test(name)) return /^-[a-zA-Z]{0,20}c[a-zA-Z]{0,20}$/.test(before);
  return languages.test(name) && /^-(?:[a-z]*[ceEr]|Command|EncodedCommand)$/.test(before);
}

/** The program comes from standard input: no file and no text of its own is given. */
function readsProgram({ name, args }: Effective): boolean {
  const texts = args.map((word) => word.text);
  if (evaluators.test(name)) return true;
  if (name === 'source' || name === '.') return /^\/dev\/(?:stdin|fd\/0)$/.test(texts[0] ?? '');
  if (shells.test(name)) return shellReads(texts);
  if (/^(?:pwsh|powershell)$/i.test(name)) return /^-(?:c|command)$/i.test(texts.at(-2) ?? '') && texts.at(-1) === '-';
  return languages.test(name) && languageReads(texts);
}

/** `-s`, `-` and `--` say so; a file, or `-c` with a text, says otherwise. */
function shellReads(texts: readonly string[]): boolean {
  for (let at = 0; at < texts.length; at++) {
    const text = texts[at] as string;
    if (/^(?:--?|-[a-z]{0,20}s[a-z]{0,20}|\/dev\/stdin)$/.test(text)) return true;
    if (/^-[a-zA-Z]{0,20}c[a-zA-Z]{0,20}$/.test(text)) return false;
    // The name of an option follows.
    if (/^[-+]o$/.test(text)) at += 1;
    else if (!/^[-+]/.test(text)) return false;
  }
  return true;
}

function languageReads(texts: readonly string[]): boolean {
  // -c, -m, -e, -n, -p: the program stands on the line, and the download is its data.
  const decisive = texts.find((text) => text === '-' || !text.startsWith('-') || /^-[a-zA-Z]*[cmenprE]/.test(text));
  return decisive === undefined || decisive === '-';
}
