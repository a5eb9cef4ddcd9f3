import { closest } from '../config/closest.ts';
import { Exit, type ExitCode } from '../gate/types.ts';
import type { Style } from '../report/style.ts';
import { wrap } from '../report/style.ts';
import { allMetas } from '../rules/registry.ts';
import type { RuleMeta } from '../rules/rule.ts';
import { codeOf, codes } from './codes.ts';
import { type Command, UsageError } from './command.ts';
import { styleOf } from './render.ts';

export const command: Command = {
  name: 'explain',
  summary: 'Says why a rule exists or what the code of an error means, what to do about it, and where that is written.',
  usage: ['explain <rule>', 'explain <code>'],
  options: { json: { type: 'boolean', help: 'print the metadata as JSON' } },
  examples: [['pregate explain unpinned-uses', 'one rule']],
  async run(args, io): Promise<ExitCode> {
    const [id, extra] = args.positionals;
    if (id === undefined || extra !== undefined) throw new UsageError('explain takes one rule: pregate explain <rule>');
    const metas = await allMetas();
    const meta = metas.find((one) => one.id === id);
    const error = meta ? undefined : codeOf(id);
    if (error) {
      const lines = wrap(`${error.means} ${error.todo}`, styleOf(io).width - 4).map((line) => `    ${line}\n`);
      io.out(args.flags['json'] ? `${JSON.stringify({ id, ...error }, null, 2)}\n` : `${id}\n${lines.join('')}`);
      return Exit.pass;
    }
    if (!meta) {
      if (id.includes('/')) {
        throw new UsageError(`${JSON.stringify(id)} is a rule of the policy: pregate preview --why ${id}`);
      }
      const near = closest(id, [...metas.map((one) => one.id), ...codes]);
      throw new UsageError(
        `no rule and no code is called ${JSON.stringify(id)}${near ? `; did you mean ${near}?` : ''} (pregate rules)`,
      );
    }
    io.out(args.flags['json'] ? `${JSON.stringify(meta, null, 2)}\n` : explainRule(meta, styleOf(io)));
    return Exit.pass;
  },
};

/** The page of a rule for a terminal. */
export function explainRule(meta: RuleMeta, style: Style): string {
  const block = (title: string, text: string) => [
    '',
    `  ${style.bold(title)}`,
    ...text.split('\n').flatMap((paragraph) => wrap(paragraph, style.width - 4).map((line) => `    ${line}`)),
  ];
  const lines = [
    `${style.bold(meta.id)}   ${meta.title}`,
    style.dim(
      `${meta.severity}, ${meta.confidence} confidence, ${meta.category}${meta.optional ? ', off by default' : ''}`,
    ),
    ...block('Why', meta.why),
    ...block('What to do', meta.fix),
    '',
    `  ${style.bold('Sources')}`,
    ...meta.sources.map((source) => `    ${source}`),
    ...block('Not a problem here?', `Write a comment above the line: pregate-ignore-next-line ${meta.id} -- <reason>`),
  ];
  return `${lines.join('\n')}\n`;
}
