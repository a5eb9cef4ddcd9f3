/** What the words of a `git commit` say that git does not pass on to its hooks (git-commit, "OPTIONS"). */
export interface CommitWords {
  amend: boolean;
  /** `--no-verify`. */
  unverified: boolean;
  /** `--cleanup`; undefined when it was not given. */
  cleanup: string | undefined;
  /** `-v`, `--no-verbose`; undefined when neither was given. */
  verbose: boolean | undefined;
  /** True for `-S`, false for `--no-gpg-sign`; not there when neither was given. */
  sign?: boolean;
}

/** What options a command knows: it decides which words are values, and what a shortened option means. */
interface Known {
  /** Short options whose value is the rest of the word, or the next one. */
  shortWithValue: string;
  /** Short options whose value is the rest of the word only. */
  shortWithRest: string;
  longWithValue: readonly string[];
  /** Long options without a value that a word of its own could hold. */
  otherLongs: readonly string[];
}

const ofCommit: Known = {
  shortWithValue: 'mFcCt',
  shortWithRest: 'Su',
  longWithValue:
    'author cleanup date file fixup message pathspec-from-file reedit-message reuse-message squash template trailer'.split(
      ' ',
    ),
  otherLongs: [
    ...'all allow-empty allow-empty-message amend branch dry-run edit gpg-sign include interactive long null'.split(
      ' ',
    ),
    ...'only patch pathspec-file-nul porcelain post-rewrite quiet reset-author short signoff status'.split(' '),
    ...'untracked-files verbose verify'.split(' '),
  ],
};
/** `git merge` (git-merge, "OPTIONS") runs hooks of a commit, too, and signs as it is told. */
const ofMerge: Known = {
  shortWithValue: 'mFsX',
  shortWithRest: 'S',
  longWithValue: 'cleanup file into-name message strategy strategy-option'.split(' '),
  otherLongs: [
    ...'abort allow-unrelated-histories autostash commit compact-summary continue edit ff ff-only gpg-sign log'.split(
      ' ',
    ),
    ...'overwrite-ignore progress quiet quit rerere-autoupdate signoff squash stat summary verbose verify'.split(' '),
    'verify-signatures',
  ],
};
/** `git am` (git-am, "OPTIONS") signs as it is told. */
const ofAm: Known = {
  shortWithValue: 'Cp',
  shortWithRest: 'S',
  longWithValue: 'directory empty exclude include patch-format quoted-cr resolvemsg whitespace'.split(' '),
  otherLongs: [
    ...'3way abort allow-empty committer-date-is-author-date continue gpg-sign ignore-date ignore-space-change'.split(
      ' ',
    ),
    ...'ignore-whitespace interactive keep keep-cr keep-non-patch message-id quiet quit reject'.split(' '),
    ...'rerere-autoupdate resolved retry scissors show-current-patch signoff skip utf8 verify'.split(' '),
  ],
};
/** Options of git itself whose value is the next word. */
const ofGit = ['-c', '-C', '--git-dir', '--work-tree', '--namespace', '--config-env', '--attr-source'];

/** The subcommand and the words behind it; `words` are those behind `git`. Undefined without one. */
export function subcommandOf(words: readonly string[]): { name: string; rest: readonly string[] } | undefined {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (!word.startsWith('-')) return { name: word, rest: words.slice(at + 1) };
    if (ofGit.includes(word)) at += 1;
  }
  return undefined;
}

/** Reads the words of `git commit`; undefined when they are those of another command. Long options may be shortened. */
export function commitWords(words: readonly string[]): CommitWords | undefined {
  const command = subcommandOf(words);
  if (command?.name !== 'commit') return undefined;
  return read(command.rest, ofCommit);
}

/** The words of `git am`, which keeps every line of a message; undefined when they are those of another command. */
export function amWords(words: readonly string[]): CommitWords | undefined {
  const command = subcommandOf(words);
  if (command?.name !== 'am') return undefined;
  return { ...read(command.rest, ofAm), verbose: false, cleanup: 'verbatim' };
}

/**
 * True for `-S`, false for `--no-gpg-sign`, of `git commit`, `git merge` and `git am`; `words` are those behind `git`. Undefined when
 * neither was given, or for another command.
 */
export function signingWord(words: readonly string[]): boolean | undefined {
  const command = subcommandOf(words);
  if (command?.name === 'merge') return read(command.rest, ofMerge).sign;
  return (commitWords(words) ?? amWords(words))?.sign;
}

function read(rest: readonly string[], known: Known): CommitWords {
  const out: CommitWords = { amend: false, unverified: false, cleanup: undefined, verbose: undefined };
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] as string;
    if (word === '--') break;
    if (word.startsWith('--')) {
      const [name, value] = longOption(word, known);
      if (known.longWithValue.includes(name) && value === undefined) at += 1;
      takeLong(out, name, value ?? rest[at]);
    } else if (word.startsWith('-') && takeShort(out, word.slice(1), known)) at += 1;
  }
  return out;
}

/** The full name, with `no-` before it where it was, and the value behind `=`. */
function longOption(word: string, { longWithValue, otherLongs }: Known): [string, string | undefined] {
  const equals = word.indexOf('=');
  const given = equals === -1 ? word.slice(2) : word.slice(2, equals);
  const no = given.startsWith('no-') ? 'no-' : '';
  const short = given.slice(no.length);
  const longs = [...longWithValue, ...otherLongs];
  const fits = longs.includes(short) ? [short] : longs.filter((one) => one.startsWith(short));
  const name = fits.length === 1 ? (fits[0] as string) : short;
  return [`${no}${name}`, equals === -1 ? undefined : word.slice(equals + 1)];
}

function takeLong(out: CommitWords, name: string, value: string | undefined): void {
  if (name === 'amend' || name === 'no-amend') out.amend = name === 'amend';
  else if (name === 'verify' || name === 'no-verify') out.unverified = name === 'no-verify';
  else if (name === 'verbose' || name === 'no-verbose') out.verbose = name === 'verbose';
  else if (name === 'gpg-sign' || name === 'no-gpg-sign') out.sign = name === 'gpg-sign';
  else if (name === 'cleanup') out.cleanup = value;
}

/** Letters that stand together. True when the last one takes the next word as its value. */
function takeShort(out: CommitWords, letters: string, { shortWithValue, shortWithRest }: Known): boolean {
  for (const [at, letter] of [...letters].entries()) {
    if (letter === 'n') out.unverified = true;
    else if (letter === 'v') out.verbose = true;
    else if (shortWithValue.includes(letter)) return at === letters.length - 1;
    else if (shortWithRest.includes(letter)) {
      if (letter === 'S') out.sign = true;
      return false;
    }
  }
  return false;
}
