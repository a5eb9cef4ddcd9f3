import { suppressionMetas } from '../suppress/metas.ts';
import { customSecretMeta } from './custom-secret.ts';
import type { Rule, RuleMeta } from './rule.ts';

/** Rules that read any text: what even the smallest commit needs. */
export async function textRules(): Promise<readonly Rule[]> {
  return (await import('./generated/text.ts')).rules;
}

/** Rules that read models, with the builder of those models; loaded only when the scope holds such a file. */
export async function modelRules(): Promise<{
  rules: readonly Rule[];
  subjectsOf: typeof import('../model/subjects.ts')['subjectsOf'];
}> {
  const [{ rules }, { subjectsOf }] = await Promise.all([
    import('./generated/models.ts'),
    import('../model/subjects.ts'),
  ]);
  return { rules, subjectsOf };
}

/** Every rule there is, in the order of their ids. */
export async function allRules(): Promise<readonly Rule[]> {
  return [...(await textRules()), ...(await modelRules()).rules].sort((a, b) => (a.meta.id < b.meta.id ? -1 : 1));
}

/** Metadata of every id a finding can carry, in order. */
export async function allMetas(): Promise<RuleMeta[]> {
  const metas = (await allRules()).flatMap((rule) => rule.ids ?? [rule.meta]);
  return [...metas, customSecretMeta, ...suppressionMetas].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Metadata of one id, or undefined for an id nobody has. */
export async function ruleMeta(id: string): Promise<RuleMeta | undefined> {
  return (await allMetas()).find((meta) => meta.id === id);
}
