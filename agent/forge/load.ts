import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Collected } from '../gate/types.ts';
import { GitFailure } from '../git/failure.ts';
import type { Document, Problem } from '../model/types.ts';
import { forgeJudge } from '../policy/forge/judge.ts';
import { parseSnapshot } from '../policy/forge/snapshot.ts';
import type { FurtherJudge } from '../policy/further.ts';
import { ensureState, readStateFile, repositoryId, stateFolder, writeStateFile } from '../state.ts';
import { snapshotName } from './kept.ts';

export interface LoadedForge {
  judges: FurtherJudge[];
  problems: Problem[];
  /** For `input.settings`. */
  settings?: Record<string, unknown>;
}

/** A snapshot may be this old where the configuration does not say. */
const defaultMaxAge = 30 * 86_400;
const maximumBytes = 20_000_000;

/**
 * The snapshot of the forge's rules that a repository is judged by: the file that `policy.forge` names, as the base of the
 * push has it, else the one in the user's state folder. One that is named and cannot be read closes the gate.
 */
export function loadForge(collected: Collected, env: NodeJS.ProcessEnv): LoadedForge {
  const { policy } = collected.config;
  const name = policy.forge ?? 'snapshot in the state folder';
  try {
    const text = policy.forge === undefined ? keptText(collected, env) : namedText(policy.forge, collected);
    if (text === undefined) {
      return policy.forge === undefined ? { judges: [], problems: [] } : failed(name, 'there is no such file');
    }
    const { snapshot, problem } = parseSnapshot(text);
    if (!snapshot) return failed(name, problem ?? 'it cannot be read');
    const options = {
      maxAgeSeconds: policy.forgeMaxAgeSeconds ?? defaultMaxAge,
      strict: policy.forgeMaxAgeSeconds !== undefined,
      name,
    };
    const { fetched_at, source, answers } = snapshot;
    return {
      judges: [forgeJudge(snapshot, options)],
      problems: [],
      settings: { [snapshot.provider]: { fetched_at, source, answers } },
    };
  } catch (error) {
    if (error instanceof GitFailure) return { judges: [], problems: [error.problem] };
    return failed(name, (error as NodeJS.ErrnoException).code ?? 'it cannot be read');
  }
}

/** Keeps a snapshot for this user and repository; answers with its path. */
export function keepSnapshot(commonDir: string, text: string, env: NodeJS.ProcessEnv): string {
  const file = path.join(ensureState(env, 'repositories', repositoryId(commonDir)), snapshotName);
  writeStateFile(file, text);
  return file;
}

function keptText({ repo }: Collected, env: NodeJS.ProcessEnv): string | undefined {
  if (repo.commonDir === undefined) return undefined;
  return readStateFile(path.join(stateFolder(env), 'repositories', repositoryId(repo.commonDir), snapshotName));
}

/** A push does not bring the rules it is judged by: where there is a base, its version counts. */
function namedText(named: string, { base, targets, context, repo }: Collected): string | undefined {
  const find = (documents: readonly Document[]) =>
    documents.find((document) => document.path === named && document.kind === 'file');
  const document = find(base) ?? find(context) ?? (base.length === 0 ? find(targets) : undefined);
  if (document) return document.text;
  // It is new: the base asks for rules that are not there, and what the push brings does not stand in for them.
  if (base.length > 0 && find(targets)) return undefined;
  const file = path.join(repo.root, named);
  const info = lstatSync(file, { throwIfNoEntry: false });
  if (!info?.isFile() || info.size > maximumBytes) return undefined;
  const real = realpathSync(file);
  return real.startsWith(realpathSync(repo.root) + path.sep) ? readFileSync(real, 'utf8') : undefined;
}

function failed(name: string, why: string): LoadedForge {
  const message = `The forge's rules (${name}) could not be read: ${why}. What it would refuse was not predicted.`;
  return { judges: [], problems: [{ code: 'forge-unreadable', message, fatal: true }] };
}
