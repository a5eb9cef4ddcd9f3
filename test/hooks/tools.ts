import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { source } from './support.ts';

/** Downloaded programs lie beside what npm has installed and are fetched once. */
const cache = path.join(source, 'node_modules/.cache/pregate-hook-managers');

/** lefthook of npm, or why the tests that need it are skipped. */
export function lefthook(): { program: string } | { skip: string } {
  const version = '2.2.2';
  const folder = path.join(cache, `lefthook-${version}`);
  const program = path.join(folder, 'package/bin', process.platform === 'win32' ? 'lefthook.exe' : 'lefthook');
  if (existsSync(program)) return { program };
  try {
    mkdirSync(folder, { recursive: true });
    const name = `lefthook-${process.platform}-${process.arch}@${version}`;
    execFileSync('npm', ['pack', '--silent', name], { cwd: folder, timeout: 30_000, stdio: 'pipe' });
    const archive = readdirSync(folder).find((file) => file.endsWith('.tgz')) as string;
    execFileSync('tar', ['-xzf', archive], { cwd: folder });
    return { program };
  } catch {
    rmSync(folder, { recursive: true, force: true });
    return { skip: 'lefthook could not be fetched from the npm registry' };
  }
}

/** The pre-commit framework: of the PATH, or from pip in a virtual environment; or why the tests are skipped. */
export function framework(): { program: string } | { skip: string } {
  const folder = path.join(cache, 'pre-commit');
  const program = path.join(folder, 'bin/pre-commit');
  if (existsSync(program)) return { program };
  const found = spawnSync('sh', ['-c', 'command -v pre-commit'], { encoding: 'utf8' }).stdout.trim();
  if (found !== '') return { program: found };
  try {
    mkdirSync(cache, { recursive: true });
    execFileSync('python3', ['-m', 'venv', folder], { timeout: 30_000, stdio: 'pipe' });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'pre-commit==4.3.0'];
    execFileSync(path.join(folder, 'bin/python'), pip, { timeout: 90_000, stdio: 'pipe' });
    return { program };
  } catch {
    rmSync(folder, { recursive: true, force: true });
    return { skip: 'the pre-commit framework could not be installed with pip' };
  }
}
