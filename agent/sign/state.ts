import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { SigningState } from '../gate/types.ts';
import { signingWord } from '../git/commit-words.ts';
import { configFlag, configValue, type GitConfig } from '../git/config-list.ts';
import { gitArguments } from './process.ts';

/** How this repository signs, in the words of its configuration. */
export interface SigningSetup {
  format: 'ssh' | 'openpgp' | 'x509';
  key: string | undefined;
  sign: boolean;
  allowedSigners: string | undefined;
  email: string | undefined;
  /** A signer that somebody chose on purpose (1Password, gitsign, smimesign): never replaced by us. */
  program: string | undefined;
  /** One that was chosen where `gpg.format` does not say so yet: git does not call it. */
  otherProgram: { format: 'ssh' | 'x509'; program: string } | undefined;
}

export function readSetup(config: GitConfig): SigningSetup {
  const format = configValue(config, 'gpg.format') ?? 'openpgp';
  const kind = format === 'ssh' || format === 'x509' ? format : 'openpgp';
  const programFor = (one: SigningSetup['format']) =>
    configValue(config, `gpg.${one}.program`) ?? (one === 'openpgp' ? configValue(config, 'gpg.program') : undefined);
  const unsaid = configValue(config, 'gpg.format') === undefined;
  const other = unsaid ? (['ssh', 'x509'] as const).find((one) => programFor(one) !== undefined) : undefined;
  return {
    format: kind,
    key: configValue(config, 'user.signingkey'),
    sign: configFlag(config, 'commit.gpgsign') ?? false,
    allowedSigners: configValue(config, 'gpg.ssh.allowedsignersfile'),
    email: configValue(config, 'user.email'),
    program: programFor(kind),
    otherProgram: other && { format: other, program: programFor(other) ?? '' },
  };
}

/**
 * For the hooks: would the commit that is being made be signed?
 * `committing` looks at git's own command line, because `-S` and `--no-gpg-sign` overrule the configuration.
 */
export function signingState(
  config: GitConfig,
  options: { required: boolean; committing: boolean; pid?: number | undefined },
): SigningState {
  const setup = readSetup(config);
  if (!options.committing) return { required: options.required, configured: setup.sign, willSign: null };
  const words = gitArguments(options.pid);
  const typed = words && signingWord(words);
  const asked = typed ?? setup.sign;
  const missing = asked ? missingKey(setup) : undefined;
  const willSign = asked && missing === undefined;
  const why =
    missing ?? (typed === false ? '--no-gpg-sign was given' : 'commit.gpgsign is not set: pregate sign setup');
  return { required: options.required, configured: setup.sign, willSign, ...(willSign ? {} : { problem: why }) };
}

/**
 * What is plainly missing for the signature git is about to make. It only looks at files: a locked key or an agent that
 * is away is git's to find, and `pregate sign status` says it beforehand.
 */
function missingKey(setup: SigningSetup): string | undefined {
  if (setup.format !== 'ssh' || setup.key === undefined || /^(key::|ssh-|ecdsa-|sk-)/.test(setup.key)) return undefined;
  const path = setup.key.startsWith('~/') ? join(homedir(), setup.key.slice(2)) : setup.key;
  return !isAbsolute(path) || existsSync(path)
    ? undefined
    : 'user.signingkey names a file that is not there: pregate sign setup';
}
