import { type Expression, innermost, languageOfExpression } from '../expression.ts';
import type { Language } from '../language.ts';
import * as syntax from '../syntax.ts';

/** A Jenkinsfile: in `environment` a credential is bound to a variable (https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#handling-credentials). */
const pipeline: Expression = {
  files: /(?:^|\/)Jenkinsfile[^/]*$|\.jenkinsfile$/i,
  syntax: syntax.groovy,
  make: () => undefined,
  special: (context) => {
    const { where, value, name } = context;
    const whole = where.inner[0] === value[0] && where.inner[1] === value[1];
    if (!whole || !/\benvironment$/.test(innermost(context).head)) return undefined;
    const id = name.toLowerCase().replaceAll('_', '-');
    return { range: where.outer, text: `credentials('${id}')`, title: `Use the credential ${id} of Jenkins` };
  },
};

export const jenkinsfile: Language = languageOfExpression(pipeline);
