import { ownText } from '../document.ts';
import type { Document } from '../types.ts';
import type { PipelineDialect } from './types.ts';

/** The dialects that are YAML. */
export type YamlDialect = Exclude<PipelineDialect, 'containerfile'>;

/** Content is looked at only in files of a size that people write. */
const maxSniff = 1_000_000;

/** The dialect of a document, and whether its path alone says so. */
export function dialectOf(document: Document): { dialect: YamlDialect; byPath: boolean } | undefined {
  if (document.kind !== 'file' || document.encoding === 'binary') return undefined;
  const path = document.path.toLowerCase();
  if (!/\.ya?ml$/.test(path)) return undefined;
  const dialect = byPath(path);
  if (dialect) return { dialect, byPath: true };
  if (ownText(document).length > maxSniff) return undefined;
  const sniffed = byContent(ownText(document));
  return sniffed ? { dialect: sniffed, byPath: false } : undefined;
}

function byPath(path: string): YamlDialect | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+$/.test(path)) return 'github-workflow';
  if (/(?:^|\.)gitlab-ci\.ya?ml$/.test(name) || /(?:^|\/)\.gitlab\/(?:ci|workflows)\//.test(path)) return 'gitlab';
  if (/(?:^|\/)\.circleci\/[^/]+$/.test(path)) return 'circleci';
  if (/^azure-pipelines?[\w.-]*\.ya?ml$/.test(name) || /(?:^|\/)\.azure-?(?:pipelines|devops)\//.test(path))
    return 'azure';
  if (name === 'bitbucket-pipelines.yml' || name === 'bitbucket-pipelines.yaml') return 'bitbucket';
  if (/^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/.test(name)) return 'compose';
  return undefined;
}

/** Keys at the start of a line are enough to know whether parsing is worth it; the tree has the last word. */
function byContent(text: string): YamlDialect | undefined {
  const keys = topLevelKeys(text);
  if (keys.has('on') && keys.has('jobs')) return 'github-workflow';
  if (keys.has('runs') && /^[ \t]+["']?using["']?[ \t]*:/m.test(text)) return 'github-action';
  if (keys.has('apiVersion') && keys.has('kind')) return isTemplate(text) ? undefined : 'kubernetes';
  if (keys.has('services') && /^[ \t]+(?:image|build)[ \t]*:/m.test(text)) return 'compose';
  if ((keys.has('stages') || keys.has('include')) && /^[ \t]+script[ \t]*:/m.test(text)) return 'gitlab';
  if (/^[ \t]*vmImage[ \t]*:|^[ \t]*- task[ \t]*:[ \t]*\w+@\d/m.test(text)) return 'azure';
  return undefined;
}

function topLevelKeys(text: string): Set<string> {
  const keys = new Set<string>();
  for (const match of text.matchAll(/^["']?([A-Za-z]\w{0,40})["']?[ \t]*:(?=\s|$)/gm)) keys.add(match[1] as string);
  return keys;
}

/** Helm's and Jinja's templates are not YAML until somebody has rendered them. */
function isTemplate(text: string): boolean {
  return /(?<!\$)\{\{/.test(text);
}
