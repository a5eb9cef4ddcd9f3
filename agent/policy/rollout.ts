import { globMatcher } from '../config/glob.ts';
import type { Enforcement } from '../config.ts';
import { displayText } from '../model/path.ts';
import type { GateInput } from './gate-input.ts';
import type { Place, PolicyRule, Reason } from './types.ts';

/** How far a rule of a policy is rolled out, as its METADATA (`custom.rollout`) and the bundle's data say. */
export interface Rollout {
  /** Undefined: as the rule itself says (`deny` stops, `warn` warns). */
  level?: Enforcement;
  /** A date; until then a denial is a warning. */
  effectiveOn?: string;
  /** Of 100 repositories so many are meant; the others are at `rest`. */
  share?: number;
  rest: Enforcement;
  owner?: string;
  /** Globs; each list that is there must match. */
  scope: { repositories?: string[]; branches?: string[]; paths?: string[] };
  /** `pregate.yaml` on the protected base may turn it down. */
  soften: boolean;
  /** A signed exception may excuse it. */
  excusable: boolean;
}

export interface DeclaredRollouts {
  /** What counts for a policy rule such as `push/large-push`, made by the rule at `source`; `foreign`: by another's gate. */
  of(rule: string, source: Partial<PolicyRule> | undefined, foreign?: boolean): Rollout;
  /** What could not be read. It counts as not said, so that a typing error does not open the gate. */
  problems: string[];
}

type Fields = { [Key in keyof Rollout]?: Rollout[Key] | undefined };

/**
 * Reads `data.pregate.rollout` of a bundle: rule (`push/large-push`), gate (`push/*`) or everything (`*`) → fields. What
 * is said of the rule itself wins over its METADATA, and that over what is said of its gate and of everything.
 * `permissive`: nobody above the repository wrote this policy, so its own configuration may turn anything down.
 */
export function declaredRollouts(data: unknown, permissive: boolean): DeclaredRollouts {
  const problems: string[] = [];
  const complain = (where: string) => (what: string) =>
    problems.push(`The rollout of ${displayText(where)} cannot be read (${displayText(what)}), so it does not count`);
  const table = new Map<string, Fields>();
  const listed = isRecord(data) && isRecord(data['pregate']) ? data['pregate']['rollout'] : undefined;
  if (listed !== undefined && !isRecord(listed)) complain('all rules')('data.pregate.rollout is no object');
  for (const [rule, value] of Object.entries(isRecord(listed) ? listed : {}))
    table.set(rule, fieldsOf(value, complain(rule)));
  const own = new Map<unknown, Fields>();
  return {
    problems,
    of(rule, source, foreign = false) {
      const declared = source?.rollout;
      if (declared !== undefined && !own.has(declared)) own.set(declared, fieldsOf(declared, complain(rule)));
      const gate = `${rule.slice(0, rule.indexOf('/') + 1)}*`;
      const said = [table.get('*'), table.get(gate), own.get(declared), table.get(rule)];
      const base: Rollout = { rest: 'shadow', scope: {}, soften: permissive && !foreign, excusable: true };
      return Object.assign(base, ...said) as Rollout;
    },
  };
}

export interface RollOutContext {
  input: GateInput;
  place: Place | undefined;
  /** The setting of `pregate.yaml` for this rule. */
  setting: Enforcement | undefined;
  /** That `pregate.yaml` is the base's, or there is no base. */
  trusted: boolean;
}

export interface RolledOut {
  effect: Reason['effect'];
  effectiveOn?: string;
  rollout?: NonNullable<Reason['rollout']>;
}

/**
 * The effect of a statement after rollout. The policy's own level comes first; `pregate.yaml` may raise it always, and
 * lower it only where it is the base's and the policy permits it: what a policy calls blocking no push turns down.
 */
export function rollOut(
  said: { effect: 'deny' | 'warn' | 'depends'; effectiveOn?: string | undefined; rule: string },
  rollout: Rollout,
  { input, place, setting, trusted }: RollOutContext,
): RolledOut {
  const date = said.effectiveOn ?? rollout.effectiveOn;
  const later = isLater(date, input.time.now);
  const policy = levelOf(said.rule, rollout, input, place);
  const refused = setting !== undefined && setting !== 'enforce' && (!trusted || !rollout.soften);
  const local = refused ? undefined : setting;
  const counts: Leveled = staysAt(policy.level, local) ? policy : { level: local, why: 'pregate.yaml' };
  const effect = effectAt(counts.level, said.effect, later && local !== 'enforce');
  const why = refused && trusted ? `pregate.yaml asks for ${setting}, which this policy does not permit` : counts.why;
  const told = why !== undefined || rollout.owner !== undefined;
  const owner = rollout.owner === undefined ? {} : { owner: displayText(rollout.owner) };
  return {
    effect,
    ...(later ? { effectiveOn: date as string } : {}),
    ...(told
      ? { rollout: { level: counts.level ?? 'enforce', would: said.effect, ...(why ? { why } : {}), ...owner } }
      : {}),
  };
}

/** A repository's place among 100 for a rule: the same in every clone, and different from rule to rule. */
export function canaryBucket(repository: string, rule: string): number {
  // FNV-1a over the UTF-8 text, then MurmurHash3's last mixing step: short texts differ in few bits.
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`${repository}\n${rule}`)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % 100;
}

/** What names a repository in every clone of it: host and path of its remote; empty without a remote. */
export function repositoryName({ repo }: Pick<GateInput, 'repo'>): string {
  const [remote] = repo.remotes;
  return remote ? [remote.host, remote.owner, remote.name_on_host].filter(Boolean).join('/').toLowerCase() : '';
}

