import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseYaml } from '../../policy/bundle/text.ts';
import { type Io, UsageError } from '../command.ts';

/**
 * What `--schema` names: a file is the schema of the input; those of a folder have their path for a name, `a/b.json` is
 * `schema.a.b`. Throws `UsageError` for what cannot be read.
 */
export function schemasOf(named: string | undefined, io: Io): ReadonlyMap<string, unknown> | undefined {
  if (named === undefined) return undefined;
  const path = resolve(io.cwd, named);
  try {
    if (!statSync(path).isDirectory()) return new Map([['schema', documentOf(path)]]);
    const entries = readdirSync(path, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((e) => e.isFile() && /\.(json|ya?ml)$/.test(e.name))
      .map((e) => join(e.parentPath, e.name));
    const schemas = new Map<string, unknown>();
    for (const file of files.sort()) {
      const name = relative(path, file)
        .replace(/\.\w+$/, '')
        .split(/[/\\]/);
      schemas.set(['schema', ...name].join('\0'), documentOf(file));
    }
    return schemas;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : '';
    throw new UsageError(`the schema ${named} cannot be read (${reason})`);
  }
}

function documentOf(path: string): unknown {
  const read = readFileSync(path, 'utf8');
  return path.endsWith('.json') ? JSON.parse(read) : parseYaml(read);
}
