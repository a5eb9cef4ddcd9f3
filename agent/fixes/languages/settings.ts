import { type Language, lineAfter, lineBefore, type Place, type Replacement, readTitle } from '../language.ts';
import { whereIs } from '../scan.ts';
import * as syntax from '../syntax.ts';
import { springName } from './pipelines.ts';

/** The whole line of a value, where it says nothing else: `name = value`. */
function assignment({ document: { text }, value }: Place): { key: string; line: [number, number] } | undefined {
  const before = lineBefore(text, value[0]);
  const key = /^\s*([\w.-]+)\s*[=:]\s*["']?$/.exec(before)?.[1];
  if (key === undefined || !/^["']?\s*$/.test(lineAfter(text, value[1]))) return undefined;
  return { key, line: [value[0] - before.length, text.indexOf('\n', value[1]) + 1 || text.length] };
}

/** A file of lines in which `write` gives what takes the value's place. */
function filled(files: RegExp, write: (name: string) => string, nameOf = (place: Place) => place.name): Language {
  return {
    files,
    replace: (place) => {
      if (/^\s*[#;!]/.test(lineBefore(place.document.text, place.value[0]))) return undefined;
      const name = nameOf(place);
      return { range: place.value, text: write(name), title: readTitle(name), environment: name };
    },
  };
}

/** A file whose line goes away, because the program reads the same from a variable. */
function taken(files: RegExp, variable: (key: string, place: Place) => string | undefined): Language {
  return {
    files,
    replace: (place) => {
      const found = assignment(place);
      const name = found && variable(found.key, place);
      const title = `Take it out: ${name} of the environment is read instead`;
      return found && name ? { range: found.line, text: '', title, environment: name } : undefined;
    },
  };
}

const properties: Language = {
  files: /(?:^|\/)(?:application|bootstrap)(?:-[\w-]+)?\.properties$/,
  replace: (place) => {
    const { text } = place.document;
    const before = lineBefore(text, place.value[0]);
    if (/^\s*[#!]/.test(before)) return undefined;
    const whole = assignment(place)?.key;
    const name = whole === undefined ? place.name : springName(whole);
    return { range: place.value, text: `\${${name}}`, title: readTitle(name), environment: name };
  },
};

/** XML: an attribute or a text in which variables are filled in. */
function inXml(files: RegExp, write: (name: string) => string): Language {
  return {
    files,
    replace: ({ document: { text }, value, name }) => {
      const open = text.lastIndexOf('<!--', value[0]);
      if (open > text.lastIndexOf('-->', value[0])) return undefined;
      return { range: value, text: write(name), title: readTitle(name), environment: name };
    },
  };
}

/** ASP.NET reads `Section__Key` of the environment over what appsettings.json says, so that it may be left empty there. */
const appSettings: Language = {
  files: /(?:^|\/)appsettings(?:\.[\w-]+)?\.json$/i,
  replace: ({ document: { text }, value }) => {
    const where = whereIs(text, value, syntax.javascript);
    if (where?.kind !== 'string' || where.inner[0] !== value[0] || where.inner[1] !== value[1]) return undefined;
    const keys: string[] = [];
    for (const [index, bracket] of where.brackets.entries()) {
      if (text[bracket] !== '{') return undefined;
      const next = where.brackets[index + 1] ?? where.outer[0];
      const key = /"([\w.-]+)"\s*:\s*$/.exec(text.slice(bracket, next))?.[1];
      if (key === undefined) return undefined;
      keys.push(key);
    }
    const name = keys.join('__');
    return {
      range: value,
      text: '',
      title: `Leave it empty: ${name} of the environment is read instead`,
      environment: name,
    };
  },
};

/** An example shows names. */
const exampleFile: Language = {
  files: /(?:^|\/)\.env\.(?:example|sample|template|dist)$|(?:^|\/)(?:example|sample|template)\.env$/,
  replace: (place) => {
    const { text } = place.document;
    const head = /^\s*(?:export\s+)?\w+\s*=\s*["']?$/.test(lineBefore(text, place.value[0]));
    return head ? { range: place.value, text: '', title: 'Leave the value empty in the example' } : undefined;
  },
};

/** Terraform: a sensitive variable, declared in the same file; of a variable the default goes away. */
const terraform: Language = {
  files: /\.(?:tf|tofu)$/i,
  replace: ({ document: { text }, value, name }) => {
    const where = whereIs(text, value, syntax.terraform);
    if (!where || (where.kind !== 'string' && where.kind !== 'heredoc')) return undefined;
    const blocks = where.brackets.map((at) => lineBefore(text, at).trim());
    // The back end and the versions of providers are read before variables are.
    if (blocks.some((head) => /^(?:terraform|backend|cloud|lifecycle)\b/.test(head))) return undefined;
    const line = lineBefore(text, where.outer[0]);
    const own = blocks.length === 1 ? /^variable\s+"([\w-]+)"$/.exec(blocks[0] as string)?.[1] : undefined;
    if (own !== undefined) return withoutDefault(text, line, where.outer, own);
    const variable = name.toLowerCase();
    const whole = where.kind === 'string' && where.inner[0] === value[0] && where.inner[1] === value[1];
    const declared = new RegExp(`^variable\\s+"${variable}"`, 'm').test(text);
    const gap = text.endsWith('\n') ? '\n' : '\n\n';
    const declaration = `${gap}variable "${variable}" {\n  type      = string\n  sensitive = true\n}\n`;
    return {
      range: whole ? where.outer : value,
      text: whole ? `var.${variable}` : `\${var.${variable}}`,
      title: `Use the variable ${variable}`,
      more: declared ? [] : [{ range: [text.length, text.length], text: declaration }],
    };
  },
};

function withoutDefault(
  text: string,
  line: string,
  outer: readonly [number, number],
  name: string,
): Replacement | undefined {
  if (!/^\s*default\s*=\s*$/.test(line) || lineAfter(text, outer[1]).trim() !== '') return undefined;
  const start = outer[0] - line.length;
  const block = text.slice(text.lastIndexOf('\nvariable', start) + 1, text.indexOf('\n}', start) + 1);
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  // Behind an empty line, so that the names need not be aligned anew.
  const gap = /[{\n]\n$/.test(text.slice(0, start)) ? '' : '\n';
  const sensitive = /^\s*sensitive\s*=/m.test(block) ? '' : `${gap}${indent}sensitive = true\n`;
  const title = `Take the default out: TF_VAR_${name} is read instead`;
  return { range: [start, text.indexOf('\n', outer[1]) + 1], text: sensitive, title, environment: `TF_VAR_${name}` };
}

const uploads: Record<string, string> = { password: 'TWINE_PASSWORD', username: 'TWINE_USERNAME' };

/** Files of settings. */
export const settings: readonly Language[] = [
  terraform,
  taken(/\.(?:auto\.)?tfvars$/i, (key) => `TF_VAR_${key}`),
  properties,
  // https://docs.gradle.org/current/userguide/build_environment.html#setting_a_project_property
  taken(/(?:^|\/)gradle\.properties$/, (key) => (/^\w+$/.test(key) ? `ORG_GRADLE_PROJECT_${key}` : undefined)),
  // https://docs.npmjs.com/cli/configuring-npm/npmrc: `${NAME}` is filled in.
  filled(
    /(?:^|\/)\.npmrc$/,
    (name) => `\${${name}}`,
    ({ name }) => (/AUTH_TOKEN$|^AUTH$/.test(name) ? 'NPM_TOKEN' : name),
  ),
  // https://pip.pypa.io/en/stable/reference/requirements-file-format/#using-environment-variables
  filled(/(?:^|\/)requirements[^/]*\.(?:txt|in)$|(?:^|\/)constraints[^/]*\.txt$/i, (name) => `\${${name}}`),
  // https://twine.readthedocs.io/en/stable/#environment-variables
  taken(/(?:^|\/)\.pypirc$/, (key) => uploads[key]),
  // https://maven.apache.org/settings.html
  inXml(/(?:^|\/)(?:pom|settings(?:-[\w-]+)?|maven-settings)\.xml$/, (name) => `\${env.${name}}`),
  // https://learn.microsoft.com/nuget/reference/nuget-config-file#using-environment-variables
  inXml(/(?:^|\/)nuget\.config$/i, (name) => `%${name}%`),
  appSettings,
  exampleFile,
];
