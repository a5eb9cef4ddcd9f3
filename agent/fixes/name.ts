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

/**
 * The name of the variable that takes a secret's place: that of the variable, field or option it is assigned to, else
 * that of its kind. Upper case with underscores, as environments have them (POSIX.1-2017 §8.1).
 */
export function nameFor(document: Document, finding: Finding): string {
  const [start] = finding.range;
  const line = document.text.slice(document.text.lastIndexOf('\n', start - 1) + 1, start);
  const assigned =
    /([A-Za-z_][\w$.-]{0,80})["'\]]?\s*(?::\s*[\w<>[\]&.? ]{1,40})?(?:=>|:=|=|:)\s*(?:[brfu]?["'`])?$/.exec(line)?.[1];
  const own = assigned === undefined ? '' : upper(assigned.slice(assigned.lastIndexOf('.') + 1));
  const kind = upper(finding.rule.replace(/^generic-/, ''));
  if (own === '' || own.length < 3) return kind;
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
