import type { Problem } from '../../model/types.ts';
import { OfflineFailure } from '../../rego/builtins/types.ts';
import { compile, type Policy } from '../../rego/index.ts';
import type { Template } from './read.ts';
import { isRecord } from './review.ts';

/** A template that can be asked. */
export interface Compiled {
  template: Template;
  /** Undefined when it is written in CEL only. */
  policy?: Policy;
  /** `data.k8srequiredlabels.violation` */
  query: string;
  /** Its rules name these words: what they do not name need not be prepared. */
  mentions: (word: string) => boolean;
}

/** Gatekeeper's `external_data` asks a provider in the cluster. */
function askProvider(): never {
  throw new OfflineFailure();
}

/** What one answer may take. */
export const limits = { maxSteps: 5_000_000, maxBytes: 256_000_000 };

/** Compiles the Rego of templates, each with its libraries alone. What Gatekeeper would refuse is a fatal problem. */
export function compileTemplates(templates: readonly Template[]): { compiled: Compiled[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const compiled = templates.flatMap((template): Compiled[] => {
    if (!template.rego) return [{ template, query: '', mentions: () => false }];
    const { text, libs, version } = template.rego;
    const name = (index: number) => `${template.file}#lib${index + 1}`;
    const modules = [{ path: template.file, text }, ...libs.map((lib, index) => ({ path: name(index), text: lib }))];
    const wrong = (line: number, what: string): [] => {
      const message = `${template.file}:${line}: template of ${template.kind}: ${what}. No constraint was evaluated`;
      problems.push({ code: 'gatekeeper-template', message, path: template.file, fatal: true });
      return [];
    };
    const stray = libs.find((lib) => !/^\s*package\s+lib(\.|\s|$)/m.test(lib));
    if (stray !== undefined) return wrong(template.line, 'a library must lie in the package lib');
    const outside = [text, ...libs].map(strayData).find((one) => one !== undefined);
    if (outside) return wrong(template.line, `it reads ${outside}; only data.inventory and data.lib are there`);
    const { policy, errors } = compile(modules, { version, providers: { external_data: askProvider } });
    const [error] = errors;
    if (!policy) {
      const line = (error?.path === template.file ? (error.line ?? 1) - 1 : 0) + (template.rego?.line ?? template.line);
      return wrong(line, error?.message.split('\n')[0] ?? 'it does not compile');
    }
    const rule = policy.rules().find((one) => one.file === template.file && /\.violation$/.test(one.path));
    if (!rule) return wrong(template.rego.line, 'it has no rule named violation');
    const words = new Set([text, ...libs].join('\n').match(/\w+/g));
    return [{ template, policy, query: rule.path, mentions: (word) => words.has(word) }];
  });
  return { compiled, problems };
}

/** A reference to data that a template may not have. */
function strayData(text: string): string | undefined {
  const bare = text.replace(/#.*$/gm, '').replace(/"(?:\\.|[^"\\\n])*"|`[^`]*`/g, '""');
  const match = [...bare.matchAll(/(?<![\w.])data\.(\w+)/g)].find(([, name]) => name !== 'inventory' && name !== 'lib');
  return match?.[0];
}

export interface Violation {
  msg: string;
}

export interface AskedTemplate {
  violations: Violation[];
  problem?: string;
  /** JSON pointers into the input that were read. */
  reads: string[];
  /** The builtin that asked the network or a provider, where one did. */
  offline?: string;
}

/** Asks a template about one review. Errors are told, never thrown. */
export function askTemplate(
  one: Compiled,
  input: Record<string, unknown>,
  nowNs: bigint,
  reads: boolean,
): AskedTemplate {
  const result = one.policy?.eval(`said := ${queryOf(one)}`, { input, nowNs, reads, ...limits });
  const value = result?.results[0]?.bindings['said'];
  const list = Array.isArray(value) ? value : [];
  const bad = list.find((element) => !isRecord(element) || typeof element['msg'] !== 'string');
  const problem = result?.errors[0]?.message ?? (bad === undefined ? undefined : 'a violation has no msg');
  return {
    violations: problem === undefined ? (list as Violation[]) : [],
    reads: result?.reads ?? [],
    ...(result?.offline?.[0] ? { offline: result.offline[0].builtin } : {}),
    ...(problem === undefined ? {} : { problem }),
  };
}

/** What is evaluated: the violations, with the objects of the cluster where the template looks at them. */
export function queryOf({ query, mentions }: Compiled): string {
  return `${query}${mentions('inventory') ? ' with data.inventory as input.inventory' : ''}`;
}
