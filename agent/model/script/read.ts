import type { Containerfile, Instruction } from '../containerfile/types.ts';
import type { Pipeline } from '../pipeline/types.ts';
import type { Document } from '../types.ts';
import { parseShell } from './shell.ts';
import type { Command, Script, ShellDialect, TextView } from './types.ts';
import { parseCmd, parsePowerShell } from './windows.ts';

/** A longer script is generated; it is not read. */
const maxLength = 2_000_000;

/**
 * Every shell script a document holds: the file itself, the steps of a pipeline, the `RUN` lines of a container file.
 * Commands are read when they are first looked at.
 */
export function scriptsOf(document: Document, pipeline?: Pipeline, containerfile?: Containerfile): Script[] {
  const scripts: Script[] = [];
  const dialect = pipeline || containerfile ? undefined : fileDialect(document);
  if (dialect) {
    const view: TextView = { text: document.text, offsetAt: (index) => index };
    scripts.push(scriptOf(document, dialect, 'file', view));
  }
  for (const block of pipeline?.scripts ?? []) {
    if (!block.dialect) continue;
    const script = scriptOf(document, block.dialect, 'step', block.node);
    script.range = block.node.range;
    script.block = block;
    scripts.push(script);
  }
  for (const instruction of containerfile?.instructions ?? [])
    scripts.push(...instructionScripts(document, instruction));
  return scripts;
}

function instructionScripts(document: Document, instruction: Instruction): Script[] {
  if (instruction.keyword !== 'RUN' || instruction.execForm) return [];
  const views: TextView[] = [];
  const isScript = instruction.heredocs.length > 0 && /^\s*<<-?\s*["']?\w+["']?\s*$/.test(instruction.arguments.text);
  if (isScript) {
    for (const heredoc of instruction.heredocs) {
      views.push({ text: heredoc.text, offsetAt: (index) => heredoc.range[0] + index });
    }
  } else views.push(instruction.arguments);
  return views.map((view) => {
    const shebang = isScript ? shebangDialect(view.text) : undefined;
    const script = scriptOf(document, shebang ?? 'sh', 'run-instruction', view);
    script.range = instruction.range;
    script.instruction = instruction;
    return script;
  });
}

function scriptOf(document: Document, dialect: ShellDialect, origin: Script['origin'], view: TextView): Script {
  let commands: readonly Command[] | undefined;
  return {
    document,
    documents: [document],
    dialect,
    origin,
    view,
    range: [view.offsetAt(0), view.offsetAt(view.text.length)],
    get commands() {
      commands ??= view.text.length > maxLength ? [] : parse(dialect, view);
      return commands;
    },
  };
}

function parse(dialect: ShellDialect, view: TextView): Command[] {
  if (dialect === 'pwsh') return parsePowerShell(view);
  if (dialect === 'cmd') return parseCmd(view);
  return parseShell(view);
}

function fileDialect(document: Document): ShellDialect | undefined {
  if (document.kind !== 'file' || document.encoding === 'binary') return undefined;
  const path = document.path.toLowerCase();
  if (/\.(?:bash|zsh)$/.test(path)) return 'bash';
  if (/\.(?:sh|ksh|ash|dash)$/.test(path)) return shebangDialect(document.text) ?? 'sh';
  if (/\.psm?1$/.test(path)) return 'pwsh';
  if (/\.(?:cmd|bat)$/.test(path)) return 'cmd';
  return shebangDialect(document.text) ?? (/(?:^|\/)\.husky\/[a-z-]+$/.test(path) ? 'sh' : undefined);
}

function shebangDialect(text: string): ShellDialect | undefined {
  if (!text.startsWith('#!')) return undefined;
  const line = text.slice(0, 200).split('\n', 1)[0] as string;
  const match = /^#!\s*(?:\S*\/env\s+(?:-\S+\s+)*)?(?:\S*\/)?(bash|zsh|sh|dash|ash|ksh|pwsh)\b/.exec(line);
  if (!match) return undefined;
  return match[1] === 'pwsh' ? 'pwsh' : match[1] === 'bash' || match[1] === 'zsh' ? 'bash' : 'sh';
}
