/** Content that costs a naive reader minutes, gigabytes or its stack. */
export const bombs: Record<string, () => string> = {
  '.github/workflows/laughs.yml': () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [at, name] of [...'bcdefghij'].entries()) {
      const before = 'abcdefghij'[at];
      lines.push(`${name}: &${name} [${Array(10).fill(`*${before}`).join(', ')}]`);
    }
    return `${lines.join('\n')}\njobs: *j\n`;
  },
  '.github/workflows/deep.yml': () => `on: push\njobs: ${'['.repeat(50_000)}${']'.repeat(50_000)}\n`,
  '.github/workflows/wide.yml': () =>
    `on: push\njobs:\n${Array.from({ length: 20_000 }, (_, at) => `  j${at}: {}\n`).join('')}`,
  '.github/workflows/expression.yml': () =>
    `on: push\njobs:\n  a:\n    steps:\n      - run: echo "\${{ ${'('.repeat(20_000)}github.head_ref${')'.repeat(20_000)} }}"\n`,
  'package.json': () => `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
  'package-lock.json': () => `${'['.repeat(200_000)}${']'.repeat(200_000)}`,
  'pyproject.toml': () => `a = ${'['.repeat(50_000)}${']'.repeat(50_000)}\n`,
  'requirements.txt': () => `${'a\\\n'.repeat(100_000)}\n`,
  Dockerfile: () => `FROM x\n${'RUN a && \\\n'.repeat(50_000)}b\n`,
  'script.sh': () => `${'$('.repeat(30_000)}x${')'.repeat(30_000)}\n${'"'.repeat(30_001)}\n`,
  'long-line.txt': () => 'password="'.repeat(200_000),
  'near-tokens.txt': () => `${'ghp_'.repeat(100_000)}\n${'AKIA'.repeat(100_000)}\n${'-----BEGIN '.repeat(50_000)}\n`,
  'dashes.pem': () => '-'.repeat(2_000_000),
  'blanks.yml': () => `a:${' '.repeat(500_000)}\n${'\t'.repeat(100_000)}b: ]`,
  'jwt.txt': () => `${'eyJ'.repeat(200_000)}\n${'eyJhbGciOiJIUzI1NiJ9.'.repeat(30_000)}\n`,
  'urls.txt': () => `${'https://a:'.repeat(100_000)}\n${'a@'.repeat(200_000)}\n`,
  'pregate-ignore.ts': () => '// pregate-ignore-next-line '.repeat(40_000),
};
