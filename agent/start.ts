/** Entry of `agent.cjs`: connects the process to `main`, and nothing else. */
import { processIo } from './cli/io.ts';
import { main } from './main.ts';

main(process.argv.slice(2), processIo()).then((code) => {
  process.exitCode = code;
});
