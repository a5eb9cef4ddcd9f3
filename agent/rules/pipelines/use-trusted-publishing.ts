import { inputOf, publishCommand, type Registry } from '../../model/pipeline/publish.ts';
import { stepsOf } from '../../model/pipeline/trust.ts';
import type { Pipeline, Step } from '../../model/pipeline/types.ts';
import { entriesOf, scalarsOf } from '../../model/tree/index.ts';
import type { Range } from '../../model/types.ts';
import { defineRule, type RuleContext } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'use-trusted-publishing',
    title: 'Publishing with a token that does not expire',
    category: 'pipeline',
    severity: 'info',
    confidence: 'high',
    why: 'A stored registry token works from anywhere until somebody revokes it; that is how packages are taken over.\nThis registry accepts the run itself as proof (OIDC), for minutes and only from this workflow.',
    fix: 'Register this workflow as a trusted publisher at the registry, give the job id-token: write, and remove the token.',
    sources: [
      'https://repos.openssf.org/trusted-publishers-for-all-package-repositories',
      'https://docs.pypi.org/trusted-publishers/',
      'https://docs.npmjs.com/trusted-publishers',
      'https://rust-lang.github.io/rfcs/3691-trusted-publishing-cratesio.html',
      'https://guides.rubygems.org/trusted-publishing/',
      'https://learn.microsoft.com/nuget/nuget-org/trusted-publishing',
    ],
  },
  reads: 'pipeline',
  *check(pipeline, context) {
    for (const step of stepsOf(pipeline)) {
      const hit = byAction(step) ?? byCommand(pipeline, step, context);
      if (!hit) continue;
      yield {
        path: pipeline.document.path,
        range: hit.range,
        message: `Published to ${hit.registry} with a stored token; ${hit.registry} takes this run's own identity instead`,
        identity: `${step.job?.id ?? ''}:${hit.registry}`,
      };
    }
  },
});

interface Hit {
  registry: Registry;
  range: Range;
}

function byAction(step: Step): Hit | undefined {
  const source = step.uses?.source.toLowerCase();
  if (!source || !step.uses) return undefined;
  if (source === 'pypa/gh-action-pypi-publish' && inputOf(step, 'password') !== undefined) {
    const url = inputOf(step, 'repository-url') ?? inputOf(step, 'repository_url') ?? '';
    return url === '' || isPublic(url) ? { registry: 'PyPI', range: step.uses.node.range } : undefined;
  }
  if (source === 'js-devtools/npm-publish' && inputOf(step, 'token') !== undefined) {
    const registry = inputOf(step, 'registry') ?? '';
    return registry === '' || isNpm(registry) ? { registry: 'npm', range: step.uses.node.range } : undefined;
  }
  return undefined;
}

/** The variable each registry's tool reads its token from. */
const tokens: Record<Registry, RegExp> = {
  PyPI: /^(?:TWINE_PASSWORD|UV_PUBLISH_(?:TOKEN|PASSWORD)|POETRY_PYPI_TOKEN_PYPI|FLIT_PASSWORD|HATCH_INDEX_AUTH|PDM_PUBLISH_PASSWORD)$/,
  npm: /^(?:NODE_AUTH_TOKEN|NPM_TOKEN|NPM_CONFIG_TOKEN|YARN_NPM_AUTH_TOKEN)$/,
  'crates.io': /^(?:CARGO_REGISTRY_TOKEN)$/,
  RubyGems: /^(?:GEM_HOST_API_KEY|RUBYGEMS_API_KEY)$/,
  NuGet: /^(?:NUGET_API_KEY|NUGET_TOKEN)$/,
  'pub.dev': /^(?:PUB_CREDENTIALS|PUB_TOKEN)$/,
};

function byCommand(pipeline: Pipeline, step: Step, context: RuleContext): Hit | undefined {
  if (!step.run) return undefined;
  const script = context.all('script').find((each) => each.block?.node === step.run?.node);
  for (const command of script?.commands ?? []) {
    const registry = publishCommand(command);
    if (
      !registry ||
      registry === 'other' ||
      elsewhere(
        pipeline,
        step,
        command.words.map((word) => word.text),
      )
    )
      continue;
    const inline = command.words.some((word) => /\$\{\{[^}]{0,200}\bsecrets\./.test(word.text));
    if (inline || hasToken(pipeline, step, tokens[registry])) return { registry, range: command.range };
  }
  return undefined;
}

function hasToken(pipeline: Pipeline, step: Step, names: RegExp): boolean {
  for (const env of [step.env, step.job?.env, pipeline.workflow?.env]) {
    for (const { key, value } of entriesOf(env)) {
      if (!names.test(key.text)) continue;
      // GitHub's own registry takes the run's token.
      for (const { text } of scalarsOf(value)) if (/secrets\.(?!GITHUB_TOKEN\b)/.test(text)) return true;
    }
  }
  return false;
}

/** A registry of one's own may know no trusted publishers. */
function elsewhere(pipeline: Pipeline, step: Step, words: string[]): boolean {
  const at = words.findIndex((word) =>
    /^--?(?:registry|repository|repository-url|repository_url|publish-url|index|index-url|host|source)\b/.test(word),
  );
  const given = at === -1 ? '' : (words[at]?.split('=')[1] ?? words[at + 1] ?? '');
  if (given !== '' && !/^(?:pypi|testpypi|crates-io|nuget\.org)$/.test(given) && !isPublic(given)) return true;
  for (const env of [step.env, step.job?.env, pipeline.workflow?.env]) {
    for (const { key, value } of entriesOf(env)) {
      if (!/REGISTRY(?:_URL)?$|REPOSITORY_URL$|PUBLISH_URL$/i.test(key.text)) continue;
      for (const { text } of scalarsOf(value)) if (/^https?:/.test(text) && !isPublic(text)) return true;
    }
  }
  for (const other of step.job?.steps ?? []) {
    const url = other.uses?.source.toLowerCase() === 'actions/setup-node' ? inputOf(other, 'registry-url') : undefined;
    if (url && !isPublic(url)) return true;
  }
  return false;
}

function isPublic(url: string): boolean {
  return /(?:^|[./])(?:npmjs|pypi|crates|rubygems|nuget|pub)\.(?:org|com|io|dev)(?:[/:]|$)/.test(url);
}

function isNpm(url: string): boolean {
  return /(?:^|[./])npmjs\.(?:org|com)(?:[/:]|$)/.test(url);
}
