import type { TreeLanguage } from '../tree/index.ts';
import type { Document, ScalarStyle } from '../types.ts';

/** What an edit can write. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

interface Place {
  flow: boolean;
  indent: number;
}

/** A text as a scalar: in the wanted style where that can hold it, else in one that can. */
export function renderScalar(text: string, language: TreeLanguage, style: ScalarStyle, place: Place): string {
  if (language !== 'yaml') {
    if (language === 'toml' && style === 'plain' && /^[\w-]+$/.test(text)) return text;
    if (language === 'toml' && style === 'single' && !/['\n\r]/.test(text)) return `'${text}'`;
    return JSON.stringify(text);
  }
  if (style === 'literal' && !/\r/.test(text)) {
    const pad = ' '.repeat(place.indent);
    const chomp = text.endsWith('\n') ? '' : '-';
    const lines = text.replace(/\n$/, '').split('\n');
    return `|${chomp}\n${lines.map((line) => (line === '' ? '' : pad + line)).join('\n')}${chomp === '' ? '\n' : ''}`;
  }
  if (style === 'plain' && isPlain(text, place.flow)) return text;
  if (style !== 'double' && !/[\n\r\t\u0000-\u001f\u007f-\u009f]/.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text);
}

/** A whole value; block collections begin with a line break and stand two spaces deeper than `indent`. */
export function renderValue(value: Value, language: TreeLanguage, indent: number, flow: boolean): string {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') {
    const style = language === 'yaml' ? 'plain' : 'double';
    return renderScalar(value, language, style, { flow, indent: indent + 2 });
  }
  if (flow || language !== 'yaml') return renderFlow(value, language);
  const pad = `\n${' '.repeat(indent + 2)}`;
  if (Array.isArray(value)) {
    return value.length === 0 ? '[]' : value.map((item: Value) => `${pad}- ${renderFlowOr(item, language)}`).join('');
  }
  const entries = Object.entries(value as Record<string, Value>);
  if (entries.length === 0) return '{}';
  return entries
    .map(([key, item]) => {
      const rendered = renderValue(item, language, indent + 2, false);
      const name = renderScalar(key, language, 'plain', { flow: false, indent: 0 });
      return `${pad}${name}:${rendered.startsWith('\n') ? rendered : ` ${rendered}`}`;
    })
    .join('');
}

/** The line end a document uses. */
export function newlineOf(document: Document): string {
  const newline = document.text.indexOf('\n');
  return newline > 0 && document.text.charAt(newline - 1) === '\r' ? '\r\n' : '\n';
}

/** End of the line at `offset`, its line end left out. */
export function lineOf(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  const end = newline === -1 ? text.length : newline;
  return end > offset && text.charAt(end - 1) === '\r' ? end - 1 : end;
}

function renderFlowOr(item: Value, language: TreeLanguage): string {
  return typeof item === 'object' && item !== null ? renderFlow(item, language) : renderValue(item, language, 0, false);
}

function renderFlow(value: Exclude<Value, string | number | boolean | null>, language: TreeLanguage): string {
  if (Array.isArray(value)) return `[${value.map((item: Value) => renderValue(item, language, 0, true)).join(', ')}]`;
  const sign = language === 'toml' ? ' =' : ':';
  const entries = Object.entries(value as Record<string, Value>).map(([key, item]) => {
    const name =
      language === 'json' ? JSON.stringify(key) : renderScalar(key, language, 'plain', { flow: true, indent: 0 });
    return `${name}${sign} ${renderValue(item, language, 0, true)}`;
  });
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** YAML 1.2 plain scalars that every reader, 1.1 ones included, takes for the same string. */
function isPlain(text: string, flow: boolean): boolean {
  if (text === '' || text.trim() !== text || /[\n\r\t\u0000-\u001f\u007f-\u009f]/.test(text)) return false;
  if (/^(?:[-?:](?:\s|$)|[,[\]{}#&*!|>'"%@`])/.test(text) || /:(?:\s|$)|\s#/.test(text)) return false;
  // `${{ … }}` is written plain in block context by everybody; its braces matter only in flow context.
  if (flow && /[,[\]{}]/.test(text)) return false;
  return !/^(?:~|null|true|false|yes|no|on|off|y|n|[-+]?[\d.][\d._]*(?:e[-+]?\d+)?|0[xob][\da-f]+|[-+]?\.(?:inf|nan)|\d{4}-\d\d-\d\d.*)$/i.test(
    text,
  );
}
