/**
 * The private requests between the extension and the agent, beside LSP: names and plain data.
 * It is the only file of the agent that `extension/` imports, and the web view's messages have the same shapes.
 * Addresses are URIs as text, lines and characters count from 0 as in LSP, instants are ISO 8601 in UTC.
 * No field ever holds a secret or a part of one: the agent's findings name kind, place and length only.
 */

/** Requests from the extension to the agent: method name → parameters and result. */
export interface Requests {
  /** Tree and status: what is staged, what would be pushed, what every gate says. */
  'pregate/state': { params: Record<string, never>; result: StateData };
  /** Looks at everything again, whatever the caches hold. */
  'pregate/check': { params: Record<string, never>; result: StateData };
  /** The ladder with its reasons, for the web view. */
  'pregate/preview': { params: RepositoryParams; result: PreviewData };
  /** Components of the lock as staged, and what they change. */
  'pregate/sbom': { params: RepositoryParams; result: SbomData };
  /** The ten metrics of the audit log, by repository and time. */
  'pregate/metrics': { params: MetricsParams; result: MetricsData };
  /** The last push that our hook refused in this repository, when there is one. */
  'pregate/lastBlock': { params: RepositoryParams; result: BlockData | null };
  /** The page of a rule, as Markdown. */
  'pregate/explain': { params: { rule: string }; result: PageData | null };
  /** Rules of this build, for the picker of "Explain Rule". */
  'pregate/rules': { params: Record<string, never>; result: RuleItem[] };
  /** The edit that writes a suppression with its reason beside the finding. */
  'pregate/suppress': { params: SuppressParams; result: SuppressResult };
  /** Commands that a person may run in a terminal: set up signing, install the hooks, fix signatures. */
  'pregate/commands': { params: RepositoryParams; result: CommandsData };
}

/** Notifications from the agent to the extension. */
export interface Notifications {
  /** A check has begun or ended. While it runs, the status item may show a spinner. */
  'pregate/busy': BusyData;
  /** The state has changed: here it is, so that nobody has to ask. */
  'pregate/stateChanged': StateData;
}

/** Notifications from the extension to the agent. */
export interface ClientNotifications {
  /** The person has trusted the workspace: git, hooks and workspace policy may be used from now on. */
  'pregate/trusted': Record<string, never>;
  /** Something happened in a repository that file watching may have missed: commit, checkout, push. */
  'pregate/repositoryChanged': { uri: string };
}

/** What the extension tells at `initialize`. */
export interface InitializationOptions {
  /** False in Restricted Mode: text is scanned, git and npm are not started, workspace policy is not read. */
  trusted: boolean;
  /** False for virtual workspaces: there is no git to ask. */
  git: boolean;
  /** Absolute path of the extension's folder: rule pages lie in `docs/rules/` below it. */
  packageRoot: string;
  /** Executable that can run the agent from a hook, and whether it is Electron; written to the user's state folder. */
  runtime: { executable: string; electron: boolean };
  settings: AgentSettings;
}

/** Settings that the agent reads, without the prefix `pregate.`; the manifest holds their defaults. */
export interface AgentSettings {
  /** Check the index and the outgoing commits in the background. */
  background: boolean;
  /** Milliseconds of silence after a keystroke before a file is checked. */
  delay: number;
  /** Remote that a push is predicted for; empty: the branch's own. */
  remote: string;
  /** Highest severity shown for a finding that blocks nothing. */
  advice: 'warning' | 'information' | 'hint';
}

export interface RepositoryParams {
  /** Any file or folder of the repository; the first repository when it is left out. */
  uri?: string;
}

export type GateName = 'commit' | 'push' | 'build' | 'publish' | 'deploy';
export type AnswerName = 'allow' | 'warn' | 'deny' | 'depends';

/** One sign and one word per answer: colour only repeats them. */
export const signs: Record<AnswerName, string> = { allow: '✓', warn: '!', deny: '✗', depends: '?' };

