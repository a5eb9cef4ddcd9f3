import type { Compiled } from './compile.ts';

/** What `compile()` answers, put in by the build (scripts/hook-bundle.ts); undefined when the sources run as they are. */
export const compiled: Compiled | undefined = undefined;
