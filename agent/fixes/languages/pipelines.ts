import { asText, get } from '../../model/tree/index.ts';
import { type Language, type Place, type Replacement, readTitle } from '../language.ts';
import { entryLines, inScalar, isWholeScalar, type YamlPlace, yamlPlace } from '../yaml.ts';

type Path = YamlPlace['path'];

/** A format of YAML in which a reference takes the place of a value. */
interface YamlFormat {
  files: RegExp;
  text?: RegExp;
  reference: (name: string) => string;
  title: (name: string) => string;
  /** Where references are filled in. */
  allows: (path: Path, place: YamlPlace) => boolean;
  /** Variables that the platform hands over by itself once they are set there: the entry goes away. */
  given?: (path: Path) => boolean;
  givenTitle?: (name: string) => string;
  environment?: true;
  nameOf?: (name: string, path: Path) => string;
  /** What comes before the reference. */
  special?: (place: Place, at: YamlPlace) => Replacement | undefined;
}

const key = (path: Path) => path.findLast((part) => typeof part === 'string') as string | undefined;
const isName = (text: unknown): text is string => typeof text === 'string' && /^[A-Za-z_]\w*$/.test(text);

function languageOf(format: YamlFormat): Language {
  const { files, text } = format;
  return { files, ...(text ? { text } : {}), replace: (place) => replaceIn(format, place) };
}

function replaceIn(format: YamlFormat, place: Place): Replacement | undefined {
  const at = yamlPlace(place.document, place.value);
  if (!at) return undefined;
  const special = format.special?.(place, at);
  if (special) return special;
  const last = at.path.at(-1);
  if (format.given?.(at.path) && isName(last) && isWholeScalar(place.document, at, place.value)) {
    const range = entryLines(place.document, at);
    const title = format.givenTitle?.(last) ?? `Take ${last} out`;
    return range && { range, text: '', title };
  }
  if (!format.allows(at.path, at)) return undefined;
  const name = format.nameOf?.(place.name, at.path) ?? place.name;
  const made = inScalar(place.document, at, place.value, format.reference(name));
  return made && { ...made, title: format.title(name), ...(format.environment ? { environment: name } : {}) };
}

/** Names of secrets must not begin with GITHUB_. */
const githubName = (name: string) => name.replace(/^GITHUB_/, 'GH_');

/**
 * A workflow of GitHub Actions: the secret of the repository, where secrets are known
 * (https://docs.github.com/actions/reference/workflows-and-actions/contexts#context-availability).
 */
const githubWorkflow: YamlFormat = {
  files: /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/,
  reference: (name) => `\${{ secrets.${name} }}`,
  title: (name) => `Use the secret ${name} of the repository`,
  nameOf: githubName,
  allows: (path) =>
    path.at(-2) === 'env' ||
    (path[2] === 'steps' && (path.at(-1) === 'run' || path.at(-2) === 'with')) ||
    path.at(-2) === 'credentials' ||
    (path[2] === 'secrets' && path.length === 4),
  special: ({ document: { text }, value: [start, end], name }) => {
    // In an expression a string is written in single quotes, and the secret takes the place of the whole.
    const open = text.lastIndexOf('${{', start);
    if (open === -1 || text.slice(open, start).includes('}}')) return undefined;
    const isString = text[start - 1] === "'" && text[end] === "'";
    const secret = githubName(name);
    const title = `Use the secret ${secret} of the repository`;
    return isString ? { range: [start - 1, end + 1], text: `secrets.${secret}`, title } : undefined;
  },
};

/** GitLab hands variables of the project to every job (https://docs.gitlab.com/ci/variables/). */
const gitlab: YamlFormat = {
  files: /(?:^|\/)[^/]*\.gitlab-ci\.ya?ml$|(?:^|\/)\.gitlab\/[^/]+\.ya?ml$/,
  reference: (name) => `\${${name}}`,
  title: (name) => `Use the variable ${name} of the project (masked)`,
  given: (path) => path.at(-2) === 'variables',
  givenTitle: (name) => `Take ${name} out, and set it as a masked variable of the project`,
  allows: (path, at) => isScript(path, at) || path.includes('image') || path.includes('services'),
};

/** CircleCI fills in no values of `environment`; the variables of the project are there (https://circleci.com/docs/set-environment-variable/). */
const circle: YamlFormat = {
  files: /(?:^|\/)\.circleci\/[^/]+\.ya?ml$/,
  reference: (name) => `\${${name}}`,
  title: (name) => `Use the variable ${name} of the project`,
  given: (path) => path.at(-2) === 'environment',
  givenTitle: (name) => `Take ${name} out, and set it as a variable of the project`,
  allows: (path, at) => isScript(path, at),
  special: ({ document, value, name }, at) => {
    if (!/auth$/.test(String(at.path.at(-2))) || !isWholeScalar(document, at, value)) return undefined;
    return { range: value, text: `$${name}`, title: `Use the variable ${name} of the project` };
  },
};

