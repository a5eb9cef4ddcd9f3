/** What `pregate policy eval` and its like run: the Rego engine without the rest of the agent. */
import { buildInParts, type Layout, type PartsBuild } from './bundle-parts.ts';

const parts: Layout['parts'] = [
  // Looks through what is printed.
  ['policy-shield.cjs', /^agent\/report\//],
  // Archives, signatures and the built-in gates: only where no `--data` is given.
  ['policy-bundles.cjs', /^agent\/(bundles|policy)\//],
  ['policy-yaml.cjs', /^yaml$/],
  ['policy-cli.cjs', /^agent\/cli\//],
  // Builtins that few policies call, and what they are made of.
  ['policy-builtins.cjs', /^agent\/rego\//],
  ['policy-rest.cjs', /^agent\/|^@/],
];

/** What few policies call. No module of it is imported by another that is not deferred as well. */
const deferred =
  /^(yaml|node:(crypto|net)|agent\/cli\/policy\/(bench|check|tests)\.ts|agent\/rego\/(template\/(parse|render)|builtins\/(aws|crypto|glob|graph|graphql|ids|jwt|net|schema|time|versions|yaml))\.ts)$/;
const tables = /^agent\/rego\/builtins\//;

/** Writes the files and answers with their names. */
export function buildPolicy(build: PartsBuild): Promise<string[]> {
  return buildInParts(
    { main: 'policy.cjs', entry: 'agent/start-policy.ts', parts, deferred, tables, shares: true },
    build,
  );
}
