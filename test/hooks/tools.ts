import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { source } from './support.ts';

/** Downloaded programs lie beside what npm has installed and are fetched once. */
const cache = path.join(source, 'node_modules/.cache/pregate-hook-managers');

/**
 * The folder of a program, made once by `make` in a folder of its own: two test files, or the same one with another git, may
 * need it at the same moment, and neither may meet half of what the other fetches, or take it away.
 */
function fetchedOnce(name: string, make: (folder: string) => void): string {
  const place = path.join(cache, name);
  if (!existsSync(place)) {
    mkdirSync(cache, { recursive: true });
    // Programs of a virtual environment name its real folder: the one of a mutant's copy, which is a link, goes with it.
    const own = mkdtempSync(path.join(realpathSync(cache), `${name}-`));
    try {
      make(own);
      symlinkSync(path.basename(own), place);
    } catch (error) {
      rmSync(own, { recursive: true, force: true });
      // Another one was faster.
      if (!existsSync(place)) throw error;
    }
  }
  return realpathSync(place);
}

/** lefthook of npm, or why the tests that need it are skipped. */
export function lefthook(): { program: string } | { skip: string } {
  const version = '2.2.2';
  try {
    const folder = fetchedOnce(`lefthook-${version}`, (own) => {
      const name = `lefthook-${process.platform}-${process.arch}@${version}`;
      execFileSync('npm', ['pack', '--silent', name], { cwd: own, timeout: 30_000, stdio: 'pipe' });
      const archive = readdirSync(own).find((file) => file.endsWith('.tgz')) as string;
      execFileSync('tar', ['-xzf', archive], { cwd: own });
    });
    return { program: path.join(folder, 'package/bin', process.platform === 'win32' ? 'lefthook.exe' : 'lefthook') };
  } catch {
    return { skip: 'lefthook could not be fetched from the npm registry' };
  }
}

/** The pre-commit framework: of the PATH, or from pip in a virtual environment; or why the tests are skipped. */
export function framework(): { program: string } | { skip: string } {
  const found = spawnSync('sh', ['-c', 'command -v pre-commit'], { encoding: 'utf8' }).stdout.trim();
  if (found !== '' && namesStagesAsGit(found)) return { program: found };
  try {
    const folder = fetchedOnce('pre-commit', (own) => {
      execFileSync('python3', ['-m', 'venv', own], { timeout: 120_000, stdio: 'pipe' });
      const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'pre-commit==4.3.0'];
      execFileSync(path.join(own, 'bin/python'), pip, { timeout: 90_000, stdio: 'pipe' });
    });
    return { program: path.join(folder, 'bin/pre-commit') };
  } catch {
    return { skip: 'the pre-commit framework could not be installed with pip' };
  }
}

/** Since 3.2 its stages are called as git calls its hooks (CHANGELOG.md of pre-commit); Debian 12 has 3.0. */
function namesStagesAsGit(program: string): boolean {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(stdout ?? '') ?? []).slice(1).map(Number);
  return major > 3 || (major === 3 && minor >= 2);
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
