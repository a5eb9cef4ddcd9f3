import type { Range } from '../types.ts';
import type { Command } from './types.ts';

/** One list of commands while it is being read: opens, extends, joins by pipes, closes. */
export class CommandList {
  /** Commands of this list only. */
  own: Command[] = [];
  current: Command | undefined;
  #all: Command[];
  #toRange: (start: number, end: number) => Range;
  #start = 0;
  #end = 0;
  #before: Command['before'] = '';
  /** The commands whose output the next one reads. */
  #feeding: Command[] = [];
  #grouped: Command[] = [];
  onEnd: ((command: Command) => void) | undefined;

  constructor(all: Command[], toRange: (start: number, end: number) => Range) {
    this.#all = all;
    this.#toRange = toRange;
  }

  /** The command being read; a new one where none is open. */
  open(at: number): Command {
    if (this.current) return this.current;
    const command: Command = {
      name: '',
      words: [],
      assignments: [],
      redirects: [],
      heredocs: [],
      range: [0, 0],
      before: this.#before,
    };
    this.#start = at;
    this.#end = at;
    this.current = command;
    // It stands before the commands of its own substitutions, as in the source.
    this.#all.push(command);
    this.own.push(command);
    return command;
  }

  extend(end: number): void {
    this.#end = Math.max(this.#end, end);
  }

  /** Inside `[[ … ]]`, operators are words. */
  inTest(): boolean {
    const words = this.current?.words;
    return words !== undefined && words[0]?.text === '[[' && words.at(-1)?.text !== ']]';
  }

  /** A subshell has been read: it takes part in pipes as a whole. */
  group(commands: Command[]): void {
    this.#grouped = commands;
    const first = commands[0];
    const feeder = this.#feeding.at(-1);
    if (first && feeder) {
      feeder.pipeTo = first;
      first.pipeFrom = feeder;
    }
  }

  end(separator: Command['before']): void {
    const command = this.current;
    // A line break after `|` or `&&` only goes on with the command.
    if (separator === '\n' && !command && this.#grouped.length === 0) return;
    if (command) this.#close(command);
    const last = command ? [command] : this.#grouped;
    this.#feeding = separator === '|' ? last : [];
    this.#grouped = [];
    this.current = undefined;
    this.#before = separator;
  }

  /** What was read is no command: a pattern, the head of a function. */
  drop(): void {
    const command = this.current;
    if (!command) return;
    command.words = [];
    command.assignments = [];
    this.current = undefined;
    this.#feeding = [];
  }

  /** A keyword stood where a command begins: the command begins after it. */
  restart(): void {
    const command = this.current;
    if (!command) return;
    const all = this.#all.lastIndexOf(command);
    if (all !== -1) this.#all.splice(all, 1);
    this.own.pop();
    this.current = undefined;
  }

  #close(command: Command): void {
    command.range = this.#toRange(this.#start, this.#end);
    const feeder = this.#feeding.at(-1);
    if (feeder) {
      feeder.pipeTo = command;
      command.pipeFrom = feeder;
    }
    this.onEnd?.(command);
  }
}
