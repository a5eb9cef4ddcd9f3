import { type Language, lineAfter, lineBefore, type Place, type Replacement, readTitle } from '../language.ts';
import { type Where, whereIs } from '../scan.ts';
import * as syntax from '../syntax.ts';

/** Where a value stands in a string of which it is all. */
function isWhole({ inner }: Where, [start, end]: Place['value']): boolean {
  return inner[0] === start && inner[1] === end;
}

/** Closes a string that is not filled in, puts the variable in a string of its own beside it, and opens it again. */
function quoted(
  where: Where,
  value: Place['value'],
  variable: string,
): Pick<Replacement, 'range' | 'text'> | undefined {
  if (where.kind === 'code') return { range: value, text: `"${variable}"` };
  if (where.fills) return { range: value, text: variable };
  if (where.kind === 'heredoc' || where.prefix !== '' || where.quote !== "'") return undefined;
  const [first, last] = [where.inner[0] === value[0], where.inner[1] === value[1]];
  const range = [first ? where.outer[0] : value[0], last ? where.outer[1] : value[1]] as const;
  return { range, text: `${first ? '' : "'"}"${variable}"${last ? '' : "'"}` };
}

function inShell(text: string, value: Place['value'], name: string): Pick<Replacement, 'range' | 'text'> | undefined {
  const where = whereIs(text, value, syntax.shell);
  if (!where || where.kind === 'comment') return undefined;
  return quoted(where, value, `\${${name}:?}`);
}

/** A shell script: `${NAME:?}` stops the script where the variable is not set (POSIX.1-2017, Shell §2.6.2). */
export const shellScript: Language = {
  files: /\.(?:sh|bash|zsh|ksh|bats)$/i,
  text: /^#!.*\b(?:ba|z|k|da|a)?sh\b/,
  replace: ({ document, value, name }) => {
    const made = inShell(document.text, value, name);
    return made && { ...made, title: readTitle(name), environment: name };
  },
};

export const fishScript: Language = {
  files: /\.fish$/i,
  text: /^#!.*\bfish\b/,
  replace: ({ document: { text }, value, name }) => {
    const where = whereIs(text, value, syntax.fish);
    // A name goes on as long as letters do.
    if (!where || where.kind === 'comment' || /\w/.test(text[value[1]] ?? '')) return undefined;
    const made = quoted(where, value, `$${name}`);
    return made && { ...made, title: readTitle(name), environment: name };
  },
};

