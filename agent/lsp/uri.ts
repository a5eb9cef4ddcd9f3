import { basename, isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isForeignPath } from '../model/path.ts';
import type { RepoPath } from '../model/types.ts';

/** How a document of the editor is looked at. */
export interface DocumentAddress {
  uri: string;
  kind: 'file' | 'message' | 'untitled' | 'printed';
  /** Absolute path on this machine; undefined when there is no such file. */
  file: string | undefined;
  /** The name rules see when the document belongs to no repository. */
  name: string;
  /** Absolute path of the notebook that a cell belongs to. */
  notebook?: string;
}

const messageFiles = /[\\/]\.git(?:[\\/].*)?[\\/](?:COMMIT_EDITMSG|MERGE_MSG|SQUASH_MSG|TAG_EDITMSG|NOTES_EDITMSG)$/;

/** Schemes of what programs print and what others have: nobody can mend a secret there, and it is committed nowhere. */
const printed = /^(?:output|debug|git|search-editor|vscode-terminal|walkThrough\w*)$/;

/** Reads a document URI. A commit message box, an unsaved file and a notebook cell have no file of their own. */
export function addressOf(uri: string): DocumentAddress {
  const scheme = uri.slice(0, Math.max(0, uri.indexOf(':')));
  if (scheme === 'file') {
    const file = filePathOf(uri);
    // What git opens an editor for is the message that it will keep.
    if (file !== undefined && messageFiles.test(file)) return { uri, kind: 'message', file, name: basename(file) };
    return { uri, kind: 'file', file, name: file === undefined ? 'unnamed' : basename(file) };
  }
  if (scheme === 'vscode-scm') return { uri, kind: 'message', file: undefined, name: 'COMMIT_EDITMSG' };
  if (scheme === 'vscode-notebook-cell') {
    const file = filePathOf(`file:${uri.slice(scheme.length + 1).replace(/#.*$/s, '')}`);
    const name = file === undefined ? 'notebook' : basename(file);
    return { uri, kind: 'untitled', file: undefined, name, ...(file === undefined ? {} : { notebook: file }) };
  }
  return { uri, kind: printed.test(scheme) ? 'printed' : 'untitled', file: undefined, name: nameInUri(uri) };
}

/** Endings of the languages that cells are written in, by the editor's names: they tell how to comment and how to read a variable. */
const endings: Record<string, string> = {
  python: 'py',
  javascript: 'js',
  typescript: 'ts',
  shellscript: 'sh',
  ruby: 'rb',
  go: 'go',
  java: 'java',
  kotlin: 'kt',
  csharp: 'cs',
  php: 'php',
  powershell: 'ps1',
  r: 'R',
  julia: 'jl',
  rust: 'rs',
  sql: 'sql',
  yaml: 'yaml',
  markdown: 'md',
};

/** What a cell of a language would be called behind the name of its notebook. */
export function endingOf(language: string): string {
  return Object.hasOwn(endings, language) ? `.cell.${endings[language]}` : '.cell';
}

/** Path of a file below a repository's root, with `/`; undefined when it lies outside. */
export function repoPathOf(root: string, file: string): RepoPath | undefined {
  const path = relative(root, file);
  if (path === '' || path.startsWith(`..${sep}`) || path === '..' || isAbsolute(path)) return undefined;
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

/** `file:` URI of a path in a repository; undefined for a path that cannot be written as text. */
export function fileUriOf(root: string, path: RepoPath): string | undefined {
  return isForeignPath(path) ? undefined : pathToFileURL(join(root, ...path.split('/'))).href;
}

/** `file:` URI of an absolute path. */
export function uriOfPath(path: string): string {
  return pathToFileURL(path).href;
}

/** Absolute path of a `file:` URI; undefined when it is none, or names another machine. */
export function filePathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

/**
 * One spelling per file: VS Code writes `file:///c%3A/x` where Node writes `file:///C:/x`, and encodes more characters.
 */
export function uriKey(uri: string): string {
  const file = uri.startsWith('file:') ? filePathOf(uri) : undefined;
  return file === undefined ? uri : uriOfPath(file);
}

function nameInUri(uri: string): string {
  const path = uri.replace(/[?#].*$/s, '').replace(/^[^:]*:/, '');
  const last = path.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last) || 'untitled';
  } catch {
    return last || 'untitled';
  }
}
