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

/** The registry a command publishes to; `other` for images, releases and the like. */
export function publishCommand(command: Command): Registry | 'other' | undefined {
  const run = effective(command);
  if (!run) return undefined;
  const texts = run.args.map((word) => word.text);
  if (texts.some((text) => text === '--dry-run' || text === '--help')) return undefined;
  const verbs = texts.filter((text) => !text.startsWith('-'));
  const [first, second] = verbs;
  switch (run.name) {
    case 'npm':
    case 'pnpm':
    case 'bun':
      return first === 'publish' ? 'npm' : undefined;
    case 'yarn':
      return first === 'publish' || (first === 'npm' && second === 'publish') ? 'npm' : undefined;
    case 'twine':
      return first === 'upload' ? 'PyPI' : undefined;
    case 'uv':
    case 'poetry':
    case 'flit':
    case 'hatch':
    case 'pdm':
      return first === 'publish' ? 'PyPI' : undefined;
    case 'cargo':
      return first === 'publish' ? 'crates.io' : undefined;
    case 'gem':
      return first === 'push' ? 'RubyGems' : undefined;
    case 'dotnet':
      return first === 'nuget' && second === 'push' ? 'NuGet' : undefined;
    case 'nuget':
      return first === 'push' ? 'NuGet' : undefined;
    case 'dart':
    case 'flutter':
      return first === 'pub' && second === 'publish' ? 'pub.dev' : undefined;
    case 'docker':
    case 'podman':
    case 'helm':
      return first === 'push' ? 'other' : undefined;
    case 'gh':
      return first === 'release' && /^(?:create|upload)$/.test(second ?? '') ? 'other' : undefined;
    default:
      return /^python/.test(run.name) && verbs[0] === 'twine' && verbs[1] === 'upload' ? 'PyPI' : undefined;
  }
}

/** The text of an input, lower-cased key. */
export function inputOf(step: Step, key: string): string | undefined {
  return asText(entryOf(step.with, key)?.value);
}
