import type { RepoPath } from '../../model/types.ts';

/** Groups of files that a model reads together: a change of one needs the others to be judged. */
export type ModelGroup = 'npm' | 'python' | 'pipeline' | 'container' | 'settings';

const npm =
  /(?:^|\/)(?:package\.json|package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|pnpm-workspace\.yaml|bun\.lockb?|bunfig\.toml|\.npmrc|\.yarnrc(?:\.yml)?|lerna\.json)$/;
const python =
  /(?:^|\/)(?:[^/]{0,100}requirements[^/]{0,100}\.(?:txt|in)|requirements\/[^/]{1,200}\.(?:txt|in)|constraints[^/]{0,100}\.txt|pyproject\.toml|setup\.(?:py|cfg)|Pipfile(?:\.lock)?|poetry\.lock|uv\.lock|pdm\.lock|pip\.conf)$/;
const container =
  /(?:^|\/)(?:(?:Dockerfile|Containerfile)[^/]{0,200}|[^/]{1,200}\.(?:[Dd]ockerfile|[Cc]ontainerfile)|(?:docker-)?compose[^/]{0,100}\.ya?ml|\.dockerignore)$/;
const pipeline =
  /(?:^|\/)(?:\.github\/(?:workflows|actions)\/.{1,500}|\.gitea\/workflows\/.{1,500}|\.forgejo\/workflows\/.{1,500}|action\.ya?ml|[^/]{0,100}\.?gitlab-ci[^/]{0,100}\.ya?ml|\.gitlab\/.{1,500}\.ya?ml|\.circleci\/.{1,500}|bitbucket-pipelines\.ya?ml|azure-pipelines[^/]{0,100}\.ya?ml|\.azure-pipelines\/.{1,500}|\.azuredevops\/.{1,500}|Jenkinsfile[^/]{0,100}|\.travis\.ya?ml|\.drone\.ya?ml|\.woodpecker(?:\.ya?ml|\/.{1,500})|\.buildkite\/.{1,500}|appveyor\.ya?ml|\.tekton\/.{1,500}|cloudbuild\.ya?ml|buildspec\.ya?ml|\.pre-commit-config\.yaml|dependabot\.ya?ml|renovate\.json5?)$/;
const settings =
  /(?:^|\/)\.env\.(?:example|sample|template)$|^(?:pregate\.ya?ml|\.pregate\/.{1,500}|\.github\/[^/]{1,200}|CODEOWNERS|\.gitattributes|\.gitmodules)$/;

/** Words of which a name in no dotted folder has at least one; one cheap test keeps 100,000 paths from six careful ones. */
const word =
  /require|constraint|ocker|ontainer|compose|gitlab-ci|pipelines|enkinsfile|lock|package|shrinkwrap|setup|lerna|pnpm|bun|pyproject|Pipfile|pip\.conf|^action\.|appveyor|cloudbuild|buildspec|dependabot|renovate|pregate|CODEOWNERS/;

/** The group a path belongs to, or undefined when no cross-file model reads it. */
export function modelGroup(path: RepoPath): ModelGroup | undefined {
  const dotted = path.startsWith('.') || path.includes('/.') || path.includes('requirements/');
  if (!dotted && !word.test(path.slice(path.lastIndexOf('/') + 1))) return undefined;
  if (/(?:^|\/)node_modules\//.test(path)) return undefined;
  if (npm.test(path)) return 'npm';
  if (python.test(path)) return 'python';
  if (container.test(path)) return 'container';
  if (pipeline.test(path)) return 'pipeline';
  return settings.test(path) ? 'settings' : undefined;
}

export const allGroups: readonly ModelGroup[] = ['npm', 'python', 'container', 'pipeline', 'settings'];

/** True for a name that archives have; what is inside is told by the bytes. */
export function isArchiveName(path: RepoPath): boolean {
  return /\.(?:zip|jar|war|ear|aar|apk|whl|egg|nupkg|vsix|xpi|docx|xlsx|pptx|odt|ods|tar|tgz|tar\.gz|gz|crate|gem)$/i.test(
    path,
  );
}

/**
 * True when a path could carry a token: a run of 16 characters that tokens are made of. Only such paths become
 * documents of their own, so that a tree of 100,000 files does not become 200,000 documents.
 */
export function nameWorthReading(path: RepoPath): boolean {
  return /[A-Za-z0-9_+=~-]{16}|:[^/@]{3,200}@/.test(path);
}
