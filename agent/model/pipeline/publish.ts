import { type Command, effective } from '../script.ts';
import { asBoolean, asText, entryOf } from '../tree/index.ts';
import type { Step } from './types.ts';

/** Registries that hand out short-lived tokens to a trusted pipeline. */
export type Registry = 'PyPI' | 'npm' | 'crates.io' | 'RubyGems' | 'NuGet' | 'pub.dev';

const publishActions =
  /^(?:pypa\/gh-action-pypi-publish|softprops\/action-gh-release|goreleaser\/goreleaser-action|ncipollo\/release-action|js-devtools\/npm-publish|rubygems\/release-gem|svenstaro\/upload-release-action|release-drafter\/release-drafter|googleapis\/release-please-action|cycjimmy\/semantic-release-action|changesets\/action|hynek\/build-and-inspect-python-package)$/i;

/** The step publishes something that others will install. */
export function publishes(step: Step, commands: readonly Command[]): boolean {
  const source = step.uses?.source.toLowerCase() ?? '';
  if (publishActions.test(source)) return true;
  if (source === 'docker/build-push-action' || source === 'docker/bake-action') {
    return asBoolean(entryOf(step.with, 'push')?.value) === true;
  }
  return commands.some((command) => publishCommand(command) !== undefined);
}

/** What publishes: programs, the words that must follow them, and where it goes. */
const publishing: readonly [programs: string, words: string, to: Registry | 'other'][] = [
  ['npm pnpm bun yarn', 'publish', 'npm'],
  ['yarn', 'npm publish', 'npm'],
  ['twine', 'upload', 'PyPI'],
  ['python', 'twine upload', 'PyPI'],
  ['uv poetry flit hatch pdm', 'publish', 'PyPI'],
  ['cargo', 'publish', 'crates.io'],
  ['gem', 'push', 'RubyGems'],
  ['dotnet', 'nuget push', 'NuGet'],
  ['nuget', 'push', 'NuGet'],
  ['dart flutter', 'pub publish', 'pub.dev'],
  ['docker podman helm', 'push', 'other'],
  ['gh', 'release create', 'other'],
  ['gh', 'release upload', 'other'],
];

/** The registry a command publishes to; `other` for images, releases and the like. */
export function publishCommand(command: Command): Registry | 'other' | undefined {
  const run = effective(command);
  if (!run) return undefined;
  const texts = run.args.map((word) => word.text);
  if (texts.some((text) => text === '--dry-run' || text === '--help')) return undefined;
  const program = run.name.startsWith('python') ? 'python' : run.name;
  const verbs = texts.filter((text) => !text.startsWith('-'));
  const begins = (words: string): boolean => words.split(' ').every((word, index) => verbs[index] === word);
  return publishing.find(([programs, words]) => programs.split(' ').includes(program) && begins(words))?.[2];
}

/** The text of an input, lower-cased key. */
export function inputOf(step: Step, key: string): string | undefined {
  return asText(entryOf(step.with, key)?.value);
}
