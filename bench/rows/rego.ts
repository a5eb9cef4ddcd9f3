import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { compile, type Policy, type RegoModule } from '../../agent/rego/index.ts';
import { generator, median, peer, percentile, type Row, root, scratch, times } from '../row.ts';

/** A decision of a policy of our own making on 50 commits and 2,000 components; each round has an input of its own. */
export const regoDecision: Row = {
  name: 'Rego decision, 50 commits and 2,000 components',
  budgetText: '≤ 20 ms',
  budget: 20,
  async measure() {
    const policy = compiled([{ path: 'gate.rego', text: GATE }]);
    const spent = await times(60, (index) => decide(policy, inputOf(index)), 20);
    return {
      figure: median(spent),
      unit: 'ms',
      note: `p99 ${percentile(spent, 0.99).toFixed(1)} ms, JSON text to answer`,
    };
  },
};

/** Parsing and compiling one megabyte of policy, as a bundle of a hundred files is loaded. */
export const regoLoad: Row = {
  name: 'Rego load of 1 MB of policy',
  budgetText: '≤ 300 ms',
  budget: 300,
  async measure() {
    const modules = megabyte();
    const bytes = modules.reduce((sum, m) => sum + m.text.length, 0);
    const cold = (await times(1, () => compiled(modules)))[0] as number;
    const spent = await times(9, () => compiled(modules), 2);
    const note = `${modules.length} files, ${(bytes / 1e6).toFixed(2)} MB; the first load ${cold.toFixed(0)} ms`;
    return { figure: median(spent), unit: 'ms', note };
  },
};

/** The command line against `opa eval`, both as a process that reads the same folder and input. */
export const regoProcess: Row = {
  name: 'Rego: pregate policy eval against opa eval, as processes',
  budgetText: '< 1 × opa eval',
  budget: 1,
  async measure() {
    const opa = peer('opa');
    if (opa === undefined) return { figure: null, unit: '×', note: 'no opa' };
    const { folder, env } = scratch();
    const policy = join(folder, 'p');
    mkdirSync(policy);
    writeFileSync(join(policy, 'gate.rego'), GATE);
    writeFileSync(join(folder, 'input.json'), inputOf(1));
    const words = ['eval', '-d', policy, '-i', join(folder, 'input.json'), '-f', 'json', 'data.gate.deny'];
    const run = (command: string, args: string[]) => () => {
      const { status } = spawnSync(command, args, { env, stdio: 'ignore' });
      if (status !== 0) throw new Error(`${command} ended with ${status}`);
    };
    const cli = join(root, 'dist', 'pregate.cjs');
    const own = median(await times(11, run(process.execPath, [cli, 'policy', ...words]), 2));
    const theirs = median(await times(11, run(opa, words), 2));
    return { figure: own / theirs, unit: '×', note: `${own.toFixed(0)} ms, opa eval ${theirs.toFixed(0)} ms` };
  },
};

/** A decision in this process against one of a running OPA server, asked over a socket that is kept open. */
export const regoServer: Row = {
  name: 'Rego decision against a running opa server',
  budgetText: '≤ 3 × opa',
  budget: 3,
  async measure() {
    const opa = peer('opa');
    if (opa === undefined) return { figure: null, unit: '×', note: 'no opa' };
    const { folder, env } = scratch();
    writeFileSync(join(folder, 'gate.rego'), GATE);
    const socketPath = join(folder, 's');
    const words = [
      'run',
      '--server',
      '--log-level',
      'error',
      '--addr',
      `unix://${socketPath}`,
      join(folder, 'gate.rego'),
    ];
    const server = spawn(opa, words, { env, stdio: 'ignore' });
    try {
      await eventually(() => post(socketPath, '{}'));
      const inputs = Array.from({ length: 40 }, (_, index) => inputOf(index));
      const theirs = await times(40, (i) => post(socketPath, `{"input": ${inputs[Math.abs(i) % 40]}}`), 10);
      const policy = compiled([{ path: 'gate.rego', text: GATE }]);
      const own = await times(40, (i) => decide(policy, inputs[Math.abs(i) % 40] as string), 10);
      const [a, b] = [median(own), median(theirs)];
      return { figure: a / b, unit: '×', note: `${a.toFixed(1)} ms, opa ${b.toFixed(1)} ms with its HTTP` };
    } finally {
      server.kill();
    }
  },
};

