import path from 'node:path';
import { record } from '../audit/log.ts';
import { Exit, type ExitCode } from '../gate/types.ts';
import { readGitConfig } from '../git/config-list.ts';
import { GitFailure } from '../git/failure.ts';
import { findPlace } from '../git/place.ts';
import { type Git, openGit } from '../git/run.ts';
import { displayText } from '../model/path.ts';
import { discoverKeys, keyInFile, type UsableKey } from '../sign/discover.ts';
import { applySetup, makeKey, planSetup } from '../sign/setup.ts';
import { readSetup } from '../sign/state.ts';
import { signingStatus } from '../sign/status.ts';
import { type Args, type Command, type Io, text, UsageError } from './command.ts';
import { confirm } from './confirm.ts';
import { styleOf } from './render.ts';

export const command: Command = {
  name: 'sign',
  summary: 'Makes sure that commits are signed: git signs, Pregate sets it up and says what is wrong.',
  usage: [
    'sign setup [--key FINGERPRINT | --make] [--yes]',
    'sign status',
    'sign fix [BASE]',
    'sign badge [COMMIT] [--forge FILE,FILE]',
  ],
  help: [
    'setup finds a key (ssh-agent, ~/.ssh, gpg) and changes the configuration of this repository only. A signer that is set',
    'up already (1Password, gitsign, smimesign) is kept. fix signs unpushed commits again, from the first without a good',
    'signature, and keeps dates, merges, files and what is not committed as they are.',
  ],
  options: {
    key: { type: 'string', value: 'FINGERPRINT', help: 'use this key, by its fingerprint or the path of its file' },
    make: { type: 'boolean', help: 'make a new ed25519 key, ~/.ssh/id_ed25519_signing' },
    'no-passphrase': { type: 'boolean', help: 'with --make: leave the new key without a passphrase' },
    yes: { type: 'boolean', short: 'y', help: 'do not ask' },
    forge: { type: 'string', value: 'FILES', help: 'badge: saved answers of the forge: signing keys, addresses' },
    json: { type: 'boolean', help: 'status and badge as JSON' },
  },
  examples: [
    ['pregate sign setup', 'once in each repository'],
    ['pregate sign status', 'what is wrong, in one line'],
    ['pregate sign fix', 'sign what no remote has and nobody has signed'],
    ['pregate sign badge --forge keys.json,emails.json', 'what GitHub or GitLab will show beside HEAD, and why'],
  ],
  async run(args, io): Promise<ExitCode> {
    const [action, operand, extra] = args.positionals;
    if (extra !== undefined) throw new UsageError(`unexpected ${JSON.stringify(extra)}`);
    const known =
      action === 'fix' || action === 'badge' || ((action === 'status' || action === 'setup') && operand === undefined);
    if (!known) throw new UsageError('sign needs one of: setup, status, fix, badge');
    try {
      const git = openGit(io.cwd, io.env);
      const place = await findPlace(git);
      const here: Git = { ...git, cwd: place.root };
      if (action === 'status') return await status(here, args, io);
      if (action === 'badge') {
        const { printBadge } = await import('./sign-badge.ts');
        return await printBadge(here, operand ?? 'HEAD', args, io);
      }
      if (action === 'setup') return await setup(here, place.commonDir, args, io);
      const { fixSignatures } = await import('./sign-fix.ts');
      return await fixSignatures(here, operand, args, io);
    } catch (error) {
      if (!(error instanceof GitFailure)) throw error;
      io.err(`pregate: ${displayText(error.problem.message)} [${error.problem.code}]\n`);
      return Exit.couldNotCheck;
    }
  },
};

async function status(git: Git, args: Args, io: Io): Promise<ExitCode> {
  const report = await signingStatus({ root: git.cwd }, await readGitConfig(git), io.env);
  if (args.flags['json']) io.out(`${JSON.stringify(report, null, 2)}\n`);
  else {
    const style = styleOf(io);
    io.out(`${report.ok ? style.green('✓') : style.red('✗')} ${report.line}\n`);
    if (report.remedy) io.out(`  ${report.remedy}\n`);
  }
  return report.ok ? Exit.pass : Exit.violation;
}

