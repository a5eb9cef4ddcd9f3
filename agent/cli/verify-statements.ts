import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { keySigner, signStatement } from '../attest/dsse.ts';
import { type CommitStatements, type RangeStatements, verifyRange } from '../attest/range.ts';
import type { BundleTrust } from '../attest/sigstore.ts';
import { summaryStatement } from '../attest/statements.ts';
import type { Received } from '../attest/verify.ts';
import { Exit, type ExitCode } from '../gate/types.ts';
import { configValue, readGitConfig } from '../git/config-list.ts';
import { GitFailure } from '../git/failure.ts';
import { parseRemote } from '../git/remote-url.ts';
import { openGit } from '../git/run.ts';
import { displayText } from '../model/path.ts';
import { gates } from '../policy/types.ts';
import { exitCodeOf } from '../report/facts.ts';
import { count } from '../report/style.ts';
import { type Args, type Io, text, UsageError } from './command.ts';
import { styleOf } from './render.ts';

/**
 * `pregate verify --range A..B --statements`: what CI asks. Everything is recomputed; a statement that does not hold is an
 * error, a commit without one is unverified. Exit 1 when a statement is wrong, when a gate refuses, or, with
 * `--require-statements`, when the tip has none.
 */
export async function verifyStatementsOf(args: Args, io: Io): Promise<ExitCode> {
  const [from, to, extra] = (text(args, 'range') ?? '').split('..');
  if (!from || !to || extra !== undefined) throw new UsageError('--statements needs --range A..B');
  const bundle = text(args, 'bundle');
  try {
    const seen = readSeen(text(args, 'seen'));
    const trust = await trustOf(args, io);
    const received = await bundlesOf(args, trust, io);
    const options = {
      from,
      to,
      cwd: io.cwd,
      env: io.env,
      seen,
      received,
      trust,
      now: new Date(),
      ...(bundle ? { bundle } : {}),
    };
    const result = await verifyRange(options);
    const code = codeOf(result, args);
    print(result, code, args, io);
    writeSeen(text(args, 'seen'), result.seen);
    if (code === Exit.pass) await issue(result, args, io);
    return code;
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    io.err(`pregate: ${displayText(error.problem.message)} [${error.problem.code}]\n`);
    return Exit.couldNotCheck;
  }
}

/** Whom the job trusts beside the base's signers: keys, and certificates of identities that it names. */
async function trustOf(args: Args, io: Io): Promise<BundleTrust> {
  const [keyFile, rootFile] = [text(args, 'bundle-key'), text(args, 'trusted-root')];
  const [issuer, identity] = [text(args, 'certificate-oidc-issuer'), text(args, 'certificate-identity')];
  const keys: KeyObject[] = [];
  try {
    if (keyFile !== undefined) keys.push(createPublicKey(readFileSync(path.resolve(io.cwd, keyFile), 'utf8')));
  } catch {
    throw new UsageError(`--bundle-key ${JSON.stringify(keyFile)} is no public key in PEM; nothing was verified`);
  }
  const named = [rootFile, issuer, identity].filter((one) => one !== undefined).length;
  if (named === 0) return { keys };
  if (rootFile === undefined || issuer === undefined || identity === undefined) {
    const all = '--trusted-root, --certificate-oidc-issuer and --certificate-identity';
    throw new UsageError(`${all} go together: who issues certificates, who vouches for whom, and who may state here`);
  }
  const { readTrustedRoot } = await import('../attest/sigstore.ts');
  try {
    const root = readTrustedRoot(readFileSync(path.resolve(io.cwd, rootFile), 'utf8'));
    const identities = identity.split(',').map((one) => one.trim());
    return { keys, certificates: { root, issuer, identities } };
  } catch {
    const what = 'names no trusted root of Sigstore (authorities and logs, as JSON); nothing was verified';
    throw new UsageError(`--trusted-root ${JSON.stringify(rootFile)} ${what}`);
  }
}

/** Statements of `--sigstore-bundle`. */
async function bundlesOf(args: Args, trust: BundleTrust, io: Io): Promise<Received[]> {
  const file = text(args, 'sigstore-bundle');
  if (file === undefined) return [];
  let bundles: string;
  try {
    bundles = readFileSync(path.resolve(io.cwd, file), 'utf8');
  } catch {
    throw new UsageError(`--sigstore-bundle ${JSON.stringify(file)} cannot be read; nothing was verified`);
  }
  const { readBundles } = await import('../attest/sigstore.ts');
  return readBundles(bundles, trust);
}

