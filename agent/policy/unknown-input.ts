import { closest } from '../config/closest.ts';
import type { Problem } from '../model/types.ts';
import type { PolicyFile } from './types.ts';

/** The keys that `gate.input/v1` always has; `media/gate.input.schema.json` says what each holds. */
export const inputKeys = [
  'schema',
  'stage',
  'time',
  'repo',
  'actor',
  'push',
  'commits',
  'signing',
  'changes',
  'findings',
  'weakened',
  'sbom',
  'sbom_diff',
  'pipelines',
  'publish',
  'manifests',
  'unread_manifests',
  'images',
  'attestations',
  'checks',
  'settings',
  'reviews',
  'codeowners',
  'exceptions',
  'bundles',
  'unknown',
] as const;

/**
 * Rules of Pregate's own gates that read a key the input never has: they can never fire, and a gate that passes for such a
 * reason looks as exact as any other. Said once for each key, and never fatal: a policy may serve other gates as well.
 */
export function unknownInput(modules: readonly PolicyFile[]): Problem[] {
  const said = new Map<string, Problem>();
  for (const { path, text } of modules) {
    // Tests bring an input of their own.
    if (!/^package pregate\./m.test(text) || /\bwith\s+input\b/.test(text)) continue;
    const code = text.replace(/"(?:[^"\\\n]|\\.)*"|`[^`]*`|#.*$/gm, (part) => part.replace(/[^\n]/g, ' '));
    for (const { 1: key = '', index } of code.matchAll(/(?<![\w.])input\.([A-Za-z_]\w*)/g)) {
      if ((inputKeys as readonly string[]).includes(key) || said.has(key)) continue;
      const line = code.slice(0, index).split('\n').length;
      const near = closest(key, inputKeys);
      said.set(key, {
        code: 'unknown-input',
        message: `${path}:${line} reads input.${key}, which gate.input/v1 does not have${near ? `; did you mean input.${near}` : ''}. What needs it never fires. All keys: pregate policy input`,
        fatal: false,
      });
    }
  }
  return [...said.values()];
}
