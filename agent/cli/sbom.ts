import { join } from 'node:path';
import { Exit, type ExitCode } from '../gate/types.ts';
import { GitFailure } from '../git/failure.ts';
import { displayText } from '../model/path.ts';
import { diffDependencies } from '../model/sbom/diff.ts';
import { nothingToDescribe, unreadText } from '../model/sbom/ecosystems.ts';
import { markdownSbom, renderSbom } from '../report/sbom.ts';
import { exportSbom, type SbomOptions, type SbomPreview, type SpecVersion, sbomOf, summarise } from '../sbom/index.ts';
import { readSides, type Sides } from '../sbom/snapshots.ts';
import type { Snapshot } from '../sbom/types.ts';
import { stateFolder } from '../state-folder.ts';
import { type Args, type Command, type Io, text, UsageError } from './command.ts';
import { progressOf, styleOf } from './render.ts';

const sides = ['staged', 'head', 'base'] as const;

export const command: Command = {
  name: 'sbom',
  summary:
    'Shows the components of the npm project as staged, and what changed since the merge-base. Only npm is read.',
  usage: ['sbom [--of SIDE] [--export FILE]', 'sbom diff [--from SIDE] [--to SIDE]'],
  help: [
    'A side is staged (the index), head, or base (the merge-base with the remote). The document is made by CycloneDX on a',
    'snapshot of manifest and lock in a private folder: no configuration and no script of the repository takes part.',
  ],
  options: {
    of: { type: 'string', value: 'SIDE', help: 'describe this side: staged (default), head, base' },
    from: { type: 'string', value: 'SIDE', help: 'diff: the older side (default base)' },
    to: { type: 'string', value: 'SIDE', help: 'diff: the newer side (default staged)' },
    project: { type: 'string', value: 'DIR', help: 'folder of package.json, relative to the root of the repository' },
    export: { type: 'string', value: 'FILE', help: 'write the CycloneDX document to this file' },
    spec: { type: 'string', value: 'VERSION', help: 'CycloneDX version to write: 1.4, 1.5, 1.6 (default), 1.7' },
    json: { type: 'boolean', help: 'print the CycloneDX document, or the changes of a diff' },
    markdown: { type: 'boolean', help: 'print Markdown for a merge request' },
  },
  examples: [
    ['pregate sbom', 'what is staged, against the merge-base'],
    ['pregate sbom --export bom.json', 'the document as a file'],
    ['pregate sbom diff --from head --to staged', 'what this commit changes'],
  ],
  async run(args, io): Promise<ExitCode> {
    const [action, extra] = args.positionals;
    if (extra !== undefined || (action !== undefined && action !== 'diff')) {
      throw new UsageError(`sbom takes nothing or diff, not ${JSON.stringify(extra ?? action)}`);
    }
    const folder = (text(args, 'project') ?? '').replace(/^\.?\/|\/$/g, '');
    const all = await readSides(io.cwd, io.env, folder).catch((error: unknown) => {
      if (error instanceof GitFailure) return `${error.problem.message} [${error.problem.code}]`;
      throw error;
    });
    if (typeof all === 'string') {
      io.err(`pregate: ${displayText(all)}\n`);
      return Exit.couldNotCheck;
    }
    const to = sideOf(all, text(args, action === 'diff' ? 'to' : 'of') ?? 'staged');
    if (!to) {
      const said = nothingToDescribe(folder, all.unread, all.projects);
      io.err(
        `pregate: ${displayText(said)}; nothing was made. [${all.unread.length > 0 ? 'not-npm' : 'manifest-missing'}]\n`,
      );
      return Exit.couldNotCheck;
    }
    return action === 'diff' ? diff(all, to, args, io) : describe(all, to, args, io);
  },
};

/** The options of `sbomOf` for this process: the generator lies beside the running bundle. */
export function sbomOptions(root: string, env: NodeJS.ProcessEnv, specVersion?: SpecVersion): SbomOptions {
  const folder = stateFolder(env, process.platform);
  return {
    cli: join(typeof __dirname === 'string' ? __dirname : join(import.meta.dirname, '../../dist'), 'sbom.cjs'),
    env,
    root,
    ...(folder === undefined ? {} : { stateFolder: folder }),
    ...(specVersion === undefined ? {} : { specVersion }),
  };
}

async function describe(all: Sides, to: Snapshot, args: Args, io: Io): Promise<ExitCode> {
  const progress = progressOf(io);
  progress.report({ done: 0, total: 0, label: 'making the SBOM' });
  const options = sbomOptions(all.root, io.env, specOf(args));
  const [result, before] = await Promise.all([sbomOf(to, options), all.base ? sbomOf(all.base, options) : undefined]);
  progress.done();
  const changes = before ? diffDependencies(before.set, result.set) : [];
  const preview = {
    ...summarise(result, changes, before ? all.base?.label : undefined),
    unread: unreadText(all.unread),
  };
  const target = text(args, 'export');
  if (target !== undefined) {
    const problem = exportSbom(result, target, {
      root: all.root,
      ...(all.headTime ? { timestamp: all.headTime } : {}),
    });
    if (problem) {
      io.err(`pregate: ${displayText(problem.message)} [${problem.code}]\n`);
      return Exit.couldNotCheck;
    }
    io.err(`wrote ${displayText(target)}\n`);
  }
  if (args.flags['json'])
    io.out(
      `${JSON.stringify(result.bom ?? { problems: result.problems, components: result.set.components }, null, 2)}\n`,
    );
  else print(preview, args, io);
  return result.complete ? Exit.pass : Exit.couldNotCheck;
}

async function diff(all: Sides, to: Snapshot, args: Args, io: Io): Promise<ExitCode> {
  const from = sideOf(all, text(args, 'from') ?? 'base');
  if (!from) {
    io.err(
      'pregate: there is nothing to compare with: no commit holds this package.json; nothing was compared. [nothing-to-compare]\n',
    );
    return Exit.couldNotCheck;
  }
  const options = sbomOptions(all.root, io.env);
  const [before, after] = await Promise.all([sbomOf(from, options), sbomOf(to, options)]);
  const preview = summarise(after, diffDependencies(before.set, after.set), from.label);
  preview.problems = [...before.problems, ...after.problems];
  preview.complete = before.complete && after.complete;
  preview.unread = unreadText(all.unread);
  if (args.flags['json']) {
    const { changes, base, label, complete, problems } = preview;
    io.out(
      `${JSON.stringify({ schema: 'pregate.sbom-diff/v1', from: base, to: label, complete, problems, changes }, null, 2)}\n`,
    );
  } else print(preview, args, io);
  return preview.complete ? Exit.pass : Exit.couldNotCheck;
}

function print(preview: SbomPreview, args: Args, io: Io): void {
  io.out(args.flags['markdown'] ? markdownSbom(preview) : renderSbom(preview, styleOf(io)));
}

function sideOf(all: Sides, name: string): Snapshot | undefined {
  if (!(sides as readonly string[]).includes(name))
    throw new UsageError(`a side is one of ${sides.join(', ')}, not ${JSON.stringify(name)}`);
  return all[name as (typeof sides)[number]];
}

function specOf(args: Args): SpecVersion | undefined {
  const spec = text(args, 'spec');
  if (spec === undefined || ['1.4', '1.5', '1.6', '1.7'].includes(spec)) return spec as SpecVersion | undefined;
  throw new UsageError('--spec must be 1.4, 1.5, 1.6 or 1.7');
}
