import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
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

/**
 * A git that runs hooks of its configuration (2.54 and later): the one of `PREGATE_TEST_GIT`, of the PATH, or of the places
 * where people put a second one; or why the tests that need it are skipped.
 */
export function newGit(): { folder: string } | { skip: string } {
  const folders = [
    process.env['PREGATE_TEST_GIT'] ?? '',
    ...(process.env['PATH'] ?? '').split(path.delimiter),
    ...['/usr/local', '/opt', '/opt/*', '/opt/*/*'].flatMap((place) => globSync(`${place}/bin`)),
  ];
  for (const folder of folders) {
    if (!path.isAbsolute(folder) || !existsSync(path.join(folder, 'git'))) continue;
    const { stdout } = spawnSync(path.join(folder, 'git'), ['version'], { encoding: 'utf8' });
    const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(stdout ?? '') ?? []).slice(1).map(Number);
    if (major > 2 || (major === 2 && minor >= 54)) return { folder };
  }
  return { skip: 'no git 2.54 or newer was found; PREGATE_TEST_GIT can name the folder of one' };
}
