import { basename } from 'node:path';
import {
  type ExtensionContext,
  ProcessExecution,
  Task,
  TaskPanelKind,
  TaskRevealKind,
  TaskScope,
  tasks,
  Uri,
  workspace,
} from 'vscode';
import { runtimeSetting } from './settings.ts';

export interface TerminalOptions {
  title: string;
  /** Arguments of `pregate`, one per element: no shell reads them, so nothing has to be quoted. */
  args: readonly string[];
  /** Folder to run in. */
  uri: string | undefined;
  /** Called when the program has ended, however it ended. */
  done: () => unknown;
}

/** Runs the agent where a person can read and answer it. Throws in Restricted Mode, where no program is started. */
export async function runInTerminal(context: ExtensionContext, options: TerminalOptions): Promise<void> {
  if (!workspace.isTrusted) throw new Error('a workspace that is not trusted starts no program');
  const executable = runtimeSetting() ?? process.execPath;
  const electron = !/^node(\.exe)?$/i.test(basename(executable));
  const execution = new ProcessExecution(executable, [context.asAbsolutePath('dist/agent.cjs'), ...options.args], {
    ...(options.uri === undefined ? {} : { cwd: Uri.parse(options.uri).fsPath }),
    ...(electron ? { env: { ELECTRON_RUN_AS_NODE: '1' } } : {}),
  });
  const task = new Task(
    { type: 'pregate', task: options.title },
    TaskScope.Workspace,
    options.title,
    'Pregate',
    execution,
  );
  task.presentationOptions = {
    reveal: TaskRevealKind.Always,
    panel: TaskPanelKind.Dedicated,
    focus: true,
    clear: true,
  };
  const running = await tasks.executeTask(task);
  const listener = tasks.onDidEndTask((event) => {
    if (event.execution !== running) return;
    listener.dispose();
    options.done();
  });
}
