import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultConfig } from '../../agent/config.ts';
import type { Collected, CommitInfo } from '../../agent/gate/types.ts';
import type { Finding } from '../../agent/model/types.ts';
import { decide } from '../../agent/policy/decide.ts';
import { defaultBundle } from '../../agent/policy/default.ts';
import { regoEngine } from '../../agent/policy/engine.ts';
import type { SbomInput } from '../../agent/policy/gate-input.ts';
import { gateInput } from '../../agent/policy/input.ts';
import { gates } from '../../agent/policy/types.ts';
import { median, peer, percentile, type Row, scratch, times } from '../row.ts';

/** All five gates of the built-in bundle; each round judges commits and components that were not there before. */
export const gateDecision: Row = {
  name: 'gate decision, 50 commits and 2,000 components',
  budgetText: '≤ 20 ms',
  budget: 20,
  async measure() {
    const { engine, problems } = regoEngine(defaultBundle());
    if (!engine) throw new Error(problems[0]?.message ?? 'the built-in policy does not compile');
    const round = (index: number) => {
      const collected = push(index);
      const sbom = components(index);
      return decide({
        collected,
        findings: findings(collected),
        engine,
        policy: defaultBundle().source,
        subjects: { npm: [{} as never], pipeline: [] },
        sbomOf: () => sbom,
      });
    };
    const answers = round(0).gates.map((gate) => gate.answer);
    if (answers[1] !== 'deny' || answers[4] !== 'allow') throw new Error(`the gates answered ${answers.join(', ')}`);
    const spent = await times(60, round, 15);
    const own = median(spent);
    const opa = await measureOpa();
    const compared =
      opa === undefined ? 'opa is not on the PATH' : `opa eval ${opa.toFixed(1)} ms, ${(opa / own).toFixed(1)} × ours`;
    return { figure: own, unit: 'ms', note: `p99 ${percentile(spent, 0.99).toFixed(1)} ms; ${compared}` };
  },
};

/** The same bundle and input through `opa eval`, with the time it says the evaluation itself took. */
async function measureOpa(): Promise<number | undefined> {
  const opa = peer('opa');
  if (opa === undefined) return undefined;
  const { folder, env } = scratch();
  const bundle = join(folder, 'bundle');
  mkdirSync(bundle);
  for (const module of defaultBundle().modules) writeFileSync(join(bundle, module.path), module.text);
  const collected = push(1);
  const { input } = gateInput(collected, findings(collected), { pipelines: [], sbom: components(1) });
  writeFileSync(join(folder, 'input.json'), JSON.stringify(input));
  const query = gates.map((gate) => `data.pregate.${gate}`).join('; ');
  const words = [
    'eval',
    '--data',
    bundle,
    '--input',
    join(folder, 'input.json'),
    '--metrics',
    '--count',
    '11',
    '--format',
    'json',
  ];
  const result = spawnSync(opa, [...words, query], { env, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (result.status !== 0) throw new Error(`opa: ${result.stderr}`);
  const { aggregated_metrics: metrics } = JSON.parse(result.stdout) as {
    aggregated_metrics: Record<string, { median: number }>;
  };
  const nanoseconds = metrics['timer_rego_query_eval_ns']?.median;
  return nanoseconds === undefined ? undefined : nanoseconds / 1e6;
}

function push(index: number): Collected {
  const commits = Array.from({ length: 50 }, (_, at) => commitOf(index * 50 + at));
  const remote = { name: 'origin', url: 'git@git.example:acme/app.git', provider: 'other', host: 'git.example' };
  return {
    scope: 'outgoing',
    label: '50 commits to origin/feature',
    repo: {
      root: '/repo',
      git: true,
      branch: 'feature',
      head: commits[0]?.oid ?? null,
      upstreamBase: 'refs/remotes/origin/main',
      mergeBase: oidOf(1e6),
      remote: { ...remote, owner: 'acme', repository: 'app' },
      defaultBranch: 'main',
      shallow: false,
    },
    targets: [],
    context: [],
    base: [],
    history: [],
    changes: Array.from({ length: 120 }, (_, at) => ({
      path: `src/module-${at}/file-${index}.ts`,
      status: 'M',
      mode: '100644',
      oid: oidOf(at),
      size: 4000,
      binary: false,
      lfs: false,
      submodule: false,
    })),
    commits,
    push: { remote: 'origin', url: remote.url, refs: [refOf(commits)] },
    signing: { required: true, configured: true, willSign: null },
    config: defaultConfig,
    proposedConfig: null,
    skipped: [],
    problems: [],
    now: '2026-06-01T12:00:00.000Z',
    fingerprintKey: new Uint8Array(32),
  };
}

function commitOf(number: number): CommitInfo {
  const person = { name: 'Ann', email: 'ann@example.com', date: '2026-06-01T12:00:00+00:00' };
  return {
    oid: oidOf(number),
    tree: oidOf(number + 500_000),
    parents: [oidOf(number + 1)],
    author: person,
    committer: person,
    subject: `Change number ${number}`,
    body: 'Because it was asked for.\n\nRefs: #17\n',
    signature:
      number % 50 === 7
        ? { present: false, status: 'none' }
        : { present: true, format: 'ssh', status: 'good', key: 'SHA256:abc', signer: 'ann@example.com' },
    paths: [`src/module-${number % 120}/file.ts`, 'README.md'],
  };
}

function refOf(commits: readonly CommitInfo[]) {
  const [head] = commits as [CommitInfo];
  return {
    src: 'refs/heads/feature',
    dst: 'refs/heads/feature',
    kind: 'branch' as const,
    old: null,
    new: head.oid,
    create: true,
    delete: false,
    force: false,
    commits: commits.map((commit) => commit.oid),
    protected: false,
  };
}

function findings(collected: Collected): Finding[] {
  return Array.from({ length: 20 }, (_, at) => ({
    rule: at % 2 === 0 ? 'unpinned-uses' : 'npm-range',
    category: at % 2 === 0 ? ('pipeline' as const) : ('dependency' as const),
    severity: 'medium',
    confidence: 'high',
    message: 'acme/deploy@v2 can change under you',
    path: `.github/workflows/w${at}.yml`,
    range: [10, 20],
    span: { line: 3, column: 1, endLine: 3, endColumn: 11 },
    related: [],
    fingerprint: `${collected.commits[at]?.oid}`,
    introduced: true,
  }));
}

function components(index: number): SbomInput {
  return {
    components: Array.from({ length: 2000 }, (_, at) => ({
      name: `package-${at}`,
      version: `1.${index + 1}.${at % 7}`,
      purl: `pkg:npm/package-${at}@1.${index + 1}.${at % 7}`,
      licence: at % 9 === 0 ? 'Apache-2.0' : 'MIT',
      scope: at % 3 === 0 ? 'required' : 'development',
      direct: at < 60,
      first_party: false,
      hash: true,
      install_script: false,
      lock: 'package-lock.json',
    })),
    edges: [],
    diff: { changes: [], added: [], removed: [], changed: [], license_changed: [] },
    setPlaces: () => {},
  };
}

function oidOf(number: number): string {
  return (Math.abs(number) + 0x10000000).toString(16).padStart(40, '0');
}