export interface PlaceData {
  /** `file:` URI. */
  uri: string;
  /** Start and end, from 0. Without it the file as a whole is meant. */
  range?: { start: { line: number; character: number }; end: { line: number; character: number } };
  /** The commit whose version of the file is meant; absent for the working tree. */
  commit?: string;
  /** What a person reads: `.github/workflows/ci.yml:14`. */
  label: string;
}

export interface FindingItem {
  rule: string;
  message: string;
  /** `blocks`: policy would stop on it. `advice`: worth a look. `suppressed`: kept, with its reason. */
  weight: 'blocks' | 'advice' | 'suppressed';
  place: PlaceData;
  fingerprint: string;
  reason?: string;
}

export interface FileItem {
  uri: string;
  path: string;
  findings: FindingItem[];
}

export interface CommitItem {
  oid: string;
  short: string;
  subject: string;
  author: string;
  answer: AnswerName;
  /** `good`, or what is wrong, as one or two words. */
  signature: string;
  signatureDetail?: string;
  signed: boolean;
  findings: FindingItem[];
}

export interface ReasonItem {
  effect: 'deny' | 'warn' | 'depends' | 'note';
  rule: string;
  message: string;
  exactness: string;
  place?: PlaceData;
  remedy?: string;
  /** Where the policy says so: `gates/push.rego:21`. */
  source?: string;
  /** From when a warning becomes a denial. */
  effectiveOn?: string;
  /** What rollout or an exception makes of it: `in shadow, would refuse: …`. */
  kept?: string;
  /** Whom to ask about the rule. */
  owner?: string;
  unknown?: string[];
}

export interface GateItem {
  gate: GateName;
  answer: AnswerName;
  summary: string;
  exactness: string;
  reasons: ReasonItem[];
  /** It has no answer: the policy has no rules for it, or something kept it from being asked. */
  open?: 'unjudged' | 'undecided';
}

export interface ProblemItem {
  code: string;
  message: string;
  fatal: boolean;
  place?: PlaceData;
}

export interface PolicyItem {
  /** As every report names it: `policy acme/gates@41 (2 h old, signature good, own Rego engine)`. */
  text: string;
  name: string;
  revision: string;
  signature: string;
}

export interface RepositoryState {
  uri: string;
  name: string;
  /** `feature/login → origin/main`, or why there is nothing to compare with. */
  title: string;
  staged: FileItem[];
  /** Files of the index that were looked at. */
  stagedCount: number;
  outgoing: CommitItem[];
  gates: GateItem[];
  policy: PolicyItem | null;
  problems: ProblemItem[];
  /** `3 of 5 files checked: 2 over 1 MB`; empty when everything was looked at. */
  skipped: string;
  /** `broken`: they were installed, and git would not run all of them. */
  hooks: 'installed' | 'missing' | 'broken' | 'unknown';
  /** What is wrong with hooks that are broken, in one sentence. */
  hooksNote: string;
  /** Whether this repository is set to sign its commits. */
  signing: 'configured' | 'missing' | 'unknown';
  /** Places of our own records that do not fit: of the audit log, and of what is remembered between pushes. A sentence for each kind. */
  damage: { log: number; memory: number; notes: string[] };
  checkedAt: string;
}

export interface StateData {
  /** False in Restricted Mode. */
  trusted: boolean;
  repositories: RepositoryState[];
}

export interface PreviewData {
  repository: string;
  uri: string;
  title: string;
  commits: number;
  files: number;
  /** Files of the index that differ from HEAD. */
  staged: number;
  policy: PolicyItem | null;
  gates: GateItem[];
  /** What, done in this order, makes every gate pass. */
  steps: { text: string; places: PlaceData[]; command?: string }[];
  problems: ProblemItem[];
  skipped: string;
  checkedAt: string;
}

