import { createPrivateKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { attestKey } from '../attest/choice.ts';
import { keySigner, type Signer } from '../attest/dsse.ts';
import { type Kind, makeStatements } from '../attest/make.ts';
import { readEnvelopes } from '../attest/notes.ts';
import { openPayload } from '../attest/payload.ts';
import { pushStatements } from '../attest/push.ts';
import { sshSigner } from '../attest/signer.ts';
import { type Envelope, notesRef, type Statement } from '../attest/types.ts';
import { checkFully } from '../gate/check.ts';
import { Exit, type ExitCode } from '../gate/types.ts';
import { readGitConfig } from '../git/config-list.ts';
import { GitFailure } from '../git/failure.ts';
import { findPlace, type Place } from '../git/place.ts';
import { type Git, gitOutput, openGit, runGit } from '../git/run.ts';
import { displayText } from '../model/path.ts';
import { problemsFatal } from '../report/facts.ts';
import { count, wrap } from '../report/style.ts';
import { type Args, type Command, type Io, text, UsageError } from './command.ts';
import { progressOf } from './render.ts';

/** Sigstore's own; asked only with --keyless. */
const publicServices = { fulcio: 'https://fulcio.sigstore.dev', rekor: 'https://rekor.sigstore.dev' };

const kinds: readonly Kind[] = ['svr', 'decision', 'test', 'sbom'];

export const command: Command = {
  name: 'attest',
  summary: 'Signs what was found about the outgoing commits, so that CI and the team can rely on it and check it.',
  usage: [
    'attest [--kind LIST] [--key FILE | --keyless] [--sigstore-bundle FILE]',
    'attest show [COMMIT]',
    'attest push [REMOTE]',
    'attest setup [--off]',
  ],
  help: [
    `Statements are in-toto statements in DSSE envelopes, signed with your SSH key in a namespace of their own and kept in`,
    `${notesRef}. setup makes every push send one ahead of the branch. They list only what passed, and CI recomputes it:`,
    'pregate verify --range A..B --statements.',
  ],
  options: {
    kind: { type: 'string', value: 'LIST', help: `what to state: ${kinds.join(',')} (default svr,decision)` },
    key: { type: 'string', value: 'FILE', help: 'sign with this private key (PEM, Ed25519 or P-256) instead of git’s' },
    keyless: {
      type: 'boolean',
      help: 'sign as who the identity token of this CI job names: certificate and public log entry of Sigstore',
    },
    fulcio: { type: 'string', value: 'URL', help: `keyless: who issues the certificate (${publicServices.fulcio})` },
    rekor: { type: 'string', value: 'URL', help: `keyless: the log (${publicServices.rekor})` },
    'sigstore-bundle': {
      type: 'string',
      value: 'FILE',
      help: 'write each statement as a Sigstore bundle too, one for each line',
    },
    bundle: { type: 'string', value: 'DIR|TAR.GZ', help: 'judge by this policy instead of the configured one' },
    off: { type: 'boolean', help: 'setup: no longer send statements with each push' },
    json: { type: 'boolean', help: 'show: print the statements as JSON' },
  },
  examples: [
    ['pregate attest setup', 'a statement with every push from now on'],
    ['pregate attest --kind svr,sbom', 'state it now, with the CycloneDX document'],
    ['pregate attest show HEAD', 'what was stated about a commit'],
  ],
  async run(args, io): Promise<ExitCode> {
    const [action = 'make', operand, extra] = args.positionals;
    const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
    const takesOperand = action === 'show' || action === 'push';
    if (!run || extra !== undefined || (operand !== undefined && !takesOperand)) {
      throw new UsageError(
        `attest takes nothing, show [COMMIT], push [REMOTE] or setup, not ${args.positionals.join(' ')}`,
      );
    }
    try {
      const git = openGit(io.cwd, io.env);
      const place = await findPlace(git);
      return await run({ git: { ...git, cwd: place.root }, place, operand, args, io });
    } catch (error) {
      if (!(error instanceof GitFailure)) throw error;
      io.err(`pregate: ${displayText(error.problem.message)} [${error.problem.code}]\n`);
      return Exit.couldNotCheck;
    }
  },
};

interface Call {
  git: Git;
  place: Place;
  operand: string | undefined;
  args: Args;
  io: Io;
}

const actions: Record<string, (call: Call) => Promise<ExitCode>> = { make, show, push, setup };

async function make({ git, place, args, io }: Call): Promise<ExitCode> {
  const wanted = kindsOf(text(args, 'kind') ?? 'svr,decision');
  if (place.head === null) throw new UsageError('there is no commit yet, so there is nothing to state');
  const places: string[] = [];
  const signer = await signerOf(git, args, io, places);
  const bundle = text(args, 'bundle');
  const progress = progressOf(io);
  const { report } = await checkFully(
    { kind: 'outgoing' },
    { cwd: io.cwd, env: io.env, onProgress: progress.report, ...(bundle ? { bundle } : {}) },
  );
  const fatal = problemsFatal([...report.problems, ...report.decision.problems]);
  const bom = wanted.includes('sbom') ? await documentOf(io) : undefined;
  progress.done();
  if (fatal[0]) {
    io.err(`pregate: ${displayText(fatal[0].message)} Nothing was stated. [nothing-stated]\n`);
    return Exit.couldNotCheck;
  }
  const about = {
    commit: place.head,
    commonDir: place.commonDir,
    ...(place.branchRef ? { ref: place.branchRef } : {}),
  };
  const made = await makeStatements(git, report, {
    kinds: wanted,
    ...about,
    ...(bom ? { bom } : {}),
    signer,
    env: io.env,
  });
  await writeBundles(
    text(args, 'sigstore-bundle'),
    made.map(({ envelope }) => envelope),
    io,
  );
  io.out(`✓ ${count(made.length, 'statement')} about ${place.head.slice(0, 7)}\n`);
  for (const { statement } of made) io.out(described(statement, io, 'no property holds'));
  if (wanted.includes('sbom') && !bom)
    io.err('pregate: no CycloneDX document could be made here, so none was stated. [sbom-not-made]\n');
  if (places.length > 0) io.out(`In the public log at ${places.join(', ')}: hashes, signature and certificate.\n`);
  io.out('\nTo send them: pregate attest push\n');
  return Exit.pass;
}

async function writeBundles(file: string | undefined, envelopes: readonly Envelope[], io: Io): Promise<void> {
  if (file === undefined) return;
  const { bundleLine } = await import('../attest/sigstore.ts');
  try {
    writeFileSync(path.resolve(io.cwd, file), envelopes.map((one) => `${bundleLine(one)}\n`).join(''));
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'error';
    throw new UsageError(
      `--sigstore-bundle ${JSON.stringify(file)} cannot be written (${why}); the notes have the statements`,
    );
  }
}

async function show({ git, operand, args, io }: Call): Promise<ExitCode> {
  const words = ['rev-parse', '--verify', '--end-of-options', `${operand ?? 'HEAD'}^{commit}`];
  const named = await runGit(git, words);
  if (named.code !== 0) throw new UsageError(`${JSON.stringify(operand ?? 'HEAD')} names no commit`);
  const commit = named.stdout.toString('latin1').trim();
  const envelopes = await readEnvelopes(git, commit);
  if (args.flags['json'])
    io.out(
      `${JSON.stringify(
        envelopes.map((one) => openPayload(one)?.statement),
        null,
        2,
      )}\n`,
    );
  else {
    io.out(`${count(envelopes.length, 'statement')} about ${commit.slice(0, 7)}\n`);
    for (const envelope of envelopes) {
      const statement = openPayload(envelope)?.statement;
      const keys = envelope.bundle ? 'a certificate' : envelope.signatures.map((one) => one.keyid).join(', ');
      io.out(statement ? described(statement, io) : '  unreadable\n');
      for (const line of wrap(`signed by ${displayText(keys)}`, io.width - 4)) io.out(`    ${line}\n`);
    }
    if (envelopes.length > 0) io.out('\nWhich of them hold says:\npregate verify --range A..B --statements\n');
  }
  return Exit.pass;
}

/** A statement's kind, and what it says holds, as wide as the terminal. */
function described({ predicateType, predicate }: Statement, io: Io, none = ''): string {
  const listed = predicate['properties'];
  const properties = Array.isArray(listed) ? listed.join(' ') || none : '';
  const lines = properties === '' ? [] : wrap(displayText(properties), io.width - 4).map((line) => `    ${line}\n`);
  return `  ${displayText(predicateType)}\n${lines.join('')}`;
}

async function push({ git, operand, io }: Call): Promise<ExitCode> {
  const problem = await pushStatements(git, operand ?? 'origin', io.env);
  if (problem) io.err(`pregate: ${displayText(problem)} [statements-not-pushed]\n`);
  else io.out(`The statements are on ${displayText(operand ?? 'origin')}.\n`);
  return problem ? Exit.couldNotCheck : Exit.pass;
}

async function setup({ git, args, io }: Call): Promise<ExitCode> {
  if (args.flags['off']) {
    await gitOutput(git, ['config', '--local', attestKey, 'false']);
    io.out('Pushes no longer send statements. Those that were made stay.\n');
    return Exit.pass;
  }
  await sshSigner(git, await readGitConfig(git));
  await gitOutput(git, ['config', '--local', attestKey, 'true']);
  const now = 'From now on a push that passes sends a signed statement ahead of the branch. CI fetches them with:';
  io.out(`${wrap(now, io.width).join('\n')}\n  git fetch origin ${notesRef}:${notesRef}\n`);
  return Exit.pass;
}

function kindsOf(list: string): Kind[] {
  const names = list.split(',').map((name) => name.trim());
  const strange = names.find((name) => !kinds.includes(name as Kind));
  if (strange !== undefined) throw new UsageError(`--kind takes ${kinds.join(', ')}, not ${JSON.stringify(strange)}`);
  return names as Kind[];
}

async function signerOf(git: Git, args: Args, io: Io, places: string[]): Promise<Signer> {
  const file = text(args, 'key');
  if (args.flags['keyless']) {
    if (file !== undefined) throw new UsageError('--keyless and --key exclude each other');
    const { keylessSigner } = await import('../attest/keyless.ts');
    const { fulcio, rekor } = publicServices;
    const services = {
      fulcio: addressOf(text(args, 'fulcio') ?? io.env['SIGSTORE_FULCIO_URL'] ?? fulcio),
      rekor: addressOf(text(args, 'rekor') ?? io.env['SIGSTORE_REKOR_URL'] ?? rekor),
    };
    return keylessSigner(services, io.env, (place) => places.push(place));
  }
  if (file === undefined) return sshSigner(git, await readGitConfig(git));
  try {
    const key = createPrivateKey(readFileSync(file));
    if (key.asymmetricKeyType === 'ed25519' || key.asymmetricKeyDetails?.namedCurve === 'prime256v1')
      return keySigner(key);
  } catch {
    // Said below: a file that is not there and one that is no key need the same remedy.
  }
  throw new UsageError('--key names no private key in PEM (Ed25519 or P-256) that can be read; nothing was signed');
}

function addressOf(url: string): string {
  if (URL.canParse(url)) return url;
  throw new UsageError(`${JSON.stringify(url)} is no address (URL); nothing was signed`);
}

/** The CycloneDX document of HEAD, or nothing where none can be made. */
async function documentOf(io: Io): Promise<Record<string, unknown> | undefined> {
  const [{ sbomOf }, { readSides }, { sbomOptions }] = await Promise.all([
    import('../sbom/index.ts'),
    import('../sbom/snapshots.ts'),
    import('./sbom.ts'),
  ]);
  const sides = await readSides(io.cwd, io.env);
  if (!sides.head) return undefined;
  const { bom } = await sbomOf(sides.head, sbomOptions(sides.root, io.env));
  return bom as Record<string, unknown> | undefined;
}
