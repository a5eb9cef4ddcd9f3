import { Exit, type ExitCode } from '../gate/types.ts';
import { runLanguageServer } from '../lsp/index.ts';
import type { Command } from './command.ts';

export const command: Command = {
  name: 'lsp',
  summary: 'Runs the language server (LSP 3.17) that editors talk to.',
  usage: ['lsp [--stdio | --node-ipc | --socket=PORT | --pipe=NAME]'],
  help: [
    'Without a flag it talks on standard input and output. Any editor that speaks LSP with pull diagnostics can use it.',
  ],
  options: {
    stdio: { type: 'boolean', help: 'standard input and output (the default)' },
    'node-ipc': { type: 'boolean', help: 'the channel of a forked Node process' },
    socket: { type: 'string', value: 'PORT', help: 'connect to this port on this machine' },
    pipe: { type: 'string', value: 'NAME', help: 'connect to this pipe or socket file' },
    clientProcessId: { type: 'string', value: 'PID', help: 'end when this process ends (given by clients)' },
  },
  async run(): Promise<ExitCode> {
    await runLanguageServer();
    return Exit.pass;
  },
};