function compiled(modules: readonly RegoModule[]): Policy {
  const { policy, errors } = compile(modules);
  if (!policy) throw new Error(JSON.stringify(errors[0]));
  return policy;
}

function decide(policy: Policy, inputJson: string): void {
  const { results, errors } = policy.eval('data.gate.deny', { inputJson });
  const value = results[0]?.value;
  if (errors[0] || !Array.isArray(value) || value.length === 0) throw new Error('the gate has not decided');
}

async function eventually(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      if (attempt > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function post(socketPath: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, method: 'POST', path: '/v1/data/gate/deny' }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => (response.statusCode === 200 ? resolve(text) : reject(new Error(text))));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const GATE = `package gate

deny contains msg if {
	some commit in input.commits
	not commit.signature.present
	msg := sprintf("%s by %s is not signed", [substring(commit.oid, 0, 7), commit.author])
}

deny contains msg if {
	some component in input.components
	component.licence in forbidden
	not excepted(component)
	msg := sprintf("%s %s: licence %s", [component.name, component.version, component.licence])
}

deny contains msg if {
	some component in input.components
	component.direct
	regex.match("^0\\\\.", component.version)
	not startswith(component.purl, "pkg:npm/%40acme/")
	msg := sprintf("%s is not released yet", [component.name])
}

forbidden := {"AGPL-3.0", "BUSL-1.1", "WTFPL"}

excepted(component) if {
	some name in input.exceptions
	name == component.name
}

counts := {licence: n |
	some licence in {c.licence | some c in input.components}
	n := count([c | some c in input.components; c.licence == licence])
}

deny contains "more than a tenth of the components has no licence" if {
	object.get(counts, "", 0) * 10 > count(input.components)
}
`;

function inputOf(index: number): string {
  const random = generator(index + 7);
  const licences = ['MIT', 'MIT', 'Apache-2.0', 'ISC', 'BSD-3-Clause', ''];
  return JSON.stringify({
    commits: Array.from({ length: 50 }, (_, at) => ({
      oid: (random(1e9) + at).toString(16).padStart(40, '0'),
      author: 'ann@example.com',
      signature: { present: at % 10 !== 3, status: 'good' },
    })),
    components: Array.from({ length: 2000 }, (_, at) => ({
      name: `package-${at}`,
      version: `${at % 90 === 0 ? 0 : 1}.${random(20)}.${random(9)}`,
      purl: `pkg:npm/package-${at}@1.0.0`,
      licence: at % 400 === 17 ? 'AGPL-3.0' : licences[random(licences.length)],
      direct: at < 200,
    })),
    exceptions: ['package-17'],
  });
}

/** A hundred files of rules as teams write them: metadata, helpers, partial rules, functions, tests' shapes. */
function megabyte(): RegoModule[] {
  const modules: RegoModule[] = [];
  for (let file = 0, bytes = 0; bytes < 1_000_000; file++) {
    const rules = Array.from({ length: 12 }, (_, i) => ruleOf(file, i));
    const text = `# METADATA\n# title: Controls ${file}\n# description: What the platform team asks of area ${file}.\npackage controls.area_${file}\n\nimport data.settings\n\n${rules.join('\n')}`;
    modules.push({ path: `area_${file}.rego`, text });
    bytes += text.length;
  }
  return modules;
}

function ruleOf(file: number, i: number): string {
  const id = `C${file}-${i}`;
  return `# METADATA
# title: Control ${id}
# custom:
#   severity: high
#   short_code: control_${file}_${i}
deny contains result if {
	some name, job in input.pipelines[_].jobs
	some step in job.steps
	not allowed_${i}(step)
	contains(step.uses, "/action-${i}@")
	count([w | some w in job.needs; w != name]) < settings.limits["${id}"]
	msg := sprintf("%s: step %v of job %s uses %s (%d)", ["${id}", step.name, name, step.uses, ${i}])
	result := {"msg": msg, "code": "${id}", "path": ["jobs", name, "steps"], "severity": "high"}
}

allowed_${i}(step) if {
	startswith(step.uses, "acme/")
	regex.match(\`^[a-z0-9-]+/[a-z0-9-]+@[0-9a-f]{40}$\`, step.uses)
} else if {
	step["continue-on-error"] == true
	step.env.LEVEL in {"low", "none"}
}

summary_${i}[team] := {"open": open, "share": share} if {
	some team, entries in input.teams
	open := [e | some e in entries; e.state == "open"; e.control == "${id}"]
	share := (count(open) * 100) / max([count(entries), 1])
}
`;
}
