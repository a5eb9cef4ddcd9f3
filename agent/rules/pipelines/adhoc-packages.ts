import { listed } from '../../model/npm/report.ts';
import { type Effective, effective, type Script } from '../../model/script.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'adhoc-packages',
    title: 'Tool installed at whatever version is newest',
    category: 'pipeline',
    severity: 'low',
    confidence: 'medium',
    why: 'The package is in no manifest and no lockfile, so nobody sees which release a run took.\nA release that was taken over is in the next run.',
    fix: 'Name an exact version, or put the tool into the project’s manifest so that its lockfile covers it.',
    sources: ['https://github.com/ossf/scorecard/blob/main/docs/checks.md#pinned-dependencies'],
  },
  reads: 'script',
  *check(script) {
    // A person runs a script by hand and sees what it installs; a pipeline does it every time.
    if (script.origin === 'file') return;
    for (const command of script.commands) {
      const run = effective(command);
      const install = run && installOf(run);
      if (!run || !install || install.names.length === 0) continue;
      yield {
        path: script.document.path,
        range: command.range,
        message: `${run.name} installs ${listed(install.names)} at ${choiceOf(install.names)} in this run`,
        severity: severityOf(script, install.runs),
        identity: `${run.name} ${install.names.join(' ')}`,
      };
    }
  },
});

function severityOf(script: Script, runs: boolean): 'medium' | 'low' {
  return runs && script.origin === 'step' ? 'medium' : 'low';
}

/** `name@2.20` leaves less open than `name` and `name@latest`, and the message must not say more than is so. */
function choiceOf(names: readonly string[]): string {
  return names.every((name) => /.@[~^<>=v]*\d/.test(name))
    ? 'whatever release of that version is newest'
    : 'whatever version is newest';
}

interface Install {
  /** Packages without an exact version. */
  names: string[];
  /** The tool is started at once, with whatever the step holds. */
  runs: boolean;
}

/** Flags that take the next word as their value. */
const valued: Record<string, RegExp> = {
  npm: /^(?:--prefix|--registry|-C|--workspace|-w|--loglevel|--tag|--cache|--userconfig|--before)$/,
  npx: /^(?:-p|--package|-c|--call|--registry)$/,
  gem: /^(?:-i|--install-dir|-n|--bindir|--source|-s|-P|--trust-policy|--platform)$/,
  cargo:
    /^(?:--git|--branch|--tag|--rev|--root|--features|-F|--target|--path|--profile|--index|--registry|-j|--jobs|--bin)$/,
  go: /^(?:-tags|-ldflags|-o|-mod|-modfile)$/,
};

function installOf({ name, args }: Effective): Install | undefined {
  if (args.some((word) => word.dynamic && /^\$\{\{|^\$/.test(word.text))) return undefined;
  const words = args.map((word) => word.text);
  switch (name) {
    case 'npm':
      return verb(words, /^(?:install|i|add)$/, valued['npm']!, floatingNpm);
    case 'pnpm':
      return verb(words, /^(?:add)$/, valued['npm']!, floatingNpm) ?? started(words, /^dlx$/);
    case 'yarn':
      return words[0] === 'global'
        ? verb(words.slice(1), /^add$/, valued['npm']!, floatingNpm)
        : (verb(words, /^add$/, valued['npm']!, floatingNpm) ?? started(words, /^dlx$/));
    case 'bun':
      return verb(words, /^(?:add|install|i)$/, valued['npm']!, floatingNpm) ?? started(words, /^x$/);
    case 'npx':
    case 'bunx':
    case 'pnpx':
      return npx(words);
    case 'gem':
      if (words.some((word) => /^(?:-v|--version)(?:=|$)|^-v\d/.test(word))) return undefined;
      return verb(words, /^install$/, valued['gem']!, (word) => !/:\d/.test(word) && !word.endsWith('.gem'));
    case 'cargo':
      return cargo(words);
    case 'go':
      return verb(words, /^(?:install|get)$/, valued['go']!, (word) =>
        /@(?:latest|main|master|upgrade|HEAD)$/.test(word),
      );
    case 'uvx':
    case 'pipx':
      return pipTool(name, words);
    default:
      return undefined;
  }
}

function verb(
  words: string[],
  verbs: RegExp,
  takesValue: RegExp,
  floats: (word: string) => boolean,
): Install | undefined {
  const at = words.findIndex((word) => !word.startsWith('-'));
  if (at === -1 || !verbs.test(words[at] as string)) return undefined;
  const names: string[] = [];
  for (let index = at + 1; index < words.length; index++) {
    const word = words[index] as string;
    if (takesValue.test(word)) index += 1;
    else if (!word.startsWith('-') && floats(word)) names.push(word);
  }
  return { names, runs: false };
}

/** `name`, `@scope/name`, `name@latest`, `name@^1`; not a path, an address or `name@1.2.3`. */
function floatingNpm(word: string): boolean {
  const match = /^((?:@[\w.~-]+\/)?[A-Za-z0-9][\w.~-]*)(?:@(.*))?$/.exec(word);
  if (!match || word === '.') return false;
  const version = match[2];
  return version === undefined || !/^v?\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/.test(version);
}

function started(words: string[], verbs: RegExp): Install | undefined {
  if (!verbs.test(words[0] ?? '')) return undefined;
  const first = words.slice(1).find((word) => !word.startsWith('-'));
  return first && /@/.test(first.slice(1)) && floatingNpm(first) ? { names: [first], runs: true } : undefined;
}

/**
 * `npx name` runs what the project has installed, and only fetches what it has not; `npx name@latest` and
 * `npx --yes name` say that it is to be fetched.
 */
function npx(words: string[]): Install | undefined {
  let yes = false;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as string;
    if (word === '-y' || word === '--yes') yes = true;
    else if (word === '-p' || word === '--package')
      return floatingNpm(words[index + 1] ?? '') ? { names: [words[index + 1] as string], runs: true } : undefined;
    else if (valued['npx']!.test(word)) index += 1;
    else if (!word.startsWith('-')) {
      const fetched = yes || /@/.test(word.slice(1));
      return fetched && floatingNpm(word) ? { names: [word], runs: true } : undefined;
    }
  }
  return undefined;
}

function cargo(words: string[]): Install | undefined {
  if (words.some((word) => /^(?:--version|--vers|--path|--rev|--tag|--list)(?:=|$)/.test(word))) return undefined;
  const rest = words[0]?.startsWith('+') ? words.slice(1) : words;
  return verb(rest, /^(?:install|binstall)$/, valued['cargo']!, (word) => !/@=?\d+\.\d+\.\d+/.test(word));
}

function pipTool(name: string, words: string[]): Install | undefined {
  const rest = name === 'uvx' ? words : /^(?:install|run)$/.test(words[0] ?? '') ? words.slice(1) : [];
  const first = rest.find((word) => !word.startsWith('-'));
  if (!first || rest.some((word) => /^(?:--from|--spec|--with)/.test(word)) || /[/:]/.test(first)) return undefined;
  return /==|@\d/.test(first) ? undefined : { names: [first], runs: name === 'uvx' || words[0] === 'run' };
}
