import type { Exactness } from '../types.ts';

/** What a forge said about a repository's rules, kept in one file. Its answers are kept as they came. */
export interface ForgeSnapshot {
  schema: 'pregate.forge/v1';
  provider: 'github' | 'gitlab';
  /** `owner/name`, lower case; null when the saved answers do not tell. */
  repository: string | null;
  /** ISO 8601 UTC. */
  fetched_at: string;
  /** `file`: made from saved answers; else the address it was asked from. */
  source: string;
  answers: {
    /** GitHub: `GET /repos/{o}/{r}/rulesets/{id}`, each. */
    rulesets?: unknown[];
    /** GitHub: `GET /repos/{o}/{r}/rules/branches/{branch}`. */
    branch_rules?: Record<string, unknown[]>;
    /** GitHub: `GET /repos/{o}/{r}/branches/{branch}/protection`. */
    protection?: Record<string, unknown>;
    /** GitLab: `GET /projects/:id/push_rule`. */
    push_rule?: unknown;
    protected_branches?: unknown[];
    protected_tags?: unknown[];
    /** `GET /repos/{o}/{r}` or `GET /projects/:id`. */
    project?: unknown;
    /** `GET /user`: whose push it is. */
    user?: unknown;
  };
}

/** Whether the person who pushes may pass a rule by. */
export type Bypass = 'always' | 'never' | 'unknown';

/** One rule of a forge, whatever it calls it. */
export interface ForgeRule {
  /** GitHub's word: `pull_request`, `max_file_size`; GitLab's are `gitlab_…`. */
  type: string;
  parameters: Record<string, unknown>;
  /** For people: `ruleset "main"`, `branch protection of main`, `push rule`. */
  from: string;
  /** `evaluate`: the forge only writes down what it would have refused. */
  enforcement: 'active' | 'evaluate';
  bypass: Bypass;
  target: 'branch' | 'tag' | 'push';
  /** Whether it is about a ref, by its full name; undefined when the snapshot does not tell. */
  applies: (ref: string) => boolean | undefined;
  /** What it applies to was concluded from this clone and not from the forge's answers. */
  concluded?: boolean;
  /** It is about every branch there is. */
  everywhere: boolean;
}

/** What a rule says about a push. */
export interface Verdict {
  effect: 'deny' | 'depends' | 'note';
  message: string;
  /** Commit, path or ref it is about. */
  commit?: string;
  path?: string;
  remedy?: string;
  exactness: Exactness;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function recordsOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
