import { documentIn, isRecord } from '../bundle/text.ts';
import type { Statement } from '../statements.ts';
import type { PolicyFile, PolicyRule } from '../types.ts';

/** One entry of an include or exclude list, and when it counts. */
interface Criterion {
  value: string;
  from?: number;
  until?: number;
  /** It holds for some images only, which are not known before the build. */
  image?: string;
}

/** What an EnterpriseContractPolicy says of the rules beside it. */
export interface ConformaConfig {
  path: string;
  include: Criterion[];
  exclude: Criterion[];
}

/**
 * Reads `policy.yaml` of Conforma: `sources[].config` and `volatileConfig`, bare or as `spec` of the Kubernetes object.
 * Source: conforma.dev, "Configuration". Undefined where no file is one, or several are.
 */
export function conformaConfig(candidates: readonly PolicyFile[] = []): ConformaConfig | undefined {
  const found = candidates.flatMap((file) => {
    const read = documentIn(file);
    const value = isRecord(read) && isRecord(read['spec']) ? read['spec'] : read;
    const sources = isRecord(value) && Array.isArray(value['sources']) ? value['sources'].filter(isRecord) : [];
    const configs = sources.filter((one) => isRecord(one['config']) || isRecord(one['volatileConfig']));
    return configs.length > 0 ? [{ path: file.path, configs }] : [];
  });
  const [only] = found;
  if (!only || found.length > 1) return undefined;
  const listed = (name: string) =>
    only.configs.flatMap((source) => [
      ...criteria(isRecord(source['config']) ? source['config'][name] : undefined),
      ...criteria(isRecord(source['volatileConfig']) ? source['volatileConfig'][name] : undefined),
    ]);
  return { path: only.path, include: listed('include'), exclude: listed('exclude') };
}

function criteria(list: unknown): Criterion[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((one): Criterion[] => {
    if (typeof one === 'string') return [{ value: one }];
    if (!isRecord(one) || typeof one['value'] !== 'string') return [];
    const image = ['imageRef', 'imageUrl', 'imageDigest']
      .map((key) => one[key])
      .find((value) => typeof value === 'string');
    const [from, until] = [instant(one['effectiveOn']), instant(one['effectiveUntil'])];
    return [
      {
        value: one['value'],
        ...(from === undefined ? {} : { from }),
        ...(until === undefined ? {} : { until }),
        ...(typeof image === 'string' ? { image } : {}),
      },
    ];
  });
}

function instant(value: unknown): number | undefined {
  return value === undefined ? undefined : Date.parse(String(value));
}

/** A date that cannot be read opens nothing: an exclusion with one never counts, an inclusion always does. */
function countsAt({ from = -Infinity, until = Infinity }: Criterion, now: number, unread: boolean): boolean {
  return Number.isNaN(from) || Number.isNaN(until) ? unread : from <= now && now < until;
}

/**
 * A result as Conforma takes it: left out where the configuration excludes it more narrowly than it includes it, a warning
 * where its severity says so. Only results of rules with Conforma's METADATA (`short_name`) are touched.
 */
export function conformaResult(
  statement: Statement,
  rule: PolicyRule | undefined,
  config: ConformaConfig | undefined,
  now: number,
): Partial<Statement> {
  if (!rule?.conforma || (statement.effect !== 'deny' && statement.effect !== 'warn')) return {};
  const severity = statement.severity ?? rule.conforma.severity;
  const effect = severity === 'warning' ? 'warn' : severity === 'failure' ? 'deny' : statement.effect;
  if (!config || statement.rule === undefined) return { effect };
  const collections = statement.collections ?? rule.conforma.collections;
  const names = namesOf(statement.rule, statement.term, collections);
  const best = (list: readonly Criterion[], unread = false) =>
    Math.max(
      0,
      ...list.filter((one) => countsAt(one, now, unread) && names.has(one.value)).map((one) => score(one.value)),
    );
  const include = config.include.length === 0 ? score('*') : best(config.include, true);
  const certain = config.exclude.filter((one) => one.image === undefined);
  const message = (what: string) => `${statement.message} (${what} ${config.path})`;
  if (include <= best(certain)) return { effect: 'note', message: message('excluded by') };
  if (include <= best(config.exclude)) return { effect: 'depends', message: message('excluded for some images by') };
  return { effect };
}

/** All that a criterion may call a result: everything, its collections, packages, rule, and each with its term. */
function namesOf(code: string, term: string | undefined, collections: readonly string[]): Set<string> {
  const parts = code.split('.');
  const packages = parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('.'));
  const plain = [...packages, ...packages.map((name) => `${name}.*`), code];
  const terms = term === undefined ? [] : plain.map((name) => `${name}:${term}`);
  return new Set(['*', ...collections.map((name) => `@${name}`), ...plain, ...terms]);
}

/** The narrower a criterion, the more it counts: everything, a collection, a package, a rule, a term of it. */
function score(value: string): number {
  if (value === '*') return 1;
  if (value.startsWith('@')) return 10;
  const [name = '', ...term] = value.split(':');
  const parts = name.split('.').filter((part) => part !== '*');
  const rule = parts.length > 1 && !name.endsWith('.*') ? 100 : 0;
  return 10 * parts.length + rule + (term.length > 0 ? 100 : 0) + 10;
}
