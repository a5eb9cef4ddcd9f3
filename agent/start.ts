/** Entry of `agent.cjs`: connects the process to `main`, and nothing else. */
import { processIo } from './cli/io.ts';
import { main } from './main.ts';

const words = process.argv.slice(2);
main(words, processIo(words)).then((code) => {
  process.exitCode = code;
});
