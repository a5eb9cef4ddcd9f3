import { listed } from '../../model/npm/report.ts';
import { isRequirementsFile, type Requirements } from '../../model/python/requirements.ts';
import { type Effective, effective, type Script } from '../../model/script.ts';
import type { Severity } from '../../model/types.ts';
import { defineRule, type RuleContext } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'unhashed-pip-install',
    title: 'pip install without hashes',
    category: 'dependency',
    severity: 'medium',
    confidence: 'medium',
    why: 'pip install name takes the newest release at that moment; with ==version it still trusts whatever file the index sends.\nA build that does so is open to a taken-over release.',
    fix: 'Install from a requirements file with hashes: pip install --require-hashes -r requirements.txt.',
    sources: [
      'https://pip.pypa.io/en/stable/topics/secure-installs/',
      'https://github.com/ossf/scorecard/blob/main/docs/checks.md#pinned-dependencies',
    ],
  },
  reads: 'script',
  *check(script, context) {
    for (const command of script.commands) {
      const run = effective(command);
      const words = run && installWords(run);
      if (!words) continue;
      const judged = judge(readWords(words), script, context);
      if (!judged) continue;
      const severity = script.origin === 'file' && judged.severity === 'medium' ? 'low' : judged.severity;
      yield {
        path: script.document.path,
        range: command.range,
        message: judged.message,
        severity,
        identity: words.join(' '),
      };
    }
  },
});

/** What follows `install`, for `pip`, `pip3.12`, `python -m pip` and `uv pip`; undefined for any other command. */
function installWords({ name, args }: Effective): string[] | undefined {
  if (args.some((word) => word.dynamic)) return undefined;
  const words = args.map((word) => word.text);
  let rest: string[] | undefined;
  if (/^pip[\d.]*$/.test(name)) rest = words;
  else if (/^(?:python[\d.]*|py)$/.test(name)) {
    const at = words.indexOf('-m');
    if (at !== -1 && words[at + 1] === 'pip') rest = words.slice(at + 2);
  } else if (name === 'uv' && words[0] === 'pip') rest = words.slice(1);
  const verb = rest?.findIndex((word) => !word.startsWith('-')) ?? -1;
  return rest && rest[verb] === 'install' ? rest.slice(verb + 1) : undefined;
}

interface Install {
  names: string[];
  files: string[];
  hashed: boolean;
  constrained: boolean;
  dry: boolean;
}

const valued =
  /^(?:-[etifC]|--(?:editable|target|index-url|extra-index-url|find-links|prefix|root|platform|python|python-version|implementation|abi|no-binary|only-binary|progress-bar|retries|timeout|proxy|cert|client-cert|cache-dir|src|log|trusted-host|exists-action|upgrade-strategy|global-option|config-settings?|report|use-feature|use-deprecated|root-user-action|group|keyring-provider|index-strategy|default-index|index|no-build-isolation-package|refresh-package|upgrade-package|exclude-newer))$/;

function readWords(words: readonly string[]): Install {
  const install: Install = { names: [], files: [], hashed: false, constrained: false, dry: false };
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const [option, joined] = /^(--[a-z-]+)=(.*)$/.exec(word)?.slice(1) ?? [word, undefined];
    if (option === '--require-hashes' || option === '--hash') install.hashed = true;
    else if (option === '--dry-run') install.dry = true;
    else if (option === '-r' || option === '--requirement') install.files.push(joined ?? words[++at] ?? '');
    else if (/^-r[^-]/.test(word)) install.files.push(word.slice(2));
    else if (option === '-c' || option === '--constraint') {
      install.constrained = true;
      if (joined === undefined) at++;
    } else if (joined === undefined && valued.test(word)) at++;
    else if (!word.startsWith('-')) install.names.push(word);
  }
  return install;
}

interface Judged {
  severity: Severity;
  message: string;
}

const tooling = /^(?:pip|setuptools|wheel|uv)(?:\[[\w,-]*\])?$/i;

