import { shown } from '../../model/npm/report.ts';
import type { Requirement, Requirements } from '../../model/python/requirements.ts';
import { defineRule, type RuleContext } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'py-no-hash',
    title: 'Python requirement without a hash',
    category: 'dependency',
    severity: 'info',
    confidence: 'high',
    why: 'A version names a release, not its content: an index or mirror can serve other files under it.\nWith --hash pip checks what it downloads, and once one line has a hash all must.',
    fix: 'Compile the file with hashes: uv pip compile --generate-hashes, or pip-compile --generate-hashes.',
    sources: ['https://pip.pypa.io/en/stable/topics/secure-installs/'],
  },
  reads: 'requirements',
  *check(file, context) {
    if (file.constraints || file.document.path.endsWith('.in')) return;
    const bare = file.requirements.filter((each) => each.hashes.length === 0 && each.kind !== 'path');
    if (bare.length === 0) return;
    const { path } = file.document;
    if (file.hashed) {
      for (const each of bare) {
        const name = shown(each.name ?? each.specifier);
        const message = `${name} has no hash but this file asks for hashes: pip refuses the whole install`;
        yield { path, range: each.range, message, severity: 'medium', identity: each.name ?? each.specifier };
      }
      return;
    }
    if (!isWholePinned(file, bare)) return;
    const count = bare.length === 1 ? '1 requirement is' : `${bare.length} requirements are`;
    const message = `${count} pinned by version but not by hash: other files under the same version are not noticed`;
    yield { path, range: bare[0]!.range, message, identity: 'file', command: compileCommand(file, context) };
  },
});

/** Compiles from the input file beside it, else from the file itself. A path a shell could misread is not written out. */
function compileCommand(file: Requirements, context: RuleContext): string {
  const { path } = file.document;
  const input = path.replace(/\.txt$/, '.in');
  const source = context.document(input) ? input : path;
  const safe = /^[\w./-]+$/.test(path) && !path.startsWith('-');
  return `uv pip compile --generate-hashes ${safe ? `${source} -o ${path}` : '<input> -o <output>'}`;
}

/** As long as something floats, `py-unpinned` has the more urgent word. */
function isWholePinned(file: Requirements, bare: readonly Requirement[]): boolean {
  return file.requirements.length > 0 && bare.every((each) => each.kind === 'exact');
}