async function setup(git: Git, commonDir: string, args: Args, io: Io): Promise<ExitCode> {
  const config = await readGitConfig(git);
  const now = readSetup(config);
  if (!now.email) {
    io.err(
      'pregate: user.email is not set, so nobody could be named as the signer; nothing was changed. [no-identity]\n',
    );
    io.err('  git config user.email you@example.com\n');
    return Exit.couldNotCheck;
  }
  if (now.program && !args.flags['make'] && !args.flags['key']) {
    io.out(`Your signer is kept: ${now.program}\n`);
    return status(git, args, io);
  }
  // git calls it only once its format is the one that is set; a format of ours in its place would have it sign with a key that
  // it does not have, or not at all.
  const other = now.program === undefined ? now.otherProgram : undefined;
  if (other && !args.flags['make'] && !args.flags['key']) {
    io.out(`Your signer is kept: ${displayText(other.program)}. Git calls it once you say so:\n`);
    io.out(`  git config gpg.format ${other.format}\n`);
    if (!now.key) io.out('  git config user.signingkey <the key that it holds>\n');
    if (!now.sign) io.out('  git config commit.gpgsign true\n');
    return Exit.violation;
  }
  const key = args.flags['make'] ? await newKey(git, now.email, args, io) : await chooseKey(git, args, io);
  if (!key) return Exit.couldNotCheck;
  const plan = planSetup({ key, email: now.email, commonDir, allowedSigners: now.allowedSigners });
  io.out(`Key     ${key.fingerprint} (${key.where}${key.comment ? `, ${key.comment}` : ''})\n`);
  for (const [name, value] of plan.settings) io.out(`  git config ${name} ${value}\n`);
  if (plan.allowedSigners?.line) io.out(`  ${plan.allowedSigners.path}: add ${now.email}\n`);
  if (!args.flags['yes'] && !(await confirm(io, 'Set this repository up to sign with it?'))) {
    io.err('Nothing was changed.\n');
    return Exit.usage;
  }
  await applySetup(git, plan);
  await record(commonDir, { event: 'key-change', key: key.fingerprint }, io.env);
  io.out('Tags are signed too, so git tag NAME asks for a message. One without either: git tag --no-sign NAME\n');
  const code = await status(git, args, io);
  if (code !== Exit.pass)
    io.out('  Until then git makes no commit here. To wait with it: git config commit.gpgsign false\n');
  return code;
}

async function newKey(git: Git, email: string, args: Args, io: Io): Promise<UsableKey | undefined> {
  if (!args.flags['no-passphrase']) {
    io.err(
      'pregate: run this yourself, so that only you see the passphrase, then pregate sign setup again: [no-key]\n',
    );
    io.err(`  ssh-keygen -t ed25519 -C ${email} -f ~/.ssh/id_ed25519_signing && ssh-add ~/.ssh/id_ed25519_signing\n`);
    io.err('  or add --no-passphrase to have a key made without one. Nothing was changed.\n');
    return undefined;
  }
  try {
    return await makeKey(git.env, { email, passphrase: '' });
  } catch (error) {
    io.err(`pregate: ${error instanceof Error ? error.message : 'no key could be made'} [no-key]\n`);
    return undefined;
  }
}

async function chooseKey(git: Git, args: Args, io: Io): Promise<UsableKey | undefined> {
  const keys = await discoverKeys(git.env);
  const wanted = text(args, 'key');
  const fits = (key: UsableKey) => wanted === undefined || [key.fingerprint, key.value, key.where].includes(wanted);
  // Git runs `ssh-keygen` in the root of the work tree: what is named from elsewhere is kept as a whole path.
  const key = keys.find(fits) ?? (wanted === undefined ? undefined : keyInFile(path.resolve(io.cwd, wanted), wanted));
  if (key) {
    const others = keys.length - 1;
    if (wanted === undefined && others > 0)
      io.out(`${others} more key${others === 1 ? '' : 's'} found; --key chooses.\n`);
    return key;
  }
  io.err(
    `pregate: no usable key was found${wanted ? ` that is called ${wanted}` : ' in ssh-agent, ~/.ssh or gpg'}; nothing was changed. [no-key]\n`,
  );
  for (const other of keys) io.err(`  ${other.fingerprint} (${other.where})\n`);
  if (keys.length === 0) io.err('  pregate sign setup --make makes one.\n');
  return undefined;
}
