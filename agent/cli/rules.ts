import { Exit, type ExitCode } from '../gate/types.ts';
import { allMetas } from '../rules/registry.ts';
import type { Command } from './command.ts';
import { styleOf } from './render.ts';

export const command: Command = {
  name: 'rules',
  summary: 'Lists every rule with its severity.',
  usage: ['rules [--json]'],
  options: { json: { type: 'boolean', help: 'print the metadata of all rules as JSON' } },
  async run(args, io): Promise<ExitCode> {
    const metas = await allMetas();
    if (args.flags['json']) {
      io.out(`${JSON.stringify(metas, null, 2)}\n`);
      return Exit.pass;
    }
    const style = styleOf(io);
    const width = Math.max(...metas.map((meta) => meta.id.length)) + 2;
    const lines: string[] = [];
    for (const category of ['secret', 'dependency', 'pipeline', 'repository'] as const) {
      const list = metas.filter((meta) => meta.category === category);
      if (list.length === 0) continue;
      lines.push(style.bold(`${category} (${list.length})`));
      for (const meta of list) {
        const off = meta.optional ? style.dim(' off by default') : '';
        lines.push(`  ${meta.id.padEnd(width)}${meta.severity.padEnd(10)}${meta.title}${off}`);
      }
      lines.push('');
    }
    lines.push(`pregate explain <rule> tells more. ${metas.length} rules.`);
    io.out(`${lines.join('\n')}\n`);
    return Exit.pass;
  },
};
