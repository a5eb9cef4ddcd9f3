import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from 'vscode-languageserver/node';
import type {
  CommandsData,
  InitializationOptions,
  PageData,
  RepositoryParams,
  Requests,
  RuleItem,
  SuppressParams,
} from '../protocol.ts';
import type { RuleMeta } from '../rules/rule.ts';
import type { DocumentChecks } from './documents.ts';
import { lastBlock } from './last-block.ts';
import type { Monitor } from './monitor.ts';
import type { Repositories } from './repositories.ts';
import { sbomData } from './sbom.ts';
import { previewData } from './state.ts';
import { suppressionEdits } from './suppress.ts';
import { filePathOf } from './uri.ts';

export interface RequestContext {
  options: () => InitializationOptions;
  repositories: Repositories;
  /** Root of the repository a file or folder lies in. */
  rootOf: (path: string) => string | undefined;
  metas: () => ReadonlyMap<string, RuleMeta>;
  documents: DocumentChecks;
  /** Looks for repositories in the folders of the workspace. */
  discover: () => void;
}

/** Answers the extension's private requests. Parameters come from another process, so each is checked before use. */
export function answerRequests(connection: Connection, context: RequestContext): void {
  const { repositories } = context;
  const state = () => repositories.state(context.options().trusted);
  const on = <M extends keyof Requests>(
    method: M,
    answer: (params: Requests[M]['params']) => Requests[M]['result'] | Promise<Requests[M]['result']>,
  ): void => {
    const handler = async (params: unknown): Promise<unknown> => answer((params ?? {}) as Requests[M]['params']);
    connection.onRequest(method as string, handler);
  };

  on('pregate/state', state);
  on('pregate/check', async () => {
    context.discover();
    await Promise.all(repositories.all().map((one) => one.run()));
    return state();
  });
  on('pregate/preview', async (params) => previewData((await settled(context, params)).facts()));
  on('pregate/sbom', async (params) => sbomData((await settled(context, params)).root));
  on('pregate/metrics', async (params) => {
    const { metricsData } = await import('./metrics.ts');
    return metricsData((await settled(context, params)).root, params);
  });
  on('pregate/lastBlock', (params) => {
    const monitor = monitorOf(context, params);
    return monitor ? lastBlock(monitor.root) : null;
  });
  on('pregate/explain', ({ rule }) => pageOf(context, rule));
  on('pregate/rules', () => [...context.metas().values()].map(ruleItem));
  on('pregate/suppress', (params: SuppressParams) => suppressionEdits(context.documents, params));
  on('pregate/commands', (): CommandsData => commands);
}

/** What is run in a terminal, where a person reads and answers it. */
const commands: CommandsData = {
  signSetup: ['sign', 'setup'],
  signStatus: ['sign', 'status'],
  hooksInstall: ['init'],
  doctor: ['doctor'],
};

function monitorOf(context: RequestContext, { uri }: RepositoryParams): Monitor | undefined {
  return context.repositories.at(typeof uri === 'string' ? uri : undefined, context.rootOf);
}

/** The repository that is meant, checked at least once. Rejects with a sentence where there is none. */
async function settled(context: RequestContext, params: RepositoryParams): Promise<Monitor> {
  const { trusted, git } = context.options();
  if (!trusted) throw new Error('In Restricted Mode git is not asked. Trust this workspace to see what its gates say.');
  if (!git) throw new Error('This workspace is not on a disk that git can read, so its gates cannot be asked.');
  const file = typeof params.uri === 'string' ? filePathOf(params.uri) : undefined;
  const root = file === undefined ? undefined : context.rootOf(file);
  if (root !== undefined) context.repositories.add(root);
  const monitor = monitorOf(context, params);
  if (!monitor) throw new Error('No git repository is open, so there is no gate to ask.');
  const { staged, outgoing } = monitor.facts();
  if (!staged || !outgoing) await monitor.run();
  return monitor;
}

async function pageOf(context: RequestContext, rule: unknown): Promise<PageData | null> {
  const meta = typeof rule === 'string' ? context.metas().get(rule) : undefined;
  if (!meta) return null;
  const file = join(context.options().packageRoot, 'docs', 'rules', `${meta.id}.md`);
  const markdown = await readFile(file, 'utf8').catch(() => undefined);
  return {
    rule: meta.id,
    title: meta.title,
    file: markdown === undefined ? null : file,
    markdown: markdown ?? page(meta),
  };
}

/** The page of a rule from its metadata alone, where the package holds no page. */
function page(meta: RuleMeta): string {
  const sources = meta.sources.map((source) => `- <${source}>`);
  return [`# ${meta.id}`, meta.title, '## Why', meta.why, '## What to do', meta.fix, '## Sources', ...sources, ''].join(
    '\n\n',
  );
}

function ruleItem(meta: RuleMeta): RuleItem {
  return { rule: meta.id, title: meta.title, category: meta.category };
}
