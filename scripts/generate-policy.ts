import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleFrom } from '../agent/policy/bundle.ts';
import { annotationOf } from '../agent/policy/engine.ts';
import { compile } from '../agent/rego/index.ts';

/** Where the built-in gates are written, and where the generated module goes. */
export const policyFolder = join(import.meta.dirname, '..', 'agent', 'policy', 'default');
export const generatedPath = join(import.meta.dirname, '..', 'agent', 'policy', 'default.generated.ts');

/**
 * The text of `default.generated.ts`: the built-in bundle without its tests, so that it works from an empty folder.
 * METADATA blocks become a table and leave blank lines: reading their YAML would be half the start of a cold hook.
 */
export function renderDefaultPolicy(): string {
  const names = readdirSync(policyFolder).filter((name) => name === '.manifest' || isPolicy(name));
  const raw = names.sort().map((path) => ({ path, bytes: readFileSync(join(policyFolder, path)) }));
  const { bundle, problems } = bundleFrom(raw, { name: 'built-in gates', kind: 'built-in' });
  if (!bundle) throw new Error(`the built-in gates are no bundle: ${problems[0]?.message}`);
  const files = bundle.modules;
  const { policy, errors } = compile(files);
  if (!policy)
    throw new Error(`the built-in gates do not compile: ${errors[0]?.path}:${errors[0]?.line} ${errors[0]?.message}`);
  const annotations = policy.rules().flatMap((rule) => {
    const annotation = annotationOf(rule.annotations);
    return Object.keys(annotation).length === 0 ? [] : [{ file: rule.file, line: rule.line, ...annotation }];
  });
  return [
    '// Generated from agent/policy/default by `npm run generate`. Do not edit.\n',
    "import type { PolicyAnnotation, PolicyFile } from './types.ts';\n\n",
    `export const revision = ${JSON.stringify(bundle.source.revision)};\n`,
    `export const digest = ${JSON.stringify(bundle.source.digest)};\n\n`,
    `export const files: readonly PolicyFile[] = ${lines(files.map(withoutMetadata))};\n\n`,
    `export const annotations: readonly PolicyAnnotation[] = ${lines(annotations)};\n`,
  ].join('');
}

function isPolicy(name: string): boolean {
  return name.endsWith('.rego') && !name.endsWith('_test.rego');
}

function lines(list: readonly unknown[]): string {
  return `[\n${list.map((one) => `  ${JSON.stringify(one)},\n`).join('')}]`;
}

/** Lines keep their numbers, so that a reason names the line of the file a person can read. */
function withoutMetadata({ path, text }: { path: string; text: string }): { path: string; text: string } {
  let inside = false;
  const kept = text.split('\n').map((line) => {
    inside = line === '# METADATA' || (inside && line.startsWith('#'));
    return inside || line.startsWith('#') ? '' : line;
  });
  return { path, text: kept.join('\n') };
}
