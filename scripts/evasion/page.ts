import type { Case } from './case.ts';
import type { Peer } from './peers.ts';
import type { Seen } from './run.ts';

type Row = { one: Case; seen: Seen[] };

/** The table: one row for each case, one column for each question. */
export function rows(all: readonly Row[], found: readonly Peer[]): string[] {
  const peers = found.flatMap((one) =>
    one.name === 'gitleaks' ? ['gitleaks, staged', 'gitleaks, history'] : [one.name],
  );
  const head = ['#', 'where the secret is', 'our commit hook', 'our push hook', ...peers];
  return [
    line(head),
    line(head.map(() => '---')),
    ...all.map(({ one, seen }, index) => {
      const [own, ...others] = seen as [Seen, ...Seen[]];
      const cells = others.flatMap((answer, at) =>
        found[at]?.name === 'gitleaks' ? [sign(answer.commit, one), sign(answer.push, one)] : [sign(answer.push, one)],
      );
      return line([
        String(index + 1),
        one.name,
        one.pushOnly ? '' : sign(own.commit, one),
        sign(own.push, one),
        ...cells,
      ]);
    }),
  ];
}

function sign(answer: boolean | undefined, one: Case): string {
  if (answer === undefined || one.harmless !== undefined) return '';
  return answer ? 'found' : '**missed**';
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const peerWords = [
  'gitleaks was asked as a hook (`git --pre-commit --staged`) and about the whole history (`git`), with the options it comes',
  'with; it opens archives only when told to, we those of up to 1 MB. detect-secrets reads the files of the working tree, so it is not',
  'made for what only history holds.',
];

/** The page of `docs/`. */
export function text(all: readonly Row[], found: readonly Peer[], table: readonly string[]): string {
  const hidden = all.filter(({ one }) => one.harmless === undefined);
  const score = (pick: (seen: Seen[]) => boolean | undefined) =>
    hidden.filter(({ seen }) => pick(seen) === true).length;
  const peers = found.map(
    (one, at) => `${one.name} ${one.version} ${score((seen) => seen[at + 1]?.push || seen[at + 1]?.commit)}`,
  );
  const notes = all.flatMap(({ one }, index) => {
    const why = one.missed ?? one.harmless;
    return why === undefined ? [] : [`- ${index + 1}, ${one.name}: ${why}.`];
  });
  return `${[
    '# Ways around the hooks',
    '',
    'One value, a token that every scanner here knows, is put where a difference of text files does not show it. Made by',
    '`npm run evasion`, which runs everything in one go; the part that needs no other program is a test',
    '(`test/evasion/evasion.test.ts`, a test for each row). The hooks read objects, never differences and never the working',
    'tree, which is why attributes, encodings and refs hide little from them. An empty cell: there is nothing to ask.',
    '',
    `Found of ${hidden.length}: ${[`Pregate ${score((seen) => seen[0]?.push)}`, ...peers].join(', ')} (${new Date().toISOString().slice(0, 10)}).`,
    ...(found.length === 0 ? ['No other scanner was on the PATH in this run, so none has a column.'] : peerWords),
    '',
    ...table,
    '',
    '## What is not found, and why',
    '',
    ...notes,
    '',
    'A person who wants to get something out can: `git push --no-verify`, a tracking ref made to look as if a fetch had written',
    'it, a paste into a browser. The hooks are there for mistakes and for hostile content; `pregate ci` on the server reads the',
    'objects again and trusts nothing of the laptop ([CI and servers](ci.md)).',
  ].join('\n')}\n`;
}
