import { Exit, type ExitCode } from '../../gate/types.ts';
import { type Args, type Io, list, text, UsageError } from '../command.ts';
import { printErrors } from './errors.ts';
import { compileSources, orCouldNotCheck, sourcesOf } from './sources.ts';

/** `policy check PATH…`: parses and compiles, evaluates nothing. Exit code 1 when there is an error. */
export function runCheck(args: Args, paths: readonly string[], io: Io): Promise<ExitCode> {
  return orCouldNotCheck(io, () => checkPaths(args, paths, io));
}

async function checkPaths(args: Args, paths: readonly string[], io: Io): Promise<ExitCode> {
  if (paths.length === 0 && list(args, 'bundle').length === 0)
    throw new UsageError('policy check needs a file or folder: pregate policy check policy/');
  const sources = await sourcesOf(args, io, paths);
  if (sources.modules.length === 0)
    throw new UsageError(`no .rego file in ${paths.join(', ')}, so nothing was checked`);
  const { errors } = compileSources(sources);
  const asOpa = text(args, 'format') === 'json';
  // As in OPA, `--format json` says nothing where there is nothing to say; `--json` always is a document.
  if (args.flags['json'] || (asOpa && errors.length > 0)) io.out(`${JSON.stringify({ errors }, null, 2)}\n`);
  else if (!asOpa) printErrors(errors, sources, io);
  return errors.length > 0 ? Exit.violation : Exit.pass;
}