function judge(install: Install, script: Script, context: RuleContext): Judged | undefined {
  if (install.hashed || install.dry) return undefined;
  const named = install.names.map(requirement).filter((name) => !isLocal(name) && !isContent(name));
  const floating = named.filter((name) => !isExact(name));
  const files = install.files.map((file) => fileLevel(file, script, context)).filter((level) => level !== undefined);
  if (floating.length > 0) {
    const severity = floating.every((name) => tooling.test(name)) ? 'low' : install.constrained ? 'low' : 'medium';
    const held = install.constrained
      ? 'held only by the constraints file'
      : floating.every((name) => /[<>=~]|:\/\//.test(name))
        ? 'not pinned, so what is taken can change'
        : 'not pinned, so the newest release is taken';
    return { severity, message: `pip installs ${listed(floating)}, ${held}, and no hash is checked` };
  }
  if (files.includes('floating')) {
    const message = 'pip installs from a requirements file that pins neither version nor hash of everything';
    return { severity: 'low', message };
  }
  if (named.length > 0) {
    return { severity: 'info', message: `pip installs ${listed(named)} by version, but no hash is checked` };
  }
  if (files.includes('exact')) {
    return { severity: 'info', message: 'pip installs from a requirements file without hashes' };
  }
  return undefined;
}

/** The requirement without its marker: `pycurl; python_version >= "3.10"` installs pycurl. PEP 508. */
function requirement(word: string): string {
  return (word.split(/;\s|\s;/, 1)[0] as string).trim();
}

/** Names its content: a full commit id or a hash in the address, also behind `name @`. */
function isContent(name: string): boolean {
  const address = name.replace(/^[\w.-]+(?:\[[\w,. -]*\])?\s*@\s*/, '');
  if (/^(?:git|hg|svn|bzr)\+/i.test(address)) return /@[0-9a-f]{40}(?=$|[#&?])/i.test(address);
  return /^https?:/i.test(address) && /#sha(?:256|384|512)=/.test(address);
}

function isExact(name: string): boolean {
  return !name.includes('://') && /={2,3}\s*[^*\s,]+$/.test(name);
}

/** A path of this machine. No name of a package holds a slash, so `dist/*.whl` and `./app` are paths too. */
function isLocal(name: string): boolean {
  if (/^(?:\.{1,2}(?:\[|$)|~|file:|[A-Za-z]:[\\/])/.test(name)) return true;
  return !name.includes('://') && (/[\\/]/.test(name) || /\.(?:whl|tar\.gz|zip)$/.test(name));
}

/** How firmly a requirements file holds what it lists; undefined when it is hashed, empty, or not in this repository. */
function fileLevel(file: string, script: Script, context: RuleContext): 'floating' | 'exact' | undefined {
  const found = requirementsAt(file, script, context);
  if (!found || found.hashed || !isRequirementsFile(found.document.path)) return undefined;
  const remote = found.requirements.filter((each) => each.kind !== 'path');
  if (remote.length === 0) return undefined;
  return remote.every((each) => each.kind === 'exact' || each.hashes.length > 0) ? 'exact' : 'floating';
}

function requirementsAt(file: string, script: Script, context: RuleContext): Requirements | undefined {
  const name = file.replace(/^(?:\.\/)+/, '');
  const folder = script.document.path.slice(0, script.document.path.lastIndexOf('/') + 1);
  const paths = script.origin === 'run-instruction' ? [folder + name, name] : [name];
  const known = context.all('requirements');
  const base = name.slice(name.lastIndexOf('/') + 1);
  const exact = paths.map((path) => known.find((each) => each.document.path === path)).find(Boolean);
  // An image copies the file to some place of its own, so there the name has to do.
  if (exact || script.origin !== 'run-instruction') return exact;
  const same = known.filter((each) => each.document.path.endsWith(`/${base}`) || each.document.path === base);
  return same.length === 1 ? same[0] : undefined;
}