/** Azure Pipelines: `$(NAME)` is filled in before a step runs; secret variables must be mapped by `env`. */
const azure: YamlFormat = {
  files: /(?:^|\/)azure-pipelines?[^/]*\.ya?ml$|(?:^|\/)\.azure-pipelines\/.+\.ya?ml$/i,
  reference: (name) => `$(${name})`,
  title: (name) => `Use the secret variable ${name} of the pipeline`,
  given: (path) => path.at(-2) === 'variables',
  givenTitle: (name) => `Take ${name} out, and set it as a secret variable of the pipeline`,
  allows: (path) =>
    path.at(-2) === 'env' || path.at(-2) === 'inputs' || /^(?:script|bash|pwsh|powershell)$/.test(key(path) ?? ''),
};

/** A command of a shell; what stands in single quotes is not filled in there. */
function isScript(path: Path, { scalar }: YamlPlace): boolean {
  if (!/^(?:script|before_script|after_script|run|command)$/.test(key(path) ?? '')) return false;
  return !scalar.text.includes("'");
}

/** A compose file: https://docs.docker.com/reference/compose-file/interpolation/ */
const composeFile: YamlFormat = {
  files: /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/i,
  reference: (name) => `\${${name}:?}`,
  title: (name) => `Read ${name} from the environment of compose`,
  allows: (path) => path[0] !== 'name' && path.length > 1,
  environment: true,
};

/** Kubernetes: the variable of a container comes from a Secret, which stands in no repository. */
const kubernetes: YamlFormat = {
  // Its manifests are told by their text alone.
  files: /(?!)/,
  text: /^apiVersion:\s*\S+[\s\S]*?^kind:/m,
  reference: () => '',
  title: () => '',
  allows: () => false,
  special: ({ document, value }, at) => {
    const { path, maps, root } = at;
    if (!/\.ya?ml$/i.test(document.path)) return undefined;
    const holder = maps.at(-1);
    const variable = asText(get(holder?.map, 'name'));
    if (path.at(-3) !== 'env' || path.at(-1) !== 'value' || !holder || !variable || holder.map.flow) return undefined;
    if (!isWholeScalar(document, at, value)) return undefined;
    const owner = asText(get(get(root, 'metadata'), 'name')) ?? 'app';
    const secret = /^[a-z0-9.-]+$/.test(owner) ? `${owner}-secrets` : 'app-secrets';
    const { range } = holder.entry.key;
    const margin = range[0] - (document.text.lastIndexOf('\n', range[0] - 1) + 1);
    const indent = ' '.repeat(margin);
    const text = `valueFrom:\n${indent}  secretKeyRef:\n${indent}    name: ${secret}\n${indent}    key: ${variable}`;
    return {
      range: [range[0], at.scalar.range[1]],
      text,
      title: `Take ${variable} from the Secret ${secret} of the cluster`,
    };
  },
};

/** Ansible: https://docs.ansible.com/ansible/latest/collections/ansible/builtin/env_lookup.html */
const ansible: YamlFormat = {
  files:
    /(?:^|\/)(?:group_vars|host_vars|playbooks|roles\/[^/]+\/(?:tasks|vars|defaults|handlers))\/(?:.+\/)?[^/]+\.ya?ml$|(?:^|\/)(?:playbook|site)\.ya?ml$/,
  text: /^(?:---\s*\n)?(?:#.*\n|\s*\n)*- (?:name:.*\n\s+)?hosts:/,
  reference: (name) => `{{ lookup('env', '${name}') }}`,
  title: (name) => `Read ${name} from the environment of Ansible`,
  allows: (path) => !/^(?:hosts|when|register|name)$/.test(key(path) ?? ''),
  environment: true,
  special: ({ document, value, name }, at) => {
    if (at.scalar.style !== 'single') return undefined;
    const title = `Read ${name} from the environment of Ansible`;
    const made = inScalar(document, at, value, `{{ lookup("env", "${name}") }}`);
    return made && { ...made, title, environment: name };
  },
};

/** Spring: placeholders are filled in from the environment, where a name has underscores for its dots. */
const spring: YamlFormat = {
  files: /(?:^|\/)(?:application|bootstrap)(?:-[\w-]+)?\.ya?ml$/,
  reference: (name) => `\${${name}}`,
  title: readTitle,
  nameOf: (name, path) => (path.every(isKey) ? springName(path.join('.')) : name),
  allows: (path) => path.length > 1,
  environment: true,
};

const isKey = (part: string | number): boolean => /^[\w.-]+$/.test(String(part));

/** https://docs.spring.io/spring-boot/reference/features/external-config.html#features.external-config.typesafe-configuration-properties.relaxed-binding.environment-variables */
export function springName(property: string): string {
  return property
    .replace(/-/g, '')
    .replace(/[.[\]]+/g, '_')
    .toUpperCase();
}

/** Yarn fills in variables in its own settings. */
const yarn: YamlFormat = {
  files: /(?:^|\/)\.yarnrc\.yml$/,
  reference: (name) => `\${${name}}`,
  title: readTitle,
  allows: (path) => path.length > 0,
  environment: true,
};

/** Formats of YAML, the ones told by their text last. */
export const yamlFormats: readonly Language[] = [
  ...[githubWorkflow, gitlab, circle, azure, composeFile, yarn, spring, ansible, kubernetes].map(languageOf),
];
