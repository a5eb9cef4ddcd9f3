/** Run by a hook of a test: prints what the person typed after `git`. */
import { gitArguments } from '../../agent/sign/process.ts';

console.log(JSON.stringify(gitArguments()));