/** PowerShell (about_Environment_Variables). Data files may hold no expression. */
export const powerShell: Language = {
  files: /\.psm?1$/i,
  text: /^#!.*\bpwsh\b/,
  replace: ({ document: { text }, value, name }) => {
    const where = whereIs(text, value, syntax.powershell);
    if (!where || where.kind === 'comment') return undefined;
    const [start, end] = where.outer;
    const before = lineBefore(text, start);
    const after = lineAfter(text, end);
    if (/\[\w+\([^)]*$/.test(before) || (where.kind === 'string' && where.prefix === '' && /^[\w:[]/.test(after)))
      return undefined;
    const title = readTitle(name);
    const variable = `$env:${name}`;
    if (where.kind === 'code') {
      if (!/(?:^|[\s=])$/.test(before) || !/^(?:\s|[;|)]|$)/.test(after)) return undefined;
      return { range: value, text: variable, title, environment: name };
    }
    if (isWhole(where, value) && where.prefix === '')
      return { range: where.outer, text: variable, title, environment: name };
    if (where.quote === '"') return { range: value, text: `\${env:${name}}`, title, environment: name };
    const rest = text.slice(where.inner[0], value[0]) + text.slice(value[1], where.inner[1]);
    if (where.prefix !== '' || /[$`"]|''/.test(rest)) return undefined;
    const made = `"${text.slice(where.inner[0], value[0])}\${env:${name}}${text.slice(value[1], where.inner[1])}"`;
    return { range: where.outer, text: made, title, environment: name };
  },
};

/** Batch files of Windows. */
export const batchFile: Language = {
  files: /\.(?:bat|cmd)$/i,
  replace: ({ document: { text }, value, name }) => {
    if (/^\s*(?:@?rem\b|::)/i.test(lineBefore(text, value[0]))) return undefined;
    return { range: value, text: `%${name}%`, title: readTitle(name), environment: name };
  },
};

/** Variables of the environment are variables of make, and one that is set by `?=` gives way to them (GNU make §6.10). */
export const makefile: Language = {
  files: /(?:^|\/)(?:GNU)?[Mm]akefile(?:\.[^/]*)?$|\.mk$/,
  replace: ({ document: { text }, value, name }) => {
    const before = lineBefore(text, value[0]);
    if (/^\s*#|\s#/.test(before)) return undefined;
    const title = readTitle(name);
    const assigned = /^(?!\t)\s*(?:export\s+)?([\w.-]+)(\s*)(\?|:{0,3})=\s*$/.exec(before);
    if (assigned && lineAfter(text, value[1]).trim() === '' && assigned[1] === name) {
      const start = value[0] - before.length + before.indexOf(name) + name.length;
      return { range: [start, value[1]], text: ' ?=', title, environment: name };
    }
    return { range: value, text: `$(${name})`, title, environment: name };
  },
};

/**
 * A Dockerfile: a command gets the secret as a variable that is in no layer (needs Dockerfile 1.10); `ENV` goes away, because the image
 * would keep it (https://docs.docker.com/build/building/secrets/).
 */
export const dockerfile: Language = {
  files: /(?:^|\/)(?:Dockerfile|Containerfile)(?:\.[^/]*)?$|\.dockerfile$/i,
  replace: ({ document: { text }, value, name }) => {
    const start = instructionAt(text, value[0]);
    const instruction = /^[ \t]*(RUN|ENV)[ \t]+/i.exec(text.slice(start));
    if (!instruction || lineBefore(text, value[0]).trimStart().startsWith('#')) return undefined;
    if (instruction[1]?.toUpperCase() === 'ENV') return withoutVariable(text, start, value);
    const script = start + instruction[0].length;
    const end = /(?<!\\)(?:\n|$(?![\s\S]))/.exec(text.slice(value[1]));
    const command = text.slice(script, value[1] + (end?.index ?? 0));
    if (/^(?:--\S+\s+)*\[/.test(command) || /<<-?["']?\w/.test(command)) return undefined;
    const made = inShell(command, [value[0] - script, value[1] - script], name);
    if (!made) return undefined;
    const mount = `--mount=type=secret,id=${name.toLowerCase()},env=${name} `;
    return {
      range: [made.range[0] + script, made.range[1] + script],
      text: made.text,
      title: `Mount ${name} as a secret of the build`,
      more: command.includes(mount) ? [] : [{ range: [script, script], text: mount }],
    };
  },
};

/** The offset of the instruction around an offset: lines that end in a backslash go on. */
function instructionAt(text: string, at: number): number {
  let start = text.lastIndexOf('\n', at - 1) + 1;
  while (start > 1 && /\\[ \t]*$/.test(lineBefore(text, start - 1))) start = text.lastIndexOf('\n', start - 2) + 1;
  return start;
}

function withoutVariable(text: string, start: number, value: Place['value']): Replacement | undefined {
  const end = text.indexOf('\n', value[1]) + 1 || text.length;
  const only = /^[ \t]*ENV[ \t]+(\w+)(?:=|[ \t]+)["']?$/i.exec(text.slice(start, value[0]));
  if (!only || !/^["']?\s*$/.test(text.slice(value[1], end))) return undefined;
  const name = only[1] as string;
  return {
    range: [start, end],
    text: '',
    title: `Leave ${name} out of the image, and set it where a container is started`,
    environment: name,
  };
}
