/** Imported by each script: with `--help` it prints the comment at the script's head, and nothing is done. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

const [, script = '', ...words] = process.argv;
if (path.dirname(script) === import.meta.dirname && words.some((word) => word === '--help' || word === '-h')) {
  const [, head = ''] = /^\/\*\*([\s\S]*?)\*\//.exec(readFileSync(script, 'utf8')) ?? [];
  console.log(head.replace(/^ \* ?/gm, '').trim());
  process.exit(0);
}
