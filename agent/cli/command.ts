import { closest } from '../config/closest.ts';
import { Exit, type ExitCode } from '../gate/types.ts';
import { displayText } from '../model/path.ts';
import { wrap } from '../report/style.ts';

export interface Option {
  /** `boolean` takes no value. */
  type: 'boolean' | 'string';
  /** Shown in `--help`: `DIR`, `A..B`. */
  value?: string;
  short?: string;
  /** May be given several times; `list` reads them all. */
  many?: true;
  help: string;
}

/** An option without a value. */
export function flag(help: string): Option {
  return { type: 'boolean', help };
}

/** An option with a value, which `--help` calls `value`. */
export function valued(value: string, help: string): Option {
  return { type: 'string', value, help };
}

/** What a command gets. Everything it may touch outside is in here, so that tests run commands without a process. */
export interface Io {
  cwd: string;
  env: NodeJS.ProcessEnv;
  stdin: NodeJS.ReadableStream & { isTTY?: boolean };
  out: (text: string) => void;
  err: (text: string) => void;
  /** Columns to use; 80 to 100. */
  width: number;
  /** Colour and progress are allowed only when this is true. */
  terminal: boolean;
  color: boolean;
}

export interface Command {
  name: string;
  /** One line, shown in the list of commands. */
  summary: string;
  usage: string[];
  /** Sentences of the paragraph that `--help` shows below the usage. */
  help?: string[];
  options: Record<string, Option>;
  /** What the first word chooses; an action that stands here knows its own options and no others. */
  actions?: Record<string, Action>;
  examples?: [command: string, what: string][];
  run(args: Args, io: Io): Promise<ExitCode>;
}

export interface Action {
  /** One line of its own help; without it that of the command. */
  summary?: string;
  usage: string[];
  options: Record<string, Option>;
  /** Options that another program of this kind has and we have not, each with the reason. */
  refused?: Record<string, Refused>;
}

/** An option that is not here. */
export interface Refused {
  short?: string;
  /** Completes "--partial is not here: …". */
  why: string;
}

export interface Args {
  flags: Record<string, string | true | undefined>;
  positionals: string[];
}

/** A mistake in how the command was called: printed as one line, exit code 2, nothing was done. */
export class UsageError extends Error {}

/**
 * Parses the words after a command's name. `--name value`, `--name=value`, `-s value`, `--` ends the flags.
 * An unknown flag is an error with the nearest known one: a mistyped `--stagde` must not check something else.
 */
