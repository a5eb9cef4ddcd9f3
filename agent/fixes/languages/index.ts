import { languageOfExpression } from '../expression.ts';
import type { Language } from '../language.ts';
import { compiled } from './compiled.ts';
import { jenkinsfile } from './jenkins.ts';
import { yamlFormats } from './pipelines.ts';
import { scripts } from './scripts.ts';
import { settings } from './settings.ts';
import { batchFile, dockerfile, fishScript, makefile, powerShell, shellScript } from './shells.ts';

/** Every format whose secrets can be moved out, the ones told by a whole name first. */
export const languages: readonly Language[] = [
  jenkinsfile,
  dockerfile,
  makefile,
  ...settings,
  ...yamlFormats,
  shellScript,
  fishScript,
  powerShell,
  batchFile,
  ...[...scripts, ...compiled].map(languageOfExpression),
];