/** A date that cannot be read counts as past, so that a typing error does not open the gate (as Conforma does). */
export function isLater(date: string | undefined, now: string): boolean {
  if (date === undefined) return false;
  const [then, instant] = [Date.parse(date), Date.parse(now)];
  return !Number.isNaN(then) && !Number.isNaN(instant) && then > instant;
}

interface Leveled {
  level: Enforcement | undefined;
  why?: string;
}

function levelOf(rule: string, rollout: Rollout, input: GateInput, place: Place | undefined): Leveled {
  const outside = outsideOf(rollout.scope, input, place);
  if (outside) return { level: 'off', why: `this rule is meant for other ${outside}` };
  if (rollout.share !== undefined) {
    const bucket = canaryBucket(repositoryName(input), rule);
    if (bucket >= rollout.share) {
      return {
        level: rollout.rest,
        why: `it counts in ${rollout.share} of 100 repositories, and this one is not among them`,
      };
    }
  }
  return {
    level: rollout.level,
    ...(rollout.level === undefined ? {} : { why: `the policy has it at ${rollout.level}` }),
  };
}

function outsideOf(scope: Rollout['scope'], input: GateInput, place: Place | undefined): string | undefined {
  const { repositories, branches, paths } = scope;
  if (repositories) {
    const name = repositoryName(input);
    const short = name.slice(name.indexOf('/') + 1);
    if (
      !repositories.some(
        (glob) => globMatcher([`/${glob.toLowerCase()}`])(name) || globMatcher([`/${glob.toLowerCase()}`])(short),
      )
    ) {
      return 'repositories';
    }
  }
  if (branches && !branchesOf(input).some(globMatcher(branches.map((glob) => `/${glob}`)))) return 'branches';
  if (paths) {
    const matches = globMatcher(paths);
    const file = place && !place.path.startsWith('commit:') && !place.path.startsWith('refs/') ? place.path : undefined;
    const touched = file === undefined ? input.changes.some((change) => matches(change.path)) : matches(file);
    if (!touched) return 'paths';
  }
  return undefined;
}

/** Branches the change goes to: those of the push, else the one that is checked out. */
export function branchesOf({ push, repo }: GateInput): string[] {
  const pushed = (push?.refs ?? []).map((ref) => ref.dst.replace(/^refs\/(heads\/)?/, ''));
  return pushed.length > 0 ? pushed : repo.branch === null ? [] : [repo.branch];
}

const ranks: Record<Enforcement, number> = { off: 0, shadow: 1, warn: 2, enforce: 3 };

/** The policy's level is the one that counts when nothing local raises or lowers it. */
function staysAt(policy: Enforcement | undefined, local: Enforcement | undefined): boolean {
  if (local === undefined) return true;
  // Outside its scope or share a rule stays where the policy put it, unless the repository asks for more.
  return policy !== undefined && local !== 'enforce' && ranks[policy] <= ranks[local];
}

function effectAt(
  level: Enforcement | undefined,
  effect: 'deny' | 'warn' | 'depends',
  later: boolean,
): Reason['effect'] {
  if (level === 'off' || level === 'shadow') return 'note';
  if (level === 'warn' && effect === 'deny') return 'warn';
  const raised = level === 'enforce' && effect === 'warn' ? 'deny' : effect;
  return later && raised === 'deny' ? 'warn' : raised;
}

/** What is read of a declaration; one with a fault counts as the rule itself says, whatever wider ones say. */
function fieldsOf(value: unknown, complain: (what: string) => void): Fields {
  const record = typeof value === 'string' ? { level: value } : value;
  if (!isRecord(record)) {
    complain('neither a level nor an object');
    return asWritten;
  }
  const out: Fields = {};
  for (const [key, field] of Object.entries(record)) {
    const read = Object.hasOwn(readers, key) ? readers[key]?.(field) : undefined;
    if (read === undefined) {
      complain(key);
      return asWritten;
    }
    Object.assign(out, read);
  }
  return out;
}

const asWritten: Fields = { level: undefined, effectiveOn: undefined, share: undefined, scope: {}, soften: false };

const readers: Record<string, (value: unknown) => Fields | undefined> = {
  level: (value) => (namedLevel(value) ? { level: namedLevel(value) } : undefined),
  rest: (value) => (namedLevel(value) ? { rest: namedLevel(value) as Enforcement } : undefined),
  share: (value) => (typeof value === 'number' && value >= 0 && value <= 100 ? { share: value } : undefined),
  effective_on: (value) => {
    // A bare day in METADATA is a time to OPA.
    const text = typeof value === 'string' ? value.replace(/T00:00:00Z$/, '') : value;
    return typeof text === 'string' && !Number.isNaN(Date.parse(text)) ? { effectiveOn: text } : undefined;
  },
  owner: (value) => (typeof value === 'string' ? { owner: value } : undefined),
  soften: (value) => (typeof value === 'boolean' ? { soften: value } : undefined),
  excusable: (value) => (typeof value === 'boolean' ? { excusable: value } : undefined),
  scope: scopeOf,
};

function scopeOf(value: unknown): Fields | undefined {
  if (!isRecord(value)) return undefined;
  const scope: Rollout['scope'] = {};
  for (const [key, globs] of Object.entries(value)) {
    const known = key === 'repositories' || key === 'branches' || key === 'paths';
    if (!known || !Array.isArray(globs) || !globs.every((glob) => typeof glob === 'string')) return undefined;
    scope[key] = globs;
  }
  return { scope };
}

function namedLevel(value: unknown): Enforcement | undefined {
  return typeof value === 'string' && Object.hasOwn(ranks, value) ? (value as Enforcement) : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
