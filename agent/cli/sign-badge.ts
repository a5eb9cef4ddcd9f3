import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Exit, type ExitCode } from '../gate/types.ts';
import { configValue, readGitConfig } from '../git/config-list.ts';
import { GitFailure } from '../git/failure.ts';
import { parseRemote } from '../git/remote-url.ts';
import { type Git, isOid, runGit } from '../git/run.ts';
import { displayText } from '../model/path.ts';
import { badgeOf, type ForgeAccount } from '../sign/badge.ts';
import { readForgeAccount } from '../sign/forge-account.ts';
import { verifyCommits } from '../sign/verify.ts';
import { type Args, type Io, text, UsageError } from './command.ts';

/** Prints what the forge will show beside a commit, and why: `GitHub will show Verified: …`. Exit 1 when it will not. */
export async function printBadge(git: Git, revision: string, args: Args, io: Io): Promise<ExitCode> {
  const words = ['log', '-1', '--no-show-signature', '--format=%H %ce', '--end-of-options', revision, '--'];
  const result = await runGit(git, words);
  const [oid = '', email = ''] = result.stdout.toString('utf8').trim().split(' ');
  if (result.code !== 0 || !isOid(oid)) {
    const message = `${revision} names no commit of this repository. Nothing was looked at.`;
    throw new GitFailure({ code: 'bad-revision', message, fatal: true });
  }
  const account = accountOf(text(args, 'forge'), io);
  const signature = (await verifyCommits({ root: git.cwd }, [oid], { env: io.env })).get(oid);
  const badge = badgeOf(signature ?? { present: false, status: 'none' }, email, account);
  const forge = forgeName(configValue(await readGitConfig(git), 'remote.origin.url'));
  if (args.flags['json'])
    io.out(`${JSON.stringify({ commit: oid, forge, ...badge, shown: badge.shown ?? null }, null, 2)}\n`);
  else {
    const shown = badge.shown ?? 'no badge';
    const joint = badge.certain ? ', because ' : ' ';
    io.out(`${forge} will show ${shown} beside ${oid.slice(0, 7)}${joint}${displayText(badge.because)}\n`);
  }
  return badge.shown === 'Verified' ? Exit.pass : Exit.violation;
}

function accountOf(files: string | undefined, io: Io): ForgeAccount {
  if (files === undefined) return {};
  try {
    return readForgeAccount(files.split(',').map((file) => readFileSync(path.resolve(io.cwd, file.trim()), 'utf8')));
  } catch {
    throw new UsageError('--forge names a file that is no saved list of keys or addresses; nothing was looked at');
  }
}

function forgeName(url: string | undefined): string {
  const provider = url === undefined ? '' : parseRemote(url).provider;
  const names: Record<string, string> = { github: 'GitHub', gitlab: 'GitLab', gitea: 'Gitea', bitbucket: 'Bitbucket' };
  return names[provider] ?? 'The forge';
}
