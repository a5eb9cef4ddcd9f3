import { documentFromText, positionAt } from '../../model/document.ts';
import { asText, at, get, itemsOf, parseYaml } from '../../model/tree/index.ts';
import type { Document, Node, Problem } from '../../model/types.ts';
import { goValue } from '../conventions/go-yaml.ts';
import type { PolicyFile } from '../types.ts';
import { isRecord } from './review.ts';

/** A ConstraintTemplate: its Rego, and the schema of the parameters its constraints give. */
export interface Template {
  kind: string;
  file: string;
  line: number;
  /** Undefined when it is written in CEL only. */
  rego?: { text: string; libs: string[]; version: 'v0' | 'v1'; line: number };
  schema: unknown;
  /** It has CEL as well (`K8sNativeValidation`), which an API server may run in its place. */
  cel: boolean;
}

/** A ValidatingAdmissionPolicy of Kubernetes: rules in CEL, which only an API server answers. */
export interface AdmissionPolicy {
  name: string;
  file: string;
  line: number;
}

export interface Constraint {
  kind: string;
  name: string;
  file: string;
  line: number;
  match: Record<string, unknown>;
  parameters: unknown;
  action: string;
  /** With `enforcementAction: scoped`: what each enforcement point does. */
  scoped: { action: string; points: string[] }[];
}

export interface Gatekeeper {
  templates: Template[];
  constraints: Constraint[];
  admission: AdmissionPolicy[];
  problems: Problem[];
}

/**
 * Reads templates (v1, v1beta1, v1alpha1; `rego` or `code`) and constraints. What a cluster would refuse is a fatal
 * problem: half of a policy is none. Source: open-policy-agent.github.io/gatekeeper, "Constraint Templates".
 */
export function readGatekeeper(files: readonly PolicyFile[]): Gatekeeper {
  const out: Gatekeeper = { templates: [], constraints: [], admission: [], problems: [] };
  for (const file of files) {
    const document = documentFromText(file.path, file.text);
    const tree = parseYaml(document);
    if (tree.problems.length > 0) complain(out, document, undefined, 'is not readable as YAML');
    for (const root of tree.roots) readObject(out, document, root);
  }
  const kinds = new Set<string>();
  for (const template of out.templates) {
    if (kinds.has(template.kind))
      problem(out, template.file, template.line, `there are two templates for ${template.kind}`);
    kinds.add(template.kind);
  }
  for (const { kind, name, file, line } of out.constraints) {
    if (!kinds.has(kind))
      problem(out, file, line, `constraint ${name} is of kind ${kind}, for which there is no template`);
  }
  return out;
}

function readObject(out: Gatekeeper, document: Document, root: Node): void {
  const api = asText(get(root, 'apiVersion')) ?? '';
  if (api.startsWith('templates.gatekeeper.sh/')) readTemplate(out, document, root);
  else if (api.startsWith('constraints.gatekeeper.sh/')) readConstraint(out, document, root);
  else if (
    api.startsWith('admissionregistration.k8s.io/') &&
    asText(get(root, 'kind')) === 'ValidatingAdmissionPolicy'
  ) {
    const name = asText(at(root, 'metadata', 'name')) ?? '(unnamed)';
    out.admission.push({ name, file: document.path, line: lineOf(document, root) });
  }
}

function readTemplate(out: Gatekeeper, document: Document, root: Node): void {
  const kind = asText(at(root, 'spec', 'crd', 'spec', 'names', 'kind'));
  const name = asText(at(root, 'metadata', 'name')) ?? '';
  if (kind === undefined)
    return void complain(out, document, root, `template ${name} names no kind (spec.crd.spec.names.kind)`);
  if (name !== kind.toLowerCase()) {
    return void complain(
      out,
      document,
      root,
      `template ${name} must be named as its kind in lower case: ${kind.toLowerCase()}`,
    );
  }
  const targets = itemsOf(at(root, 'spec', 'targets'));
  const [target] = targets;
  if (!target || targets.length > 1) return void complain(out, document, root, `template ${name} must have one target`);
  if (asText(get(target, 'target')) !== 'admission.k8s.gatekeeper.sh') {
    return void complain(out, document, target, `template ${name} is not for the target admission.k8s.gatekeeper.sh`);
  }
  const sources = itemsOf(get(target, 'code'));
  const source = get(
    sources.find((one) => asText(get(one, 'engine')) === 'Rego'),
    'source',
  );
  const where = source ?? target;
  const rego = get(where, 'rego');
  const text = asText(rego);
  if (text === undefined && sources.length === 0)
    return void complain(out, document, target, `template ${name} has no rego`);
  const schema = at(root, 'spec', 'crd', 'spec', 'validation', 'openAPIV3Schema');
  out.templates.push({
    kind,
    file: document.path,
    line: lineOf(document, root),
    schema: schema ? safeValue(schema) : undefined,
    cel: sources.some((one) => asText(get(one, 'engine')) === 'K8sNativeValidation'),
    ...(text === undefined || rego?.kind !== 'scalar'
      ? {}
      : {
          rego: {
            text,
            libs: itemsOf(get(where, 'libs')).flatMap((lib) => asText(lib) ?? []),
            version: asText(get(source, 'version')) === 'v1' ? 'v1' : 'v0',
            line: positionAt(document, rego.offsetAt(0)).line,
          },
        }),
  });
}

const steps = ['deny', 'warn', 'dryrun'];
const actions = [...steps, 'scoped'];

function readConstraint(out: Gatekeeper, document: Document, root: Node): void {
  const value = safeValue(root);
  const spec = isRecord(value) && isRecord(value['spec']) ? value['spec'] : {};
  const name = asText(at(root, 'metadata', 'name')) ?? '(unnamed)';
  const action = typeof spec['enforcementAction'] === 'string' ? spec['enforcementAction'] : 'deny';
  if (!actions.includes(action)) {
    return void complain(
      out,
      document,
      root,
      `constraint ${name}: enforcementAction ${action} is none of ${actions.join(', ')}`,
    );
  }
  const listed = Array.isArray(spec['scopedEnforcementActions']) ? spec['scopedEnforcementActions'] : [];
  const stray = listed.map((one) => String(isRecord(one) ? one['action'] : one)).find((one) => !steps.includes(one));
  if (action === 'scoped' && stray !== undefined) {
    const what = `constraint ${name}: the scoped action ${stray} is none of ${steps.join(', ')}`;
    return void complain(out, document, root, what);
  }
  out.constraints.push({
    kind: asText(get(root, 'kind')) ?? '',
    name,
    file: document.path,
    line: lineOf(document, get(root, 'kind') ?? root),
    match: isRecord(spec['match']) ? spec['match'] : {},
    parameters: spec['parameters'] ?? {},
    action,
    scoped: listed.filter(isRecord).map((one) => ({
      action: String(one['action'] ?? ''),
      points: (Array.isArray(one['enforcementPoints']) ? one['enforcementPoints'] : [])
        .filter(isRecord)
        .map((point) => String(point['name'] ?? '')),
    })),
  });
}

function safeValue(node: Node): unknown {
  try {
    return goValue(node);
  } catch {
    return undefined;
  }
}

function lineOf(document: Document, node: Node): number {
  return positionAt(document, node.range[0]).line;
}

function complain(out: Gatekeeper, document: Document, node: Node | undefined, what: string): void {
  problem(out, document.path, node ? lineOf(document, node) : 1, what);
}

function problem(out: Gatekeeper, file: string, line: number, what: string): void {
  const message = `${file}:${line}: ${what}. No constraint was evaluated`;
  out.problems.push({ code: 'gatekeeper-template', message, path: file, fatal: true });
}
