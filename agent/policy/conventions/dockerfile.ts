import { execForm, readInstructions } from '../../model/containerfile/lines.ts';
import type { Instruction } from '../../model/containerfile/types.ts';
import type { Range } from '../../model/types.ts';

/** One command of a Dockerfile as conftest hands it to policies. */
export interface DockerCommand {
  Cmd: string;
  SubCmd: string;
  Flags: string[];
  JSON: boolean;
  Stage: number;
  Value: string[];
}

/**
 * A Dockerfile as conftest reads it: one list of commands, in order, with the number of the stage each belongs to.
 * `ENV` and `LABEL` give key, value and separator in turns; the body of a here-document is not part of the value.
 */
export function dockerCommands(text: string): { commands: DockerCommand[]; ranges: Range[] } {
  const commands: DockerCommand[] = [];
  const ranges: Range[] = [];
  let stage = -1;
  for (const instruction of readInstructions(text).instructions) {
    if (instruction.keyword === 'FROM') stage++;
    commands.push(commandOf(instruction, Math.max(0, stage)));
    ranges.push(instruction.range);
  }
  return { commands, ranges };
}

function commandOf(instruction: Instruction, stage: number): DockerCommand {
  const { keyword, execForm: exec } = instruction;
  const flags = instruction.flags.map((flag) =>
    flag.value === '' ? `--${flag.name}` : `--${flag.name}=${flag.value}`,
  );
  const text = instruction.arguments.text.trim();
  const command = { Cmd: keyword.toLowerCase(), SubCmd: '', Flags: flags, JSON: exec !== undefined, Stage: stage };
  if (keyword === 'ONBUILD') {
    const [sub = '', ...rest] = text.split(/\s+/);
    return { ...command, SubCmd: sub.toUpperCase(), Value: valuesOf(sub.toUpperCase(), rest.join(' ')) };
  }
  return { ...command, Value: exec ?? valuesOf(keyword, text) };
}

const wholeText = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'SHELL', 'MAINTAINER', 'STOPSIGNAL', 'USER', 'WORKDIR']);

function valuesOf(keyword: string, text: string): string[] {
  if (text === '') return [];
  if (wholeText.has(keyword)) return [text];
  if (keyword === 'ENV' || keyword === 'LABEL') return pairsOf(text);
  if (keyword === 'HEALTHCHECK') {
    const [kind = '', ...rest] = text.split(/\s+/);
    const form = execForm(rest.join(' '));
    return [kind.toUpperCase(), ...(form ?? (rest.length === 0 ? [] : [text.slice(kind.length).trim()]))];
  }
  return wordsOf(text);
}

/** `A=b C="d e"` as key, value and `=`; the older `A b c` as key, the rest, and nothing between them. */
function pairsOf(text: string): string[] {
  const words = wordsOf(text);
  if (!words[0]?.includes('=')) {
    const space = text.search(/\s/);
    return space === -1 ? [text, '', ''] : [text.slice(0, space), text.slice(space).trim(), ''];
  }
  return words.flatMap((word) => {
    const at = word.indexOf('=');
    return at === -1 ? [word, '', '='] : [word.slice(0, at), word.slice(at + 1), '='];
  });
}

/** Words between spaces, quotes kept with what they hold. */
function wordsOf(text: string): string[] {
  return text.match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g) ?? [];
}
