import type { Language, Place, Replacement } from './languages.ts';

/** A workflow of GitHub Actions: the secret of the repository. Where GitHub knows no secrets, there is no fix. */
export const githubWorkflow: Language = {
  files: /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/,
  replace: ({ document, literal, name }: Place): Replacement | undefined => {
    // `secrets` is not known there: https://docs.github.com/actions/reference/workflows-and-actions/contexts#context-availability
    if (/^\s*(?:-\s*)?(?:uses|if|runs-on|on|cron|group|name|id|shell)\s*:/.test(literal.before)) return undefined;
    if (/^\s*#/.test(literal.before) || document.text.slice(literal.value[1]).startsWith('}}')) return undefined;
    // Names of secrets must not begin with GITHUB_.
    const secret = name.replace(/^GITHUB_/, 'GH_');
    return {
      range: literal.value,
      text: `\${{ secrets.${secret} }}`,
      title: `Use the secret ${secret} of the repository`,
      environment: false,
    };
  },
};

/** A compose file: https://docs.docker.com/reference/compose-file/interpolation/ */
export const composeFile: Language = {
  files: /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/i,
  replace: ({ literal, name }) =>
    /^\s*#/.test(literal.before)
      ? undefined
      : {
          range: literal.value,
          text: `\${${name}}`,
          title: `Read ${name} from the environment of compose`,
          environment: true,
        },
};

/** Terraform: a sensitive variable, declared in the same file. */
export const terraform: Language = {
  files: /\.tf$/i,
  replace: ({ document: { text }, literal, name }) => {
    if (literal.quote !== '"' || /^\s*(?:#|\/\/|default\s*=)/.test(literal.before)) return undefined;
    // The back end and the versions of providers are read before variables are.
    const block = text.lastIndexOf('\nterraform {', literal.value[0]);
    if (block !== -1 && text.indexOf('\n}', block) > literal.value[0]) return undefined;
    const variable = name.toLowerCase();
    const declared = text.includes(`variable "${variable}"`);
    const gap = text.endsWith('\n') ? '\n' : '\n\n';
    const declaration = `${gap}variable "${variable}" {\n  type      = string\n  sensitive = true\n}\n`;
    return {
      range: literal.whole ?? literal.value,
      text: literal.whole ? `var.${variable}` : `\${var.${variable}}`,
      title: `Use the variable ${variable}`,
      more: declared ? [] : [{ range: [text.length, text.length], text: declaration }],
      environment: false,
    };
  },
};

/** A shell script: `${NAME:?}` stops the script where the variable is not set (POSIX.1-2017, Shell §2.6.2). */
export const shellScript: Language = {
  files: /\.(?:sh|bash|zsh|ksh)$/i,
  text: /^#!.*\b(?:ba|z|k|da)?sh\b/,
  replace: ({ document, literal, name }) => {
    // In a here-document with a quoted word nothing is filled in, and which lines are in one cannot be told from one line.
    if (/<<-?\s*(?:['"\\])/.test(document.text) || /^\s*#/.test(literal.before)) return undefined;
    const title = `Read ${name} from the environment`;
    if (literal.quote === '"') return { range: literal.value, text: `\${${name}:?}`, title, environment: true };
    if (literal.quote === "'" && !literal.whole) return undefined;
    if (literal.quote === '`') return undefined;
    return { range: literal.whole ?? literal.value, text: `"\${${name}:?}"`, title, environment: true };
  },
};
