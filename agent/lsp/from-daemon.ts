import { hashOf, runningBundle } from '../../hooks/bundle.ts';
import { ask } from '../daemon/client.ts';
import { isOff, readInfo } from '../daemon/folder.ts';
import type { Report } from '../gate/types.ts';
import { stateFolder } from '../state.ts';

/**
 * What the daemon that serves the hooks says about the index of a repository: it runs the function that would run here, on a
 * reader and compiled code that it keeps anyway. Undefined when none of this very build runs, is switched off, is busy with a hook
 * or does not answer in time; then the editor looks itself. Never throws.
 */
export async function stagedReport(root: string, env: NodeJS.ProcessEnv = process.env): Promise<Report | undefined> {
  try {
    const info = isOff(env) || (later.get(root) ?? 0) > Date.now() ? undefined : readInfo(env);
    if (!info || info.bundle !== ownBuild()) return undefined;
    const told = Object.entries(env).filter(
      (one): one is [string, string] => one[1] !== undefined && decides.test(one[0]),
    );
    const variables = { ...Object.fromEntries(told), PREGATE_STATE_DIR: stateFolder(env) };
    const answer = await ask(info, { hook: 'report', cwd: root, env: variables }, 2500);
    if (answer?.code === 0) return JSON.parse(answer.text) as Report;
    later.set(root, Date.now() + patience);
    return undefined;
  } catch {
    return undefined;
  }
}

/** What of an environment says which repository is meant, how it is configured and where its keys are. */
const decides = /^(?:GIT_(?!TRACE)\w+|PATH|HOME|XDG_CONFIG_HOME|XDG_STATE_HOME|GNUPGHOME|SSH_AUTH_SOCK)$/;

/** What took the daemon too long once would do so again, and cost the hooks a warm thread each time. */
const patience = 10 * 60_000;
const later = new Map<string, number>();

let own: { hash: string | undefined } | undefined;

/** Hash of the build that runs here, as an installation of its hooks would name it; none where it lies in pieces. */
function ownBuild(): string | undefined {
  own ??= { hash: hashOfRunning() };
  return own.hash;
}

function hashOfRunning(): string | undefined {
  try {
    return hashOf(runningBundle());
  } catch {
    return undefined;
  }
}
