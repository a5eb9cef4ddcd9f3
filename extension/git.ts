import { type Command, type Disposable, type Event, extensions, type Uri } from 'vscode';

/**
 * The part of the Git extension's API (version 1) that is used here, as `vscode/extensions/git/src/api/git.d.ts`
 * declares it. Reading git itself is the agent's work; the extension only listens and hands over.
 */
export interface GitApi {
  readonly repositories: GitRepository[];
  readonly onDidOpenRepository: Event<GitRepository>;
  readonly onDidCloseRepository: Event<GitRepository>;
  toGitUri(uri: Uri, ref: string): Uri;
  registerPushErrorHandler(handler: PushErrorHandler): Disposable;
  registerPostCommitCommandsProvider(provider: PostCommitCommandsProvider): Disposable;
}

export interface GitRepository {
  readonly rootUri: Uri;
  readonly state: { readonly onDidChange: Event<void> };
  readonly onDidCommit: Event<void>;
  diffBetween(ref1: string, ref2: string): Promise<GitChange[]>;
  getCommit(ref: string): Promise<{ parents: string[] }>;
}

export interface GitChange {
  readonly uri: Uri;
  readonly originalUri: Uri;
}

export interface PushErrorHandler {
  handlePushError(
    repository: GitRepository,
    remote: { name: string },
    refspec: string,
    error: Error & { stderr?: string },
  ): Promise<boolean>;
}

export interface PostCommitCommandsProvider {
  getCommands(repository: GitRepository): Command[];
}

interface GitExtension {
  readonly enabled: boolean;
  readonly onDidChangeEnablement: Event<boolean>;
  getAPI(version: 1): GitApi;
}

/**
 * Calls `use` with the Git extension's API as soon as there is one, and lives without it: the extension may be disabled,
 * and VS Code does not start it in Restricted Mode.
 */
export async function whenGit(use: (git: GitApi) => Disposable): Promise<Disposable | undefined> {
  const extension = extensions.getExtension<GitExtension>('vscode.git');
  if (!extension) return undefined;
  const exports = extension.isActive ? extension.exports : await extension.activate();
  if (exports.enabled) return use(exports.getAPI(1));
  let inner: Disposable | undefined;
  const outer = exports.onDidChangeEnablement((enabled) => {
    inner?.dispose();
    inner = enabled ? use(exports.getAPI(1)) : undefined;
  });
  return {
    dispose: () => {
      outer.dispose();
      inner?.dispose();
    },
  };
}

/** The API when the Git extension already runs. */
export function activeGit(): GitApi | undefined {
  const extension = extensions.getExtension<GitExtension>('vscode.git');
  return extension?.isActive && extension.exports.enabled ? extension.exports.getAPI(1) : undefined;
}
