/** Answers for the builtins that conftest and Conforma add to Rego; what nobody can answer here is not known. */
import { documentFromText } from '../../model/document.ts';
import {
  BuiltinFailure,
  type Declaration,
  fromJs,
  OfflineFailure,
  type Provider,
  type Value,
} from '../../rego/index.ts';
import { conforma, conftest } from './host-builtins.ts';
import { configValue, isParser, parseConfigs, parserOf, unreadParsers } from './parse.ts';

export interface HostBuiltins {
  declared: Readonly<Record<string, Declaration>>;
  providers: Readonly<Record<string, Provider>>;
}

/** The text of a file that a policy names, and the name it is shown by; `from` is the path of the module that asks. */
export type ReadBeside = (name: string, from: string) => { path: string; text: string };

/** The builtins of all hosts. Without `read`, what names a file is not known. */
export function hostBuiltins(read: ReadBeside = unread): HostBuiltins {
  const file = (name: unknown, from: string) => {
    const { path, text } = read(String(name), from);
    return { path, contents: parsed(path, text, parserOf(path)) };
  };
  const combined = (names: readonly Value[], from: string) =>
    names.length === 0 ? null : names.map((name) => file(name, from));
  return {
    declared: { ...conftest, ...conforma },
    providers: {
      ...Object.fromEntries(Object.keys(conforma).map((name) => [name, unread])),
      parse_config: ([parser, text]) => fromJs(parsed('the text', String(text), String(parser))),
      parse_config_file: ([name], from) => fromJs(file(name, from).contents),
      parse_combined_config_files: ([names], from) => fromJs(combined(names as Value[], from)),
    },
  };
}

function unread(): never {
  throw new OfflineFailure('is answered by its host alone');
}

/** The value of a text. Throws `BuiltinFailure`, which makes the call undefined, as conftest's refusal does. */
function parsed(path: string, text: string, parser: string | undefined): unknown {
  if (parser === undefined || !isParser(parser)) {
    if (parser !== undefined && unreadParsers.includes(parser))
      throw new OfflineFailure(`has no parser for ${parser} here`);
    throw new BuiltinFailure(`${path} has no parser that is known`);
  }
  const file = parseConfigs(documentFromText(path, text), parser);
  if (file.problem !== undefined) throw new BuiltinFailure(`${path} is not readable: ${file.problem}`);
  return configValue(file);
}
