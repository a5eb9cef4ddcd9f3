import type { Document, Finding } from '../model/types.ts';

/** Names that say nothing alone: the rule's vendor is put in front. */
const vague = new Set([
  'KEY',
  'TOKEN',
  'SECRET',
  'PASSWORD',
  'PASS',
  'PWD',
  'VALUE',
  'AUTH',
  'API_KEY',
  'APIKEY',
  'CREDENTIAL',
  'DATA',
  'DEFAULT',
  'AUTHORIZATION',
  'BEARER',
]);

/** What every system or every shell sets already. */
const taken = new Set([
  'USER',
  'USERNAME',
  'HOME',
  'PATH',
  'SHELL',
  'HOST',
  'HOSTNAME',
  'LANG',
  'TERM',
  'ENV',
  'OPTIONS',
]);

/** What a value is assigned to, in the ways that languages write it; the name is the first group. */
const assignments = [
  // NAME=value, ENV NAME value, set -gx NAME value
  /(?:^|[\s[{,"'-])([A-Z][A-Z0-9_]{2,})=["']?$/,
  /^\s*(?:ENV|ARG|set(?:\s+-\w+)*)\s+(\w+)\s+["']?$/,
  // Dim name As String = "…", name <- "…", (def name "…"
  /(\w+)\s+As\s+\w+\s*=\s*"$/i,
  /([A-Za-z][\w.]*)\s*<-\s*["']$/,
  /\(def\w*\s+(?:\^\S+\s+)?([\w-]+)\s+"$/,
  /([A-Za-z_][\w$.-]{0,80})["'\]]?\s*(?::\s*[\w<>[\]&.? ]{1,40})?(?:=>|:=|=|:)\s*(?:[@$A-Za-z]{0,2}#*["'`]{1,3})?$/,
];

/**
 * The name of the variable that takes a secret's place: that of the variable, field or option it is assigned to, else
 * that of its kind. Upper case with underscores, as environments have them (POSIX.1-2017 §8.1).
 */
export function nameFor(document: Document, finding: Finding): string {
  const [start] = finding.range;
  const line = document.text.slice(document.text.lastIndexOf('\n', start - 1) + 1, start);
  const kind = upper(finding.rule.replace(/^generic-/, ''));
  // Of a URL it is the password of somebody.
  const scheme = /\b([a-z][a-z0-9]*)(?:\+[a-z0-9]+)*:\/\/[^\s/:@]*:$/i.exec(line)?.[1];
  if (scheme !== undefined) {
    if (!/^(?:basic-auth-url|connection-string|generic-.*)$/.test(finding.rule)) return kind;
    return `${/^https?$/i.test(scheme) ? 'BASIC_AUTH' : upper(scheme)}_PASSWORD`;
  }
  const assigned = assignments.map((one) => one.exec(line)?.[1]).find((name) => name !== undefined);
  const own = assigned === undefined ? '' : upper(assigned.slice(assigned.lastIndexOf('.') + 1));
  if (own.length < 3 || own === 'VALUE' || own === 'DEFAULT' || own === 'DATA' || taken.has(own)) return kind;
  return vague.has(own)
    ? kind.includes(own) || finding.rule.startsWith('generic-')
      ? longer(kind, own)
      : `${vendorOf(finding.rule)}_${own}`
    : own;
}

function longer(a: string, b: string): string {
  return a.length >= b.length ? a : b;
}

function vendorOf(rule: string): string {
  return upper(rule.split('-')[0] as string);
}

function upper(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .replace(/^(\d)/, '_$1')
    .toUpperCase();
}
