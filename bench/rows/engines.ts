import { spawn, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { readBundle } from '../../agent/bundles/load.ts';
import { opaServer } from '../../agent/engines/opa-server.ts';
import { engineFor } from '../../agent/policy/engines.ts';
import type { PolicyEngine } from '../../agent/policy/types.ts';
import { median, peer, type Row, root, scratch, times } from '../row.ts';

const source = join(root, 'test/bundles/wasm');
const paths = ['data.pregate.push.deny', 'data.pregate.commit.deny'];
const nowNs = 1_800_000_000_000_000_000n;

/** A push of 50 commits with 2,000 components beside them, which the policy carries and does not look at. */
const input = {
  commits: Array.from({ length: 50 }, (_, index) => ({
    subject: `${index % 5 === 0 ? 'fix' : 'Fix'} number ${index}`,
    committer: { date: '2026-11-01T10:00:00Z' },
  })),
  changes: Array.from({ length: 10 }, (_, index) => ({ path: `src/${index}.ts` })),
  sbom: { components: Array.from({ length: 2000 }, (_, index) => ({ name: `package-${index}`, version: '1.0.0' })) },
};

/** One decision on the same policy, input and machine by every engine; the peers only where `opa` is installed. */
export const engines: Row = {
  name: 'engines: one decision, own Rego engine',
  budgetText: '20 ms',
  budget: 20,
  async measure() {
    const own = await engineAt(source, 'source');
    const wasm = await engineAt(join(source, 'gates.tar.gz'), 'compiled');
    const figure = median(await times(60, () => own.evaluate(paths, fresh(), { nowNs }), 10));
    const compiled = median(await times(60, () => wasm.evaluate(paths, fresh(), { nowNs }), 10));
    const notes = [`WebAssembly ${compiled.toFixed(2)} ms`];
    const opa = peer('opa');
    if (opa) {
      notes.push(`OPA server ${(await server(opa)).toFixed(2)} ms`);
      const eval_ = await times(5, () => program(opa), 1);
      notes.push(`opa eval ${median(eval_).toFixed(0)} ms`);
    } else notes.push('no opa on the PATH');
    return { figure, unit: 'ms', note: notes.join(', ') };
  },
};

async function engineAt(path: string, name: string): Promise<PolicyEngine> {
  const { bundle, problems } = await readBundle(path, name);
  const { engine } = bundle ? engineFor(bundle) : {};
  if (!engine) throw new Error(problems[0]?.message ?? 'the policy does not compile');
  return engine;
}

/** A copy at the top, so that no engine answers from what it kept for this very input. */
function fresh(): unknown {
  return structuredClone(input);
}

async function server(opa: string): Promise<number> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const files = readdirSync(source).filter((name) => /\.(rego|json)$/.test(name));
  const child = spawn(opa, ['run', '--server', '--addr', `127.0.0.1:${port}`, ...files], {
    cwd: source,
    stdio: 'ignore',
  });
  try {
    for (let tries = 0; tries < 200; tries++) {
      const up = await fetch(`${url}/health`).then(
        (response) => response.ok,
        () => false,
      );
      if (up) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const remote = await opaServer(url, { keys: {}, services: [] }, scratch().env);
    if (!remote.engine) throw new Error(remote.problems[0]?.message);
    const { engine } = remote;
    return median(
      await times(
        40,
        async (index) => {
          engine.evaluate(paths, { ...input, index }, { nowNs });
          await remote.settle();
        },
        5,
      ),
    );
  } finally {
    child.kill();
  }
}

function program(opa: string): void {
  const files = readdirSync(source).filter((name) => /\.(rego|json)$/.test(name));
  const data = files.flatMap((name) => ['-d', name]);
  spawnSync(opa, ['eval', '--stdin-input', '-f', 'json', ...data, `[${paths.join(', ')}]`], {
    cwd: source,
    input: JSON.stringify(input),
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
