import { Exit, type ExitCode } from '../../gate/types.ts';
import { type Args, type Io, list, text, UsageError } from '../command.ts';
import { firstErrors, opaErrors, printErrors } from './errors.ts';
import { compileSources, orCouldNotCheck, sourcesOf } from './sources.ts';
import { oneOf, wholeOf } from './values.ts';

/** `policy check PATH…`: parses and compiles, evaluates nothing. Exit code 1 when there is an error. */
export function runCheck(args: Args, paths: readonly string[], io: Io): Promise<ExitCode> {
  return orCouldNotCheck(io, () => checkPaths(args, paths, io));
}

async function checkPaths(args: Args, paths: readonly string[], io: Io): Promise<ExitCode> {
  if (paths.length === 0 && list(args, 'bundle').length === 0)
    throw new UsageError('policy check needs a file or folder: pregate policy check policy/');
  const asOpa = oneOf('format', text(args, 'format'), ['pretty', 'json']) === 'json';
  const most = wholeOf('max-errors', text(args, 'max-errors')) ?? 10;
  const sources = await sourcesOf(args, io, paths, { regoOnly: true });
  if (sources.modules.length === 0)
    throw new UsageError(`no .rego file in ${paths.join(', ')}, so nothing was checked`);
  const { errors } = compileSources(sources);
  const shown = firstErrors(errors, most);
  // As in OPA, `--format json` says nothing where there is nothing to say, and speaks on standard error.
  if (args.flags['json']) io.out(`${JSON.stringify({ errors }, null, 2)}\n`);
  else if (asOpa && errors.length > 0) io.err(`${JSON.stringify({ errors: opaErrors(shown) }, null, 2)}\n`);
  else if (!asOpa) printErrors(shown, sources, io);
  return errors.length > 0 ? Exit.violation : Exit.pass;
}
