import type { ImageUse } from '../containerfile/types.ts';
import type { ShellDialect } from '../script/types.ts';
import type { Document, Entry, MapNode, Node, Problem, Range, ScalarNode, Tree } from '../types.ts';

export type PipelineDialect =
  | 'github-workflow'
  | 'github-action'
  | 'gitlab'
  | 'circleci'
  | 'azure'
  | 'bitbucket'
  | 'compose'
  | 'kubernetes'
  /** A container file: it takes part with its images; its steps are in the `containerfile` subject. */
  | 'containerfile';

/** A definition that a CI or deployment system reads. Every dialect gives references, images and scripts. */
export interface Pipeline {
  dialect: PipelineDialect;
  document: Document;
  documents: readonly Document[];
  tree: Tree;
  problems: Problem[];
  /** Pipeline code of others that it runs: actions, includes, orbs, templates. */
  references: Reference[];
  images: ImageUse[];
  scripts: ScriptBlock[];
  /** Full depth, for GitHub's two dialects. */
  workflow?: Workflow;
  action?: Action;
}

/** How firmly a reference names one content. */
export type Pin = 'hash' | 'version' | 'tag' | 'branch' | 'none' | 'unknown';

/** Pipeline code by reference: `uses:`, `include:`, `orbs:`, `resources.repositories`. */
export interface Reference {
  /** As written. */
  text: string;
  node: ScalarNode;
  kind: 'action' | 'reusable-workflow' | 'local' | 'docker' | 'include' | 'component' | 'orb' | 'template' | 'pipe';
  /** `owner/repository`, or the system's own name for the source. Lower case is not forced. */
  source: string;
  /** Folder or file inside the source. */
  path?: string;
  ref?: string;
  /** Where the ref is written; undefined when there is none. */
  refRange?: Range;
  pin: Pin;
  step?: Step;
  job?: Job;
}

/** A script in a pipeline. */
export interface ScriptBlock {
  node: ScalarNode;
  /** The shell as written or by default: `bash`, `pwsh`, `python`, `bash -e {0}` … */
  shell: string;
  /** Undefined when the shell is none of ours: `python`, a custom program. */
  dialect: ShellDialect | undefined;
  /** The shell is stated or follows from the runner; false when it is our guess. */
  certain: boolean;
  step?: Step;
  job?: Job;
}

export interface Workflow {
  root: MapNode;
  name?: ScalarNode;
  triggers: Trigger[];
  permissions?: Permissions;
  env?: MapNode;
  defaultShell?: ScalarNode;
  jobs: Job[];
}

export interface Trigger {
  name: string;
  node: ScalarNode;
  /** What stands under it: filters, types, inputs. */
  value?: Node;
}

export type Access = 'read' | 'write' | 'none';

export interface Permissions {
  node: Node;
  key: ScalarNode;
  /** `read-all` or `write-all`; undefined for a map. */
  all?: 'read' | 'write';
  scopes: { name: string; access: Access | undefined; entry: Entry }[];
}

export interface Job {
  id: string;
  key: ScalarNode;
  node: MapNode;
  workflow: Workflow;
  needs: ScalarNode[];
  condition?: Condition;
  permissions?: Permissions;
  /** Labels as written; expressions included. Empty for a call of a reusable workflow. */
  runsOn: ScalarNode[];
  runsOnNode?: Node;
  environment?: Node;
  env?: MapNode;
  defaultShell?: ScalarNode;
  container?: JobContainer;
  services: JobContainer[];
  steps: Step[];
  /** A call of a reusable workflow. */
  uses?: Reference;
  with?: MapNode;
  secrets?: Node;
}

export interface JobContainer {
  /** Name of the service; `container` for the job's own. */
  name: string;
  node: Node;
  image?: ImageUse;
  credentials?: MapNode;
  env?: MapNode;
}

export interface Step {
  index: number;
  node: MapNode;
  job?: Job;
  id?: string;
  name?: ScalarNode;
  condition?: Condition;
  uses?: Reference;
  with?: MapNode;
  env?: MapNode;
  run?: ScriptBlock;
}

export interface Condition {
  key: ScalarNode;
  node: ScalarNode;
}

/** An `action.yml`. */
export interface Action {
  root: MapNode;
  /** `composite`, `docker`, `node24` … */
  using?: string;
  inputs: { name: string; entry: Entry }[];
  steps: Step[];
}
