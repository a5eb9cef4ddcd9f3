import type { Instruction } from '../containerfile/types.ts';
import type { ScriptBlock } from '../pipeline/types.ts';
import type { Document, Range } from '../types.ts';

/** `sh` stands for every POSIX-like shell that is not surely bash. */
export type ShellDialect = 'sh' | 'bash' | 'pwsh' | 'cmd';

/** Text that lies somewhere in a document: a file, a scalar, the joined lines of a `RUN`. */
export interface TextView {
  text: string;
  /** Offset in the document of character `index` of `text`. */
  offsetAt(index: number): number;
}

/** A shell script: a file, a `run:` block of a pipeline, a `RUN` line of a container file. */
export interface Script {
  document: Document;
  documents: readonly Document[];
  dialect: ShellDialect;
  origin: 'file' | 'step' | 'run-instruction';
  view: TextView;
  /** Where the whole script stands. */
  range: Range;
  /** Every simple command in source order, those inside substitutions, subshells and `sh -c` strings included. */
  commands: readonly Command[];
  /** Set for `origin: 'step'`. */
  block?: ScriptBlock;
  /** Set for `origin: 'run-instruction'`. */
  instruction?: Instruction;
}

/** One simple command: `A=b sudo curl -fsSL https://x > y`. */
export interface Command {
  /** Base name of the program without `.exe`; empty when only the run can tell. Wrappers are kept: see `effective`. */
  name: string;
  /** Program and arguments; assignments and redirections stand apart. */
  words: Word[];
  assignments: Assignment[];
  redirects: Redirect[];
  heredocs: Heredoc[];
  range: Range;
  /** The command that reads this one's output through `|`, and the other way round. */
  pipeTo?: Command;
  pipeFrom?: Command;
  /** What stood before it in its list: empty at the start of a list. */
  before: '' | '\n' | ';' | '&&' | '||' | '|' | '&';
  /** The command in whose word (`$(…)`, `<(…)`, `sh -c '…'`) this one stands. */
  parent?: Command;
}

export interface Word {
  /** Without quotes and escapes; what only the run can tell stands as its source text. */
  text: string;
  range: Range;
  /** Places in `Script.view.text`. */
  start: number;
  end: number;
  /** Some part of it stands in quotes. */
  quoted: boolean;
  /** It contains a variable, a substitution or a pipeline expression. */
  dynamic: boolean;
  substitutions: Substitution[];
}

export interface Substitution {
  /** `$(…)` or backticks; `<(…)` and `>(…)`. */
  kind: 'command' | 'process';
  commands: Command[];
}

export interface Assignment {
  name: string;
  value: Word;
}

export interface Redirect {
  /** `>`, `>>`, `<`, `<<<`, `&>`, `>|`, `>&`, `<&`, with the leading descriptor left out. */
  operator: string;
  descriptor?: number;
  target: Word;
}

export interface Heredoc {
  /** Places in `Script.view.text`. */
  start: number;
  end: number;
  /** Variables in it are expanded. */
  expands: boolean;
}
