/**
 * `npm run bench [-- names…] [--json]` measures the speed budget of ARCHITECTURE.md on the built product.
 * Every row prints figure, budget and ratio; where a peer is on the PATH (gitleaks, opa) it is measured in the same run.
 * Figures are medians; a row that a later issue brings says "not built".
 */
import { cpus } from 'node:os';
import type { Measurement, Row } from './row.ts';
import { agentStart } from './rows/agent-start.ts';
import { engines } from './rows/engines.ts';
import { gateDecision } from './rows/gate-decision.ts';
import { history } from './rows/history.ts';
import { hooks } from './rows/hooks.ts';
import { regoDecision, regoLoad, regoProcess, regoServer } from './rows/rego.ts';
import { replayRow } from './rows/replay.ts';
import { sbomPreview } from './rows/sbom.ts';
import { secrets } from './rows/secrets.ts';
import { secretsQuality } from './rows/secrets-quality.ts';
import { stalling, typing } from './rows/secrets-speed.ts';
import { secretsVendors } from './rows/secrets-vendors.ts';
import { signatures } from './rows/signatures.ts';
import { vsix } from './rows/vsix.ts';
import { keystroke, workflow } from './rows/workflow.ts';

const rows: Row[] = [
  ...hooks,
  keystroke,
  workflow,
  secrets,
  typing,
  stalling,
  secretsQuality,
  secretsVendors,
  history,
  gateDecision,
  regoDecision,
  regoLoad,
  regoProcess,
  regoServer,
  engines,
  signatures,
  sbomPreview,
  agentStart,
  vsix,
  replayRow,
];
const words = process.argv.slice(2);
const json = words.includes('--json');
if (words.includes('--help')) {
  console.log('npm run bench [-- words…] [--json]: measures the rows whose names hold one of the words, or all:');
  for (const row of rows) console.log(`  ${row.name}`);
  process.exit();
}
const names = words.filter((word) => !word.startsWith('--'));
const chosen = rows.filter((row) => names.length === 0 || names.some((name) => row.name.includes(name)));

const results: (Omit<Measurement, 'budget'> & { name: string; budget: string })[] = [];
for (const row of chosen) {
  const measured: Measurement = await row
    .measure()
    .catch((error: unknown): Measurement => ({ figure: Number.NaN, unit: '', note: `failed: ${error}` }));
  results.push({ ...measured, name: row.name, budget: row.budgetText });
  if (!json) console.log(lineOf(row, measured));
}
if (json) {
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, platform: process.platform };
  console.log(JSON.stringify({ schema: 'pregate.bench/v1', machine, rows: results }, null, 2));
}

function lineOf(row: Row, measured: Measurement): string {
  if (measured.figure === null) return `  – ${row.name.padEnd(46)}${'not built'.padStart(14)}   ${row.budgetText}`;
  const budget = measured.budget ?? row.budget;
  const met = budget === undefined || (row.atLeast ? measured.figure >= budget : measured.figure <= budget);
  const ratio = budget === undefined ? '' : `${(measured.figure / budget).toFixed(2)} ×`;
  const figure = `${format(measured.figure)} ${measured.unit}`.padStart(14);
  const note = measured.note ? `   ${measured.note}` : '';
  return `  ${met ? '✓' : '✗'} ${row.name.padEnd(46)}${figure}   budget ${row.budgetText}${ratio ? `, ${ratio} of it` : ''}${note}`;
}

function format(figure: number): string {
  return figure >= 100 ? figure.toFixed(0) : figure >= 10 ? figure.toFixed(1) : figure.toFixed(2);
}
