import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { callsHost } from '../../policy/conventions/host-builtins.ts';
import type { HostBuiltins, ReadBeside } from '../../policy/conventions/hosts.ts';
import { BuiltinFailure } from '../../rego/index.ts';

const FILE_BYTES = 32_000_000;

/**
 * The builtins of conftest and Conforma for policy that calls any, with files read from the disk: a policy names them
 * from its own folder, as in conftest. Undefined for all other policy, which then loads none of the parsers.
 */
export async function builtinsOfHosts(texts: readonly string[], cwd: string): Promise<HostBuiltins | undefined> {
  if (!texts.some(callsHost)) return undefined;
  const { hostBuiltins } = await import('../../policy/conventions/hosts.ts');
  return hostBuiltins(readBeside(cwd));
}

/** Reads what a policy names; a file that cannot be read makes the call undefined. */
function readBeside(cwd: string): ReadBeside {
  return (name, from) => {
    const path = resolve(cwd, join(dirname(from), name));
    try {
      const bytes = readFileSync(path);
      if (bytes.length > FILE_BYTES) throw new BuiltinFailure(`${name} is larger than ${FILE_BYTES / 1e6} MB`);
      return { path: relative(cwd, path), text: bytes.toString('utf8') };
    } catch (error) {
      if (error instanceof BuiltinFailure) throw error;
      throw new BuiltinFailure(`${name} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})`);
    }
  };
}