export function parseArguments(whole: Command, words: readonly string[]): Args {
  const command = actionOf(whole, words);
  const args: Args = { flags: {}, positionals: [] };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (word === '--') {
      args.positionals.push(...words.slice(at + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      args.positionals.push(word);
      continue;
    }
    const [name, inline] = splitFlag(command, word);
    const option = command.options[name] as Option;
    if (option.type === 'boolean') {
      if (inline !== undefined && inline !== 'true' && inline !== 'false')
        throw new UsageError(`--${name} takes no value`);
      args.flags[name] = inline === 'false' ? undefined : true;
      continue;
    }
    const value = inline ?? words[++at];
    if (value === undefined) throw new UsageError(`--${name} needs a value: --${name} ${option.value ?? 'VALUE'}`);
    const before = args.flags[name];
    args.flags[name] = option.many && typeof before === 'string' ? `${before}\0${value}` : value;
  }
  return args;
}

type Narrowed = Pick<Command, 'name' | 'options'> & Pick<Action, 'refused'>;

/** The command as its first word that names an action narrows it. */
function actionOf(command: Command, words: readonly string[]): Narrowed {
  const [name, action] = chosen(command, words) ?? [];
  return action === undefined ? command : { ...action, name: `${command.name} ${name}` };
}

function chosen(command: Command, words: readonly string[]): [string, Action] | undefined {
  const name = words.find((word) => !word.startsWith('-'));
  if (name === undefined || !command.actions || !Object.hasOwn(command.actions, name)) return undefined;
  return [name, command.actions[name] as Action];
}

function splitFlag(command: Narrowed, word: string): [string, string | undefined] {
  const equals = word.indexOf('=');
  const flag = equals === -1 ? word : word.slice(0, equals);
  const inline = equals === -1 ? undefined : word.slice(equals + 1);
  const names = Object.keys(command.options);
  const name = flag.startsWith('--')
    ? names.find((one) => `--${one}` === flag)
    : names.find((one) => command.options[one]?.short === flag.slice(1));
  if (name !== undefined) return [name, inline];
  const attached = command.options[names.find((one) => command.options[one]?.short === word[1]) ?? ''];
  if (/^-\w./.test(word) && attached?.type === 'string')
    return [names.find((one) => command.options[one] === attached) as string, word.slice(2)];
  for (const [other, { short, why }] of Object.entries(command.refused ?? {}))
    if (flag === `--${other}` || (short !== undefined && flag === `-${short}`))
      throw new UsageError(`--${other} is not here: ${why} (pregate ${command.name} --help)`);
  const near = closest(flag.replace(/^-+/, ''), names);
  throw new UsageError(
    `unknown option ${flag} for pregate ${command.name}${near ? `; did you mean --${near}?` : ''} (pregate ${command.name} --help)`,
  );
}

/** The text of `pregate <command> --help`, or with `words` of `pregate <command> <action> --help`, in so many columns. */
export function helpOf(whole: Command, words: readonly string[] = [], columns = 100): string {
  const [, action] = chosen(whole, words) ?? [];
  // The paragraph is about all the actions.
  const command: Command = action === undefined ? whole : { ...whole, ...action, help: [], examples: [] };
  const lines = [...wrap(command.summary, columns), '', 'Usage'];
  for (const usage of command.usage) lines.push(`  pregate ${usage}`);
  if (command.help?.length) lines.push('', ...wrap(command.help.join(' '), columns));
  const names = Object.keys(command.options);
  if (names.length > 0) {
    lines.push('', 'Options');
    const heads = names.map((name) => {
      const option = command.options[name] as Option;
      return `${option.short ? `-${option.short}, ` : ''}--${name}${option.type === 'string' ? ` ${option.value ?? 'VALUE'}` : ''}`;
    });
    const rows = names.map((name, index): [string, string] => [heads[index] ?? '', command.options[name]?.help ?? '']);
    lines.push(...inColumns(rows, columns));
  }
  if (command.examples?.length) {
    lines.push('', 'Examples');
    for (const [example, what] of command.examples)
      lines.push(`  ${example}`, ...wrap(what, columns - 6).map((line) => `      ${line}`));
  }
  return `${lines.join('\n')}\n`;
}

/** Names and what is said of each beside them; below them where the terminal is too narrow. */
export function inColumns(rows: readonly [string, string][], columns: number): string[] {
  const width = Math.max(...rows.map(([name]) => name.length)) + 4;
  const beside = columns - width >= 36;
  return rows.flatMap(([name, what]) => {
    const lines = wrap(what, columns - (beside ? width : 6));
    if (!beside) return [`  ${name}`, ...lines.map((line) => `      ${line}`)];
    return lines.map((line, index) => `${(index === 0 ? `  ${name}` : '').padEnd(width)}${line}`);
  });
}

/** Prints one line on stderr and returns the exit code for wrong usage. */
export function usage(io: Io, message: string): ExitCode {
  io.err(`pregate: ${displayText(message)} [usage]\n`);
  return Exit.usage;
}

/** A flag's text, or undefined. */
export function text(args: Args, name: string): string | undefined {
  const value = args.flags[name];
  return typeof value === 'string' ? value : undefined;
}

/** For a command that takes no words: one that is mistaken for a range or a path must not pass for an answer about it. */
export function takesNoWords(command: string, { positionals }: Args): void {
  const [word] = positionals;
  if (word !== undefined)
    throw new UsageError(`${command} takes no ${JSON.stringify(word)} (pregate ${command} --help)`);
}

/** Every value of a flag that may be given several times. */
export function list(args: Args, name: string): string[] {
  return text(args, name)?.split('\0') ?? [];
}
