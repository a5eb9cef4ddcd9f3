import { word } from '../../hooks/stub.ts';
import { check } from '../gate/check.ts';
import { collectWholeHistory } from '../gate/collect/whole-history.ts';
import { readGitConfig } from '../git/config-list.ts';
import { runGit } from '../git/run.ts';
import { count } from '../report/style.ts';
import { allMetas } from '../rules/registry.ts';
import { leakedOf } from './leak.ts';
import { commitsOf, holdersOf, plain, rotate, secretsOf } from './secrets.ts';
import type { Runbook, RunbookCall, Step } from './types.ts';

/** Where pipelines stand, in the words of git's pathspecs (gitglossary(7)). */
const pipelines = [
  '.github/workflows',
  '.gitea/workflows',
  '.forgejo/workflows',
  '.circleci',
  '.buildkite',
  ':(glob)**/*gitlab-ci*.yml',
  ':(glob)**/*gitlab-ci*.yaml',
  'azure-pipelines*',
  'bitbucket-pipelines.yml',
  ':(glob)**/Jenkinsfile*',
  '.travis.yml',
  '.drone.yml',
  '.woodpecker*',
];

/** A secret of the forge by its name, or a variable that is called like one. */
const uses = /(?:secrets\.|secrets\[['"]|credentials\(['"])([A-Za-z_][A-Za-z0-9_-]*)|\$[({]?([A-Z][A-Z0-9_]*)/g;
const named = /TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|ACCESS_KEY|CREDENTIAL|PRIVATE_KEY/i;

interface Use {
  name: string;
  path: string;
  line: number;
}

/** A token that programs use may be in other hands: revoke it, see what works with it, see what it has done. */
export async function tokenStolen(call: RunbookCall): Promise<Runbook> {
  const { operand } = call;
  const all = await usesOf(call);
  const options = { cwd: call.cwd, env: call.env, wholeHistory: collectWholeHistory };
  const found = secretsOf(await check({ kind: 'history' }, options));
  const rule = (await allMetas()).find(({ id }) => id === operand)?.id;
  const used = operand === undefined || rule !== undefined ? all : all.filter(({ name }) => name === operand);
  const secrets = rule === undefined ? found : found.filter((one) => one.rule === rule);
  const names = [...new Set(used.map(({ name }) => name))];
  const commits = commitsOf(secrets);
  const address = await addressesWithCredentials(call);
  return {
    case: 'token-stolen',
    headline: `${count(names.length, 'token')} named in pipelines, ${secrets.length} in the history`,
    evidence: {
      'uses.json': used,
      'findings.json': plain(secrets),
      'commits.json': await leakedOf(call, commits, await holdersOf(call, commits)),
    },
    steps: [
      ...(secrets.length > 0 ? [await rotate(secrets)] : [revoke(operand, rule)]),
      {
        title: 'See what works with it',
        why: 'Each of these fails once it is void, and gets the new one. A name is all that a pipeline says; which token lies behind it the forge knows.',
        facts: [...placesOf(used), ...address],
        commands: names.slice(0, 5).map((name) => `git grep -n -F ${word(name)} HEAD -- :/`),
      },
      ...replace(names, address),
      {
        title: 'See what it has done',
        why: 'Compare with what your team knows of: commits, branches, tags and releases since the token may have been read, and the log of whoever has issued it.',
        commands: [
          'git fetch --all --prune',
          "git log --all --since='30 days ago' --format='%h %cI %ce %s'",
          "git for-each-ref --sort=-creatordate --count=20 --format='%(creatordate:iso) %(refname)'",
        ],
      },
      {
        title: 'Make the next one short-lived',
        why: 'A token that a run gets for itself (OIDC, trusted publishing) and that ends with it is worth nothing to whoever reads it later.',
        commands: ['pregate explain use-trusted-publishing', 'pregate preview || true'],
      },
    ],
  };
}

function revoke(operand: string | undefined, rule: string | undefined): Step {
  return {
    title: 'Revoke it first',
    why: 'Whoever has read it can use it until then. Where it was issued: issue a new one, revoke the old one. A token of which nobody knows where it was issued is found in the settings of each vendor.',
    facts: rule === undefined && operand !== undefined ? [`none of this clone's history is known as ${operand}`] : [],
    commands: rule === undefined ? ['pregate check --history'] : [`pregate explain ${rule}`],
  };
}

/** Where it is stored the new one has to be put. These commands ask for the value; it stands in no history of the shell. */
function replace(names: readonly string[], address: readonly string[]): Step[] {
  if (names.length === 0 && address.length === 0) return [];
  return [
    {
      title: 'Put the new one where the old one was',
      why: 'In the settings of the forge, never in a file. At GitHub a secret may stand in the repository, an environment and the organisation under one name.',
      facts: [
        ...names.slice(0, 10).map((name) => `GitHub: gh secret set ${name}   GitLab: Settings, CI/CD, Variables`),
        ...address.map((line) => `${line}: git remote set-url takes one without`),
      ],
    },
  ];
}

/** Names of tokens in the pipelines of the newest commit. Of a commit nothing but its tree is read. */
async function usesOf({ git, place }: RunbookCall): Promise<Use[]> {
  if (place.head === null) return [];
  const words = ['grep', '-n', '-I', '-z', '-E', '-e', 'secrets|credentials|\\$', 'HEAD', '--', ...pipelines];
  const { code, stdout } = await runGit(git, words, { maxBytes: 16_000_000 });
  if (code !== 0) return [];
  const found = new Map<string, Use>();
  for (const row of stdout.toString('utf8').split('\n')) {
    const [file = '', line = '', ...rest] = row.split('\0');
    for (const [, secret, variable = ''] of rest.join('\0').matchAll(uses)) {
      const name = secret ?? variable;
      if (secret === undefined && !named.test(variable)) continue;
      const use = { name, path: file.replace(/^HEAD:/, ''), line: Number(line) };
      found.set(JSON.stringify(use), use);
    }
  }
  return [...found.values()];
}

function placesOf(used: readonly Use[]): string[] {
  const byName = Map.groupBy(used, ({ name }) => name);
  if (byName.size === 0) return ['no pipeline of the newest commit names one'];
  return [...byName]
    .slice(0, 10)
    .flatMap(([name, places]) => [
      `${name}:`,
      ...places.slice(0, 5).map(({ path, line }) => `  ${path}:${line}`),
      ...(places.length > 5 ? [`  and ${places.length - 5} more places`] : []),
    ]);
}

/** A password in the address of a remote lies in the clear in .git/config. The address itself is not shown. */
async function addressesWithCredentials({ git }: RunbookCall): Promise<string[]> {
  const names = [...(await readGitConfig(git))].flatMap(([key, values]) => {
    const remote = /^remote\.(.+)\.(?:push)?url$/s.exec(key)?.[1];
    return remote !== undefined && values.some((value) => /^[a-z+]+:\/\/[^/@]*:[^/@]*@/i.test(value)) ? remote : [];
  });
  return [...new Set(names)].map((name) => `the address of the remote ${name} holds a password`);
}
