import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { documentFromBytes } from '../../agent/model/document.ts';
import { textSubjects } from '../../agent/model/subjects-text.ts';
import { textRules } from '../../agent/rules/registry.ts';
import { runRules } from '../../agent/rules/run.ts';
import { median, peer, type Row, root, scratch, times } from '../row.ts';

const most = 50e6;

/** Every rule that reads plain text, on real code: what the packages of this repository hold. One core. */
export const secrets: Row = {
  name: 'secret scan of a tree',
  budgetText: '≥ 3 × gitleaks',
  async measure() {
    const files = sources();
    const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
    const rules = await textRules();
    const scan = () =>
      runRules({
        targets: files.map((file) => documentFromBytes(file.path, file.bytes)),
        context: [],
        base: [],
        rules,
        subjectsOf: textSubjects,
        fingerprintKey: new Uint8Array(32),
        hasBase: false,
      });
    let found = 0;
    const spent = await times(
      3,
      async () => {
        found = (await scan()).findings.length;
      },
      1,
    );
    const own = bytes / 1e6 / (median(spent) / 1000);
    const theirs = await measureGitleaks(files, bytes);
    const compared =
      theirs === undefined
        ? 'gitleaks is not on the PATH'
        : `gitleaks ${theirs.toFixed(0)} MB/s, ratio ${(own / theirs).toFixed(1)}`;
    const note = `${(bytes / 1e6).toFixed(0)} MB in ${files.length} files, ${found} findings; ${compared}`;
    return { figure: own, unit: 'MB/s', note };
  },
};

interface Source {
  path: string;
  bytes: Buffer;
}

/** JavaScript and declarations as published, in the order of their names, up to 50 MB; files over 1 MB are left out. */
function sources(): Source[] {
  const out: Source[] = [];
  let total = 0;
  for (const path of globSync('node_modules/**/*.{js,cjs,mjs,ts,json,md}', { cwd: root }).sort()) {
    const file = join(root, path);
    const { size } = statSync(file);
    if (size > 1e6 || total + size > most || !statSync(file).isFile()) continue;
    total += size;
    out.push({ path, bytes: readFileSync(file) });
  }
  return out;
}

async function measureGitleaks(files: readonly Source[], bytes: number): Promise<number | undefined> {
  const gitleaks = peer('gitleaks');
  if (gitleaks === undefined) return undefined;
  const { folder, env } = scratch();
  const tree = join(folder, 'tree');
  for (const file of files) {
    // Gitleaks leaves node_modules out by its own allow-list, so the same bytes stand under another name.
    const target = join(tree, file.path.replaceAll('node_modules', 'packages'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, file.bytes);
  }
  const words = ['dir', tree, '--no-banner', '--exit-code', '0', '--log-level', 'error'];
  // One core, as ours.
  const one = { ...env, GOMAXPROCS: '1' };
  const spent = await times(3, () => execFileSync(gitleaks, words, { env: one, stdio: 'ignore' }), 1);
  return bytes / 1e6 / (median(spent) / 1000);
}