function codeOf({ report, commits, tip }: RangeStatements, args: Args): ExitCode {
  const gate = exitCodeOf(report, gates);
  if (gate !== Exit.pass) return gate;
  if (commits.some(({ verdicts }) => verdicts.some((one) => !one.good))) return Exit.violation;
  const last = commits.find(({ commit }) => commit === tip.commit);
  const stated = last?.verdicts.some((one) => one.good) ?? false;
  return args.flags['require-statements'] && !stated ? Exit.violation : Exit.pass;
}

function print(result: RangeStatements, code: ExitCode, args: Args, io: Io): void {
  const { commits, report, mask, tip } = result;
  if (args.flags['json']) {
    const plain = commits.map(({ commit, verdicts }) => ({
      commit,
      statements: verdicts.map(({ predicateType, good, detail }) => ({ predicateType, good, detail })),
    }));
    const gatesOf = report.decision.gates.map(({ gate, answer, exactness }) => ({ gate, answer, exactness }));
    const value = { schema: 'pregate.statements/v1', tip, gates: gatesOf, commits: plain, passed: code === Exit.pass };
    io.out(mask(`${JSON.stringify(value, null, 2)}\n`));
    return;
  }
  const style = styleOf(io);
  for (const { commit, verdicts } of commits) io.out(mask(linesOf(commit, verdicts, style)));
  const denied = report.decision.gates.filter((gate) => gate.answer === 'deny').map((gate) => gate.gate);
  const stated = commits.filter(({ verdicts }) => verdicts.some((one) => one.good)).length;
  const gate = denied.length > 0 ? `recomputed: ${denied.join(', ')} refuses` : 'recomputed: no gate refuses';
  io.out(`\n${count(commits.length, 'commit')}, ${stated} with a statement that holds; ${gate}\n`);
}

function linesOf(commit: string, verdicts: CommitStatements['verdicts'], style: ReturnType<typeof styleOf>): string {
  if (verdicts.length === 0) return `${style.dim('·')} ${commit.slice(0, 7)}  no statement: unverified\n`;
  return verdicts
    .map(({ good, predicateType, detail }) => {
      const sign = good ? style.green('✓') : style.red('✗');
      return `${sign} ${commit.slice(0, 7)}  ${displayText(predicateType)}  ${displayText(detail)}\n`;
    })
    .join('');
}

/** A summary (VSA) is CI's own word, under CI's own key, and only after everything above has passed. */
async function issue({ report, tip }: RangeStatements, args: Args, io: Io): Promise<void> {
  const file = text(args, 'vsa');
  if (file === undefined) return;
  const keyFile = text(args, 'key');
  const verifier = text(args, 'verifier');
  if (!io.env['CI']) throw new UsageError('a summary is issued in CI only (CI is not set); nothing was issued');
  if (keyFile === undefined || verifier === undefined)
    throw new UsageError('--vsa needs --key FILE and --verifier URI');
  const key = createPrivateKey(readFileSync(keyFile));
  const resource = text(args, 'resource') ?? (await repositoryOf(io));
  const summary = summaryStatement(report, tip, { verifier, resource });
  const envelope = await signStatement(summary, keySigner(key));
  writeFileSync(file, `${JSON.stringify(envelope)}\n`);
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const print = createHash('sha256').update(spki).digest('hex').slice(0, 16);
  io.out(`The summary is in ${displayText(file)}, signed by ${print}…\n`);
}

/** The repository by its remote's address, however it was cloned; without credentials. */
async function repositoryOf(io: Io): Promise<string | undefined> {
  const url = configValue(await readGitConfig(openGit(io.cwd, io.env)), 'remote.origin.url');
  const { host, owner, repository } = parseRemote(url ?? '');
  return host && owner ? `git+https://${host}/${owner}/${repository}` : undefined;
}

/** Checkpoints that earlier runs have seen: a JSON object, origin to note, kept by CI between its runs. */
function readSeen(file: string | undefined): Map<string, string> {
  if (file === undefined) return new Map();
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw new UsageError(`--seen ${JSON.stringify(file)} cannot be read; nothing was verified`);
  }
  try {
    return new Map(
      Object.entries(JSON.parse(content) as Record<string, string>).filter(([, note]) => typeof note === 'string'),
    );
  } catch {
    throw new UsageError(`--seen ${JSON.stringify(file)} is not JSON; nothing was verified`);
  }
}

function writeSeen(file: string | undefined, seen: ReadonlyMap<string, string>): void {
  if (file !== undefined) writeFileSync(file, `${JSON.stringify(Object.fromEntries(seen), null, 2)}\n`);
}