export interface SbomComponent {
  name: string;
  version: string;
  licence: string;
  direct: boolean;
  development: boolean;
  /** Signs of a change against the base: `new`, `updated`, `downgrade`, `changed hash`, … */
  change: string;
  /** Names from the project's own dependency down to this one: one shortest path. */
  why: string[];
  place?: PlaceData;
}

export interface SbomChange {
  /** `changed-hash`, `new-script`, `new-direct`, `new`, `downgrade`, `licence`, `updated`, `removed`. */
  kind: string;
  /** The first column of the list, in words. */
  label: string;
  name: string;
  detail: string;
  broughtBy: string;
  /** Needs a person's eye before the rest. */
  alarming: boolean;
}

export interface SbomData {
  repository: string;
  uri: string;
  /** The lockfile, as a path in the repository; empty when there is none. */
  lock: string;
  /** `746 components (38 direct, 512 development)` */
  summary: string;
  base: string;
  complete: boolean;
  changes: SbomChange[];
  components: SbomComponent[];
  problems: ProblemItem[];
}

export interface MetricsParams extends RepositoryParams {
  /** Id of a repository's log, or `all`; the open repository when it is left out. */
  log?: string;
  /** How far back, in days; 0 for everything. */
  days?: number;
}

export interface MetricsData {
  /** Logs that can be chosen: the open repository first, then the others that this user has. */
  /** `named` is false where nothing but the id of a log is known. */
  logs: { id: string; label: string; named: boolean }[];
  /** Id that is shown, or `all`. */
  log: string;
  days: number;
  /** First and last moment of the courses, ISO 8601. */
  from: string;
  to: string;
  entries: number;
  metrics: MetricItem[];
  /** Host that OTLP goes to, when the environment names one. */
  otlp: string;
}

export interface MetricItem {
  id: string;
  title: string;
  /** `96 %`, `12 ms`, `unknown` */
  value: string;
  target: string;
  unit: 'share' | 'time' | 'count';
  /** The target as a number, and whether more than it is good. */
  bound: number;
  atLeast: boolean;
  good: boolean | null;
  note: string;
  /** Points in equal slices of time, with the words for each; empty where there is no course. */
  course: { number: number | null; text: string }[];
}

export interface BlockData {
  /** When the hook stopped it. */
  at: string;
  hook: string;
  /** `1 unpinned action`: what stands after "Push blocked by". */
  headline: string;
  remote: string;
}

export interface PageData {
  rule: string;
  title: string;
  /** Absolute path of the page in the package, when it is there. */
  file: string | null;
  markdown: string;
}

export interface RuleItem {
  rule: string;
  title: string;
  category: string;
}

export interface SuppressParams {
  uri: string;
  rule: string;
  fingerprint: string;
  /** Line of the finding, from 0. */
  line: number;
  reason: string;
  /** ISO date after which the finding counts again. */
  expires?: string;
}

export interface SuppressResult {
  /** Edits of the document with that URI, from 0; empty when it was not possible. */
  edits: { range: NonNullable<PlaceData['range']>; newText: string }[];
  /** Why it was not possible, or a command that does it. */
  message?: string;
  command?: string;
}

export interface CommandsData {
  /** Each is an argument list for the agent, without the program itself. */
  signSetup: string[];
  signStatus: string[];
  hooksInstall: string[];
  doctor: string[];
}

export interface BusyData {
  busy: boolean;
  /** `checking the index`, `checking 120 outgoing commits` */
  what: string;
}

/** Client commands that a server answer may name. */
export const clientCommands = {
  suppress: 'pregate.suppress',
  explain: 'pregate.explainRule',
  showSbom: 'pregate.showSbom',
  showMetrics: 'pregate.showMetrics',
  preview: 'pregate.previewGates',
} as const;

/** What a diagnostic carries so that fixes can be built later. */
export interface DiagnosticData {
  ruleId: string;
  fingerprint: string;
}

/** Most diagnostics that one file gets; the last one says how many are not shown. */
export const diagnosticLimit = 100;
