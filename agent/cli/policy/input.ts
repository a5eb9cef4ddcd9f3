import { checkFully } from '../../gate/check.ts';
import { Exit, type ExitCode } from '../../gate/types.ts';
import { displayText } from '../../model/path.ts';
import type { BuiltInput } from '../../policy/input.ts';
import { partsOf } from '../../policy/places.ts';
import type { Place } from '../../policy/types.ts';
import { problemsOf } from '../../report/facts.ts';
import { type Args, type Io, UsageError } from '../command.ts';

/**
 * `policy input`: prints what policies see as `input`, so that one can be written against a real change. With a JSON
 * pointer only that part, and on standard error where in the repository it comes from.
 */
export async function runInput(args: Args, rest: readonly string[], now: Date, io: Io): Promise<ExitCode> {
  const [pointer, extra] = rest;
  if (extra !== undefined || (pointer !== undefined && !pointer.startsWith('/'))) {
    throw new UsageError('policy input takes one JSON pointer, such as /commits/0 (policy --help)');
  }
  let built: BuiltInput | undefined;
  const { report, mask } = await checkFully(
    { kind: args.flags['staged'] ? 'staged' : 'outgoing' },
    {
      cwd: io.cwd,
      env: io.env,
      ...(args.flags['at'] === undefined ? {} : { now: now.toISOString() }),
      further: [
        (question) => {
          built ??= question.built;
          return [];
        },
      ],
    },
  );
  if (!built) {
    const problem = problemsOf(report).find((one) => one.fatal);
    const code = problem?.code ?? 'policy-unreadable';
    io.err(`pregate: ${displayText(problem?.message ?? 'there is no policy, so there is no input')} [${code}]\n`);
    return Exit.couldNotCheck;
  }
  const value = pointer === undefined ? built.input : valueAt(built.input, pointer);
  if (value === undefined) {
    io.err(`pregate: the input has nothing at ${displayText(pointer ?? '')} [no-such-value]\n`);
    return Exit.usage;
  }
  io.out(mask(`${JSON.stringify(value, null, 2)}\n`));
  const place = pointer === undefined ? undefined : built.places.at(pointer);
  if (place) io.err(mask(`from ${placeText(place)}\n`));
  else if (pointer !== undefined)
    io.err(`from ${isUnknown(built.unknown, pointer) ? 'nowhere: not known here' : 'this run'}\n`);
  return Exit.pass;
}

function isUnknown(unknown: readonly string[], pointer: string): boolean {
  return unknown.some((one) => pointer === one || pointer.startsWith(`${one}/`));
}

function placeText({ path, span }: Place): string {
  return `${displayText(path)}${span ? `:${span.line}:${span.column}` : ''}`;
}

function valueAt(input: unknown, pointer: string): unknown {
  let value = input;
  for (const part of partsOf(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}
